// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/cloudformation/template.h"

#include "core/text.h"
#include "import/yaml.h"

#include <algorithm>

namespace glacis::cloudformation {

namespace {

/// "!Ref" → "Ref", "!GetAtt" → "Fn::GetAtt"; its short form "a.b" becomes the list of both.
Json longForm(Json value)
{
    if (value.is_array()) {
        for (Json& inner : value)
            inner = longForm(std::move(inner));
        return value;
    }
    if (!value.is_object())
        return value;
    Json made = Json::object();
    for (auto& [key, inner] : value.items()) {
        if (!key.starts_with('!')) {
            made[key] = longForm(std::move(inner));
            continue;
        }
        const std::string name = key == "!Ref" || key == "!Condition" ? key.substr(1) : "Fn::" + key.substr(1);
        if (key == "!GetAtt" && inner.is_string()) {
            const std::string text = inner.get<std::string>();
            inner = Json::array({std::string(before(text, '.')), std::string(after(text, '.'))});
        }
        made[name] = longForm(std::move(inner));
    }
    return made;
}

/// Whether a line begins so; a template may stand indented as a whole.
bool hasLine(std::string_view text, std::string_view beginning)
{
    return std::ranges::any_of(
        split(text, '\n'), [&](std::string_view line) { return trimmed(line).starts_with(beginning); });
}

} // namespace

std::uint32_t Template::lineOf(std::string_view pointer) const
{
    for (;;) {
        if (const auto known = lines.find(std::string(pointer)); known != lines.end())
            return known->second;
        if (pointer.empty())
            return 1;
        pointer = pointer.substr(0, pointer.rfind('/'));
    }
}

bool looksLikeTemplate(const Sniff& sniffed)
{
    if (sniffed.form == Sniff::Form::JsonText)
        return sniffed.hasKey("AWSTemplateFormatVersion")
            || (sniffed.hasKey("Resources") && sniffed.head.find("\"AWS::") != std::string_view::npos);
    if (sniffed.form != Sniff::Form::Other)
        return false;
    return hasLine(sniffed.head, "AWSTemplateFormatVersion") || hasLine(sniffed.head, "Transform: AWS::")
        || (hasLine(sniffed.head, "Resources:") && sniffed.head.find("AWS::") != std::string_view::npos);
}

Template readTemplate(ReadFile& file, std::size_t row)
{
    Template read;
    read.source.file = file.file;
    read.source.scope = file.scope;
    read.source.row = row;
    read.source.path = file.path;
    if (file.sniffed.form == Sniff::Form::JsonText) {
        const auto error = parseWhole(file.text, {}, read.json, &file.progress);
        if (error && error->reason != JsonError::Reason::Cancelled)
            file.row.problem(Severity::Error, error->sentence, error->line, error->column);
    } else {
        YamlLimits limits;
        limits.localTags = true;
        bool first = true;
        readYaml(
            file.text, limits,
            [&](YamlDocument& document) {
                if (!std::exchange(first, false))
                    return;
                read.json = longForm(std::move(document.value));
                read.lines = std::move(document.lines);
                read.hasLines = true;
            },
            [&](const YamlProblem& problem) {
                file.row.problem(Severity::Error, problem.sentence, static_cast<int>(problem.line),
                    static_cast<int>(problem.column));
            },
            &file.progress);
    }
    if (!member(read.json, "Resources").is_object())
        read.json = nullptr;
    return read;
}

} // namespace glacis::cloudformation
