// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/ways.h"

#include "core/text.h"

#include <algorithm>
#include <set>

/// From identities to the bindings that name them, and from those who administer to what they administer.
namespace glacis::rbac {

namespace {

constexpr NodeId internet = NodeId{0};

bool isAnyone(const Estate& estate, NodeId subject)
{
    const std::string_view id = estate.id(subject);
    return id == "User/system:anonymous" || id == "Group/system:unauthenticated";
}

/// The accounts that a group holds by itself: those of a namespace, or all.
std::vector<NodeId> accountsOf(const ClusterFacts& facts, std::string_view group)
{
    constexpr std::string_view ofSpace = "system:serviceaccounts:";
    std::vector<NodeId> found;
    for (const auto& [space, accounts] : facts.accountsIn) {
        if (group == "system:serviceaccounts" || group == "system:authenticated"
            || (group.starts_with(ofSpace) && group.substr(ofSpace.size()) == facts.estate.name(space)))
            found.insert(found.end(), accounts.begin(), accounts.end());
    }
    return found;
}

} // namespace

void waysOfIdentities(const ClusterFacts& facts, Ways& ways)
{
    const Estate& estate = facts.estate;
    const auto bound = recipesFrom({"identity"}, {"binding"});
    const auto anonymous = recipesFrom({"anyone"}, {"anonymous_binding"});
    const auto members = recipesFrom({"cluster"}, {"cluster_member"});
    const auto inSpace = recipesFrom({"namespace"}, {"namespace_member"});
    std::set<NodeId> leading;
    for (const Escalation& way : ways.found)
        leading.insert(way.from);
    for (const Binding& binding : facts.rbac.bindings()) {
        const auto add = [&](NodeId from, const std::vector<Recipe>& recipes) {
            for (const Recipe& recipe : recipes)
                ways.add(from, binding.node, recipe, {{binding.node, binding.evidence, {}, "It names the subject."}});
        };
        for (const NodeId subject : estate.targets(binding.node, EdgeKind::Mentions)) {
            add(subject, bound);
            // What gives nothing is not worth a way from every account of the cluster.
            if (!leading.contains(binding.node))
                continue;
            if (isAnyone(estate, subject))
                add(internet, anonymous);
            if (estate.kind(subject) == Kind::Group) {
                for (const NodeId account : accountsOf(facts, estate.name(subject)))
                    add(account, bound);
            }
        }
    }
    for (const Recipe& recipe : members) {
        for (const NodeId space : estate.ofKind(Kind::Namespace))
            ways.add(facts.cluster, space, recipe, {});
        for (const NodeId machine : facts.machines)
            ways.add(facts.cluster, machine, recipe, {});
    }
    for (const Recipe& recipe : inSpace) {
        for (const auto& [space, accounts] : facts.accountsIn) {
            for (const NodeId account : accounts)
                ways.add(space, account, recipe, {});
        }
        for (const PodFacts& pod : facts.pods)
            ways.add(pod.space, pod.node, recipe, {});
    }
}

} // namespace glacis::rbac
