// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/type_table.h"

#include "core/resources.h"
#include "core/text.h"

#include <cassert>
#include <map>

namespace glacis::terraform {

namespace {

EdgeKind edgeOf(std::string_view text)
{
    const auto edge = edgeNamed(text);
    assert(edge);
    return edge.value_or(EdgeKind::Mentions);
}

Kind kindOf(std::string_view text)
{
    const auto kind = kindNamed(text);
    assert(kind);
    return kind.value_or(Kind::Other);
}

PolicyRole roleNamed(std::string_view text)
{
    return text == "inline"  ? PolicyRole::Inline
        : text == "managed"  ? PolicyRole::Managed
        : text == "trust"    ? PolicyRole::Trust
        : text == "endpoint" ? PolicyRole::Endpoint
                             : PolicyRole::Resource;
}

std::vector<TypeRow::Target> targets(const Json& map)
{
    std::vector<TypeRow::Target> made;
    for (const auto& [path, kind] : map.items())
        made.push_back({path, kindOf(asText(kind))});
    return made;
}

TypeRow::Link link(const std::string& path, std::string_view words)
{
    const bool reversed = words.starts_with('<');
    if (reversed)
        words.remove_prefix(1);
    return {{path, kindOf(after(words, ' '))}, edgeOf(before(words, ' ')), reversed};
}

TypeRow typeRow(const Json& json)
{
    TypeRow made;
    made.type = textOf(json, "type");
    made.as = textOf(json, "as");
    if (json.contains("kind"))
        made.kind = kindOf(textOf(json, "kind"));
    made.name = textOf(json, "name");
    made.arn = textOf(json, "arn");
    made.note = textOf(json, "note");
    made.names = textsOf(json, "names");
    if (const auto of = targets(member(json, "of")); !of.empty())
        made.of = of.front();
    made.parents = targets(member(json, "parents"));
    for (const auto& [path, setting] : member(json, "settings").items()) {
        if (setting.is_string())
            made.settings.push_back({path, asText(setting), {}, {}, {}});
        else
            made.settings.push_back({path, std::string(textOf(setting, "key")), member(setting, "absent"),
                member(setting, "there"), member(setting, "values")});
    }
    for (const auto& [path, words] : member(json, "links").items())
        made.links.push_back(link(path, asText(words)));
    for (const auto& [path, role] : member(json, "documents").items())
        made.documents.push_back({path, roleNamed(asText(role))});
    made.blocks = textsOf(json, "blocks");
    return made;
}

} // namespace

const TypeRow* typeRow(std::string_view type)
{
    static const auto table = [] {
        std::map<std::string, TypeRow, std::less<>> made;
        for (const std::string_view file : resourcesBelow("terraform/")) {
            const Json json = parseJson(resource(file).value_or("{}")).value_or(Json());
            assert(json.is_object());
            for (const Json& each : arrayOf(json, "types"))
                made.emplace(textOf(each, "type"), typeRow(each));
        }
        return made;
    }();
    const auto found = table.find(type);
    return found == table.end() ? nullptr : &found->second;
}

} // namespace glacis::terraform
