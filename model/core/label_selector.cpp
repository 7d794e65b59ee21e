// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/label_selector.h"

#include "core/json.h"

#include <algorithm>

namespace glacis {

LabelSelector LabelSelector::fromMap(const Json& map)
{
    LabelSelector made;
    made.m_nothing = !map.is_object();
    for (const auto& [key, value] : labelsFrom(map))
        made.m_requirements.push_back({key, Requirement::Operator::In, {value}});
    return made;
}

LabelSelector LabelSelector::from(const Json& selector)
{
    using Operator = Requirement::Operator;
    if (!selector.is_object())
        return {};
    LabelSelector made = fromMap(selector.contains("matchLabels") ? member(selector, "matchLabels") : Json::object());
    made.m_nothing = false;
    for (const Json& row : arrayOf(selector, "matchExpressions")) {
        Requirement requirement;
        requirement.key = textOf(row, "key");
        requirement.values = textsOf(row, "values");
        constexpr std::pair<std::string_view, Operator> operators[] = {{"In", Operator::In}, {"NotIn", Operator::NotIn},
            {"Exists", Operator::Exists}, {"DoesNotExist", Operator::DoesNotExist}};
        const auto known =
            std::ranges::find(operators, textOf(row, "operator"), &std::pair<std::string_view, Operator>::first);
        if (known == std::end(operators))
            return {};
        requirement.holds = known->second;
        made.m_requirements.push_back(std::move(requirement));
    }
    return made;
}

bool LabelSelector::holds(const Requirement& requirement, const Labels& labels)
{
    const auto label = labels.find(requirement.key);
    const bool present = label != labels.end();
    const bool listed = present && std::ranges::find(requirement.values, label->second) != requirement.values.end();
    switch (requirement.holds) {
    case Requirement::Operator::In:
        return listed;
    case Requirement::Operator::NotIn:
        return !listed;
    case Requirement::Operator::Exists:
        return present;
    case Requirement::Operator::DoesNotExist:
        break;
    }
    return !present;
}

bool LabelSelector::matches(const Labels& labels) const
{
    return !m_nothing
        && std::ranges::all_of(m_requirements, [&](const Requirement& one) { return holds(one, labels); });
}

Labels labelsFrom(const Json& map)
{
    Labels labels;
    if (map.is_object()) {
        for (const auto& [key, value] : map.items())
            labels.emplace(key, asText(value));
    }
    return labels;
}

} // namespace glacis
