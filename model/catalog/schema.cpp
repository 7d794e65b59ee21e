// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"

#include "core/resources.h"

#include <algorithm>
#include <regex>

namespace glacis {

namespace {

bool isOfType(const Json& value, std::string_view type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "integer")
        return value.is_number_integer();
    if (type == "number")
        return value.is_number();
    return type == "boolean" && value.is_boolean();
}

std::size_t charactersOf(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Validation {
public:
    explicit Validation(const Json& schema) : m_schema(schema) { }

    void check(const Json& rule, const Json& value, const std::string& pointer)
    {
        for (const auto& [keyword, operand] : rule.items())
            applyKeyword(keyword, operand, rule, value, pointer);
    }

    void fault(const std::string& pointer, std::string sentence) { faults.push_back({pointer, std::move(sentence)}); }

    std::vector<SchemaFault> faults;

private:
    void applyKeyword(const std::string& keyword, const Json& operand, const Json& rule, const Json& value,
        const std::string& pointer)
    {
        if (keyword == "$ref")
            checkReference(operand.get<std::string>(), value, pointer);
        else if (keyword == "type")
            checkType(operand.get<std::string>(), value, pointer);
        else if (keyword == "enum")
            checkEnum(operand, value, pointer);
        else if (keyword == "required")
            checkRequired(operand, value, pointer);
        else if (keyword == "properties")
            checkProperties(operand, value, pointer);
        else if (keyword == "additionalProperties")
            checkAdditional(operand, rule, value, pointer);
        else if (keyword == "items")
            checkItems(operand, value, pointer);
        else if (keyword == "minItems" || keyword == "minLength")
            checkLength(keyword, operand.get<std::size_t>(), value, pointer);
        else if (keyword == "pattern")
            checkPattern(operand.get<std::string>(), value, pointer);
        else
            fault(pointer, "the schema uses \"" + keyword + "\", which is not understood");
    }

    void checkReference(const std::string& reference, const Json& value, const std::string& pointer)
    {
        constexpr std::string_view prefix = "#/$defs/";
        const Json& definitions = member(m_schema, "$defs");
        const std::string name = reference.starts_with(prefix) ? reference.substr(prefix.size()) : std::string();
        if (!definitions.contains(name))
            return fault(pointer, "the schema has no definition \"" + reference + "\"");
        check(definitions[name], value, pointer);
    }

    void checkType(const std::string& type, const Json& value, const std::string& pointer)
    {
        if (!isOfType(value, type))
            fault(pointer, "is of type " + std::string(value.type_name()) + ", not " + type);
    }

    void checkEnum(const Json& allowed, const Json& value, const std::string& pointer)
    {
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
            fault(pointer, asText(value) + " is none of " + allowed.dump());
    }

    void checkRequired(const Json& keys, const Json& value, const std::string& pointer)
    {
        if (!value.is_object())
            return;
        for (const Json& key : keys) {
            if (!value.contains(key.get<std::string>()))
                fault(pointer, "lacks \"" + key.get<std::string>() + '"');
        }
    }

    void checkProperties(const Json& rules, const Json& value, const std::string& pointer)
    {
        if (!value.is_object())
            return;
        for (const auto& [key, rule] : rules.items()) {
            if (value.contains(key))
                check(rule, value[key], pointerTo(pointer, key));
        }
    }

    void checkAdditional(const Json& operand, const Json& rule, const Json& value, const std::string& pointer)
    {
        if (!value.is_object())
            return;
        const Json& named = member(rule, "properties");
        for (const auto& [key, element] : value.items()) {
            if (named.is_object() && named.contains(key))
                continue;
            if (operand.is_object())
                check(operand, element, pointerTo(pointer, key));
            else if (operand == false)
                fault(pointerTo(pointer, key), "has no place here");
        }
    }

    void checkItems(const Json& rule, const Json& value, const std::string& pointer)
    {
        if (!value.is_array())
            return;
        for (std::size_t i = 0; i < value.size(); ++i)
            check(rule, value[i], pointerTo(pointer, i));
    }

    void checkLength(const std::string& keyword, std::size_t least, const Json& value, const std::string& pointer)
    {
        if (keyword == "minItems" && value.is_array() && value.size() < least)
            fault(pointer, "has fewer than " + std::to_string(least) + " entries");
        if (keyword == "minLength" && value.is_string() && charactersOf(value.get_ref<const std::string&>()) < least)
            fault(pointer, "has fewer than " + std::to_string(least) + " characters");
    }

    void checkPattern(const std::string& pattern, const Json& value, const std::string& pointer)
    {
        if (!value.is_string())
            return;
        if (!std::regex_search(value.get_ref<const std::string&>(), std::regex(pattern, std::regex::ECMAScript)))
            fault(pointer, '"' + value.get<std::string>() + "\" does not match " + pattern);
    }

    const Json& m_schema;
};

std::optional<Json> embedded(std::string_view path)
{
    const auto text = resource(path);
    return text ? parseJson(*text) : std::nullopt;
}

} // namespace

std::vector<SchemaFault> schemaFaults(const Json& schema, std::string_view definition, const Json& value)
{
    Validation validation(schema);
    validation.check(Json{{"$ref", "#/$defs/" + std::string(definition)}}, value, "");
    return std::move(validation.faults);
}

Table loadTable(std::string_view path, std::string_view schemaPath, std::string_view definition)
{
    Table table;
    const auto schema = embedded(schemaPath);
    auto json = embedded(path);
    if (!schema || !json) {
        table.faults.push_back({"", std::string(schema ? path : schemaPath) + " is missing or no JSON"});
        return table;
    }
    table.faults = schemaFaults(*schema, definition, *json);
    table.json = std::move(*json);
    return table;
}

} // namespace glacis
