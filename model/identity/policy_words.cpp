// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/policy_words.h"

#include "catalog/schema.h"
#include "core/text.h"
#include "identity/access_trace.h"

#include <cassert>
#include <cctype>
#include <map>

namespace glacis {

namespace {

constexpr std::size_t mostListed = 4;

struct ConditionWords {
    std::string key;
    std::string op;
    std::string value; ///< empty: any
    std::string words; ///< with {values}
};

struct Words {
    std::map<std::string, std::string, std::less<>> services;
    std::map<std::string, std::string, std::less<>> actions; ///< in lower case
    std::vector<ConditionWords> conditions;
};

const Words& words()
{
    static const Words made = [] {
        const Table table = loadTable("policy_words/words.json", "policy_words/schema.json", "words");
        assert(table.faults.empty());
        Words read;
        for (const Json& row : arrayOf(table.json, "services"))
            read.services.emplace(textOf(row, "prefix"), textOf(row, "title"));
        for (const Json& row : arrayOf(table.json, "actions"))
            read.actions.emplace(lowered(textOf(row, "action")), textOf(row, "words"));
        for (const Json& row : arrayOf(table.json, "conditions"))
            read.conditions.push_back({std::string(textOf(row, "key")), std::string(textOf(row, "operator")),
                std::string(textOf(row, "value")), std::string(textOf(row, "words"))});
        return read;
    }();
    return made;
}

/// "a, b and c"; a long list ends with how many more there are.
std::string listed(const std::vector<std::string>& items, const char* last)
{
    std::string text;
    const std::size_t shown = items.size() > mostListed + 1 ? mostListed : items.size();
    for (std::size_t i = 0; i < shown; ++i) {
        const bool ends = i + 1 == items.size();
        text += (i == 0 ? "" : ends ? std::string(" ") + last + " " : ", ") + items[i];
    }
    if (shown < items.size())
        text += " and " + std::to_string(items.size() - shown) + " more";
    return text;
}

std::string serviceTitle(std::string_view prefix)
{
    const auto found = words().services.find(prefix);
    return found == words().services.end() ? std::string(prefix) : found->second;
}

/// "DescribeInstances" as "describe instances".
std::string spaced(std::string_view name)
{
    std::string text;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        const bool starts = std::isupper(c) && i > 0 && !std::isupper(static_cast<unsigned char>(name[i - 1]));
        if (starts)
            text += ' ';
        text += static_cast<char>(std::tolower(c));
    }
    return text;
}

struct Deed {
    std::string words;
    bool takesObject = false; ///< "read X" rather than "list buckets on X"
};

Deed deedOf(const std::string& action)
{
    if (action == "*")
        return {"do everything", false};
    const std::string_view service = before(action, ':'), name = after(action, ':');
    if (name == "*")
        return {"do everything of " + serviceTitle(service), false};
    if (const auto known = words().actions.find(lowered(action)); known != words().actions.end())
        return {known->second, true};
    if (name.find_first_of("*?") != std::string_view::npos)
        return {"do all of " + serviceTitle(service) + " that is named " + std::string(name), false};
    return {spaced(name) + " (" + serviceTitle(service) + ')', false};
}

std::string thingOf(const std::string& resource)
{
    if (resource == "*")
        return "everything";
    const auto arn = parseArn(resource);
    if (!arn)
        return resource;
    std::string name(arn->resource);
    if (arn->service == "s3" && arn->account.empty()) {
        const std::string_view bucket = before(name, '/'), object = after(name, '/');
        if (object.empty())
            return "bucket " + std::string(bucket);
        return object == "*" ? "objects of bucket " + std::string(bucket)
                             : "objects " + std::string(object) + " of bucket " + std::string(bucket);
    }
    const std::size_t cut = name.find_first_of("/:");
    if (cut != std::string::npos)
        name = name.substr(0, cut) + ' ' + name.substr(cut + 1);
    if (name == "*")
        name = "everything of " + serviceTitle(arn->service);
    return arn->account.empty() || arn->account == "*" ? name : name + " of account " + std::string(arn->account);
}

std::string partyOf(const std::string& name)
{
    if (name == "*")
        return "anyone";
    const auto arn = parseArn(name);
    if (!arn)
        return name.find_first_not_of("0123456789") == std::string::npos ? "anyone in account " + name : name;
    if (arn->resource == "root")
        return "anyone in account " + std::string(arn->account);
    const std::string resource(arn->resource);
    return std::string(before(resource, '/')) + ' ' + std::string(after(resource, '/')) + " of account "
        + std::string(arn->account);
}

std::string whoOf(const PrincipalElement& element, std::string_view holder)
{
    if (element.presence == PrincipalElement::Presence::Absent)
        return std::string(holder);
    std::vector<std::string> parties;
    for (const std::string& name : element.aws)
        parties.push_back(partyOf(name));
    for (const std::string& name : element.services)
        parties.push_back("the service " + name);
    for (const std::string& name : element.federated)
        parties.push_back("who signs in through " + name);
    if (element.presence == PrincipalElement::Presence::NotPrincipal)
        return "everyone but " + listed(parties, "and");
    return element.anyone || parties.empty() ? "anyone" : listed(parties, "and");
}

std::string conditionWords(const Condition& condition)
{
    for (const ConditionWords& row : words().conditions) {
        const bool fits = equalIgnoringCase(row.key, condition.key) && equalIgnoringCase(row.op, condition.op)
            && (row.value.empty()
                || (condition.values.size() == 1 && equalIgnoringCase(condition.values[0], row.value)));
        if (!fits)
            continue;
        std::string text = row.words;
        if (const std::size_t at = text.find("{values}"); at != std::string::npos)
            text.replace(at, 8, listed(condition.values, "or"));
        return condition.ifExists ? text + " (or when that is not known)" : text;
    }
    return "only if " + textOf(condition);
}

} // namespace

std::string plainWords(const Statement& statement, std::string_view holder, std::string_view target)
{
    std::vector<std::string> deeds;
    bool takesObject = !statement.notAction;
    for (const ActionPattern& action : statement.actions) {
        const Deed deed = deedOf(action.text);
        deeds.push_back(deed.words);
        takesObject = takesObject && deed.takesObject;
    }
    std::vector<std::string> things;
    for (const ResourcePattern& resource : statement.resources)
        things.push_back(thingOf(resource.text));
    if (things.empty())
        things.emplace_back(target.empty() ? "this" : target);
    std::string text = statement.allows ? "Lets " : "Forbids ";
    text += whoOf(statement.principal, holder) + (statement.allows ? " " : " to ");
    text += (statement.notAction ? "do everything but " : "") + listed(deeds, "and");
    text += takesObject ? " " : " on ";
    text += (statement.notResource ? "everything but " : "") + listed(things, "and");
    for (const Condition& condition : statement.conditions)
        text += ", " + conditionWords(condition);
    return text + '.';
}

} // namespace glacis
