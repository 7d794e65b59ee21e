// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/what_if.h"

#include "document/labels.h"
#include "paths/step_changes.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace glacis {

namespace {

template <class Key> Difference differenceOf(std::vector<Key> before, std::vector<Key> after)
{
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::vector<Key> gone, came;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(came));
    return {static_cast<int>(gone.size()), static_cast<int>(came.size())};
}

// Nodes keep their ids in a changed estate, so keys of both sides can be compared.

std::vector<std::pair<NodeId, NodeId>> pathKeys(const Answers& answers)
{
    return answers.paths ? answers.paths->ways : std::vector<std::pair<NodeId, NodeId>>{};
}

using ViolationKey = std::tuple<std::string, std::vector<NodeId>, std::vector<NodeId>, std::string>;
std::vector<ViolationKey> violationKeys(const Answers& answers)
{
    std::vector<ViolationKey> keys;
    if (!answers.segmentation)
        return keys;
    for (const Violation& one : answers.segmentation->violations)
        keys.emplace_back(one.kind, one.from, one.to, describe(one.ports));
    return keys;
}

using FindingKey = std::pair<std::string, NodeId>;
std::vector<FindingKey> findingKeys(const Answers& answers)
{
    std::vector<FindingKey> keys;
    if (!answers.posture)
        return keys;
    for (const CheckResult& one : answers.posture->results) {
        if (one.verdict == CheckVerdict::Fail)
            keys.emplace_back(answers.posture->check(one).id, one.node);
    }
    return keys;
}

struct Touched {
    std::string operator()(const RemoveEdge& change) const { return change.from; }
    template <class Change> std::string operator()(const Change& change) const { return change.of; }
};

} // namespace

ChangeEffect effectOf(const Answers& before, const Answers& after)
{
    return {differenceOf(pathKeys(before), pathKeys(after)), differenceOf(violationKeys(before), violationKeys(after)),
        differenceOf(findingKeys(before), findingKeys(after))};
}

QString textOf(const Difference& difference)
{
    const QLocale locale;
    const QString gone = QChar(0x2212) + locale.toString(difference.gone);
    const QString came = QLatin1Char('+') + locale.toString(difference.came);
    if (difference.isNone())
        return QChar(0x00b1) + locale.toString(0);
    if (difference.came == 0)
        return gone;
    return difference.gone == 0 ? came : gone + QStringLiteral(", ") + came;
}

Trial trialThatCuts(const Estate& estate, const AttackStep& step)
{
    return trialThatCuts(estate, step, changesThatCut(estate, step));
}

Trial trialThatCuts(const Estate& estate, const AttackStep& step, std::vector<Change> changes)
{
    Trial trial;
    trial.title =
        QCoreApplication::translate("WhatIf", "Cut %1 → %2").arg(nameOf(estate, step.from), nameOf(estate, step.to));
    trial.changes = std::move(changes);
    trial.cuts = std::make_shared<const AttackStep>(step);
    return trial;
}

std::vector<NodeId> changedThings(const Estate& estate, const std::vector<Trial>& trials)
{
    std::vector<NodeId> things;
    for (const Trial& trial : trials) {
        for (const Change& change : trial.changes) {
            if (const auto node = estate.find(std::visit(Touched{}, change)))
                things.push_back(*node);
        }
    }
    std::sort(things.begin(), things.end());
    things.erase(std::unique(things.begin(), things.end()), things.end());
    return things;
}

} // namespace glacis
