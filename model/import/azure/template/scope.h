// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "import/azure/template/expression.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::azure {

/// What nobody knows before the template is deployed stays in the text as "{name}", so that a name or id that is made
/// from it is the same wherever it is made.
[[nodiscard]] Json symbol(std::string_view name);
[[nodiscard]] bool isSymbolic(const Json& value); ///< it is, or holds, a symbol

/// Where a template is deployed to.
struct Place {
    std::string subscription = "{subscription}";
    std::string group; ///< of resources; empty: a deployment to a subscription or above
};

/// How much a template may ask for, nested templates included.
struct Budget {
    std::size_t steps = 2'000'000;
    std::size_t resources = 20'000;
    std::size_t bytes = 64u << 20u;
    bool spent = false;
    bool take(std::size_t& from, std::size_t amount);
};

/// The names that an expression may use. Values are worked out when they are asked for, each once.
class TemplateScope {
public:
    TemplateScope(const Json& json, const Json& given, Place place, Budget& budget);

    [[nodiscard]] Json evaluate(const Json& value); ///< all expressions within, as far as known
    [[nodiscard]] Json evaluateText(std::string_view text);
    [[nodiscard]] Json parameter(std::string_view name);
    [[nodiscard]] Json variable(std::string_view name);

    Json json; ///< the template
    Place place;
    Budget& budget;
    std::vector<std::string> faults; ///< sentences about expressions that could not be read
    /// The loops that an expression stands in, innermost last: name and position.
    std::vector<std::pair<std::string, long long>> loops;
    /// What outputs a nested deployment of this name has; null when there is none.
    std::function<Json(std::string_view deployment)> outputsOf;
    /// The id of a resource by its symbolic name; empty when there is none.
    std::function<std::string(std::string_view name)> idOf;

private:
    friend class Functions;
    [[nodiscard]] Json run(const Expression& expression, int depth);
    [[nodiscard]] Json call(const Expression& expression, int depth);
    [[nodiscard]] Json stepInto(const Json& value, const Json& step);
    [[nodiscard]] Json ownFunction(const Json& function, const std::vector<Json>& arguments);
    [[nodiscard]] Json expanded(const Json& value, int depth);
    [[nodiscard]] Json copied(const Json& copy, int depth);

    Json m_given;
    std::map<std::string, Json> m_parameters, m_variables;
    std::set<std::string> m_asked; ///< being worked out: who asks for itself is unknown, and what is nested too deeply
    std::vector<std::pair<std::string, Json>> m_lambda;
};

/// What a function of templates gives; nothing when there is no such function. Names in small letters.
/// Source: "ARM template functions", Azure Resource Manager documentation.
using Function = Json (*)(TemplateScope& scope, const std::vector<Json>& arguments);
[[nodiscard]] Function functionNamed(std::string_view name);

/// The id of a resource of a type whose name has a part for each part of the type.
[[nodiscard]] std::string resourceIdOf(std::string_view base, std::string_view type, std::string_view name);
[[nodiscard]] std::string baseOf(const Place& place);
/// How a value reads within a text.
[[nodiscard]] std::string asWord(const Json& value);

} // namespace glacis::azure
