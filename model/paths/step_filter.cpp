// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/step_filter.h"

#include <algorithm>

namespace glacis {

bool StepFilter::admits(const AttackGraph& graph, const AttackGraph::Edge& edge) const
{
    if (isOff(edge.kind) || (unconditional && edge.open))
        return false;
    return withoutTechniques.empty()
        || std::find(withoutTechniques.begin(), withoutTechniques.end(), graph.technique(edge))
        == withoutTechniques.end();
}

Admitted::Admitted(const AttackGraph& graph, const StepFilter& filter) : m_edges(graph.edges().size())
{
    if (filter.admitsAll())
        return;
    for (const AttackGraph::Edge& edge : graph.edges()) {
        if (!filter.admits(graph, edge))
            bar(graph.position(edge));
    }
}

void Admitted::bar(std::uint32_t edge)
{
    m_barred.resize(m_edges);
    m_barred[edge] = true;
}

} // namespace glacis
