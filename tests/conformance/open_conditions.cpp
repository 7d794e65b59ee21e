// SPDX-License-Identifier: GPL-3.0-or-later
#include "open_conditions.h"

#include "identity/condition.h"

#include <algorithm>
#include <map>
#include <set>

namespace glacis {

namespace {

/// The expression of a case, with conditions of its own.
struct Wanted {
    Residual expression;
    PolicyDocument document; ///< whose one statement owns the conditions
};

Json conditionBlock(const Json& group)
{
    Json all = Json::array();
    if (textOf(group, "conditionType") == "condition")
        all.push_back(group);
    for (const Json& part : arrayOf(group, "conditions")) {
        for (const Json& one : conditionBlock(part))
            all.push_back(one);
    }
    return all;
}

Residual expressionOf(const Json& json, std::vector<Condition>::const_iterator& next)
{
    const std::string_view type = textOf(json, "conditionType");
    if (type == "condition")
        return Residual::of(*next++);
    if (type == "sessionName")
        return Residual::of("the session is named " + asText(arrayOf(json, "sessionName").at(0)));
    std::vector<Residual> parts;
    for (const Json& part : arrayOf(json, "conditions"))
        parts.push_back(expressionOf(part, next));
    return textOf(json, "operator") == "or" ? anyOf(std::move(parts)) : allOf(std::move(parts));
}

/// Conditions are read as a policy has them, one statement each so that equal operators do not meet.
void read(const Json& json, Wanted& wanted)
{
    for (const Json& one : conditionBlock(json)) {
        Json statement = {{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}};
        statement["Condition"][std::string(textOf(one, "op"))][std::string(textOf(one, "key"))] = member(one, "values");
        const PolicyDocument policy = parsePolicy(Json{{"Statement", statement}}.dump());
        if (wanted.document.statements.empty())
            wanted.document.statements.emplace_back();
        auto& conditions = wanted.document.statements.front().conditions;
        conditions.insert(
            conditions.end(), policy.statements.at(0).conditions.begin(), policy.statements.at(0).conditions.end());
    }
    if (wanted.document.statements.empty())
        wanted.document.statements.emplace_back();
    auto next = wanted.document.statements.front().conditions.cbegin();
    wanted.expression = json.is_object() ? expressionOf(json, next) : Residual{};
}

using Values = std::map<std::string, std::set<std::string>, KeyLess>;

void gather(const Residual& of, Values& keys, std::set<std::string>& facts)
{
    if (of.condition) {
        auto& values = keys[of.condition->key];
        values.insert("something else");
        values.insert(of.condition->values.begin(), of.condition->values.end());
    } else if (!of.fact.empty()) {
        facts.insert(of.fact);
    }
    for (const Residual& part : of.parts)
        gather(part, keys, facts);
}

bool holds(const Residual& of, const PolicyRequest& request, const std::set<std::string>& facts)
{
    const auto part = [&](const Residual& one) { return holds(one, request, facts); };
    switch (of.form) {
    case Residual::Form::All:
        return std::ranges::all_of(of.parts, part);
    case Residual::Form::Any:
        return std::ranges::any_of(of.parts, part);
    case Residual::Form::Not:
        return !part(of.parts.front());
    case Residual::Form::Condition:
        return conditionHolds(*of.condition, request, true) == Truth::True;
    case Residual::Form::Fact:
        break;
    }
    return facts.count(of.fact) > 0;
}

/// Absent, each value alone, and each two of them.
std::vector<std::vector<std::string>> choicesOf(const std::set<std::string>& values)
{
    std::vector<std::vector<std::string>> choices = {{}};
    for (auto one = values.begin(); one != values.end(); ++one) {
        choices.push_back({*one});
        for (auto other = std::next(one); other != values.end(); ++other)
            choices.push_back({*one, *other});
    }
    return choices;
}

} // namespace

bool isEquivalent(const Residual& open, const Json& expected, std::string& difference)
{
    Wanted wanted;
    read(expected, wanted);
    Values keys;
    std::set<std::string> facts;
    gather(open, keys, facts);
    gather(wanted.expression, keys, facts);
    std::vector<PolicyRequest> requests(1);
    requests.front().unsaid = Unsaid::Absent;
    for (const auto& [key, values] : keys) {
        std::vector<PolicyRequest> more;
        for (const PolicyRequest& request : requests) {
            for (auto& choice : choicesOf(values)) {
                more.push_back(request);
                more.back().context[key] = choice;
            }
        }
        requests = std::move(more);
    }
    const std::vector<std::string> all(facts.begin(), facts.end());
    for (const PolicyRequest& request : requests) {
        for (std::size_t mask = 0; mask < (std::size_t{1} << all.size()); ++mask) {
            std::set<std::string> holding;
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (mask >> i & 1U)
                    holding.insert(all[i]);
            }
            if (holds(open, request, holding) == holds(wanted.expression, request, holding))
                continue;
            difference = "what is left open is (" + open.text() + "), not (" + wanted.expression.text() + ')';
            return false;
        }
    }
    return true;
}

} // namespace glacis
