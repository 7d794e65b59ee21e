// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/path_search.h"

#include "document/labels.h"
#include "paths/path_selection.h"
#include "paths/smallest_cut.h"

#include <QCoreApplication>

namespace glacis {

PathsFound searched(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    PathQuestion question = wish.question;
    PathsFound found;
    if (wish.everything)
        found.reached = descendants(graph, question.from, question.filter);
    else if (wish.everyone)
        found.reached = ancestors(graph, question.to, question.filter);
    if (found.reached) {
        // No end at all would be the usual question.
        if (found.reached->things.empty())
            return found;
        (wish.everything ? question.to : question.from) = found.reached->things;
    }
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
        Trial trial = trialThatCuts(*answers.estate, fix.step);
        trial.changes = fix.changes;
        return trial;
    }
    return {};
}

CutOfAll cutOfAll(const Answers& answers, const PathWish& wish, Progress& progress)
{
    const AttackGraph& graph = *answers.paths->graph;
    PathQuestion question = wish.question;
    if (wish.everything)
        question.to = descendants(graph, question.from, question.filter).things;
    if (question.from.empty()) {
        question.from = wish.everyone ? ancestors(graph, question.to, question.filter).things
                                      : std::vector<NodeId>{idAt<NodeId>(0)};
    }
    if (question.to.empty())
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
