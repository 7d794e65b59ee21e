// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "paths/search.h"

#include <string>
#include <utility>
#include <vector>

namespace glacis {

struct AttackPath {
    double cost = 0;
    Walk walk; ///< positions in AttackGraph::edges, from the start on
    std::vector<AttackStep> steps;
};

struct PathQuestion {
    std::vector<NodeId> from; ///< empty: the internet and every stolen identity
    std::vector<NodeId> to; ///< empty: the crown jewels
    std::size_t most = 50; ///< paths in all
    StepFilter filter = {};
    Measure measure = Measure::Cost;
};

/// The `most` cheapest paths from any start to any target that pass no thing twice, cheapest first; of equal cost those
/// with fewer steps first, and what is equal in both in a fixed order. A start may be passed by the path of another,
/// and a target by a path to another. Paths that differ in the technique of a step are two. Nothing is hidden because
/// it costs more, but for this: among things that are equal to an attacker (workloads of one class of endpoints, with
/// the same ways in and out) that are neither start nor target, one stands for all, so paths that differ only in which
/// of them they pass are one; and so are equal ones among the starts, or among the targets. Time: the part of the graph
/// that is nearer to a target than the last path is long, and little more for each path.
[[nodiscard]] std::vector<AttackPath> cheapestPaths(
    const AttackGraph& graph, const PathQuestion& question, Progress& progress);

/// One path for each start and target, so that all that can be got at is told and nothing twice.
struct PathOverview {
    std::vector<AttackPath> paths; ///< as many as were asked for, cheapest first
    std::vector<std::pair<NodeId, NodeId>> ways; ///< start and target of all paths that were found, also of others
};
/// Asked with starts: the cheapest path from each of them to each target; where there are more starts than paths are
/// wanted, to the nearest target. Asked without: from the internet to each target, and from each identity to the
/// nearest target by a first step that is more than what its own policies grant outright. Where these are more than
/// are wanted, the cheapest of each start go first, so that no start crowds out the others.
[[nodiscard]] PathOverview pathOverview(const AttackGraph& graph, const PathQuestion& question, Progress& progress);

/// What the search found, with its steps.
[[nodiscard]] AttackPath pathAlong(const AttackGraph& graph, Walk walk);

} // namespace glacis
