// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/segmentation.h"
#include "tiers_view/tiers_options.h"

#include <vector>

namespace glacis {

/// What is drawn of an estate's network, before it has a place: rows (accounts, networks), boxes (subnets) and groups
/// of equal things. A closed row shows one group for each zone, a closed subnet its number of things.
///
/// As much is open as can be read at once, unless the user opened or closed it: all; else networks closed; else
/// accounts, too.
struct TiersOutline {
    struct Row {
        MarkId id = 0;
        NodeId node = noNode; ///< account or network; none for what is beside the networks, or in no known account
        int parent = -1;
        bool isAccount = false;
        bool open = true;
        int things = 0;
    };
    struct Box {
        NodeId subnet = noNode;
        int row = -1;
        std::uint32_t lane = 0;
        bool open = true;
        int things = 0;
    };
    struct Group {
        int row = -1; ///< none for the internet
        int box = -1;
        std::uint32_t lane = 0;
        Kind kind{}; ///< of most of them
        bool mixed = false; ///< all that a closed row has in a zone
        std::vector<NodeId> things;
    };
    /// Where a thing is drawn: a group, or a closed box, or neither.
    struct Place {
        std::int32_t group = -1;
        std::int32_t box = -1;
        bool operator==(const Place&) const = default;
        auto operator<=>(const Place&) const = default;
    };

    std::vector<Row> rows; ///< parents stand before their children
    std::vector<Box> boxes;
    std::vector<Group> groups; ///< the first one is the internet
    std::vector<Place> placeOf; ///< by node
    std::size_t things = 0; ///< in rows
    std::size_t hidden = 0; ///< by the user, or in another environment
};

[[nodiscard]] TiersOutline tiersOutline(const Estate& estate, const Segmentation& segmentation,
    const EnvironmentRules& environments, const TiersOptions& options);

/// The zone's position; the number of zones for what has none.
[[nodiscard]] std::uint32_t laneOf(const Segmentation& segmentation, NodeId thing);

} // namespace glacis
