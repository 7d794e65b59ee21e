// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/search.h"

#include <span>
#include <vector>

namespace glacis {

/// What every way from some starts to a vertex leads through.
/// Source: Georgiadis, Tarjan and Werneck, "Finding Dominators in Practice", Journal of Graph Algorithms and
/// Applications 10 (2006), the algorithm SEMI-NCA. Grows with what can be reached, not with the graph.
class Dominators {
public:
    static constexpr std::uint32_t none = ~0U;

    Dominators(const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& starts);

    [[nodiscard]] bool reaches(std::uint32_t vertex) const { return m_number[vertex] != none; }
    /// The last vertex before this one that every way to it passes; none when there is no such vertex.
    [[nodiscard]] std::uint32_t immediate(std::uint32_t vertex) const;
    /// All vertices to which every way leads through this one, itself first.
    [[nodiscard]] std::span<const std::uint32_t> dominatedBy(std::uint32_t vertex) const;
    /// A vertex dominates itself. Both must be reached.
    [[nodiscard]] bool dominates(std::uint32_t vertex, std::uint32_t other) const;
    /// Whether every way to where the edge leads takes this very edge.
    [[nodiscard]] bool isOnEveryWay(std::uint32_t edge) const;

private:
    void number(const std::vector<std::uint32_t>& starts);
    void findSemidominators(const std::vector<std::uint32_t>& starts);
    [[nodiscard]] std::uint32_t lowest(std::uint32_t at, std::uint32_t linkedFrom);
    void layOutTree();

    const AttackGraph& m_graph;
    const Admitted& m_admitted;
    std::vector<std::uint32_t> m_number; ///< by vertex, in the order of a depth-first search; 0 is before all starts
    // By number.
    std::vector<bool> m_isStart;
    std::vector<std::uint32_t> m_vertex;
    std::vector<std::uint32_t> m_parent;
    std::vector<std::uint32_t> m_dominator;
    std::vector<std::uint32_t> m_semi;
    std::vector<std::uint32_t> m_ancestor;
    std::vector<std::uint32_t> m_label;
    std::vector<std::uint32_t> m_place; ///< in m_order
    std::vector<std::uint32_t> m_size; ///< of its part of the tree
    std::vector<std::uint32_t> m_order; ///< vertices, so that what one dominates follows it
    std::vector<std::uint32_t> m_stack;
};

} // namespace glacis
