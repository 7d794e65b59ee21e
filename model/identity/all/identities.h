// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/identity_answers.h"

namespace glacis {

/// Asks the engine of each provider; a new one is a line here. What was found so far when cancelled.
[[nodiscard]] IdentityAnswers identityAnswers(const Estate& estate, const Access& access, Progress& progress);

} // namespace glacis
