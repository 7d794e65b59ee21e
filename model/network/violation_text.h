// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/segmentation.h"

namespace glacis {

/// One plain line on what is wrong, and the smallest change that rights it. `opened` is the control that lets the flow
/// in; null when none is known.
[[nodiscard]] std::string sentenceOf(const Estate& estate, const Tiers& tiers, const Violation& violation);
[[nodiscard]] std::string fixOf(
    const Estate& estate, const Tiers& tiers, const Violation& violation, const Hop* opened);

} // namespace glacis
