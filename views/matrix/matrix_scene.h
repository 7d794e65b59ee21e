// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "network/segmentation.h"

#include <vector>

namespace glacis {

/// The zone matrix as a grid: from the zone of the row to that of the column, with what may be opened, how many
/// connections are, and how many of them are violations. Ids of cells are markOf(matrixCell, position).
struct MatrixPicture {
    struct Cell {
        std::uint32_t from = 0; ///< in Tiers::zones
        std::uint32_t to = 0;
        std::vector<std::uint32_t> flows; ///< positions in Segmentation::flows
        int violations = 0;
    };
    Scene scene;
    std::vector<Cell> cells; ///< row by row

    [[nodiscard]] const Cell& cell(std::uint32_t from, std::uint32_t to) const { return cells[from * zones + to]; }
    std::uint32_t zones = 0;
};
inline constexpr std::uint32_t matrixCell = 1;

[[nodiscard]] MatrixPicture matrixPicture(const Segmentation& segmentation, const ZoneMatrix& matrix);

/// A zone's name, translated.
[[nodiscard]] QString titleOfZone(const Zone& zone);

} // namespace glacis
