// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "access_view/access_matrix.h"
#include "canvas/scene.h"

namespace glacis {

namespace access_mark {
// Kinds of ids; the row is a line, a group, or for a cell its position in AccessMatrix::cells.
inline constexpr std::uint32_t cell = 1;
inline constexpr std::uint32_t principal = 2;
inline constexpr std::uint32_t store = 3;
inline constexpr std::uint32_t principalGroup = 4;
inline constexpr std::uint32_t storeGroup = 5;
} // namespace access_mark

/// The matrix as a picture: identities downwards, stores to the right, totals beside the names.
[[nodiscard]] Scene accessScene(const Estate& estate, const AccessMatrix& matrix);
/// "reads, writes (only under conditions)".
[[nodiscard]] QString accessText(const AccessBits& bits);

} // namespace glacis
