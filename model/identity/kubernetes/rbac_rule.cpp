// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/rbac_rule.h"

#include "core/json.h"

#include <algorithm>
#include <utility>

namespace glacis::rbac {

namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

/// The members of the API by name, in its order.
constexpr std::pair<const char*, Words Rule::*> members[] = {{"verbs", &Rule::verbs}, {"apiGroups", &Rule::apiGroups},
    {"resources", &Rule::resources}, {"resourceNames", &Rule::resourceNames},
    {"nonResourceURLs", &Rule::nonResourceUrls}};

/// "pods" does not stand for "pods/status"; "*" stands for both, "*/scale" for that part of every resource.
bool resourceMatches(const Words& granted, std::string_view whole, std::string_view subresource)
{
    return std::ranges::any_of(granted, [&](const std::string& one) {
        if (one == "*" || one == whole)
            return true;
        return !subresource.empty() && one.starts_with("*/") && std::string_view(one).substr(2) == subresource;
    });
}

/// The same between rules, where what is wanted may hold stars itself.
bool resourceCovers(const Words& granted, const std::string& wanted)
{
    if (has(granted, "*") || has(granted, wanted))
        return true;
    const auto slash = wanted.find('/');
    return slash != std::string::npos && has(granted, '*' + wanted.substr(slash));
}

/// `wanted` is broken down, so each member holds one word or none.
bool covers(const Rule& owned, const Rule& wanted)
{
    const auto all = [](const Words& words, const auto& holds) { return std::ranges::all_of(words, holds); };
    const auto orStar = [](const Words& granted) {
        return [&granted](const std::string& word) { return has(granted, "*") || has(granted, word); };
    };
    const bool names = owned.resourceNames.empty()
        || (!wanted.resourceNames.empty()
            && all(wanted.resourceNames, [&](const std::string& name) { return has(owned.resourceNames, name); }));
    return names && all(wanted.verbs, orStar(owned.verbs)) && all(wanted.apiGroups, orStar(owned.apiGroups))
        && all(wanted.resources, [&](const std::string& one) { return resourceCovers(owned.resources, one); })
        && all(wanted.nonResourceUrls, [&](const std::string& asked) {
               return std::ranges::any_of(
                   owned.nonResourceUrls, [&](const std::string& granted) { return urlCovers(granted, asked); });
           });
}

} // namespace

Rule Rule::from(const Json& json)
{
    Rule rule;
    for (const auto& [name, words] : members) {
        for (const Json& word : arrayOf(json, name)) {
            if (word.is_string())
                (rule.*words).push_back(word.get<std::string>());
        }
    }
    return rule;
}

Json Rule::asJson() const
{
    Json json = Json::object();
    for (const auto& [name, words] : members) {
        if (!(this->*words).empty())
            json[name] = this->*words;
    }
    return json;
}

bool urlCovers(std::string_view granted, std::string_view asked)
{
    if (granted == asked)
        return true;
    if (!granted.ends_with('*'))
        return false;
    while (granted.ends_with('*'))
        granted.remove_suffix(1);
    return asked.starts_with(granted);
}

bool allows(const Rule& rule, const Request& request)
{
    if (!has(rule.verbs, "*") && !has(rule.verbs, request.verb))
        return false;
    if (!request.forResource())
        return std::ranges::any_of(
            rule.nonResourceUrls, [&](const std::string& granted) { return urlCovers(granted, request.url); });
    return (has(rule.apiGroups, "*") || has(rule.apiGroups, request.apiGroup))
        && resourceMatches(rule.resources, request.whole(), request.subresource)
        && (rule.resourceNames.empty() || has(rule.resourceNames, request.name));
}

std::vector<Rule> brokenDown(const Rule& rule)
{
    std::vector<Rule> parts;
    for (const std::string& group : rule.apiGroups) {
        for (const std::string& resource : rule.resources) {
            for (const std::string& verb : rule.verbs) {
                const Rule part{{verb}, {group}, {resource}, {}, {}};
                if (rule.resourceNames.empty())
                    parts.push_back(part);
                for (const std::string& name : rule.resourceNames) {
                    parts.push_back(part);
                    parts.back().resourceNames = {name};
                }
            }
        }
    }
    for (const std::string& url : rule.nonResourceUrls) {
        for (const std::string& verb : rule.verbs)
            parts.push_back({{verb}, {}, {}, {}, {url}});
    }
    return parts;
}

std::vector<Rule> notCovered(const std::vector<Rule>& owned, const std::vector<Rule>& wanted)
{
    std::vector<Rule> left;
    for (const Rule& rule : wanted) {
        for (Rule& part : brokenDown(rule)) {
            if (std::ranges::none_of(owned, [&](const Rule& one) { return covers(one, part); }))
                left.push_back(std::move(part));
        }
    }
    return left;
}

} // namespace glacis::rbac
