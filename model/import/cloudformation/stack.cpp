// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/cloudformation/stack.h"

#include "core/text.h"
#include "import/terraform/hcl/evaluate.h"
#include "import/terraform/hcl/values.h"

#include <algorithm>

namespace glacis::cloudformation {

namespace {

constexpr int deepest = 100;
constexpr std::size_t mostSteps = 5'000'000;
/// What AWS::NoValue leaves: no JSON, so no template can hold it.
const Json noValue(Json::value_t::discarded);

bool isOpen(const Json& value)
{
    return hcl::isOpen(value);
}

Json open(std::initializer_list<const Json*> from)
{
    return hcl::derived(std::vector<const Json*>(from));
}

std::optional<std::size_t> position(const Json& value)
{
    const auto number = value.is_number_integer() ? std::optional(value.get<long long>())
        : value.is_string()                       ? integer(value.get_ref<const std::string&>())
                                                  : std::nullopt;
    return number && *number >= 0 ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

/// {"Fn::Cidr": [block, count, bits]}: as many blocks of 2^bits addresses as asked for.
Json cidr(const Json& arguments)
{
    if (!arguments.is_array() || arguments.size() < 2 || isOpen(arguments))
        return open({&arguments});
    const auto block = parseIpPrefix(asText(arguments[0]));
    const auto count = position(arguments[1]);
    const auto bits = arguments.size() > 2 ? position(arguments[2]) : std::optional<std::size_t>(8);
    if (!block || !count || !bits || *count > 256)
        return open({&arguments});
    const int width = (block->address.v6 ? 128 : 32) - static_cast<int>(*bits);
    const int grown = width - block->length;
    Json all = Json::array();
    hcl::Budget budget(100'000);
    try {
        for (std::size_t i = 0; i < *count; ++i)
            all.push_back(*hcl::callFunction("cidrsubnet", {arguments[0], Json(grown), Json(i)}, budget));
    } catch (const hcl::EvaluationError&) {
        return open({&arguments});
    }
    return all;
}

} // namespace

Stack::Stack(const Template& from, std::string prefix, Json inputs, const Exports& exports)
    : m_from(from), m_prefix(std::move(prefix)), m_inputs(std::move(inputs)), m_exports(exports)
{
}

std::vector<Stack::Made> Stack::resources()
{
    std::vector<Made> all;
    for (const auto& [id, resource] : member(m_from.json, "Resources").items()) {
        const std::string_view type =
            textOf(resource, "type").empty() ? textOf(resource, "Type") : textOf(resource, "type");
        if (type.empty())
            continue;
        if (const std::string_view name = textOf(resource, "Condition");
            !name.empty() && condition(std::string(name)) == std::optional(false))
            continue;
        Json properties = evaluate(member(resource, "Properties"), 0);
        if (!properties.is_object())
            properties = Json::object();
        all.push_back({id, m_prefix + id, std::string(type), std::move(properties),
            pointerTo(pointerTo({}, "Resources"), id) + "/Properties"});
    }
    return all;
}

Exports Stack::exports()
{
    Exports made;
    for (const auto& [name, output] : member(m_from.json, "Outputs").items()) {
        const Json exported = evaluate(member(member(output, "Export"), "Name"), 0);
        if (exported.is_string() && !isOpen(exported))
            made.emplace(exported.get<std::string>(), evaluate(member(output, "Value"), 0));
    }
    return made;
}

Json Stack::output(const std::string& name)
{
    const Json& declared = member(member(m_from.json, "Outputs"), name);
    return declared.is_object() ? evaluate(member(declared, "Value"), 0) : hcl::unknown(m_prefix + "Outputs." + name);
}

std::optional<bool> Stack::condition(const std::string& name)
{
    const Json& declared = member(member(m_from.json, "Conditions"), name);
    if (declared.is_null() || !m_busy.insert("condition " + name).second)
        return std::nullopt;
    const auto value = truth(declared, 0);
    m_busy.erase("condition " + name);
    return value;
}

/// "Condition functions": what a part leaves open may still be decided by the others.
std::optional<bool> Stack::truth(const Json& value, int depth)
{
    if (depth > deepest || !value.is_object() || value.size() != 1)
        return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
    const auto only = value.begin();
    const std::string& name = only.key();
    const Json& arguments = *only;
    if (name == "Condition" || name == "Ref")
        return arguments.is_string() ? condition(arguments.get<std::string>()) : std::nullopt;
    if (name == "Fn::Not" && arguments.is_array() && arguments.size() == 1) {
        const auto inner = truth(arguments[0], depth + 1);
        return inner ? std::optional(!*inner) : std::nullopt;
    }
    if ((name == "Fn::And" || name == "Fn::Or") && arguments.is_array()) {
        const bool decides = name == "Fn::Or";
        bool undecided = false;
        for (const Json& each : arguments) {
            const auto inner = truth(each, depth + 1);
            if (inner == std::optional(decides))
                return decides;
            undecided = undecided || !inner;
        }
        return undecided ? std::nullopt : std::optional(!decides);
    }
    if (name == "Fn::Equals" && arguments.is_array() && arguments.size() == 2) {
        const Json a = evaluate(arguments[0], depth + 1), b = evaluate(arguments[1], depth + 1);
        if (a == b)
            return true;
        return isOpen(a) || isOpen(b) ? std::nullopt : std::optional(asText(a) == asText(b));
    }
    return std::nullopt;
}

Json Stack::evaluate(const Json& value, int depth)
{
    if (depth > deepest || ++m_steps > mostSteps)
        return hcl::derived({});
    if (value.is_array()) {
        Json made = Json::array();
        for (const Json& each : value) {
            if (Json inner = evaluate(each, depth + 1); !inner.is_discarded())
                made.push_back(std::move(inner));
        }
        return made;
    }
    if (!value.is_object()) {
        Json made = value;
        if (made.is_string()) {
            std::erase_if(made.get_ref<std::string&>(), [](char c) {
                return c == hcl::referenceBegins || c == hcl::referenceEnds || c == hcl::referenceJoins;
            });
        }
        return made;
    }
    if (value.size() == 1) {
        const auto only = value.begin();
        const std::string& name = only.key();
        const Json& arguments = *only;
        if (name == "Ref" || name.starts_with("Fn::"))
            return function(name, arguments, depth + 1);
    }
    Json made = Json::object();
    for (const auto& [key, each] : value.items()) {
        if (Json inner = evaluate(each, depth + 1); !inner.is_discarded())
            made[key] = std::move(inner);
    }
    return made;
}

Json Stack::function(const std::string& name, const Json& arguments, int depth)
{
    if (name == "Ref")
        return ref(asText(arguments));
    if (name == "Fn::GetAtt")
        return attribute(arguments, depth);
    if (name == "Fn::Sub")
        return substituted(arguments, depth);
    if (name == "Fn::FindInMap")
        return mapped(arguments, depth);
    if (name == "Fn::If" && arguments.is_array() && arguments.size() == 3) {
        const auto met = arguments[0].is_string() ? condition(arguments[0].get<std::string>()) : std::nullopt;
        if (met)
            return evaluate(arguments[*met ? 1 : 2], depth);
        const Json a = evaluate(arguments[1], depth), b = evaluate(arguments[2], depth);
        // Nothing or something: what may be there is taken as there, as resources under an open condition are.
        return a.is_discarded() ? b : b.is_discarded() || a == b ? a : open({&a, &b});
    }
    Json given = evaluate(arguments, depth);
    if (name == "Fn::ImportValue") {
        const auto known = given.is_string() ? m_exports.find(given.get_ref<const std::string&>()) : m_exports.end();
        return known != m_exports.end() ? known->second
                                        : hcl::unknown("import " + (isOpen(given) ? std::string("?") : asText(given)));
    }
    if (name == "Fn::Join" && given.is_array() && given.size() == 2 && given[1].is_array()) {
        std::string all;
        for (std::size_t i = 0; i < given[1].size(); ++i)
            all += (i == 0 ? "" : asText(given[0])) + asText(given[1][i]);
        return all;
    }
    if (name == "Fn::Select" && given.is_array() && given.size() == 2) {
        const auto at = position(given[0]);
        if (at && given[1].is_array() && *at < given[1].size())
            return given[1][*at];
    }
    if (name == "Fn::Split" && given.is_array() && given.size() == 2 && given[1].is_string() && !isOpen(given[1])) {
        const std::string text = given[1].get<std::string>(), separator = asText(given[0]);
        Json parts = Json::array();
        for (std::size_t from = 0; !separator.empty();) {
            const auto end = text.find(separator, from);
            parts.push_back(text.substr(from, end - from));
            if (end == std::string::npos)
                return parts;
            from = end + separator.size();
        }
    }
    if (name == "Fn::Cidr")
        return cidr(given);
    if (name == "Fn::GetAZs") {
        Json zones = Json::array();
        for (const char* letter : {"a", "b", "c", "d", "e", "f"})
            zones.push_back(hcl::unknown(std::string("zone ") + letter));
        return zones;
    }
    if (name == "Fn::Base64")
        return given;
    if (name == "Fn::ToJsonString")
        return given.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (name == "Fn::Length" && given.is_array())
        return given.size();
    return open({&given});
}

Json Stack::ref(const std::string& name)
{
    if (name == "AWS::NoValue")
        return noValue;
    if (name == "AWS::Partition")
        return "aws";
    if (name == "AWS::URLSuffix")
        return "amazonaws.com";
    if (name.starts_with("AWS::"))
        return hcl::unknown(name);
    if (const Json& declared = member(member(m_from.json, "Parameters"), name); declared.is_object())
        return parameter(name, declared);
    return hcl::unknown(m_prefix + name);
}

/// "Parameters": a list's default is written with commas between.
Json Stack::parameter(const std::string& name, const Json& declared)
{
    const std::string_view type = textOf(declared, "Type");
    Json value = m_inputs.contains(name) ? m_inputs[name] : member(declared, "Default");
    // The value is kept in Parameter Store; what is written here is only its name.
    if (value.is_null() || type.starts_with("AWS::SSM::Parameter::Value") || boolOf(declared, "NoEcho").value_or(false)
        || value == "")
        return hcl::unknown(m_prefix + name);
    if (value.is_string() && (type == "CommaDelimitedList" || type.starts_with("List<"))) {
        Json list = Json::array();
        for (const std::string_view each : split(value.get_ref<const std::string&>(), ','))
            list.push_back(std::string(trimmed(each)));
        return list;
    }
    return value;
}

Json Stack::attribute(const Json& arguments, int depth)
{
    if (arguments.is_string())
        return attribute(Json::array({std::string(before(arguments.get_ref<const std::string&>(), '.')),
                             std::string(after(arguments.get_ref<const std::string&>(), '.'))}),
            depth);
    if (!arguments.is_array() || arguments.size() < 2 || !arguments[0].is_string())
        return hcl::derived({});
    const std::string id = arguments[0].get<std::string>();
    const std::string name = asText(evaluate(arguments[1], depth));
    if (const auto nested = m_nested.find(id); nested != m_nested.end() && name.starts_with("Outputs."))
        return nested->second->output(name.substr(8));
    return hcl::unknown(m_prefix + id + '.' + name);
}

/// "Fn::Sub": ${Name} and ${Name.Attribute} of the map beside it, then of the template; ${!kept} stays.
Json Stack::substituted(const Json& arguments, int depth)
{
    const bool withMap = arguments.is_array() && arguments.size() == 2;
    const Json& form = withMap ? arguments[0] : arguments;
    if (!form.is_string())
        return hcl::derived({});
    const Json map = withMap ? evaluate(arguments[1], depth) : Json();
    const std::string& text = form.get_ref<const std::string&>();
    std::string made;
    for (std::size_t at = 0;;) {
        const auto begin = text.find("${", at);
        const auto end = begin == std::string::npos ? begin : text.find('}', begin);
        made += text.substr(at, end == std::string::npos ? text.npos : begin - at);
        if (end == std::string::npos)
            return made;
        const std::string name = std::string(trimmed(std::string_view(text).substr(begin + 2, end - begin - 2)));
        at = end + 1;
        if (name.starts_with('!')) {
            made += "${" + name.substr(1) + '}';
        } else if (map.is_object() && map.contains(name)) {
            made += asText(map[name]);
        } else {
            const Json value = name.find('.') != std::string::npos && !name.starts_with("AWS::")
                ? attribute(Json(name), depth)
                : ref(name);
            made += value.is_discarded() ? std::string() : asText(value);
        }
    }
}

Json Stack::mapped(const Json& arguments, int depth)
{
    if (!arguments.is_array() || arguments.size() < 3)
        return hcl::derived({});
    const Json* at = &member(m_from.json, "Mappings");
    Json keys = Json::array();
    for (std::size_t i = 0; i < 3; ++i) {
        keys.push_back(evaluate(arguments[i], depth));
        at = isOpen(keys.back()) ? nullptr : at ? &member(*at, asText(keys.back())) : nullptr;
    }
    return at && !at->is_null() ? evaluate(*at, depth) : open({&keys});
}

} // namespace glacis::cloudformation
