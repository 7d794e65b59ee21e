// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/reached.h"

#include "paths/search.h"

namespace glacis {

namespace {

Reached counted(const AttackGraph& graph, std::vector<bool> isReached, const std::vector<NodeId>& without)
{
    const Estate& estate = graph.facts().estate;
    for (const NodeId node : without)
        isReached[index(node)] = false;
    Reached reached;
    std::vector<std::size_t> kinds(static_cast<std::size_t>(Kind::Count));
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        if (!isReached[i])
            continue;
        const NodeId node = idAt<NodeId>(i);
        reached.things.push_back(node);
        ++kinds[static_cast<std::size_t>(estate.kind(node))];
        if (holdsData(estate.kind(node)))
            ++reached.storesOfClass[static_cast<std::size_t>(graph.dataClass(node))];
    }
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        if (kinds[kind] > 0)
            reached.kinds.emplace_back(static_cast<Kind>(kind), kinds[kind]);
    }
    return reached;
}

} // namespace

Reached descendants(const AttackGraph& graph, const std::vector<NodeId>& of, const StepFilter& filter)
{
    return counted(graph, reachedFrom(graph, Admitted(graph, filter), verticesOf(of)), of);
}

Reached ancestors(const AttackGraph& graph, const std::vector<NodeId>& of, const StepFilter& filter)
{
    return counted(graph, leadingTo(graph, Admitted(graph, filter), verticesOf(of)), of);
}

} // namespace glacis
