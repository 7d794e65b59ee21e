// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "network/flows.h"
#include "network/tiers.h"

namespace glacis {

/// Which zone may open what to which, as resources/network/matrix.json or the user's own file says.
struct ZoneMatrix {
    struct Row {
        std::string from; ///< zone id or "*"
        std::string to;
        PortSet ports; ///< empty: any
        bool allow = true;
        Risk severity{};
    };
    std::vector<Row> rows;
    bool allowByDefault = false;

    [[nodiscard]] static const ZoneMatrix& builtIn();
};

struct Violation {
    std::string kind; ///< "tier_skip", "internet_to_data", "admin_port_world", "latent_open_sg" …
    Risk severity{};
    std::uint32_t fromZone = Placement::unassigned;
    std::uint32_t toZone = Placement::unassigned;
    std::vector<NodeId> from;
    std::vector<NodeId> to;
    PortSet ports; ///< reachable and not wanted
    Reach verdict{}; ///< Latent for what is one change away
    std::vector<Hop> hops; ///< the full way; the last one decided
    std::string row; ///< of the matrix: "web → data"; empty when no row speaks of the pair
    std::string sentence; ///< one plain line
    std::string fix; ///< the smallest change
};

struct Segmentation {
    Tiers tiers;
    Flows flows;
    std::vector<Violation> violations; ///< worst first, then by zones
    std::vector<std::uint32_t> violationOf; ///< by flow; ~0 for a flow that the matrix wants
    std::size_t pairsThatTalk = 0; ///< inside, between things
    std::size_t pairsWanted = 0; ///< of those, wanted by the matrix
};

/// Judges what is reachable, never rule text, against the matrix.
[[nodiscard]] Segmentation segmentation(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix);

} // namespace glacis
