// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

#include <span>

namespace glacis {

/// Formats that Glacis knows by sight and does not read, so that the ledger can say what a file is. They are asked
/// after all readers. The description of a built-in sample is among them.
[[nodiscard]] std::span<const Reader> namedReaders();

} // namespace glacis
