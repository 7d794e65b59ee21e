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

bool isSample(const Sniff& sniffed)
{
    return isJson(sniffed) && sniffed.hasKey("glacisSample");
}

bool isScoutSuiteExceptions(const Sniff& sniffed)
{
    return sniffed.head.starts_with("exceptions =");
}
bool isCloudMapperSettings(const Sniff& sniffed)
{
    return isJson(sniffed) && sniffed.hasKey("accounts") && sniffed.hasKey("cidrs");
}
bool isCloudMapperCalls(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::Other && hasLine(sniffed, "- Service:") && holds(sniffed, "Request:");
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
    {"ScoutSuite exceptions", "they say which findings ScoutSuite hides, not what an account holds",
        isScoutSuiteExceptions},
    {"CloudMapper settings", "it says how CloudMapper is set up, not what an account holds", isCloudMapperSettings},
    {"CloudMapper list of calls", "it says what CloudMapper asks, not what an account holds", isCloudMapperCalls},
    {"Helm chart", "it describes a chart; render the chart (helm template) and import the result", isHelm},
    {"configuration of a network device", "Glacis does not read network devices", isDeviceConfiguration},
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
