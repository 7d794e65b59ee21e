// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/told_labels.h"

#include "core/text.h"
#include "document/labels.h"

#include <QCoreApplication>

#include <algorithm>

namespace glacis {

namespace {

/// The nearest of our words: "HIGH", "Informational", "Medium (5.3)", ScoutSuite's "danger".
std::optional<Risk> riskOf(const ToldFinding& finding)
{
    const std::string word = lowered(before(finding.severity, ' '));
    if (word == "informational")
        return Risk::Info;
    if (word == "danger")
        return Risk::High;
    if (word == "warning")
        return Risk::Medium;
    return riskNamed(word);
}

} // namespace

QString titleOf(ToldState state)
{
    switch (state) {
    case ToldState::Open:
        return QCoreApplication::translate("ToldFinding", "open");
    case ToldState::Undecided:
        return QCoreApplication::translate("ToldFinding", "undecided");
    case ToldState::Closed:
        return QCoreApplication::translate("ToldFinding", "closed");
    case ToldState::Passed:
        return QCoreApplication::translate("ToldFinding", "passed");
    }
    return {};
}

MarkState stateOf(const ToldFinding& finding)
{
    const auto risk = riskOf(finding);
    if (finding.state == ToldState::Open && risk)
        return stateOf(*risk);
    return finding.state == ToldState::Open || finding.state == ToldState::Undecided ? MarkState::Unknown
                                                                                     : MarkState::Normal;
}

int rankOf(const ToldFinding& finding)
{
    const auto risk = riskOf(finding);
    return risk ? static_cast<int>(*risk) + 1 : 0;
}

void sortWorstFirst(std::vector<ToldFinding>& findings)
{
    std::stable_sort(findings.begin(), findings.end(), [](const ToldFinding& a, const ToldFinding& b) {
        return std::pair(a.state, -rankOf(a)) < std::pair(b.state, -rankOf(b));
    });
}

} // namespace glacis
