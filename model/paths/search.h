// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/attack_graph.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <limits>
#include <vector>

namespace glacis {

struct EdgeWeight {
    float weight = 0;
    std::uint32_t edge = 0; ///< position in AttackGraph::edges
};
/// The attack graph, or the same with all edges turned round, as Boost.Graph sees it.
using SearchGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, EdgeWeight,
    boost::no_property, std::uint32_t, std::uint32_t>;

enum class Along { Edges, EdgesTurnedRound };
[[nodiscard]] SearchGraph searchGraph(const AttackGraph& graph, Along along);

/// Costs from a set of vertices to all others, and the last edge of the way to each.
struct Distances {
    static constexpr float unreachable = std::numeric_limits<float>::max();
    static constexpr std::uint32_t none = ~0u;
    std::vector<float> cost;
    std::vector<std::uint32_t> by; ///< position in AttackGraph::edges; `none` at the starts

    [[nodiscard]] bool reaches(std::uint32_t vertex) const { return cost[vertex] != unreachable; }
};
/// `barred` edges (by position, empty for none) are not used.
[[nodiscard]] Distances distances(const SearchGraph& graph, const std::vector<std::uint32_t>& starts,
    const std::vector<bool>& barredEdges = {}, const std::vector<bool>& barredVertices = {});

/// The edges from a start to a vertex that `found` reaches, in order.
[[nodiscard]] std::vector<std::uint32_t> walkTo(const AttackGraph& graph, const Distances& found, std::uint32_t vertex);

} // namespace glacis
