// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/policy_document.h"

#include "core/json.h"
#include "core/matching.h"
#include "core/text.h"
#include "identity/condition.h"

#include <algorithm>

namespace glacis {

namespace {

/// A single text reads like a list of one, everywhere in the grammar.
std::vector<std::string> textsOf(const Json& value)
{
    std::vector<std::string> texts;
    if (value.is_array()) {
        for (const Json& item : value)
            texts.push_back(asText(item));
    } else if (!value.is_null()) {
        texts.push_back(asText(value));
    }
    return texts;
}

bool hasVariable(std::string_view text)
{
    return text.find("${") != std::string_view::npos;
}

PrincipalElement principalOf(const Json& statement)
{
    PrincipalElement element;
    const bool negated = statement.contains("NotPrincipal");
    const Json& value = member(statement, negated ? "NotPrincipal" : "Principal");
    if (value.is_null())
        return element;
    element.presence = negated ? PrincipalElement::Presence::NotPrincipal : PrincipalElement::Presence::Principal;
    if (value.is_string()) {
        element.anyone = asText(value) == "*";
        if (!element.anyone)
            element.aws.push_back(asText(value));
        return element;
    }
    element.aws = textsOf(member(value, "AWS"));
    element.services = textsOf(member(value, "Service"));
    element.federated = textsOf(member(value, "Federated"));
    for (const std::string& name : element.aws)
        element.anyone = element.anyone || name == "*";
    return element;
}

Condition conditionOf(std::string_view op, std::string_view key, const Json& values)
{
    Condition condition;
    for (const auto& [prefix, set] :
        {std::pair<std::string_view, Condition::Set>{"ForAllValues:", Condition::Set::ForAllValues},
            {"ForAnyValue:", Condition::Set::ForAnyValue}}) {
        if (equalIgnoringCase(op.substr(0, prefix.size()), prefix)) {
            condition.set = set;
            op.remove_prefix(prefix.size());
        }
    }
    constexpr std::string_view ifExists = "IfExists";
    if (op.size() > ifExists.size() && equalIgnoringCase(op.substr(op.size() - ifExists.size()), ifExists)) {
        condition.ifExists = true;
        op.remove_suffix(ifExists.size());
    }
    condition.op = op;
    condition.meaning = conditionOperator(op);
    condition.key = key;
    condition.values = textsOf(values);
    condition.variables = std::ranges::any_of(condition.values, hasVariable);
    return condition;
}

std::vector<ActionPattern> actionsOf(const Json& value)
{
    std::vector<ActionPattern> patterns;
    for (std::string& text : textsOf(value)) {
        ActionPattern pattern;
        pattern.everything = text == "*";
        if (text.find(':') != std::string::npos) {
            pattern.service = lowered(before(text, ':'));
            pattern.name = lowered(after(text, ':'));
        }
        pattern.literal = !hasWildcard(pattern.name);
        pattern.text = std::move(text);
        patterns.push_back(std::move(pattern));
    }
    return patterns;
}

std::vector<ResourcePattern> resourcesOf(const Json& value)
{
    std::vector<ResourcePattern> patterns;
    for (std::string& text : textsOf(value)) {
        ResourcePattern pattern;
        pattern.everything = text == "*";
        pattern.variables = hasVariable(text);
        pattern.incomplete = text.starts_with("arn:") && std::ranges::count(text, ':') < 5;
        pattern.text = std::move(text);
        patterns.push_back(std::move(pattern));
    }
    return patterns;
}

bool readStatement(const Json& json, Statement& statement)
{
    if (!json.is_object())
        return false;
    const std::string_view effect = textOf(json, "Effect");
    if (effect != "Allow" && effect != "Deny")
        return false;
    statement.allows = effect == "Allow";
    statement.sid = textOf(json, "Sid");
    statement.principal = principalOf(json);
    statement.notAction = json.contains("NotAction");
    statement.actions = actionsOf(member(json, statement.notAction ? "NotAction" : "Action"));
    statement.notResource = json.contains("NotResource");
    statement.resources = resourcesOf(member(json, statement.notResource ? "NotResource" : "Resource"));
    const Json& conditions = member(json, "Condition");
    if (conditions.is_object()) {
        for (const auto& [op, keys] : conditions.items()) {
            if (!keys.is_object())
                return false;
            for (const auto& [key, values] : keys.items())
                statement.conditions.push_back(conditionOf(op, key, values));
        }
    }
    return !statement.actions.empty();
}

} // namespace

PolicyDocument parsePolicy(std::string_view text)
{
    PolicyDocument document;
    const auto json = parseJson(text);
    if (!json || !json->is_object()) {
        document.problems.emplace_back("The policy is not a JSON object.");
        return document;
    }
    document.variables = textOf(*json, "Version") == "2012-10-17";
    const Json& statements = member(*json, "Statement");
    const auto add = [&](const Json& one, std::string pointer) {
        Statement statement;
        if (!readStatement(one, statement)) {
            document.problems.push_back("Statement " + pointer + " does not follow the grammar of policies.");
            return;
        }
        statement.pointer = std::move(pointer);
        document.statements.push_back(std::move(statement));
    };
    if (statements.is_array()) {
        for (std::size_t i = 0; i < statements.size(); ++i)
            add(statements[i], pointerTo("/Statement", i));
    } else if (!statements.is_null()) {
        add(statements, "/Statement");
    }
    return document;
}

} // namespace glacis
