// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/view.h"

#include <vector>

namespace glacis {

/// Every view of the program, in the order of the switcher. A new view is one row here.
[[nodiscard]] std::vector<ViewEntry> allViews();

} // namespace glacis
