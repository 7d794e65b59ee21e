// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "core/diagnostics.h"
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
    Risk defaultSeverity = Risk::Medium;

    [[nodiscard]] static const ZoneMatrix& builtIn();
    /// From the text of a file of the user's: our own form, or a policy with zones, default and flows. What is wrong
    /// with it is noted with its place, and the rows that can be read are kept.
    [[nodiscard]] static ZoneMatrix from(std::string_view text, std::string_view file, Diagnostics& notes);

    struct Answer {
        PortSet allowed;
        Risk severity{};
        std::string row; ///< "web → data"; empty when only the default speaks
    };
    /// What may be opened from one zone to another: the row that names both, else one side, else the default.
    [[nodiscard]] Answer between(std::string_view from, std::string_view to) const;
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
