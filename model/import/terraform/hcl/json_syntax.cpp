// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/expression_parser.h"

#include "core/json_stream.h"

#include <algorithm>

/// HCL written as JSON. What is a block and what an argument only the provider's schema tells: an object is taken as a
/// block, as most are, unless it is one of the few arguments that providers give maps.
namespace glacis::hcl {

namespace {

constexpr std::string_view maps[] = {"annotations", "app_settings", "conditions", "data", "default_labels", "for_each",
    "identities", "inputs", "labels", "limits", "map", "match_labels", "node_labels", "node_selector", "parameters",
    "query", "request_parameters", "requests", "resource_labels", "response_parameters", "selector", "string_data",
    "tags", "tags_all", "user_labels", "values", "variables", "vars", "volume_tags"};

Expression literal(Json value)
{
    Expression made;
    made.literal = std::move(value);
    return made;
}

class JsonSyntax {
public:
    Parsed file(const Json& json)
    {
        Parsed parsed;
        for (const Json* part : each(json)) {
            for (const auto& [type, value] : part->items())
                outermost(type, value, parsed);
        }
        return parsed;
    }

private:
    /// A body may be given as a list of objects, which count as one.
    static std::vector<const Json*> each(const Json& value)
    {
        std::vector<const Json*> all;
        if (value.is_object()) {
            all.push_back(&value);
        } else if (value.is_array()) {
            for (const Json& one : value) {
                if (one.is_object())
                    all.push_back(&one);
            }
        }
        return all;
    }

    static std::size_t labelsOf(std::string_view type)
    {
        if (type == "resource" || type == "data" || type == "ephemeral")
            return 2;
        return type == "variable" || type == "output" || type == "module" || type == "provider" || type == "check" ? 1
                                                                                                                   : 0;
    }

    void outermost(const std::string& type, const Json& value, Parsed& parsed)
    {
        if (type == "//")
            return;
        if (!value.is_structured()) {
            parsed.problems.push_back({{}, "“" + type.substr(0, 60) + "” should hold an object."});
            return;
        }
        try {
            labelled(type, {}, value, pointerTo({}, type), labelsOf(type), parsed.body);
        } catch (const SyntaxError& error) {
            parsed.problems.push_back({error.place, error.sentence});
        }
    }

    void labelled(const std::string& type, const std::vector<std::string>& labels, const Json& value,
        const std::string& pointer, std::size_t missing, Body& into)
    {
        if (missing == 0) {
            blocks(type, labels, value, pointer, into);
            return;
        }
        const bool isList = value.is_array();
        std::size_t position = 0;
        for (const Json& part : isList ? value : Json::array({value})) {
            const std::string here = isList ? pointerTo(pointer, position++) : pointer;
            if (!part.is_object())
                continue;
            for (const auto& [label, inner] : part.items()) {
                auto all = labels;
                all.push_back(label);
                labelled(type, all, inner, pointerTo(here, label), missing - 1, into);
            }
        }
    }

    void blocks(const std::string& type, const std::vector<std::string>& labels, const Json& value,
        const std::string& pointer, Body& into)
    {
        const bool isList = value.is_array();
        std::size_t position = 0;
        for (const Json* one : each(value)) {
            Block block{
                type, labels, std::make_unique<Body>(), {}, 0, isList ? pointerTo(pointer, position++) : pointer};
            body(*one, block.pointer, type == "variable" || type == "locals" || type == "module", *block.body);
            into.blocks.push_back(std::move(block));
        }
    }

    /// `plain`: its members are arguments, whatever they hold.
    void body(const Json& json, const std::string& pointer, bool plain, Body& into)
    {
        for (const auto& [name, value] : json.items()) {
            if (name == "//")
                continue;
            if (!plain && name == "dynamic" && value.is_structured()) {
                labelled(name, {}, value, pointerTo(pointer, name), 1, into);
            } else if (!plain && isBlock(name, value)) {
                blocks(name, {}, value, pointerTo(pointer, name), into);
            } else if (name == "type" && value.is_string()) {
                into.attributes.push_back({name, typeOrText(value), {}});
            } else {
                into.attributes.push_back({name, expression(value), {}});
            }
        }
    }

    static bool isBlock(std::string_view name, const Json& value)
    {
        if (std::ranges::find(maps, name) != std::end(maps))
            return false;
        if (value.is_object())
            return !value.empty();
        return value.is_array() && !value.empty()
            && std::ranges::all_of(value, [](const Json& one) { return one.is_object(); });
    }

    /// "type" of a variable is a type, of anything else a text.
    Expression typeOrText(const Json& value)
    {
        const std::string& text = value.get_ref<const std::string&>();
        for (const std::string_view word : {"list(", "set(", "map(", "object(", "tuple(", "optional("}) {
            if (!text.starts_with(word))
                continue;
            Cursor cursor(text);
            return ExpressionParser(cursor).expression();
        }
        return expression(value);
    }

    Expression expression(const Json& value)
    {
        if (value.is_string()) {
            ParsedTemplate parsed = parseTemplate(value.get_ref<const std::string&>());
            if (!parsed.problem.empty())
                throw SyntaxError{{}, parsed.problem};
            return std::move(parsed.value);
        }
        if (!value.is_structured())
            return literal(value);
        Expression made;
        made.kind = value.is_array() ? Expression::Kind::Tuple : Expression::Kind::Object;
        for (auto at = value.begin(); at != value.end(); ++at) {
            if (value.is_object())
                made.parts.push_back(expression(at.key()));
            made.parts.push_back(expression(*at));
        }
        return made;
    }
};

/// The text as JSON; otherwise the problem is told.
std::optional<Json> whole(std::string_view text, Parsed& into)
{
    Json found;
    const auto error = parseWhole(text, {}, found, nullptr);
    if (!error)
        return found;
    into.problems.push_back(
        {{static_cast<std::uint32_t>(error->line), static_cast<std::uint32_t>(error->column)}, error->sentence});
    return {};
}

} // namespace

Parsed parseJsonSyntax(std::string_view text)
{
    Parsed parsed;
    const auto json = whole(text, parsed);
    return json ? JsonSyntax().file(*json) : std::move(parsed);
}

Parsed parseValues(std::string_view text, bool isJson)
{
    if (!isJson)
        return parse(text);
    Parsed parsed;
    if (const auto json = whole(text, parsed); json && json->is_object()) {
        for (const auto& [name, value] : json->items())
            parsed.body.attributes.push_back({name, literal(value), {}});
    }
    return parsed;
}

} // namespace glacis::hcl
