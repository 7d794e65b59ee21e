// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/path_search.h"

#include "document/labels.h"
#include "paths/path_selection.h"

#include <algorithm>

namespace glacis {

namespace {

bool isOff(const PathWish& wish, StepKind kind)
{
    return (wish.without >> static_cast<int>(kind) & 1) != 0;
}

StepKind kindOf(const Estate& estate, const Escalation& escalation)
{
    return info(estate.kind(escalation.from)).shape == Shape::Workload ? StepKind::UseRole : StepKind::Escalate;
}

/// The facts of a graph without some kinds of steps.
struct Narrowed {
    Narrowed(const AttackFacts& all, const PathWish& wish)
    {
        for (const Escalation& one : all.escalations) {
            if (!isOff(wish, kindOf(all.estate, one)))
                escalations.push_back(one);
        }
        if (!isOff(wish, StepKind::Access))
            access = all.access;
        if (!isOff(wish, StepKind::Administer))
            administrators = all.administrators;
        network.flows = all.network.flows;
        if (isOff(wish, StepKind::Reach))
            network.flows.flows.clear();
    }

    std::vector<Escalation> escalations;
    std::vector<StoreAccess> access;
    std::vector<std::pair<NodeId, Decision>> administrators;
    Segmentation network;
};

std::vector<AttackPath> searchedIn(const AttackGraph& graph, const PathQuestion& question, Progress& progress)
{
    const bool onePair = question.from.size() == 1 && question.to.size() == 1;
    return onePair ? cheapestPathsBetween(graph, question.from.front(), question.to.front(), question.most, progress)
                   : cheapestPaths(graph, question, progress);
}

} // namespace

std::vector<AttackPath> searched(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    if (wish.without == 0)
        return searchedIn(graph, wish.question, progress);
    const Narrowed narrowed(graph.facts(), wish);
    const AttackGraph left(AttackFacts{
        graph.facts().estate, narrowed.escalations, narrowed.access, narrowed.administrators, narrowed.network});
    return searchedIn(left, wish.question, progress);
}

std::array<std::size_t, stepKinds> stepCounts(const AttackGraph& graph)
{
    std::array<std::size_t, stepKinds> counts{};
    const AttackFacts& facts = graph.facts();
    const auto at = [](StepKind kind) { return static_cast<std::size_t>(kind); };
    for (const AttackGraph::Edge& edge : graph.edges()) {
        switch (edge.source) {
        case AttackGraph::EdgeSource::Flow:
            ++counts[at(StepKind::Reach)];
            break;
        case AttackGraph::EdgeSource::Escalation:
            ++counts[at(kindOf(facts.estate, facts.escalations[edge.row]))];
            break;
        case AttackGraph::EdgeSource::Administers:
            ++counts[at(StepKind::Administer)];
            break;
        case AttackGraph::EdgeSource::Access:
            ++counts[at(StepKind::Access)];
            break;
        default:
            break;
        }
    }
    return counts;
}

std::vector<NodeId> thingsNamed(const Estate& estate, const QString& text)
{
    if (text.compare(QStringLiteral("anyone on the internet"), Qt::CaseInsensitive) == 0)
        return {idAt<NodeId>(0)};
    std::vector<NodeId> found = select(estate, text.toStdString());
    if (!found.empty())
        return found;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        if (nameOf(estate, idAt<NodeId>(i)).compare(text, Qt::CaseInsensitive) == 0)
            found.push_back(idAt<NodeId>(i));
    }
    return found;
}

} // namespace glacis
