// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

#include <span>

namespace glacis {

/// Every source that Glacis reads, in the order in which they are asked.
[[nodiscard]] std::span<const Reader> readers();

} // namespace glacis
