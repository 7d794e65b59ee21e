// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/change.h"
#include "paths/attack_graph.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace glacis {

/// The changes of the estate, to be made together, that take away what makes a step true: the statements that allow it,
/// the attachment of a policy that its provider wrote, an assignment or binding of a role, a workload's role, the rule
/// of a firewall that lets it through. Where several parties must allow, what the one who acts was granted goes. Empty
/// when the step follows from no single fact, as that an account's administrators can have all that is in it.
[[nodiscard]] std::vector<Change> changesThatCut(const Estate& estate, const AttackStep& step);

/// The same for many steps: reads each policy once.
class StepChanges {
public:
    explicit StepChanges(const Estate& estate) : m_estate(estate) { }

    /// What `changesThatCut` looks at of a step.
    struct Basis {
        NodeId from = noNode;
        NodeId to = noNode;
        StepKind kind{};
        std::span<const Reason> because;
        std::span<const Hop> hops;
    };
    [[nodiscard]] static Basis basisOf(const AttackGraph& graph, const AttackGraph::Edge& edge);
    [[nodiscard]] std::vector<Change> thatCut(const Basis& basis);

private:
    friend class Cutter;
    [[nodiscard]] bool allowsAt(const PolicyRow<NodeId>& row, const std::string& pointer);

    const Estate& m_estate;
    std::map<StringId, std::set<std::string>> m_allowing; ///< by document: the pointers of statements that allow
};

/// The step of this graph between the same things by the same technique; nothing when it is not there (any more).
[[nodiscard]] std::optional<AttackStep> sameStepIn(const AttackGraph& graph, const AttackStep& step);

} // namespace glacis
