// SPDX-License-Identifier: GPL-3.0-or-later
#include "collection/collection.h"

#include "core/json.h"
#include "core/resources.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace glacis {

namespace {

std::string text(const Json& row, const char* key)
{
    return std::string(textOf(row, key));
}

CollectionList readList(const Json& row)
{
    const std::string_view value = textOf(row, "value");
    return {text(row, "name"), text(row, "command"), text(row, "of"), text(row, "deep"),
        value == "name"     ? CollectionList::Value::Name
            : value == "id" ? CollectionList::Value::Id
                            : CollectionList::Value::None,
        textOf(row, "scope") == "once", boolOf(row, "short").value_or(false)};
}

CollectionCall readCall(const Json& row)
{
    const std::string_view ending = textOf(row, "ending");
    return {text(row, "file"), text(row, "command"), text(row, "each"), text(row, "unless"),
        ending.empty() ? ".json" : '.' + std::string(ending), text(row, "pages"), textOf(row, "scope") == "once"};
}

Collection readCollection(const Json& table)
{
    Collection made{text(table, "provider"), text(table, "title"), text(table, "tool"), text(table, "named"),
        text(table, "names"), textsOf(table, "settings"), text(table, "root"), text(table, "below"),
        text(table, "places"), text(table, "option"), text(table, "empty"), textsOf(table, "absent"), {}, {}};
    for (const Json& row : arrayOf(table, "lists"))
        made.lists.push_back(readList(row));
    for (const Json& row : arrayOf(table, "calls"))
        made.calls.push_back(readCall(row));
    return made;
}

} // namespace

const CollectionCall* Collection::call(std::string_view file) const
{
    const auto found = std::ranges::find(calls, file, &CollectionCall::file);
    return found == calls.end() ? nullptr : &*found;
}

const CollectionList* Collection::list(std::string_view name) const
{
    const auto found = std::ranges::find(lists, name, &CollectionList::name);
    return found == lists.end() ? nullptr : &*found;
}

std::span<const Collection> collections()
{
    static const std::vector<Collection> all = [] {
        std::vector<Collection> made;
        for (const char* provider : {"aws", "azure", "gcp", "kubernetes"}) {
            const auto found = resource("collection/" + std::string(provider) + ".json");
            const auto table = found ? parseJson(*found) : std::nullopt;
            assert(table);
            made.push_back(readCollection(table.value_or(Json())));
        }
        return made;
    }();
    return all;
}

const Collection* collectionOf(std::string_view provider)
{
    const auto found = std::ranges::find(collections(), provider, &Collection::provider);
    return found == collections().end() ? nullptr : &*found;
}

CollectedFile collectedFile(const Collection& collection, std::string_view path)
{
    const std::string_view file = afterLast(path, '/');
    const std::string_view folders = path.substr(0, path.size() - file.size());
    const std::string_view folder = folders.empty() ? folders : afterLast(folders.substr(0, folders.size() - 1), '/');
    const auto withoutEnding = [&](const CollectionCall& call) {
        return file.ends_with(call.ending) ? file.substr(0, file.size() - call.ending.size()) : file;
    };
    for (const CollectionCall& call : collection.calls) {
        if (call.each.empty() ? call.file == withoutEnding(call) : call.file == folder)
            return {&call, call.each.empty() ? std::string_view() : withoutEnding(call)};
    }
    return {};
}

} // namespace glacis
