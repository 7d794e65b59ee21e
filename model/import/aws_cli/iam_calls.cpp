// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time.h"
#include "import/aws_cli/context.h"

/// IAM asked thing by thing, as people do by hand and CloudMapper does besides the account's authorization details.
/// Source: "iam", AWS CLI Command Reference.
namespace glacis::aws {

void readPrincipal(Context& c, Json& j, const std::string& p);

namespace {

void wholeRole(Context& c, Json& j, const std::string& p)
{
    Json inner = member(j, "Role");
    readPrincipal(c, inner, p + "/Role");
}

void wholeUser(Context& c, Json& j, const std::string& p)
{
    Json inner = member(j, "User");
    readPrincipal(c, inner, p + "/User");
}

/// get-role-policy, get-user-policy, get-group-policy: the body says whose it is.
void inlinePolicy(Context& c, Json& j, const std::string& p)
{
    for (const auto& [key, type] : {std::pair{"RoleName", "role"}, {"UserName", "user"}, {"GroupName", "group"}}) {
        if (textOf(j, key).empty())
            continue;
        const Ref of = c.principal(type, textOf(j, key));
        c.policy(of, PolicyRole::Inline, textOf(j, "PolicyName"), member(j, "PolicyDocument"),
            c.seen(p + "/PolicyDocument"));
        return;
    }
    c.file.row.leave("an inline policy", "the reply does not say whose it is");
}

std::string_view typeIn(std::string_view call)
{
    return call.find("-role") != std::string_view::npos ? "role"
        : call.find("-user") != std::string_view::npos  ? "user"
                                                        : "group";
}

void attachedPolicy(Context& c, Json& j, const std::string& p)
{
    const Ref of = c.principal(typeIn(c.call.call), c.call.parameter);
    if (of != StringId::Empty)
        c.inventory.edge(of, EdgeKind::HasPolicy, textOf(j, "PolicyArn"), c.seen(p));
}

void policyVersion(Context& c, Json& j, const std::string& p)
{
    const Json& version = member(j, "PolicyVersion");
    if (!c.call.parameter.starts_with("arn:"))
        return c.file.row.leave("a version of a policy",
            "the file's name does not say which policy it is of: name the file after the policy's ARN");
    if (!boolOf(version, "IsDefaultVersion").value_or(true))
        return c.file.row.leave("older versions of managed policies", "only the default version is in force");
    const EvidenceId at = c.seen(p + "/PolicyVersion/Document");
    const Ref ref = c.thing(Kind::Policy, "AWS::IAM::ManagedPolicy", c.call.parameter, afterLast(c.call.parameter, '/'),
        Json::object(), at);
    c.region("global");
    c.policy(ref, PolicyRole::Managed, afterLast(c.call.parameter, '/'), member(version, "Document"), at);
}

void entity(Context& c, std::string_view type, std::string_view name, EvidenceId at)
{
    if (!c.call.parameter.starts_with("arn:"))
        return c.file.row.leave("who has a policy",
            "the file's name does not say which policy it is of: name the file after the policy's ARN");
    if (const Ref of = c.principal(type, name); of != StringId::Empty)
        c.inventory.edge(of, EdgeKind::HasPolicy, c.call.parameter, at);
}
void policyRole(Context& c, Json& j, const std::string& p)
{
    entity(c, "role", textOf(j, "RoleName"), c.seen(p));
}
void policyUser(Context& c, Json& j, const std::string& p)
{
    entity(c, "user", textOf(j, "UserName"), c.seen(p));
}
void policyGroup(Context& c, Json& j, const std::string& p)
{
    entity(c, "group", textOf(j, "GroupName"), c.seen(p));
}

/// An entry says that its user has a second factor; a user without any has an empty list.
void factor(Context& c, Json& j, const std::string& p)
{
    const std::string_view arn = textOf(j, "UserName");
    if (const Ref of = c.principal("user", arn); of != StringId::Empty)
        c.inventory.property(of, "mfa", true, c.seen(p));
}

/// One that a phone or a computer plays. "ListVirtualMFADevices", IAM API Reference: the user is there once the device
/// is enabled; the root user's ARN ends in :root.
void virtualFactor(Context& c, Json& j, const std::string& p)
{
    const std::string_view of = textOf(member(j, "User"), "Arn");
    if (of.ends_with(":root"))
        c.accountSetting("root_mfa_virtual", true, c.seen(p));
    else if (!of.empty())
        c.inventory.property(c.inventory.text(of), "mfa", true, c.seen(p));
}

void accessKey(Context& c, Json& j, const std::string& p)
{
    const Ref of = c.principal("user", textOf(j, "UserName"));
    if (of == StringId::Empty)
        return;
    // Position in the list tells the two keys apart, as the credential report's columns do; the id itself is not kept.
    const std::string position(afterLast(p, '/'));
    const std::string key = "access_key_" + (position == "0" ? std::string("1") : std::string("2"));
    c.inventory.property(of, key + "_active", textOf(j, "Status") == "Active", c.seen(p));
    if (const auto made = parseTime(textOf(j, "CreateDate")))
        c.inventory.property(of, key + "_rotated", *made, c.seen(p));
}

/// "GetAccountPasswordPolicy", IAM API Reference: what is not asked of a password is left out.
void passwordPolicy(Context& c, Json& j, const std::string& p)
{
    const Json& policy = member(j, "PasswordPolicy");
    const EvidenceId at = c.seen(p + "/PasswordPolicy");
    for (const auto& [key, setting] : {std::pair{"MinimumPasswordLength", "password_length"},
             {"PasswordReusePrevention", "password_reuse_prevention"}, {"MaxPasswordAge", "password_max_days"}})
        c.accountSetting(setting, std::int64_t{numberOf(policy, key).value_or(0)}, at);
    for (const auto& [key, setting] :
        {std::pair{"RequireSymbols", "password_symbols"}, {"RequireNumbers", "password_numbers"},
            {"RequireUppercaseCharacters", "password_uppercase"}, {"RequireLowercaseCharacters", "password_lowercase"}})
        c.accountSetting(setting, boolOf(policy, key).value_or(false), at);
}

void accountAlias(Context& c, Json& j, const std::string& p)
{
    if (j.is_string() && !j.get_ref<const std::string&>().empty())
        c.accountSetting("account_alias", c.inventory.text(j.get_ref<const std::string&>()), c.seen(p));
}

/// "DescribeRegions", Amazon EC2 API Reference: those that are enabled, so that what was not collected can be told.
void region(Context& c, Json& j, const std::string& p)
{
    const std::string name(textOf(j, "RegionName"));
    if (!name.empty() && textOf(j, "OptInStatus") != "not-opted-in")
        c.accountSetting("region:" + name, true, c.seen(p));
}

/// One service of a report on a user or role; it lists those that its policies allow. "GetServiceLastAccessedDetails",
/// IAM API Reference. The report does not say whose it is.
void serviceLastAccessed(Context& c, Json& j, const std::string& p)
{
    const std::string_view of = c.call.parameter;
    if (of.find(":user/") == std::string_view::npos && of.find(":role/") == std::string_view::npos)
        return c.file.row.leave("when a service was last used",
            "the file's name does not say of which user or role: name the file after its ARN");
    const std::string key = "service_last_used:" + std::string(textOf(j, "ServiceNamespace"));
    if (const auto when = parseTime(textOf(j, "LastAuthenticated")))
        c.inventory.property(c.inventory.text(of), key, *when, c.seen(p));
    else
        c.inventory.property(c.inventory.text(of), key, "never", c.seen(p));
}

constexpr HandlerRow iamCallsRows[] = {
    {"ServicesLastAccessed", "ServiceNamespace", serviceLastAccessed},
    {"AttachedPolicies", "PolicyArn", attachedPolicy},
    {"PolicyRoles", "", policyRole},
    {"PolicyUsers", "", policyUser},
    {"PolicyGroups", "", policyGroup},
    {"MFADevices", "UserName", factor},
    {"VirtualMFADevices", "SerialNumber", virtualFactor, "list-virtual-mfa-devices", Level::Account},
    {"AccessKeyMetadata", "", accessKey},
    {"AccountAliases", "", accountAlias, "list-account-aliases", Level::Account},
    {"Regions", "RegionName", region, "describe-regions", Level::Account},
};

constexpr WholeRow iamCallsWholeRows[] = {
    {"Role", "", wholeRole},
    {"User", "", wholeUser},
    {"PolicyDocument", "", inlinePolicy},
    {"PolicyVersion", "", policyVersion},
    {"PasswordPolicy", "", passwordPolicy},
};

} // namespace

std::span<const HandlerRow> iamCallHandlers()
{
    return iamCallsRows;
}
std::span<const WholeRow> iamCallWholes()
{
    return iamCallsWholeRows;
}

} // namespace glacis::aws
