// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/attack_paths.h"

namespace glacis {

/// A thing that every way from the starts to some targets leads through.
struct ChokePoint {
    NodeId node = noNode;
    std::size_t targets = 0; ///< of the question's targets that can be reached only through it
};
/// Sorted by targets, most first. Lengauer and Tarjan's dominators, Boost.Graph.
[[nodiscard]] std::vector<ChokePoint> chokePoints(
    const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to);

/// One change and what it is worth.
struct Fix {
    std::string change; ///< one plain sentence
    AttackStep step; ///< that it takes away
    std::size_t removesPaths = 0; ///< of the given paths, those whose start can't get to their target any more
};
/// For each step of the paths, what taking it away removes for good: a path with another way round does not count.
/// Sorted by worth; steps that are worth nothing alone are left out.
[[nodiscard]] std::vector<Fix> fixesOf(
    const AttackGraph& graph, const std::vector<AttackPath>& paths, Progress& progress);

} // namespace glacis
