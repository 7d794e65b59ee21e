// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation_recipe.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

constexpr std::array places = {std::pair("target", HeldOn::Target), std::pair("self", HeldOn::Self),
    std::pair("own_group", HeldOn::OwnGroup), std::pair("own_policy", HeldOn::OwnPolicy),
    std::pair("group", HeldOn::Group), std::pair("workload", HeldOn::Workload)};
constexpr std::array results = {std::pair("target", Gives::Target), std::pair("account", Gives::Account),
    std::pair("freed_self", Gives::FreedSelf), std::pair("workload_role", Gives::WorkloadRole),
    std::pair("runs_as", Gives::RunsAs)};
constexpr std::array facts = {
    "trusts", "kind", "type", "password", "no_password", "two_keys", "room_for_key", "bounded", "exists", "present"};

template <class Words>
auto wordIn(const Words& words, std::string_view word) -> std::optional<decltype(words[0].second)>
{
    const auto found = std::ranges::find_if(words, [&](const auto& row) { return row.first == word; });
    if (found == words.end())
        return std::nullopt;
    return found->second;
}

struct Read {
    std::vector<Recipe> recipes;
    std::vector<std::string> faults;
};

void takeRight(Recipe& recipe, const Need& need, std::vector<std::string>& faults, const std::string& id)
{
    if (need.on == "new") {
        const auto known = std::ranges::find(recipe.news, need.is, &Recipe::New::pattern);
        if (known == recipe.news.end())
            recipe.news.push_back({need.is, {need.right}});
        else
            known->rights.push_back(need.right);
    } else if (need.on == "policy_of_target") {
        recipe.policyRights.push_back(need.right);
    } else if (const auto place = wordIn(places, need.on)) {
        if (recipe.heldOn != HeldOn::Nothing && recipe.heldOn != *place)
            faults.push_back(id + " needs rights on different kinds of things");
        recipe.heldOn = *place;
        if (need.right == "sts:AssumeRole")
            recipe.assumes = true;
        else
            recipe.rights.push_back(need.right);
    } else {
        faults.push_back(id + " needs a right on " + need.on + ", which is not known");
    }
}

Read read()
{
    Read all;
    for (std::uint32_t i = 0; i < techniques().size(); ++i) {
        const Technique& technique = techniques()[i];
        if (technique.provider != Provider::Aws)
            continue;
        Recipe recipe;
        recipe.technique = i;
        const auto gives = wordIn(results, technique.gives);
        if (!gives)
            all.faults.push_back(technique.id + " gives " + technique.gives + ", which is not known");
        recipe.gives = gives.value_or(Gives::Target);
        for (const Need& need : technique.needs) {
            if (!need.right.empty())
                takeRight(recipe, need, all.faults, technique.id);
            else if (std::ranges::find(facts, need.fact) == facts.end())
                all.faults.push_back(technique.id + " needs the fact " + need.fact + ", which is not known");
            else if (need.fact == "trusts")
                recipe.trusts = need.is;
            else
                recipe.facts.push_back(need);
        }
        const bool onWorkload = std::ranges::find(recipe.facts, "workload", &Need::on) != recipe.facts.end();
        if (recipe.heldOn == HeldOn::Nothing && onWorkload)
            recipe.heldOn = HeldOn::Workload;
        all.recipes.push_back(std::move(recipe));
    }
    return all;
}

const Read& known()
{
    static const Read made = read();
    return made;
}

} // namespace

const std::vector<Recipe>& recipes()
{
    return known().recipes;
}

const std::vector<std::string>& recipeFaults()
{
    return known().faults;
}

} // namespace glacis
