// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/escalations.h"

#include "identity/kubernetes/ways.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace glacis::rbac {

namespace {

Decision allowedBecause(Reason reason)
{
    Decision decision;
    decision.verdict = Verdict::Allowed;
    decision.because.push_back(std::move(reason));
    return decision;
}

/// What bindings let one do with secrets, each by name; whoever administers a namespace has all that lie in it.
/// Source: "Good practices for Kubernetes Secrets", Kubernetes documentation.
std::vector<StoreAccess> accessToSecrets(const ClusterFacts& facts, const std::set<NodeId>& administering)
{
    const Estate& estate = facts.estate;
    const std::pair<AccessLevel, Right> levels[] = {{AccessLevel::Read, Right::from("get|list|watch secrets")},
        {AccessLevel::Write, Right::from("update|patch|delete secrets")}};
    std::vector<StoreAccess> found;
    for (const NodeId secret : estate.ofKind(Kind::Secret)) {
        const NodeId space = estate.node(secret).parent;
        if (estate.node(secret).provider != Provider::Kubernetes || space == noNode)
            continue;
        found.push_back({space, secret, AccessLevel::Administer,
            allowedBecause({space, noEvidence, {}, "Whoever administers the namespace has what lies in it."})});
        for (const Binding& binding : facts.rbac.bindings()) {
            if (administering.contains(binding.node) || (!binding.space.empty() && binding.space != estate.name(space)))
                continue;
            for (const auto& [level, right] : levels) {
                const PlacedRule* rule =
                    right.grantedBy(facts.rbac.rulesOf(binding.role), estate.name(space), estate.name(secret));
                if (rule)
                    found.push_back(
                        {binding.node, secret, level, allowedBecause(facts.rbac.reasonFor(binding, *rule))});
            }
        }
    }
    return found;
}

} // namespace

IdentityAnswers clusterAnswers(const Estate& estate, const Rbac& rbac, Progress& progress)
{
    IdentityAnswers answers;
    const ClusterFacts facts(estate, rbac);
    if (facts.cluster == noNode)
        return answers;
    Ways ways;
    waysOfBindings(facts, ways, progress);
    std::set<NodeId> administering;
    const auto admin = techniqueNamed("k8s-cluster-admin");
    const auto masters = estate.find("Group/" + std::string(mastersGroup));
    if (admin && masters)
        ways.add(*masters, facts.cluster, {*admin, &techniques()[*admin]}, {});
    for (const Escalation& way : ways.found) {
        if (admin && way.technique == *admin)
            administering.insert(way.from);
    }
    waysOfIdentities(facts, ways);
    waysOfWorkloads(facts, ways, progress);
    waysToClouds(facts, ways);
    answers.access = accessToSecrets(facts, administering);
    std::map<NodeId, Decision> administrators;
    for (const Escalation& way : ways.found) {
        const Shape shape = info(estate.kind(way.from)).shape;
        const bool through =
            administering.contains(way.to) || (way.to == facts.cluster && administering.contains(way.from));
        if (through && shape == Shape::Identity)
            administrators.emplace(way.from, way.decision);
    }
    answers.administrators.assign(administrators.begin(), administrators.end());
    std::ranges::stable_sort(ways.found, [](const Escalation& a, const Escalation& b) {
        return std::tie(a.from, a.to, a.technique) < std::tie(b.from, b.to, b.technique);
    });
    const auto twice = std::ranges::unique(ways.found, [](const Escalation& a, const Escalation& b) {
        return std::tie(a.from, a.to, a.technique) == std::tie(b.from, b.to, b.technique);
    });
    ways.found.erase(twice.begin(), twice.end());
    answers.escalations = std::move(ways.found);
    return answers;
}

} // namespace glacis::rbac
