// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/path_search.h"

#include "document/labels.h"
#include "paths/path_selection.h"

namespace glacis {

std::vector<AttackPath> searched(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    // Where an end is left open, one path for each target says more than the many that lead to the nearest.
    return wish.question.from.empty() || wish.question.to.empty() ? pathOverview(graph, wish.question, progress).paths
                                                                  : cheapestPaths(graph, wish.question, progress);
}

std::array<std::size_t, stepKinds> stepCounts(const AttackGraph& graph)
{
    std::array<std::size_t, stepKinds> counts{};
    for (const AttackGraph::Edge& edge : graph.edges()) {
        // That an account's administrators have its stores is not a step that one looks for.
        if (edge.isStep() && edge.source != AttackGraph::EdgeSource::AccountStore)
            ++counts[static_cast<std::size_t>(edge.kind)];
    }
    return counts;
}

std::vector<NodeId> thingsNamed(const Estate& estate, const QString& text)
{
    if (text.compare(QStringLiteral("anyone on the internet"), Qt::CaseInsensitive) == 0)
        return {idAt<NodeId>(0)};
    std::vector<NodeId> found = select(estate, text.toStdString()).value_or(std::vector<NodeId>{});
    if (!found.empty())
        return found;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        if (nameOf(estate, idAt<NodeId>(i)).compare(text, Qt::CaseInsensitive) == 0)
            found.push_back(idAt<NodeId>(i));
    }
    return found;
}

} // namespace glacis
