// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "import/findings/finding.h"
#include "import/findings/findings.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace findings;

bool isJson(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText;
}

bool has(const Sniff& sniffed, std::string_view key)
{
    return sniffed.hasKey(key) || sniffed.hasElementKey(key);
}

// ---- the AWS Security Finding Format

/// "Workflow.Status", "RecordState" and "Compliance.Status", AWS Security Hub User Guide. Findings of events have no
/// compliance: they are open until somebody closes them.
ToldState stateOfAsff(std::string_view compliance, std::string_view workflow, std::string_view record)
{
    if (record == "ARCHIVED" || workflow == "RESOLVED" || workflow == "SUPPRESSED")
        return ToldState::Closed;
    if (compliance.empty() || compliance == "FAILED")
        return ToldState::Open;
    return compliance == "PASSED" ? ToldState::Passed : ToldState::Undecided;
}

/// Findings of before the label have only a number up to 100. Source: "Severity", ASFF attributes, AWS Security Hub
/// User Guide.
std::string severityOfAsff(const Json& severity)
{
    if (const std::string_view label = textOf(severity, "Label"); !label.empty())
        return std::string(label);
    const auto number = numberOf(severity, "Normalized");
    if (!number)
        return {};
    constexpr std::pair<int, std::string_view> bounds[] = {
        {0, "INFORMATIONAL"}, {39, "LOW"}, {69, "MEDIUM"}, {89, "HIGH"}, {100, "CRITICAL"}};
    const auto* const found = std::ranges::find_if(bounds, [&](const auto& bound) { return *number <= bound.first; });
    return found == std::end(bounds) ? std::string() : std::string(found->second);
}

/// A product that is not named is told by the end of its ARN: "product/aws/securityhub".
std::string_view toolOf(const Json& j)
{
    if (const std::string_view name = textOf(j, "ProductName"); !name.empty())
        return name;
    if (const std::string_view name = textOf(member(j, "ProductFields"), "aws/securityhub/ProductName"); !name.empty())
        return name;
    const std::string_view end = afterLast(textOf(j, "ProductArn"), '/');
    return end.empty() || end == "securityhub" ? std::string_view("Security Hub") : end;
}

void readAsff(ReadFile& file)
{
    eachFinding(file, {"Findings", "findings"}, [&](const Json& j, EvidenceId at) {
        const Json& compliance = member(j, "Compliance");
        const std::string_view workflow = textOf(member(j, "Workflow"), "Status");
        const std::string_view record = textOf(j, "RecordState");
        const std::string_view control = textOf(compliance, "SecurityControlId");
        Told told;
        told.tool = toolOf(j);
        told.id = textOf(j, "Id");
        told.rule = control.empty() ? textOf(j, "GeneratorId") : control;
        told.severity = severityOfAsff(member(j, "Severity"));
        for (const std::string_view part : {textOf(compliance, "Status"), workflow, record}) {
            if (!part.empty())
                told.status.append(told.status.empty() ? "" : ", ").append(part);
        }
        told.state = stateOfAsff(textOf(compliance, "Status"), workflow, record);
        told.title = textOf(j, "Title");
        told.words = textOf(j, "Description");
        told.account = textOf(j, "AwsAccountId");
        told.region = textOf(j, "Region");
        for (const Json& thing : arrayOf(j, "Resources"))
            take(file, told, textOf(thing, "Id"), at);
        if (arrayOf(j, "Resources").empty())
            take(file, told, {}, at);
    });
}

bool recognisesAsff(const Sniff& sniffed)
{
    return isJson(sniffed) && has(sniffed, "ProductArn") && has(sniffed, "SchemaVersion");
}

// ---- GuardDuty

/// "Severity levels of GuardDuty findings", Amazon GuardDuty User Guide.
std::string severityOfGuardDuty(const Json& value)
{
    if (!value.is_number())
        return {};
    const double number = value.get<double>();
    const std::string_view word = number >= 9 ? "Critical" : number >= 7 ? "High" : number >= 4 ? "Medium" : "Low";
    return std::string(word).append(" (").append(value.dump()).append(")");
}

/// Who used an access key, as a listing names a principal without its path.
std::string principalOf(const Told& told, const Json& key)
{
    const std::string_view type = textOf(key, "UserType");
    const std::string_view name = textOf(key, "UserName");
    std::string account(told.account);
    if (name.empty() || type == "Root")
        return account;
    return account + (type == "IAMUser" ? "/user/" : "/role/") + std::string(name);
}

