// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "estate/change.h"

#include <memory>
#include <vector>

namespace glacis {

/// Something that the user tries out: changes that are made together and undone together.
struct Trial {
    QString title; ///< one plain line: "Cut ci-deployer → lambda-admin"
    std::vector<Change> changes;
    std::shared_ptr<const AttackStep> cuts; ///< the step that it is to take away; null when it is not for a step

    bool operator==(const Trial& other) const { return title == other.title && changes == other.changes; }
};

/// How many of a kind went away, and how many came.
struct Difference {
    int gone = 0;
    int came = 0;

    [[nodiscard]] bool isNone() const { return gone == 0 && came == 0; }
    bool operator==(const Difference&) const = default;
};

/// What a change does to what people count.
struct ChangeEffect {
    Difference paths; ///< pairs of a start and a target
    Difference violations;
    Difference findings;
    bool operator==(const ChangeEffect&) const = default;
};

/// What is tried out on a document, and what stood before.
struct WhatIf {
    Answers before; ///< of the document as it was imported
    std::vector<Trial> trials; ///< in the order in which they were made
    std::vector<ChangeEffect> effects; ///< of each, when it was made
    ChangeEffect total; ///< of all together
};

[[nodiscard]] ChangeEffect effectOf(const Answers& before, const Answers& after);
/// "−3, +1"; "±0" when nothing differs.
[[nodiscard]] QString textOf(const Difference& difference);
/// What would take a step away, with its title; no changes when it follows from no single fact.
[[nodiscard]] Trial trialThatCuts(const Estate& estate, const AttackStep& step);
/// The same by changes that are known.
[[nodiscard]] Trial trialThatCuts(const Estate& estate, const AttackStep& step, std::vector<Change> changes);
/// The things that the changes are made to, in node order.
[[nodiscard]] std::vector<NodeId> changedThings(const Estate& estate, const std::vector<Trial>& trials);
/// The answers as imported, or those at hand when nothing is tried.
[[nodiscard]] inline const Answers& asImported(const Answers& answers)
{
    return answers.whatIf ? answers.whatIf->before : answers;
}

} // namespace glacis
