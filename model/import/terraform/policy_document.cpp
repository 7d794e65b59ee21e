// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/module.h"

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
    // Documents that this one is made from come first, as the provider joins them; those that override replace by Sid.
    Json all = Json::array();
    for (const Json& source : arrayOf(values, "source_policy_documents")) {
        const Json parsed = document(source);
        for (const Json& statement : arrayOf(parsed, "Statement"))
            all.push_back(statement);
    }
    for (Json& statement : statements)
        all.push_back(std::move(statement));
    for (const Json& source : arrayOf(values, "override_policy_documents")) {
        const Json parsed = document(source);
        for (const Json& statement : arrayOf(parsed, "Statement")) {
            const std::string_view sid = textOf(statement, "Sid");
            bool replaced = false;
            for (Json& present : all) {
                if (!sid.empty() && textOf(present, "Sid") == sid) {
                    present = statement;
                    replaced = true;
                }
            }
            if (!replaced)
                all.push_back(statement);
        }
    }
    return {{"Version", "2012-10-17"}, {"Statement", all}};
}

} // namespace glacis::terraform
