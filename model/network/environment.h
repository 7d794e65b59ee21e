// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <string_view>

namespace glacis {

/// Which environment a thing says it belongs to by its own tag, or that of its network or account; empty when none
/// does.
[[nodiscard]] std::string_view environmentOf(const Estate& estate, NodeId node);

} // namespace glacis
