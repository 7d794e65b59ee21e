// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/what_if.h"
#include "paths/reached.h"

#include <QString>

#include <optional>

namespace glacis {

/// What is asked of the attack graph in the view of paths.
struct PathWish {
    PathQuestion question;
    bool everyone = false; ///< from all that can get at the targets
    bool everything = false; ///< to all that the starts can get at; not together with `everyone`

    [[nodiscard]] bool isUsual() const
    {
        return question.from.empty() && question.to.empty() && question.filter.admitsAll();
    }
};
struct PathsFound {
    std::vector<AttackPath> paths;
    std::optional<Reached> reached; ///< by a wish for everyone or everything, those without a path here as well
};

/// Off the thread of the window for large graphs.
[[nodiscard]] PathsFound searched(const Answers& answers, const PathWish& wish, Progress& progress);
/// The one change that takes most of the paths away; without changes when none does by itself.
[[nodiscard]] Trial bestCut(
    const Answers& answers, const std::vector<AttackPath>& paths, const StepFilter& filter, Progress& progress);
/// The fewest changes after which no way from the starts to the targets is left; from the internet where no start was
/// asked for, since what identities may do by their own policies is not to be taken from them.
struct CutOfAll {
    Trial trial;
    std::size_t standing = 0; ///< targets to which there are paths that no change of one fact takes away
};
[[nodiscard]] CutOfAll cutOfAll(const Answers& answers, const PathWish& wish, Progress& progress);
/// The things that a text names: what `select` knows, a name as people see it, "anyone on the internet".
[[nodiscard]] std::vector<NodeId> thingsNamed(const Estate& estate, const QString& text);

} // namespace glacis
