// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/type_table.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/azure/plain.h"

#include <cassert>
#include <map>

namespace glacis::azure {

namespace {

MemberPath pathOf(std::string_view text)
{
    MemberPath path;
    for (const std::string_view step : split(text, '.'))
        path.push_back(step == "*" ? std::string(step) : plainKey(step));
    return path;
}

TypeRow::Link link(std::string_view path, std::string_view words)
{
    TypeRow::Link made;
    made.path = pathOf(path);
    made.reversed = words.starts_with('<');
    if (made.reversed)
        words.remove_prefix(1);
    const auto edge = edgeNamed(before(words, ' '));
    const auto kind = kindNamed(after(words, ' '));
    assert(edge && kind);
    made.edge = edge.value_or(EdgeKind::Mentions);
    made.other = kind.value_or(Kind::Other);
    return made;
}

TypeRow rowOf(const Json& json)
{
    TypeRow made;
    made.type = textOf(json, "type");
    made.kind = kindNamed(textOf(json, "kind"));
    made.of = kindNamed(textOf(json, "of"));
    made.idle = boolOf(json, "idle").value_or(false);
    assert(made.kind || made.of || made.idle);
    for (const auto& [path, key] : member(json, "settings").items())
        made.settings.push_back({pathOf(path), asText(key)});
    for (const auto& [path, words] : member(json, "links").items())
        made.links.push_back(link(path, asText(words)));
    return made;
}

void follow(const Json& json, const MemberPath& path, std::size_t at, std::vector<const Json*>& found)
{
    if (at == path.size()) {
        found.push_back(&json);
    } else if (path[at] == "*") {
        if (!json.is_array())
            return;
        for (const Json& element : json)
            follow(element, path, at + 1, found);
    } else if (const Json& next = member(json, path[at]); !next.is_null()) {
        follow(next, path, at + 1, found);
    }
}

} // namespace

const TypeRow* typeRow(std::string_view type)
{
    static const auto table = [] {
        std::map<std::string, TypeRow, std::less<>> made;
        const Json json = parseJson(resource("azure/types.json").value_or("{}")).value_or(Json());
        for (const Json& each : arrayOf(json, "types"))
            made.emplace(lowered(textOf(each, "type")), rowOf(each));
        assert(!made.empty());
        return made;
    }();
    const auto found = table.find(lowered(type));
    return found == table.end() ? nullptr : &found->second;
}

std::vector<const Json*> membersAt(const Json& json, const MemberPath& path)
{
    std::vector<const Json*> found;
    follow(json, path, 0, found);
    return found;
}

} // namespace glacis::azure
