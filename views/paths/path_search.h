// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"

#include <QString>

#include <array>

namespace glacis {

inline constexpr std::size_t stepKinds = 5;

/// What is asked of the attack graph in the view of paths.
struct PathWish {
    PathQuestion question;

    [[nodiscard]] bool isUsual() const
    {
        return question.from.empty() && question.to.empty() && question.filter.admitsAll();
    }
};

/// Off the thread of the window for large graphs.
[[nodiscard]] std::vector<AttackPath> searched(const Answers& answers, const PathWish& wish, Progress& progress);
/// How many steps of each kind the graph has.
[[nodiscard]] std::array<std::size_t, stepKinds> stepCounts(const AttackGraph& graph);
/// The things that a text names: what `select` knows, a name as people see it, "anyone on the internet".
[[nodiscard]] std::vector<NodeId> thingsNamed(const Estate& estate, const QString& text);

} // namespace glacis
