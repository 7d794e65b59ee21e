// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/step_filter.h"

#include <array>
#include <utility>
#include <vector>

namespace glacis {

/// Things that an attacker can get at, or come from, counted.
struct Reached {
    std::vector<NodeId> things; ///< in node order; those that were asked about are left out
    std::vector<std::pair<Kind, std::size_t>> kinds; ///< how many of each kind that there is, in the order of kinds
    std::array<std::size_t, 5> storesOfClass{}; ///< by DataClass
};

/// All that somebody who holds one of these can get at: the blast radius. Linear in the edges.
[[nodiscard]] Reached descendants(
    const AttackGraph& graph, const std::vector<NodeId>& of, const StepFilter& filter = {});
/// All from where somebody can get at one of these.
[[nodiscard]] Reached ancestors(const AttackGraph& graph, const std::vector<NodeId>& of, const StepFilter& filter = {});

} // namespace glacis
