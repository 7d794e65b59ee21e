// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "document/answers.h"

#include <functional>
#include <span>

namespace glacis {

/// One analysis of the chain: what it needs stands in the answers already, and what it found is put there by the
/// function that it gives back. Runs on any thread; what it gives back is called on the thread of the window.
struct Analysis {
    using Put = std::function<void(Answers& answers)>;
    const char* name; ///< English, for tr() in the context "Analysis"
    Put (*compute)(const Answers& known, Progress& progress);
    bool (*isThere)(const Answers& answers);
};

/// In the order in which they run: what people look at first comes first.
[[nodiscard]] std::span<const Analysis> analyses();

/// All of them for an estate of a document, the ledger and the user's word being those of `known`; incomplete when
/// cancelled.
[[nodiscard]] Answers answered(const Answers& known, std::shared_ptr<const Estate> estate, Progress& progress);

/// The network judged again by the user's word. What can be opened does not depend on it and is taken over from what
/// is known, so this takes no time to speak of.
[[nodiscard]] Analysis::Put computeJudgement(const Answers& known, Progress& progress);

} // namespace glacis
