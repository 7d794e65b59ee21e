// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/type_constraint.h"

#include "import/terraform/hcl/evaluate.h"

#include <algorithm>

namespace glacis::hcl {

namespace {

using Kind = Expression::Kind;
using Work = std::function<Json(const Expression&)>;

Json primitive(Json given, std::string_view type)
{
    if (given.is_structured() || given.is_null() || isOpen(given))
        return given;
    if (type == "string")
        return asTemplateText(given);
    if (type == "number") {
        const auto number = asNumber(given);
        return number ? numeric(*number) : given;
    }
    const auto truth = type == "bool" ? asTruth(given) : std::nullopt;
    return truth ? Json(*truth) : given;
}

/// Members by the types that `type` (an object expression) gives them.
Json object(const Json& given, const Expression& type, const Work& value)
{
    Json made = Json::object();
    for (std::size_t i = 0; i + 1 < type.parts.size(); i += 2) {
        const Json& key = type.parts[i].literal;
        if (!key.is_string())
            continue;
        const std::string& name = key.get_ref<const std::string&>();
        const Expression* inner = &type.parts[i + 1];
        const bool optional = inner->kind == Kind::Call && inner->name == "optional" && !inner->parts.empty();
        const Expression* standard = optional && inner->parts.size() > 1 ? &inner->parts[1] : nullptr;
        if (optional)
            inner = &inner->parts.front();
        Json one = given.contains(name) ? given.at(name) : Json();
        if (one.is_null() && standard)
            one = value(*standard);
        made[name] = converted(std::move(one), *inner, value);
    }
    return made;
}

Json collection(Json given, std::string_view name, const Expression& element, const Work& value)
{
    Json made = name == "map" ? Json::object() : Json::array();
    for (auto at = given.begin(); at != given.end(); ++at) {
        Json one = converted(*at, element, value);
        if (given.is_object())
            made[at.key()] = std::move(one);
        else if (name != "set" || std::ranges::find(made, one) == made.end())
            made.push_back(std::move(one));
    }
    return made;
}

} // namespace

Json converted(Json given, const Expression& type, const Work& value)
{
    if (given.is_null() || (given.is_string() && isOpen(given)))
        return given;
    if (type.kind == Kind::Variable)
        return primitive(std::move(given), type.name);
    if (type.kind == Kind::Literal && type.literal.is_string())
        return primitive(std::move(given), type.literal.get_ref<const std::string&>());
    if (type.kind != Kind::Call || type.parts.empty())
        return given;
    const Expression& inner = type.parts.front();
    if (type.name == "object" && given.is_object() && inner.kind == Kind::Object)
        return object(given, inner, value);
    const bool fits = type.name == "map" ? given.is_object() : given.is_array();
    if ((type.name == "map" || type.name == "list" || type.name == "set") && fits)
        return collection(std::move(given), type.name, inner, value);
    if (type.name == "tuple" && given.is_array() && inner.kind == Kind::Tuple) {
        for (std::size_t i = 0; i < std::min(given.size(), inner.parts.size()); ++i)
            given[i] = converted(std::move(given[i]), inner.parts[i], value);
    }
    return given;
}

} // namespace glacis::hcl
