// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/step_filter.h"

namespace glacis {

/// A thing that every way from the starts to some targets leads through.
struct ChokePoint {
    NodeId node = noNode;
    std::size_t targets = 0; ///< of the question's targets that can be reached only through it
};
/// Sorted by targets, most first. Neither starts nor what no target lies behind.
[[nodiscard]] std::vector<ChokePoint> chokePoints(const AttackGraph& graph, const std::vector<NodeId>& from,
    const std::vector<NodeId>& to, const StepFilter& filter = {});

} // namespace glacis