/// What a finding of GuardDuty speaks of. Source: "Resource", Amazon GuardDuty API Reference.
std::vector<std::string> thingsOf(const Told& told, const Json& resource)
{
    std::vector<std::string> things;
    const auto add = [&](std::string_view id) {
        if (!id.empty())
            things.emplace_back(id);
    };
    if (const std::string_view id = textOf(member(resource, "InstanceDetails"), "InstanceId"); !id.empty())
        add(ec2Arn(told, "instance", id));
    for (const Json& bucket : arrayOf(resource, "S3BucketDetails")) {
        const std::string_view arn = textOf(bucket, "Arn");
        add(arn.empty() ? "arn:aws:s3:::" + std::string(textOf(bucket, "Name")) : std::string(arn));
    }
    add(textOf(member(resource, "EksClusterDetails"), "Arn"));
    add(textOf(member(resource, "EcsClusterDetails"), "Arn"));
    add(textOf(member(resource, "LambdaDetails"), "FunctionArn"));
    add(textOf(member(resource, "RdsDbInstanceDetails"), "DbInstanceArn"));
    for (const char* list : {"ScannedVolumeDetails", "SkippedVolumeDetails"}) {
        for (const Json& volume : arrayOf(member(resource, "EbsVolumeDetails"), list))
            add(textOf(volume, "VolumeArn"));
    }
    // The credentials of a machine are those of its role, which is named besides the machine.
    if (const Json& key = member(resource, "AccessKeyDetails"); key.is_object())
        add(principalOf(told, key));
    return things;
}

void readGuardDuty(ReadFile& file)
{
    eachFinding(file, {"Findings"}, [&](const Json& j, EvidenceId at) {
        const bool archived = boolOf(member(j, "Service"), "Archived").value_or(false);
        Told told;
        told.tool = "GuardDuty";
        told.id = textOf(j, "Id");
        told.rule = textOf(j, "Type");
        told.severity = severityOfGuardDuty(member(j, "Severity"));
        told.status = archived ? "archived" : "current";
        told.state = archived ? ToldState::Closed : ToldState::Open;
        told.title = textOf(j, "Title");
        told.words = textOf(j, "Description");
        told.account = textOf(j, "AccountId");
        told.region = textOf(j, "Region");
        const auto things = thingsOf(told, member(j, "Resource"));
        for (const std::string& thing : things)
            take(file, told, thing, at);
        if (things.empty())
            take(file, told, {}, at);
    });
}

bool recognisesGuardDuty(const Sniff& sniffed)
{
    return isJson(sniffed) && has(sniffed, "Resource") && has(sniffed, "Severity") && has(sniffed, "Type")
        && has(sniffed, "AccountId");
}

// ---- IAM Access Analyzer

/// The program says who may do what in members, not in a sentence.
std::string accessTold(const Json& j)
{
    std::string text;
    if (const Json& principal = member(j, "principal"); principal.is_object()) {
        for (const auto& [type, name] : principal.items())
            text.append(text.empty() ? "" : ", ").append(type).append(" ").append(asText(name));
    }
    std::string actions;
    for (const Json& action : arrayOf(j, "action"))
        actions.append(actions.empty() ? "" : ", ").append(asText(action));
    if (!actions.empty())
        text.append(text.empty() ? "" : ": ").append(actions);
    if (const Json& condition = member(j, "condition"); condition.is_object() && !condition.empty())
        text.append(" (").append(condition.dump()).append(")");
    if (const std::string_view error = textOf(j, "error"); !error.empty())
        text.append(text.empty() ? "" : "; ").append("error ").append(error);
    return text;
}

void readAccessAnalyzer(ReadFile& file)
{
    eachFinding(file, {"findings"}, [&](const Json& j, EvidenceId at) {
        const std::string_view type = textOf(j, "findingType");
        const std::string_view status = textOf(j, "status");
        const std::string words = accessTold(j);
        Told told;
        told.tool = "IAM Access Analyzer";
        told.id = textOf(j, "id");
        // The first version of the call tells only of access from outside, and so has no types.
        told.rule = type.empty() ? std::string_view("ExternalAccess") : type;
        told.status = status;
        told.state = status == "ACTIVE" || status.empty() ? ToldState::Open : ToldState::Closed;
        const bool open = boolOf(j, "isPublic").value_or(false);
        told.title = open ? std::string_view("public access") : told.rule;
        told.words = words;
        told.account = textOf(j, "resourceOwnerAccount");
        take(file, told, textOf(j, "resource"), at);
    });
}

bool recognisesAccessAnalyzer(const Sniff& sniffed)
{
    return isJson(sniffed) && has(sniffed, "resourceOwnerAccount") && has(sniffed, "resourceType")
        && has(sniffed, "status") && has(sniffed, "id") && !has(sniffed, "resourceId");
}

} // namespace

Reader asffReader()
{
    return {"findings in ASFF (Security Hub)", recognisesAsff, readAsff};
}
Reader guardDutyReader()
{
    return {"GuardDuty findings", recognisesGuardDuty, readGuardDuty};
}
Reader accessAnalyzerReader()
{
    return {"IAM Access Analyzer findings", recognisesAccessAnalyzer, readAccessAnalyzer};
}

} // namespace glacis
