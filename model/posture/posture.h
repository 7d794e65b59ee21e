// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "posture/check_set.h"

#include <map>
#include <span>

namespace glacis {

struct CheckResult {
    std::uint32_t check = 0; ///< position in the set
    NodeId node = noNode;
    CheckVerdict verdict{};
    std::vector<EvidenceId> because; ///< the facts that decided; empty when unknown
    std::vector<std::uint32_t> missing; ///< positions in the report's list, when unknown
};

struct PostureReport {
    const CheckSet* set = nullptr; ///< outlives the report
    std::vector<CheckResult> results; ///< by check, then node
    std::vector<MissingExport> missing; ///< each once, sorted; what the engines lack among them
    std::map<std::uint32_t, std::string> forEngines; ///< by position in `missing`: "what may connect to what"

    [[nodiscard]] const Check& check(const CheckResult& result) const { return set->checks[result.check]; }
    [[nodiscard]] std::size_t count(CheckVerdict verdict) const;
};

struct PostureQuestion {
    std::vector<std::string> only; ///< ids of checks; empty: all
    std::optional<std::int64_t> asOf; ///< when the export was made, seconds since 1970; unknown: ages may stay open
};

/// Holds every check against every thing that it applies to. Things that are only mentioned are left out. Linear in
/// things times checks of their kind. Incomplete when `progress` was cancelled.
[[nodiscard]] PostureReport posture(const Estate& estate, const PostureQuestion& question, Progress& progress,
    const CheckSet& set = CheckSet::builtIn(), const Catalog& catalog = Catalog::builtIn());

} // namespace glacis
