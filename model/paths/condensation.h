// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/step_filter.h"

#include <span>
#include <vector>

namespace glacis {

/// The graph with all that can get at each other taken as one: whoever holds one member of a component holds all.
class Condensation {
public:
    /// Linear in the edges. Source: Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on
    /// Computing 1 (1972); Boost.Graph, strong_components.
    explicit Condensation(const AttackGraph& graph, const StepFilter& filter = {});

    [[nodiscard]] std::size_t size() const { return m_membersAt.size() - 1; }
    /// Edges lead from a component to itself or to one with a higher number.
    [[nodiscard]] std::uint32_t componentOf(std::uint32_t vertex) const { return m_componentOf[vertex]; }
    [[nodiscard]] std::uint32_t componentOf(NodeId node) const { return m_componentOf[index(node)]; }
    /// The things of a component in node order; a class that stands alone has none.
    [[nodiscard]] std::span<const NodeId> members(std::uint32_t component) const
    {
        return {m_members.data() + m_membersAt[component], m_members.data() + m_membersAt[component + 1]};
    }
    /// Components of more than one thing, the largest first.
    [[nodiscard]] std::vector<std::uint32_t> groups() const;

private:
    std::vector<std::uint32_t> m_componentOf; ///< by vertex
    std::vector<std::uint32_t> m_membersAt; ///< components + 1 offsets into m_members
    std::vector<NodeId> m_members;
};

} // namespace glacis
