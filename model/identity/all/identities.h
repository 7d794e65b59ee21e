// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/identity_answers.h"

namespace glacis {

/// Asks the engine of each provider; a new one is a line here. What was found so far when cancelled. The same for any
/// number of threads; 0: as many as the machine has.
[[nodiscard]] IdentityAnswers identityAnswers(
    const Estate& estate, const Access& access, Progress& progress, unsigned threads = 0);

} // namespace glacis
