// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/named/named.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

bool holds(const Sniff& sniffed, std::string_view text)
{
    return sniffed.head.find(text) != std::string_view::npos;
}

bool hasLine(const Sniff& sniffed, std::string_view beginning)
{
    return sniffed.head.starts_with(beginning) || holds(sniffed, '\n' + std::string(beginning));
}

bool isJson(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText;
}

bool anyKey(const Sniff& sniffed, std::initializer_list<std::string_view> keys)
{
    return std::ranges::any_of(
        keys, [&](std::string_view key) { return sniffed.hasKey(key) || sniffed.hasElementKey(key); });
}

/// JSON by itself, or a line of it a record, where lines that begin with '#' are remarks.
bool isRecords(const Sniff& sniffed)
{
    return isJson(sniffed) || (sniffed.head.starts_with('#') && holds(sniffed, "\n{"));
}

bool isSample(const Sniff& sniffed)
{
    return isJson(sniffed) && sniffed.hasKey("glacisSample");
}

bool isOcsf(const Sniff& sniffed)
{
    return isRecords(sniffed) && (anyKey(sniffed, {"finding_info", "class_uid"}) || holds(sniffed, "\"class_uid\""));
}
bool isAsff(const Sniff& sniffed)
{
    return isJson(sniffed) && holds(sniffed, "\"SchemaVersion\"") && holds(sniffed, "\"ProductArn\"");
}
bool isProwlerTable(const Sniff& sniffed)
{
    return sniffed.head.starts_with("AUTH_METHOD;") || sniffed.head.starts_with("ASSESSMENT_START_TIME;");
}
bool isScoutSuite(const Sniff& sniffed)
{
    return sniffed.head.starts_with("scoutsuite_results") || sniffed.head.starts_with("exceptions =");
}
bool isSteampipe(const Sniff& sniffed)
{
    if (!isJson(sniffed))
        return false;
    // Rows alone have columns that are written small, with the account or the names a thing is known by among them.
    return (sniffed.hasKey("columns") && sniffed.hasKey("rows"))
        || (sniffed.outermostIsArray
            && anyKey(sniffed,
                {"akas", "arn", "group_id", "route_table_id", "network_interface_id", "network_acl_id",
                    "db_instance_identifier", "title", "account_id", "versioning_enabled"})
            && !sniffed.elementKeys.empty()
            && std::ranges::all_of(sniffed.elementKeys, [](const std::string& key) { return key == lowered(key); }));
}
bool isCloudMapperSettings(const Sniff& sniffed)
{
    return isJson(sniffed) && sniffed.hasKey("accounts") && sniffed.hasKey("cidrs");
}
bool isCloudMapperCalls(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::Other && hasLine(sniffed, "- Service:") && holds(sniffed, "Request:");
}
bool isCartography(const Sniff& sniffed)
{
    const auto isConstant = [](const std::string& key) {
        return key.size() > 3 && key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    };
    return isJson(sniffed) && !sniffed.outermostIsArray && !sniffed.keys.empty()
        && std::ranges::all_of(sniffed.keys, isConstant);
}
bool isHelm(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::Other && hasLine(sniffed, "apiVersion: v") && hasLine(sniffed, "name:")
        && hasLine(sniffed, "version:");
}
bool isTerraform(const Sniff& sniffed)
{
    if (isJson(sniffed))
        return sniffed.hasKey("terraform_version") || sniffed.hasKey("planned_values");
    return hasLine(sniffed, "resource \"") || hasLine(sniffed, "provider \"") || hasLine(sniffed, "variable \"")
        || hasLine(sniffed, "module \"") || hasLine(sniffed, "terraform {") || hasLine(sniffed, "data \"")
        || hasLine(sniffed, "locals {") || hasLine(sniffed, "output \"");
}
bool isDeviceConfiguration(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::Other && hasLine(sniffed, "interface ") && hasLine(sniffed, "hostname ");
}

struct Named {
    std::string_view format;
    std::string_view why;
    bool (*recognises)(const Sniff& sniffed);
};

/// The more telling signs come first.
constexpr Named formats[] = {
    {"Terraform", "Glacis does not read this form of Terraform", isTerraform},
    {"findings in OCSF (Prowler and others)", "Glacis does not read the findings of other programs", isOcsf},
    {"findings in ASFF (Security Hub)", "Glacis does not read the findings of other programs", isAsff},
    {"Prowler table", "Glacis does not read the findings of other programs", isProwlerTable},
    {"ScoutSuite report", "Glacis does not read ScoutSuite reports", isScoutSuite},
    {"Steampipe rows", "Glacis does not read Steampipe's tables", isSteampipe},
    {"CloudMapper settings", "it says how CloudMapper is set up, not what an account holds", isCloudMapperSettings},
    {"CloudMapper list of calls", "it says what CloudMapper asks, not what an account holds", isCloudMapperCalls},
    {"Helm chart", "it describes a chart; render the chart (helm template) and import the result", isHelm},
    {"configuration of a network device", "Glacis does not read network devices", isDeviceConfiguration},
    {"constants of a program's tests",
        "the keys of the calls that made the values are missing, so nobody can tell for sure what they are; import the "
        "replies themselves",
        isCartography},
};

void name(ReadFile& file)
{
    for (const Named& known : formats) {
        if (known.format == file.row.format)
            return file.row.leave("the file", known.why);
    }
}

} // namespace

std::span<const Reader> namedReaders()
{
    static const auto readers = [] {
        std::array<Reader, std::size(formats) + 1> all{Reader{"description of a Glacis sample", isSample, nullptr}};
        for (std::size_t i = 0; i < std::size(formats); ++i)
            all[i + 1] = {formats[i].format, formats[i].recognises, name};
        return all;
    }();
    return readers;
}

} // namespace glacis
