// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "network/segmentation.h"
#include "tiers_view/tiers_options.h"

#include <unordered_map>
#include <vector>

namespace glacis {

/// Zones as lanes, accounts and networks as rows, subnets as boxes, equal workloads as one mark, and one arrow for all
/// that two boxes may open to each other.
struct TiersPicture {
    /// What an arrow stands for.
    struct Ways {
        std::vector<std::uint32_t> flows; ///< positions in Segmentation::flows
        std::vector<std::uint32_t> waysIn; ///< positions in Segmentation::violations
    };
    Scene scene;
    std::vector<std::vector<NodeId>> classes; ///< things of a mark that stands for several; by row of its id
    std::vector<Ways> arrows; ///< by row of the link's id
    std::unordered_map<std::uint32_t, MarkId> markOfThing; ///< by node: what stands for it
    std::unordered_map<MarkId, MarkId> containerOf; ///< the box around a mark or box
    std::size_t things = 0; ///< that marks and closed boxes stand for
    std::size_t shownFlows = 0;
    std::size_t hiddenFlows = 0; ///< by the options
    std::size_t hiddenThings = 0; ///< by the user, or in another environment
};
[[nodiscard]] TiersPicture tiersPicture(const Estate& estate, const Segmentation& segmentation,
    const TiersOptions& options = {}, const ZoneMatrix& matrix = ZoneMatrix::builtIn());

/// What the ids of the scene stand for besides things (see marks.h).
namespace tiers_mark {
inline constexpr std::uint32_t group = 1; ///< row: TiersPicture::classes
inline constexpr std::uint32_t arrow = 2; ///< row: TiersPicture::arrows
inline constexpr std::uint32_t zone = 3; ///< row: zone, or the number of zones for things without one
inline constexpr std::uint32_t noAccount = 4; ///< the row of what is in no known account
inline constexpr std::uint32_t probe = 6; ///< the asked connection
inline constexpr std::uint32_t beside = 5; ///< the row of what is beside the networks; row: of which account
} // namespace tiers_mark

} // namespace glacis
