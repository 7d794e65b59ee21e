// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/native_table.h"

#include "core/resources.h"

#include <algorithm>
#include <cassert>

namespace glacis::terraform {

namespace {

NativeRow::Move move(const std::string& from, const Json& to)
{
    NativeRow::Move made;
    made.from = from;
    if (to.is_string()) {
        made.to = to.get<std::string>();
        return made;
    }
    made.to = textOf(to, "to");
    made.form = textOf(to, "form");
    made.values = member(to, "values");
    const std::string_view how = textOf(to, "how");
    made.keys = how == "keys";
    made.joined = how == "joined";
    made.pairs = how == "pairs";
    made.parsed = how == "parsed";
    return made;
}

std::vector<NativeRow::Move> moves(const Json& members)
{
    std::vector<NativeRow::Move> made;
    for (const auto& [from, to] : members.items()) {
        for (const Json& one : to.is_array() ? to : Json::array({to}))
            made.push_back(move(from, one));
    }
    return made;
}

std::map<std::string, std::string, std::less<>> texts(const Json& map)
{
    std::map<std::string, std::string, std::less<>> made;
    for (const auto& [key, value] : map.items())
        made.emplace(key, asText(value));
    return made;
}

std::set<std::string, std::less<>> words(const Json& list)
{
    std::set<std::string, std::less<>> made;
    for (const Json& word : list)
        made.insert(asText(word));
    return made;
}

NativeRow nativeRow(const Json& json)
{
    NativeRow made;
    made.type = textOf(json, "type");
    made.as = textOf(json, "as");
    made.version = textOf(json, "version");
    made.id = textOf(json, "id");
    made.of = textOf(json, "of");
    made.list = textOf(json, "list");
    made.when = textOf(json, "when");
    made.whole = textOf(json, "whole");
    made.plain = boolOf(json, "plain").value_or(false);
    made.moves = moves(member(json, "members"));
    for (const auto& [path, value] : member(json, "set").items())
        made.set.emplace(path, value);
    for (const auto& [path, value] : member(json, "absent").items())
        made.absent.emplace(path, value);
    made.names = texts(member(json, "names"));
    made.gives = texts(member(json, "gives"));
    return made;
}

NativeProvider provider(const Json& json)
{
    NativeProvider made;
    made.prefix = textOf(json, "prefix");
    made.cloud = providerOf(made.prefix);
    made.root = textOf(json, "root");
    made.camel = boolOf(json, "camel").value_or(false);
    made.once = words(arrayOf(json, "once"));
    made.maps = words(arrayOf(json, "maps"));
    made.secret = words(arrayOf(json, "secret"));
    made.names = texts(member(json, "names"));
    made.moves = moves(member(json, "members"));
    made.collections = texts(member(json, "collections"));
    for (const Json& each : arrayOf(json, "native"))
        made.rows.emplace(textOf(each, "type"), nativeRow(each));
    return made;
}

} // namespace

Provider providerOf(std::string_view type)
{
    return type.starts_with("azurerm_") || type.starts_with("azuread_") ? Provider::Azure
        : type.starts_with("google_")                                   ? Provider::Gcp
        : type.starts_with("kubernetes_")                               ? Provider::Kubernetes
                                                                        : Provider::Aws;
}

const NativeProvider* nativeProvider(std::string_view type)
{
    static const auto all = [] {
        std::vector<NativeProvider> made;
        for (const std::string_view file : resourcesBelow("terraform/")) {
            const Json json = parseJson(resource(file).value_or("{}")).value_or(Json());
            assert(json.is_object());
            if (json.contains("native"))
                made.push_back(provider(json));
        }
        return made;
    }();
    const std::string_view name = type.starts_with("data.") ? type.substr(5) : type;
    const auto found =
        std::ranges::find_if(all, [&](const NativeProvider& one) { return name.starts_with(one.prefix); });
    return found == all.end() ? nullptr : &*found;
}

std::vector<const NativeRow*> nativeRows(std::string_view type)
{
    std::vector<const NativeRow*> found;
    if (const NativeProvider* provider = nativeProvider(type)) {
        for (auto [at, end] = provider->rows.equal_range(type); at != end; ++at)
            found.push_back(&at->second);
    }
    return found;
}

} // namespace glacis::terraform
