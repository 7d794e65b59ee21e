// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "network/segmentation.h"

#include <unordered_map>
#include <vector>

namespace glacis {

struct TiersOptions {
    bool wanted = true; ///< flows that the matrix wants
    bool violations = true; ///< flows that it does not want
    bool latent = true; ///< what one change would open, and what is not known
};

/// Zones as lanes, accounts and networks as rows, subnets as boxes, and equal workloads as one mark.
struct TiersPicture {
    Scene scene;
    std::vector<std::vector<NodeId>> classes; ///< things of a mark that stands for several; by row of its id
    std::vector<std::vector<std::uint32_t>> arrows; ///< positions in Segmentation::flows, by row of the link's id
    std::unordered_map<std::uint32_t, MarkId> markOfThing; ///< by node: the mark that stands for it
    std::size_t shownFlows = 0;
    std::size_t hiddenFlows = 0; ///< by the options
};
[[nodiscard]] TiersPicture tiersPicture(
    const Estate& estate, const Segmentation& segmentation, const TiersOptions& options = {});

/// What the ids of the scene stand for besides things (see marks.h).
namespace tiers_mark {
inline constexpr std::uint32_t group = 1; ///< row: TiersPicture::classes
inline constexpr std::uint32_t arrow = 2; ///< row: TiersPicture::arrows
inline constexpr std::uint32_t zone = 3; ///< row: zone, or the number of zones for things without one
} // namespace tiers_mark

} // namespace glacis
