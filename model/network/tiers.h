// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "network/zone_matrix.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// A zone of the matrix, from the outside in. Row order of resources/network/tiers.json.
struct Zone {
    std::string id; ///< "web"
    std::string title;
};

/// Where a thing stands, and from what that was concluded.
struct Placement {
    static constexpr std::uint32_t unassigned = ~0u;
    std::uint32_t zone = unassigned; ///< position in Tiers::zones
    std::string reason; ///< one plain sentence: "tag Tier is web"
    std::string conflict; ///< what spoke for another zone; empty when nothing did
    EvidenceId evidence = noEvidence;
};

/// The tiers of all things that have a place in a network, and of stores beside it. First hit wins in the order: the
/// user's own word, tags, service kind, names, ports, subnet route. Inferred, never a fact: each says from what.
struct Tiers {
    std::vector<Zone> zones;
    std::vector<Placement> of; ///< by node; unassigned for things that have no tier
    std::vector<NodeId> placed; ///< things that should have a tier, assigned or not, in node order
    std::size_t unassigned = 0; ///< of `placed`
};

struct TierOverride {
    std::string node; ///< id
    std::string zone;
};
/// With zones of a matrix these take the place of the built-in ones: what the user said decides, then the first zone of
/// which a test holds; a zone without tests takes what inference places in the built-in zone of that name.
[[nodiscard]] Tiers inferTiers(
    const Estate& estate, const std::vector<TierOverride>& overrides = {}, const std::vector<MatrixZone>& zones = {});

} // namespace glacis
