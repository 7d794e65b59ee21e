// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/columns.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/reader.h"

#include <algorithm>

namespace glacis::aws {

namespace {

Columns columnsOf(const Json& json)
{
    Columns columns;
    for (const auto& [column, place] : member(json, "columns").items())
        columns.emplace_back(column, asText(place));
    return columns;
}

TableDescription description(const Json& json)
{
    TableDescription made;
    made.names = textsOf(json, "names");
    made.reply = textOf(json, "reply");
    made.whole = textOf(json, "whole");
    made.why = textOf(json, "why");
    made.id = textOf(json, "id");
    made.tells = textsOf(json, "tells");
    if (made.tells.empty())
        made.tells.push_back(made.id);
    made.always = member(json, "always");
    made.columns = columnsOf(json);
    for (const Json& each : arrayOf(json, "about")) {
        AboutRow about{std::string(textOf(each, "call")), columnsOf(each), {}};
        for (const auto& [value, word] : member(each, "words").items())
            about.words.emplace(value, asText(word));
        made.about.push_back(std::move(about));
    }
    return made;
}

const std::vector<TableDescription>& tables()
{
    static const std::vector<TableDescription> all = [] {
        std::vector<TableDescription> list;
        const Json json = parseJson(resource("tables/aws.json").value_or("{}")).value_or(Json());
        for (const Json& each : arrayOf(json, "tables"))
            list.push_back(description(each));
        return list;
    }();
    return all;
}

/// "group_id" → "GroupId".
std::string inWordsOfTheApi(std::string_view column)
{
    std::string name;
    bool begins = true;
    for (const char c : column) {
        if (c != '_')
            name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '_';
    }
    return name;
}

/// The value of a column, or of a member of each element of its list: "groups[].GroupName", "acl.Grants".
Json valueOf(const Json& row, std::string_view path)
{
    const auto point = path.find('.');
    std::string_view key = path.substr(0, point);
    const bool each = key.ends_with("[]");
    key.remove_suffix(each ? 2 : 0);
    const Json& value = member(row, key);
    if (point == std::string_view::npos)
        return value;
    const std::string_view rest = path.substr(point + 1);
    if (!each)
        return valueOf(value, rest);
    Json list = Json::array();
    for (const Json& element : value.is_array() ? value : Json::array()) {
        if (Json inner = valueOf(element, rest); !inner.is_null())
            list.push_back(std::move(inner));
    }
    return list;
}

/// Puts a value where a path leads; what stands in the way stays as it is.
void put(Json& into, std::string_view path, const Json& value)
{
    if (path.empty()) {
        if (value.is_object() && into.is_object())
            into.update(value);
        return;
    }
    const std::string key(before(path, '.'));
    const std::string_view rest = after(path, '.');
    if (into.is_array()) {
        const auto at = integer(key);
        if (at && *at >= 0 && static_cast<std::size_t>(*at) < into.size())
            put(into[static_cast<std::size_t>(*at)], rest, value);
        return;
    }
    if (!into.is_object())
        return;
    if (key.ends_with("[]")) {
        Json list = Json::array();
        for (const Json& element : value.is_array() ? value : Json::array())
            put(list.emplace_back(Json::object()), rest, element);
        into[key.substr(0, key.size() - 2)] = std::move(list);
    } else if (rest.empty()) {
        into[key] = value;
    } else {
        Json& inner = into[key];
        if (inner.is_null())
            inner = Json::object();
        put(inner, rest, value);
    }
}

void putColumns(Piece& piece, const Columns& columns, const Json& row)
{
    for (const auto& [column, place] : columns) {
        const Json value = valueOf(row, column);
        if (value.is_null())
            continue;
        put(piece.json, place, value);
        const std::string_view outermost = before(place, '.');
        const std::string key(outermost.substr(0, outermost.find('[')));
        piece.from.emplace(key, before(before(column, '.'), '['));
    }
}

/// A name stands in a path when nothing of it goes on: "aws_vpc" is not in "aws_vpc_endpoint.json".
bool names(std::string_view path, std::string_view name)
{
    for (auto at = path.find(name); at != std::string_view::npos; at = path.find(name, at + 1)) {
        const std::string_view rest = path.substr(at + name.size());
        const bool begins = at == 0 || path[at - 1] == '/' || path[at - 1] == '-' || path[at - 1] == '.';
        if (begins
            && (rest.empty() || rest.starts_with("__")
                || std::string_view("./-").find(rest[0]) != std::string_view::npos))
            return true;
    }
    return false;
}

} // namespace

const TableDescription* tableNamed(std::string_view path)
{
    for (const std::string_view part : {fileOf(path), path}) {
        for (const TableDescription& table : tables()) {
            if (std::ranges::any_of(table.names, [part](const std::string& name) { return names(part, name); }))
                return &table;
        }
    }
    return nullptr;
}

const TableDescription* tableOfType(std::string_view type)
{
    const auto found = std::ranges::find_if(tables(), [type](const TableDescription& table) {
        return std::ranges::any_of(table.names, [type](const std::string& name) { return name == type; });
    });
    return found == tables().end() ? nullptr : &*found;
}

const TableDescription* tableOf(const Json& row)
{
    for (const TableDescription& table : tables()) {
        // Items of AWS Config say their type.
        if (table.names.front().starts_with("aws_")
            && std::ranges::all_of(table.tells, [&](const std::string& column) { return row.contains(column); }))
            return &table;
    }
    return nullptr;
}

const TableDescription* tableOfReply(const Json& element)
{
    const auto has = [&](const TableDescription& table, const std::string& column) {
        for (const auto& [known, place] : table.columns) {
            if (known == column)
                return element.contains(std::string(before(place, '.')));
        }
        return element.contains(inWordsOfTheApi(column));
    };
    for (const TableDescription& table : tables()) {
        if (!table.reply.empty() && table.names.front().starts_with("aws_")
            && std::ranges::all_of(table.tells, [&](const std::string& column) { return has(table, column); }))
            return &table;
    }
    return nullptr;
}

Piece pieceOf(const TableDescription& table, const Json& row)
{
    Piece piece{table.always.is_object() ? table.always : Json::object(), {}};
    const auto listed = [&](std::string_view column) {
        return std::ranges::any_of(
            table.columns, [&](const auto& known) { return before(before(known.first, '.'), '[') == column; });
    };
    for (const auto& [column, value] : row.items()) {
        // Both programs add tags as an object beside the list that the call tells.
        if (value.is_null() || listed(column) || column == "tags" || column == "tags_src")
            continue;
        const std::string name = inWordsOfTheApi(column);
        piece.json[name] = value;
        piece.from.emplace(name, column);
    }
    putColumns(piece, table.columns, row);
    for (const char* tags : {"tags_src", "tags"}) {
        if (const Json& told = member(row, tags); told.is_array() || told.is_object()) {
            piece.json["Tags"] = told;
            break;
        }
    }
    return piece;
}

Piece pieceOf(const AboutRow& about, const Json& row)
{
    Piece piece{Json::object(), {}};
    putColumns(piece, about.columns, row);
    for (auto& [key, value] : piece.json.items()) {
        const auto word = about.words.find(asText(value));
        if (word != about.words.end())
            value = word->second;
    }
    return piece;
}

} // namespace glacis::aws
