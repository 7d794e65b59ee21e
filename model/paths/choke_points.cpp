// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/choke_points.h"

#include "paths/dominators.h"

#include <algorithm>
#include <set>

namespace glacis {

std::vector<ChokePoint> chokePoints(
    const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to, const StepFilter& filter)
{
    const Admitted admitted(graph, filter);
    const Dominators dominators(graph, admitted, verticesOf(from));
    std::vector<std::size_t> targets(graph.vertexCount());
    for (const NodeId target : std::set<NodeId>(to.begin(), to.end())) {
        for (std::uint32_t at = dominators.immediate(index(target)); at != Dominators::none;
             at = dominators.immediate(at))
            ++targets[at];
    }
    for (const NodeId start : from)
        targets[index(start)] = 0;
    std::vector<ChokePoint> points;
    for (std::uint32_t vertex = 0; vertex < graph.facts().estate.nodeCount(); ++vertex) {
        if (targets[vertex] > 0)
            points.push_back({idAt<NodeId>(vertex), targets[vertex]});
    }
    std::stable_sort(
        points.begin(), points.end(), [](const ChokePoint& a, const ChokePoint& b) { return a.targets > b.targets; });
    return points;
}

} // namespace glacis
