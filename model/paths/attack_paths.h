// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "paths/attack_graph.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct AttackPath {
    double cost = 0;
    std::vector<std::uint32_t> walk; ///< positions in AttackGraph::edges, from the start on
    std::vector<AttackStep> steps;
};

struct PathQuestion {
    std::vector<NodeId> from; ///< empty: the internet and every stolen identity
    std::vector<NodeId> to; ///< empty: the crown jewels
    std::size_t most = 50; ///< paths in all
};

/// The cheapest ways. Asked with a start: from it to each target, the cheapest first. Asked without: from the internet
/// to each target, and from each identity to the crown jewel that is nearest for it by more than what its own policies
/// grant outright. Paths that differ only in which of several equal machines they lead through are one.
/// Dijkstra's algorithm, Boost.Graph; cost grows with the edges, times the starts that were named.
[[nodiscard]] std::vector<AttackPath> cheapestPaths(
    const AttackGraph& graph, const PathQuestion& question, Progress& progress);

/// The k cheapest ways without loops from one thing to another, cheapest first.
/// Source: Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971).
[[nodiscard]] std::vector<AttackPath> cheapestPathsBetween(
    const AttackGraph& graph, NodeId from, NodeId to, std::size_t most, Progress& progress);

} // namespace glacis
