// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/step_filter.h"

#include <limits>
#include <queue>
#include <vector>

namespace glacis {

/// What makes one path better than another.
enum class Measure : std::uint8_t {
    Cost, ///< to the attacker; of equal costs, fewer steps
    Steps ///< fewer steps; of equally many, lower cost
};

/// Cost and number of steps in one number, the one that counts first in the upper bits, so that sums are exact and
/// compare alike on every machine. Costs are kept to 1/65536.
using Weight = std::uint64_t;
inline constexpr Weight unreachable = std::numeric_limits<Weight>::max();
[[nodiscard]] inline Weight weightOf(const AttackGraph::Edge& edge, Measure by)
{
    const auto cost = static_cast<Weight>(edge.cost * 65536.0F + 0.5F);
    const Weight step = edge.isStep() ? 1 : 0;
    return by == Measure::Cost ? cost << 24 | step : step << 40 | cost;
}

/// Edges by position, in the order in which they are taken.
using Walk = std::vector<std::uint32_t>;

enum class Along { Edges, EdgesTurnedRound };

/// The least weight between every vertex and the nearest of some ends, found from these outwards and only as far as
/// somebody asked: along the edges it is the way from the ends to the vertex, along edges turned round that from the
/// vertex to the ends. Source: Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1.
class Nearness {
public:
    static constexpr std::uint32_t none = ~0U;
    using Hidden = std::vector<bool>; ///< vertices that are not passed; empty for none

    Nearness(const AttackGraph& graph, const Admitted& admitted, Measure by, Along along,
        const std::vector<std::uint32_t>& ends, Hidden hidden = {});

    /// Settles all that is no farther than this.
    void growTo(Weight radius);
    /// Settles one of these, or all that there is when none of them is connected with an end.
    void growUntil(const std::vector<std::uint32_t>& anyOf);
    void growAll() { growTo(unreachable); }

    /// Never more than the true weight, and the true weight when `isSettled`; `unreachable` is always true.
    [[nodiscard]] Weight atLeast(std::uint32_t vertex) const { return m_settled[vertex] ? m_weight[vertex] : m_radius; }
    [[nodiscard]] bool isSettled(std::uint32_t vertex) const { return m_settled[vertex]; }
    [[nodiscard]] bool reaches(std::uint32_t vertex) const { return atLeast(vertex) != unreachable; }
    /// Of a settled vertex: the edge next to it on the way between it and the nearest end; `none` at an end.
    [[nodiscard]] std::uint32_t next(std::uint32_t vertex) const { return m_next[vertex]; }
    [[nodiscard]] bool isHidden(std::uint32_t vertex) const { return !m_hidden.empty() && m_hidden[vertex]; }

private:
    using Entry = std::pair<Weight, std::uint32_t>;
    void settleNearest();
    void relax(std::uint32_t edge, std::uint32_t vertex, Weight before);

    const AttackGraph& m_graph;
    const Admitted& m_admitted;
    Measure m_by;
    Along m_along;
    Hidden m_hidden;
    std::vector<Weight> m_weight;
    std::vector<std::uint32_t> m_next;
    std::vector<char> m_settled;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_open;
    Weight m_radius = 0; ///< nothing that is not settled is nearer
};

/// Whether each vertex can be got to from one of the starts, the starts included.
[[nodiscard]] std::vector<bool> reachedFrom(
    const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& starts);
/// Whether each vertex can get to one of the targets, the targets included.
[[nodiscard]] std::vector<bool> leadingTo(
    const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& targets);

[[nodiscard]] std::vector<std::uint32_t> verticesOf(const std::vector<NodeId>& nodes);

} // namespace glacis
