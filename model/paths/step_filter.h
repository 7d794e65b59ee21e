// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paths/attack_graph.h"

#include <string>
#include <vector>

namespace glacis {

/// The steps that a question may use; all of them when nothing is set.
struct StepFilter {
    std::uint8_t without = 0; ///< kinds that are left out, as bits by StepKind
    bool unconditional = false; ///< only steps that nothing has to hold for besides
    std::vector<std::string> withoutTechniques = {}; ///< as AttackStep::technique has them

    [[nodiscard]] bool isOff(StepKind kind) const { return (without >> static_cast<int>(kind) & 1) != 0; }
    [[nodiscard]] bool admitsAll() const { return without == 0 && !unconditional && withoutTechniques.empty(); }
    [[nodiscard]] bool admits(const AttackGraph& graph, const AttackGraph::Edge& edge) const;
};

/// A filter made ready for one graph: asked for each edge by its position.
class Admitted {
public:
    Admitted(const AttackGraph& graph, const StepFilter& filter);
    [[nodiscard]] bool operator()(std::uint32_t edge) const { return m_barred.empty() || !m_barred[edge]; }
    void bar(std::uint32_t edge);

private:
    std::size_t m_edges;
    std::vector<bool> m_barred; ///< empty: none
};

} // namespace glacis
