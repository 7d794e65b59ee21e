// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/path_search.h"

#include "document/labels.h"
#include "paths/path_selection.h"
#include "paths/smallest_cut.h"

#include <QCoreApplication>

namespace glacis {

namespace {

/// What stands at the end that a wish leaves to the graph, filled into `question`; nothing when both ends are named.
std::optional<Reached> reachedBy(const PathWish& wish, const AttackGraph& graph, PathQuestion& question)
{
    std::optional<Reached> reached;
    if (wish.everything) {
        reached = descendants(graph, question.from, question.filter);
        question.to = reached->things;
    } else if (wish.everyone) {
        reached = ancestors(graph, question.to, question.filter);
        question.from = reached->things;
    }
    return reached;
}

} // namespace

PathsFound searched(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    PathQuestion question = wish.question;
    PathsFound found;
    found.reached = reachedBy(wish, graph, question);
    // No end at all would be the usual question.
    if (found.reached && found.reached->things.empty())
        return found;
    // Where an end is left open, one path for each target says more than the many that lead to the nearest.
    const bool overview = found.reached || question.from.empty() || question.to.empty();
    found.paths = overview ? pathOverview(graph, question, progress).paths : cheapestPaths(graph, question, progress);
    return found;
}

Trial bestCut(
    const Answers& answers, const std::vector<AttackPath>& paths, const StepFilter& filter, Progress& progress)
{
    for (const Fix& fix : fixesOf(*answers.paths->graph, paths, progress, filter)) {
        if (fix.changes.empty() || fix.removesPaths == 0)
            continue;
        return trialThatCuts(*answers.estate, fix.step, fix.changes);
    }
    return {};
}

CutOfAll cutOfAll(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    PathQuestion question = wish.question;
    const auto reached = reachedBy(wish, graph, question);
    if (question.from.empty() && !wish.everyone)
        question.from = {idAt<NodeId>(0)};
    if (question.to.empty() && !wish.everything)
        question.to = graph.crownJewels();
    const SmallestCut cut = smallestCut(graph, question.from, question.to, progress, question.filter);
    CutOfAll result{{}, cut.standing.size()};
    for (const Cut& fix : cut.fixes)
        result.trial.changes.insert(result.trial.changes.end(), fix.changes.begin(), fix.changes.end());
    const auto changes = static_cast<int>(result.trial.changes.size());
    result.trial.title = QCoreApplication::translate("WhatIf", "Cut every way with %n change(s)", nullptr, changes);
    return result;
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
