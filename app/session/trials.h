// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "document/what_if.h"

#include <vector>

namespace glacis {

/// What a document answers with changes laid over it.
struct Tried {
    Answers answers;
    std::vector<Trial> trials;
    bool hadEffect = false;
};

[[nodiscard]] Tried tried(const Answers& imported, std::vector<Trial> trials, Progress& progress);

} // namespace glacis
