// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "identity/escalation.h"
#include "identity/kubernetes/pod_facts.h"
#include "identity/kubernetes/rbac.h"

#include <map>
#include <span>

/// The parts that clusterAnswers is made of.
namespace glacis::rbac {

/// The techniques of Kubernetes with their positions.
struct Recipe {
    std::uint32_t position = 0;
    const Technique* technique = nullptr;
};
/// Those that set out from one of the sources (a need is a fact of it) and lead to one of the ends.
[[nodiscard]] std::vector<Recipe> recipesFrom(
    std::initializer_list<std::string_view> sources, std::initializer_list<std::string_view> gives);
/// Those that need nothing but rights: what bindings let one do.
[[nodiscard]] std::vector<Recipe> recipesOfRights();

/// What is found, with its reason. A technique that leaves something open makes a way conditional.
class Ways {
public:
    std::vector<Escalation> found;

    void add(NodeId from, NodeId to, const Recipe& recipe, std::vector<Reason> because, std::string open = {});
};

/// What the parts share, read once.
struct ClusterFacts {
    const Estate& estate;
    const Rbac& rbac;
    std::vector<PodFacts> pods;
    std::map<NodeId, std::vector<const PodFacts*>> onMachine;
    std::map<NodeId, std::vector<const PodFacts*>> inSpace;
    std::map<NodeId, std::vector<NodeId>> accountsIn; ///< service accounts by namespace
    std::vector<NodeId> machines;
    NodeId cluster = noNode;

    ClusterFacts(const Estate& estate, const Rbac& rbac);
    [[nodiscard]] Asker accountAsker(NodeId account) const;
};

void waysOfWorkloads(const ClusterFacts& facts, Ways& ways, Progress& progress);
void waysOfBindings(const ClusterFacts& facts, Ways& ways, Progress& progress);
void waysOfIdentities(const ClusterFacts& facts, Ways& ways);
void waysToClouds(const ClusterFacts& facts, Ways& ways);

/// A right in the words of the techniques, "create|get pods/exec|pods/attach", taken apart.
struct Right {
    std::vector<std::string> verbs;
    struct Resource {
        std::string group, resource, subresource;
    };
    std::vector<Resource> resources;

    [[nodiscard]] static Right from(std::string_view text);
    /// The first rule that grants one of its verbs on one of its resources; null: none.
    [[nodiscard]] const PlacedRule* grantedBy(
        const std::vector<PlacedRule>& rules, std::string_view space, std::string_view name) const;
    /// Whether some rule speaks of it at all, whatever the name.
    [[nodiscard]] bool maybe(const std::vector<PlacedRule>& rules) const;
};

} // namespace glacis::rbac
