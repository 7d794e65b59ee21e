// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "estate/change.h"
#include "paths/attack_graph.h"

#include <vector>

namespace glacis {

/// Changes that are made together, and all edges of a graph that they take away: a statement that lets somebody read
/// ten stores is one, and so is a rule that lets ten classes in.
struct Cut {
    std::vector<Change> changes;
    std::vector<std::uint32_t> edges; ///< positions in AttackGraph::edges; also those that some of the changes do for
};

/// What takes away which of some edges. An edge that no change takes away is in no cut.
class Cuts {
public:
    static constexpr std::uint32_t none = ~0U;

    /// `edges` are positions, in order. Looks at each policy once, and once at all edges that say the same of the same.
    Cuts(const AttackGraph& graph, const std::vector<std::uint32_t>& edges, Progress& progress);

    [[nodiscard]] const std::vector<Cut>& all() const { return m_cuts; }
    /// The cut with no more changes than it takes, by its position in `all`.
    [[nodiscard]] std::uint32_t of(std::uint32_t edge) const { return m_cutOf[edge]; }

private:
    void addWhatFewerDoFor();

    std::vector<Cut> m_cuts;
    std::vector<std::uint32_t> m_cutOf; ///< by edge
};

} // namespace glacis
