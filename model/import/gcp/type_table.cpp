// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/type_table.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/gcp/names.h"

#include <cassert>
#include <map>
#include <set>

namespace glacis::gcp {

namespace {

EdgeKind edgeNamed(std::string_view text)
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(EdgeKind::Count); ++i) {
        if (name(static_cast<EdgeKind>(i)) == text)
            return static_cast<EdgeKind>(i);
    }
    assert(false);
    return EdgeKind::Mentions;
}

TypeRow row(const Json& json)
{
    TypeRow made;
    made.type = textOf(json, "type");
    const auto kind = kindNamed(textOf(json, "kind"));
    assert(kind);
    made.kind = kind.value_or(Kind::Other);
    const std::string_view host = textOf(json, "host");
    made.host = host.empty() ? before(made.type, '/') : host;
    made.api = textOf(json, "api");
    made.collection = textOf(json, "collection");
    made.needs = textOf(json, "needs");
    made.name = textOf(json, "name");
    made.parent = textOf(json, "parent");
    for (const auto& [key, value] : member(json, "always").items())
        made.always.emplace_back(key, value);
    for (const auto& [path, setting] : member(json, "settings").items()) {
        if (setting.is_string())
            made.settings.push_back({path, asText(setting), {}, {}, {}});
        else
            made.settings.push_back({path, std::string(textOf(setting, "key")), member(setting, "values"),
                member(setting, "there"), member(setting, "absent")});
    }
    for (const auto& [path, words] : member(json, "links").items()) {
        const std::string text = asText(words);
        const bool reversed = text.starts_with('<');
        made.links.push_back({path, edgeNamed(std::string_view(text).substr(reversed ? 1 : 0)), reversed});
    }
    return made;
}

struct Tables {
    std::vector<TypeRow> rows; ///< in the order of the file
    std::map<std::string, std::size_t, std::less<>> byType, byApi;
    std::set<std::string, std::less<>> idle, proxies;
};

const Tables& tables()
{
    static const Tables made = [] {
        Tables all;
        const Json json = parseJson(resource("gcp/types.json").value_or("{}")).value_or(Json());
        for (const Json& each : arrayOf(json, "types")) {
            TypeRow one = row(each);
            all.byType.emplace(one.type, all.rows.size());
            if (!one.api.empty())
                all.byApi.emplace(one.api, all.rows.size());
            all.rows.push_back(std::move(one));
        }
        for (const Json& type : arrayOf(json, "idle"))
            all.idle.insert(asText(type));
        for (const Json& type : arrayOf(json, "proxies"))
            all.proxies.insert(asText(type));
        return all;
    }();
    return made;
}

const TypeRow* find(const std::map<std::string, std::size_t, std::less<>>& index, std::string_view key)
{
    const auto found = index.find(key);
    return found == index.end() ? nullptr : &tables().rows[found->second];
}

/// The collection that a name or link stands in: the last segment but one.
std::string_view collectionOf(std::string_view name)
{
    const auto parts = split(name, '/');
    return parts.size() < 2 ? std::string_view{} : parts[parts.size() - 2];
}

const TypeRow* ofCollection(const Json& item, std::string_view collection)
{
    const TypeRow* plain = nullptr;
    for (const TypeRow& one : tables().rows) {
        if (one.collection != collection)
            continue;
        if (!one.needs.empty() && !field(item, one.needs).is_null())
            return &one;
        if (one.needs.empty() && !plain)
            plain = &one;
    }
    return plain;
}

} // namespace

const TypeRow* typeRow(std::string_view assetType)
{
    return find(tables().byType, assetType);
}

const TypeRow* typeOfItem(const Json& item, std::string_view listKey)
{
    if (!item.is_object())
        return nullptr;
    if (const std::string_view kind = textOf(item, "kind"); kind.find('#') != std::string_view::npos)
        return find(tables().byApi, kind);
    if (textOf(item, "apiVersion").starts_with("serving.knative.dev/"))
        return typeRow(textOf(item, "kind") == "Service" ? "run.googleapis.com/Service" : "");
    if (item.contains("storage_url"))
        return typeRow("storage.googleapis.com/Bucket");
    if (item.contains("projectId") && item.contains("projectNumber"))
        return typeRow("cloudresourcemanager.googleapis.com/Project");
    const std::string_view name = textOf(item, "name"), link = textOf(item, "selfLink");
    for (const std::string_view text : {link, name}) {
        if (text.find('/') == std::string_view::npos)
            continue;
        if (text.starts_with("roles/"))
            return typeRow("iam.googleapis.com/Role");
        if (const TypeRow* known = ofCollection(item, collectionOf(text)))
            return known;
    }
    return listKey.empty() || name.empty() ? nullptr : ofCollection(item, listKey);
}

bool isIdle(std::string_view assetType)
{
    return tables().idle.count(assetType) > 0;
}

bool isProxy(std::string_view assetType)
{
    return tables().proxies.count(assetType) > 0;
}

} // namespace glacis::gcp
