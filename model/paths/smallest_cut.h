// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/attack_paths.h"
#include "paths/cuts.h"

namespace glacis {

/// Fixes that together leave no path.
struct SmallestCut {
    std::vector<Cut> fixes;
    /// Paths made only of steps that no change takes away, the cheapest to each target that has one. While there are
    /// any, no set of fixes cuts all; `fixes` then cut the paths to the other targets.
    std::vector<AttackPath> standing;
};

/// The fewest fixes after which no start gets to a target; a thing that is both counts as a start only. A step that no
/// change takes away is never cut.
///
/// It is a minimum cut, where all edges from a set of vertices to another that the same changes take away count as one.
/// So the result is the smallest as long as what each fix takes away is of that form, as the right of a group to a set
/// of stores is. A fix that takes away more than one such bundle is counted for each (to find the smallest set then is
/// NP-hard), and so it may be passed over for others; afterwards each fix that the others make needless is left out,
/// the latest first. A step may be true for more than one reason, of which a fix takes the one that decided; what then
/// still stands shows in the estate as changed. Sources: Ford and Fulkerson, "Maximal Flow through a Network", Canadian
/// Journal of Mathematics 8 (1956); Boykov and Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms",
/// IEEE PAMI 26 (2004), Boost.Graph.
[[nodiscard]] SmallestCut smallestCut(const AttackGraph& graph, const std::vector<NodeId>& from,
    const std::vector<NodeId>& to, Progress& progress, const StepFilter& filter = {});

} // namespace glacis
