// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/cloudformation/property_map.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/terraform/hcl/values.h"

#include <algorithm>
#include <cassert>

namespace glacis::cloudformation {

namespace {

using terraform::Resource;

using Names = std::vector<std::pair<std::string, std::string>>; ///< path of a property → path of an argument

struct Part {
    std::string as;
    std::string list; ///< path of the list or object that it is made from; empty: of the resource itself
    std::string item; ///< argument that the element itself becomes
    std::string owner; ///< argument that refers to the resource
    Names properties; ///< of the element
    Names shared; ///< of the resource
};

struct MapRow {
    std::string as; ///< empty: only its parts say something
    std::string
        name; ///< argument that has the resource's name; a name that CloudFormation makes begins with the logical id
    Names properties;
    Json values; ///< by argument: what its values are called there
    Json absent; ///< arguments that hold when no property sets them
    std::vector<Part> parts;
};

Names names(const Json& map)
{
    Names made;
    for (const auto& [from, to] : map.items())
        made.emplace_back(from, asText(to));
    return made;
}

const MapRow* mapRow(std::string_view type)
{
    static const auto table = [] {
        std::map<std::string, MapRow, std::less<>> made;
        const Json json = parseJson(resource("cloudformation/aws.json").value_or("{}")).value_or(Json());
        assert(json.is_object());
        for (const Json& each : arrayOf(json, "types")) {
            MapRow row{std::string(textOf(each, "as")), std::string(textOf(each, "name")),
                names(member(each, "properties")), member(each, "values"), member(each, "absent"), {}};
            for (const Json& part : arrayOf(each, "parts"))
                row.parts.push_back({std::string(textOf(part, "as")), std::string(textOf(part, "list")),
                    std::string(textOf(part, "item")), std::string(textOf(part, "owner")),
                    names(member(part, "properties")), names(member(part, "shared"))});
            made.emplace(textOf(each, "type"), std::move(row));
        }
        return made;
    }();
    const auto found = table.find(type);
    return found == table.end() ? nullptr : &found->second;
}

/// "VpcId" → "vpc_id", "DBName" → "db_name".
std::string snake(std::string_view name)
{
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins = isUpper(name[i]) && i > 0
            && (!isUpper(name[i - 1]) || (i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z'));
        if (begins)
            made += '_';
        made += isUpper(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
    return made;
}

/// Writes into a resource, keeping the place of each argument in the template.
class Writer {
public:
    Writer(Resource& into, const Template& from, const MapRow& row) : m_into(into), m_from(from), m_row(row) { }

    /// Properties that the table names and, by the provider's spelling, those that it doesn't.
    void map(const Json& properties, const std::string& pointer, const Names& known)
    {
        for (const auto& [from, to] : known)
            follow(properties, from, pointer, to, {});
        for (const auto& [key, value] : properties.items()) {
            const auto begins = [&](std::string_view path) { return before(path, '.') == std::string_view(key); };
            if (std::ranges::any_of(known, [&](const auto& row) { return begins(row.first); })
                || std::ranges::any_of(m_row.parts, [&](const Part& part) { return begins(part.list); }))
                continue;
            if (key == "Tags")
                tags(value, pointerTo(pointer, key));
            else
                put(snake(key), renamed(value), pointerTo(pointer, key), {});
        }
    }

    /// `path` with "*" for the positions that led to the value.
    void put(std::string_view path, Json value, const std::string& from, const std::vector<std::size_t>& positions)
    {
        Json* at = &m_into.values;
        std::string pointer;
        std::size_t next = 0;
        for (const std::string_view step : split(path, '.')) {
            if (step == "*") {
                const std::size_t position = next < positions.size() ? positions[next] : 0;
                ++next;
                if (!at->is_array())
                    *at = Json::array();
                while (at->size() <= position)
                    at->push_back(Json::object());
                at = &(*at)[position];
                pointer = pointerTo(pointer, position);
            } else {
                if (!at->is_object())
                    *at = Json::object();
                at = &(*at)[std::string(step)];
                pointer = pointerTo(pointer, step);
            }
            place(pointer, from);
        }
        const Json& called = member(m_row.values, path);
        *at = called.is_object() && value.is_string() && called.contains(value.get_ref<const std::string&>())
            ? called[value.get_ref<const std::string&>()]
            : std::move(value);
    }

private:
    void place(const std::string& pointer, const std::string& from)
    {
        if (m_from.hasLines)
            m_into.lines.emplace(pointer, m_from.lineOf(from));
        else
            m_into.origins.emplace(pointer, from);
    }

    void follow(const Json& at, std::string_view path, const std::string& pointer, const std::string& to,
        std::vector<std::size_t> positions)
    {
        if (path.empty()) {
            if (!at.is_null())
                put(to, renamed(at), pointer, positions);
            return;
        }
        const std::string_view step = before(path, '.');
        const std::string_view rest = path.size() > step.size() ? path.substr(step.size() + 1) : std::string_view{};
        if (step == "*" && at.is_array()) {
            for (std::size_t i = 0; i < at.size(); ++i) {
                positions.push_back(i);
                follow(at[i], rest, pointerTo(pointer, i), to, positions);
                positions.pop_back();
            }
        } else if (at.is_object() && at.contains(step)) {
            follow(at[std::string(step)], rest, pointerTo(pointer, step), to, positions);
        }
    }

    /// Settings of settings, by the provider's spelling. A policy document is not one: its keys are its own.
    static Json renamed(const Json& value)
    {
        if (value.is_array()) {
            Json made = Json::array();
            for (const Json& each : value)
                made.push_back(renamed(each));
            return made;
        }
        if (!value.is_object() || value.contains("Statement"))
            return value;
        Json made = Json::object();
        for (const auto& [key, each] : value.items())
            made[snake(key)] = renamed(each);
        return made;
    }

    void tags(const Json& list, const std::string& pointer)
    {
        if (list.is_object())
            return put("tags", list, pointer, {});
        Json map = Json::object();
        for (const Json& each : list) {
            if (const std::string_view key = textOf(each, "Key"); !key.empty())
                map[std::string(key)] = asText(member(each, "Value"));
        }
        put("tags", std::move(map), pointer, {});
    }

    Resource& m_into;
    const Template& m_from;
    const MapRow& m_row;
};

Resource begun(const Stack::Made& made, const Template& from, const std::string& as, const std::string& address)
{
    Resource resource;
    resource.address = address;
    resource.type = as;
    resource.source = &from.source;
    if (from.hasLines) {
        resource.line = from.lineOf(made.pointer.substr(0, made.pointer.rfind('/')));
        resource.lines.emplace("", resource.line);
    } else {
        resource.pointer = made.pointer.substr(0, made.pointer.rfind('/'));
        resource.origins.emplace("", resource.pointer);
    }
    return resource;
}

const Json* reached(const Json& from, const std::string& path)
{
    const Json* at = &from;
    for (const std::string_view step : split(path, '.'))
        at = &member(*at, step);
    return at->is_null() ? nullptr : at;
}

void addPart(const MapRow& row, const Part& part, const Stack::Made& made, const Template& from, const Json& element,
    const std::string& pointer, std::vector<Resource>& into)
{
    Resource resource = begun(made, from, part.as, made.address + pointer);
    Writer writer(resource, from, row);
    const std::string here = made.pointer + pointer;
    for (const auto& [property, argument] : part.shared) {
        if (const Json* value = reached(made.properties, property))
            writer.put(argument, *value, pointerTo(made.pointer, property), {});
    }
    if (element.is_object() && part.item.empty())
        writer.map(element, here, part.properties);
    if (!part.item.empty())
        writer.put(part.item, element, here, {});
    if (!part.owner.empty())
        writer.put(part.owner, hcl::unknown(made.address), here, {});
    into.push_back(std::move(resource));
}

} // namespace

bool isMapped(std::string_view type)
{
    return mapRow(type) != nullptr;
}

void addResources(const Stack::Made& made, const Template& from, std::vector<Resource>& into)
{
    const MapRow* row = mapRow(made.type);
    if (!row)
        return;
    if (!row->as.empty()) {
        Resource resource = begun(made, from, row->as, made.address);
        Writer(resource, from, *row).map(made.properties, made.pointer, row->properties);
        for (const auto& [argument, value] : row->absent.items()) {
            if (!resource.values.contains(argument))
                resource.values[argument] = value;
        }
        // A name that CloudFormation makes up begins with the stack's name and the logical id; the latter stands for
        // it.
        if (!row->name.empty() && !resource.values.contains(row->name))
            resource.values[row->name] = made.logicalId;
        into.push_back(std::move(resource));
    }
    for (const Part& part : row->parts) {
        if (part.list.empty()) {
            addPart(*row, part, made, from, Json(), "/" + part.as, into);
            continue;
        }
        const Json* list = reached(made.properties, part.list);
        if (!list)
            continue;
        std::string pointer;
        for (const std::string_view step : split(part.list, '.'))
            pointer = pointerTo(pointer, step);
        if (!list->is_array()) {
            addPart(*row, part, made, from, *list, pointer, into);
            continue;
        }
        for (std::size_t i = 0; i < list->size(); ++i)
            addPart(*row, part, made, from, (*list)[i], pointerTo(pointer, i), into);
    }
}

} // namespace glacis::cloudformation
