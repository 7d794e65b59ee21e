// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/data_sources.h"

#include <algorithm>

namespace glacis::terraform {

namespace {

/// One value stands alone, several in a list, as the data source writes them.
Json oneOrMany(const Json& list)
{
    return list.is_array() && list.size() == 1 ? list[0] : list;
}

Json principals(const Json& blocks)
{
    Json made = Json::object();
    for (const Json& block : blocks) {
        const std::string type(textOf(block, "type"));
        const Json& names = member(block, "identifiers");
        if (type == "*" && names == Json::array({"*"}))
            return "*";
        for (const Json& name : names.is_array() ? names : Json::array({names}))
            made[type].push_back(name);
    }
    for (Json& names : made)
        names = oneOrMany(names);
    return made;
}

/// Another document, given as its text; nothing when it is not known yet.
Json document(const Json& text)
{
    return text.is_string() ? parseJson(text.get_ref<const std::string&>()).value_or(Json()) : Json();
}

template <class Each> void eachDocument(const Json& values, const char* key, Each each)
{
    const Json& given = member(values, key);
    for (const Json& text : given.is_array() ? given : Json::array({given})) {
        const Json parsed = document(text);
        const Json& statements = member(parsed, "Statement");
        for (const Json& statement : statements.is_array() ? statements : Json::array({statements})) {
            if (statement.is_object())
                each(statement);
        }
    }
}

void replaceOrAdd(Json& statements, Json statement)
{
    const std::string_view sid = textOf(statement, "Sid");
    const auto same = std::ranges::find_if(
        statements, [&](const Json& present) { return !sid.empty() && textOf(present, "Sid") == sid; });
    if (same != statements.end())
        *same = std::move(statement);
    else
        statements.push_back(std::move(statement));
}

/// "&{aws:username}" stands for the variable of a policy, so that HCL does not take it for its own.
Json inPolicyNotation(Json value)
{
    if (value.is_string()) {
        std::string& text = value.get_ref<std::string&>();
        for (auto at = text.find("&{"); at != std::string::npos; at = text.find("&{", at + 2))
            text[at] = '$';
    } else if (value.is_structured()) {
        for (Json& inner : value)
            inner = inPolicyNotation(std::move(inner));
    }
    return value;
}

Json conditions(const Json& blocks)
{
    Json made = Json::object();
    for (const Json& block : blocks) {
        Json& into = made[std::string(textOf(block, "test"))][std::string(textOf(block, "variable"))];
        const Json& values = member(block, "values");
        for (const Json& value : values.is_array() ? values : Json::array({values}))
            into.push_back(value);
    }
    return made;
}

} // namespace

Json policyDocument(const Json& values)
{
    Json statements = Json::array();
    for (const Json& block : arrayOf(values, "statement")) {
        const std::string_view effect = textOf(block, "effect");
        Json statement = {{"Effect", effect.empty() ? "Allow" : std::string(effect)}};
        constexpr std::pair<const char*, const char*> lists[] = {{"actions", "Action"}, {"not_actions", "NotAction"},
            {"resources", "Resource"}, {"not_resources", "NotResource"}};
        for (const auto& [from, to] : lists) {
            if (block.contains(from))
                statement[to] = oneOrMany(block.at(from));
        }
        if (!textOf(block, "sid").empty())
            statement["Sid"] = textOf(block, "sid");
        if (block.contains("principals"))
            statement["Principal"] = principals(block.at("principals"));
        if (block.contains("not_principals"))
            statement["NotPrincipal"] = principals(block.at("not_principals"));
        if (block.contains("condition"))
            statement["Condition"] = conditions(block.at("condition"));
        statements.push_back(std::move(statement));
    }
    // Documents that this one is made from come first, its own statements and then those that override replace by Sid.
    Json all = Json::array();
    for (const char* key : {"source_json", "source_policy_documents"})
        eachDocument(values, key, [&](const Json& statement) { all.push_back(statement); });
    for (Json& statement : statements)
        replaceOrAdd(all, inPolicyNotation(std::move(statement)));
    for (const char* key : {"override_json", "override_policy_documents"})
        eachDocument(values, key, [&](const Json& statement) { replaceOrAdd(all, statement); });
    return {
        {"Version", textOf(values, "version").empty() ? "2012-10-17" : textOf(values, "version")}, {"Statement", all}};
}

} // namespace glacis::terraform
