// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/ways.h"

#include "core/text.h"
#include "identity/kubernetes/defaults.h"

#include <algorithm>

namespace glacis::rbac {

namespace {

template <class Wanted> std::vector<Recipe> recipesWhere(const Wanted& wanted)
{
    std::vector<Recipe> found;
    const auto& all = techniques();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (all[i].provider == Provider::Kubernetes && wanted(all[i]))
            found.push_back({i, &all[i]});
    }
    return found;
}

} // namespace

std::vector<Recipe> recipesFrom(
    std::initializer_list<std::string_view> sources, std::initializer_list<std::string_view> gives)
{
    return recipesWhere([&](const Technique& one) {
        return std::ranges::find(gives, one.gives) != gives.end()
            && std::ranges::any_of(one.needs, [&](const Need& need) {
                   return need.right.empty() && std::ranges::find(sources, need.on) != sources.end();
               });
    });
}

std::vector<Recipe> recipesOfRights()
{
    return recipesWhere([](const Technique& one) {
        return std::ranges::none_of(one.needs, [](const Need& need) { return need.right.empty(); });
    });
}

void Ways::add(NodeId from, NodeId to, const Recipe& recipe, std::vector<Reason> because, std::string open)
{
    if (from == noNode || to == noNode || from == to)
        return;
    Escalation way{from, to, recipe.position, {}};
    way.decision.verdict = Verdict::Allowed;
    way.decision.because = std::move(because);
    for (std::string condition : {recipe.technique->condition, std::move(open)}) {
        if (condition.empty())
            continue;
        way.decision.verdict = Verdict::Conditional;
        way.decision.open.push_back(std::move(condition));
    }
    found.push_back(std::move(way));
}

ClusterFacts::ClusterFacts(const Estate& estate_, const Rbac& rbac_)
    : estate(estate_), rbac(rbac_), pods(readPodFacts(estate_))
{
    for (const PodFacts& pod : pods) {
        inSpace[pod.space].push_back(&pod);
        for (const NodeId machine : pod.machines)
            onMachine[machine].push_back(&pod);
    }
    for (const NodeId account : estate.ofKind(Kind::ServiceAccount)) {
        const NodeId space = estate.node(account).parent;
        if (estate.node(account).provider == Provider::Kubernetes && space != noNode)
            accountsIn[space].push_back(account);
    }
    for (const NodeId machine : estate.ofKind(Kind::Vm)) {
        if (estate.node(machine).provider == Provider::Kubernetes)
            machines.push_back(machine);
    }
    const auto clusters = estate.ofKind(Kind::K8sCluster);
    cluster = clusters.empty() ? noNode : clusters.front();
}

Asker ClusterFacts::accountAsker(NodeId account) const
{
    return authenticated(std::string(accountPrefix) + std::string(estate.name(estate.node(account).parent)) + ':'
        + std::string(estate.name(account)));
}

Right Right::from(std::string_view text)
{
    Right right;
    for (const std::string_view verb : split(before(text, ' '), '|'))
        right.verbs.emplace_back(verb);
    for (const std::string_view whole : split(after(text, ' '), '|')) {
        const std::string_view named = before(whole, '/');
        Resource resource;
        resource.resource = before(named, '.');
        resource.group = named.find('.') == std::string_view::npos ? apiGroupOf(named) : after(named, '.');
        resource.subresource = after(whole, '/');
        right.resources.push_back(std::move(resource));
    }
    return right;
}

const PlacedRule* Right::grantedBy(
    const std::vector<PlacedRule>& rules, std::string_view space, std::string_view name) const
{
    for (const PlacedRule& rule : rules) {
        for (const Resource& resource : resources) {
            for (const std::string& verb : verbs) {
                const Request request{verb, resource.group, resource.resource, resource.subresource, std::string(space),
                    std::string(name), {}};
                if (allows(rule.rule, request))
                    return &rule;
            }
        }
    }
    return nullptr;
}

bool Right::maybe(const std::vector<PlacedRule>& rules) const
{
    return std::ranges::any_of(rules, [&](PlacedRule rule) {
        rule.rule.resourceNames.clear();
        return grantedBy({std::move(rule)}, {}, {}) != nullptr;
    });
}

} // namespace glacis::rbac
