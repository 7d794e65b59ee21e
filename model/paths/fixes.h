// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/change.h"
#include "paths/attack_paths.h"

namespace glacis {

/// One fix and what it is worth.
struct Fix {
    std::string change; ///< one plain sentence
    AttackStep step; ///< that it takes away
    std::size_t removesPaths = 0; ///< of the given paths, those whose start can't get to their target any more
    std::size_t removesStores = 0; ///< that a start of the given paths can't get at any more, each once
    std::vector<Change> changes; ///< that make it, together; empty when no change of the estate does
};
/// For each step of the paths, what taking it away removes for good: what can be got at another way does not count.
/// Steps that the same changes take away are one fix, and all that these changes take away is taken into account, also
/// where no given path leads. Sorted by worth; what is worth nothing alone is left out.
/// Time: for each start that the paths have, what can be reached from it.
[[nodiscard]] std::vector<Fix> fixesOf(
    const AttackGraph& graph, const std::vector<AttackPath>& paths, Progress& progress, const StepFilter& filter = {});

} // namespace glacis
