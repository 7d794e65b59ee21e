// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/flows.h"
#include "network/tiers.h"
#include "network/zone_matrix.h"

namespace glacis {

struct Violation {
    std::string kind; ///< "tier_skip", "internet_to_data", "admin_port_world", "latent_open_sg" …
    Risk severity{};
    std::uint32_t fromZone = Placement::unassigned;
    std::uint32_t toZone = Placement::unassigned;
    std::vector<NodeId> from;
    std::vector<NodeId> to;
    std::string fromBlock; ///< what part of the outside it comes from, when not all of the internet: "203.0.113.0/24"
    PortSet ports; ///< reachable and not wanted
    Reach verdict{}; ///< Latent for what is one change away, Partial for what gets replies to some clients only
    std::vector<Hop> hops; ///< the full way; the last one decided
    std::string row; ///< of the matrix: "web → data"; empty when no row speaks of the pair
    std::string sentence; ///< one plain line
    std::string fix; ///< the smallest change
    std::size_t pairs = 0; ///< of things, where it is about pairs
    std::string lapsed; ///< of an exception that let this pass and has expired: whose, why and when; empty: none
};

/// What the matrix does not want and an exception lets pass.
struct Excepted {
    std::size_t exception = 0; ///< position in ZoneMatrix::exceptions
    std::size_t flows = 0;
};

struct Segmentation {
    Tiers tiers;
    Flows flows;
    std::vector<Violation> violations; ///< worst first, then by zones
    std::vector<std::uint32_t> violationOf; ///< by flow; ~0 for a flow that the matrix wants
    std::vector<Excepted> excepted; ///< exceptions that hold and are needed
    std::size_t pairsThatTalk = 0; ///< inside, between things
    std::size_t pairsWanted = 0; ///< of those, wanted by the matrix
};

/// Judges what is reachable, never rule text, against the matrix. `now` (seconds since 1970) tells which exceptions
/// have expired.
[[nodiscard]] Segmentation segmentation(
    const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix, std::int64_t now);
/// As of today.
[[nodiscard]] Segmentation segmentation(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix);

/// What other engines found, in its place among the rest.
void addViolations(Segmentation& to, std::vector<Violation> more);

} // namespace glacis
