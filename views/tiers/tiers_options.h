// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "catalog/risk.h"
#include "estate/estate.h"

#include <map>
#include <set>
#include <string>

namespace glacis {

/// Which network is drawn.
enum class TiersSide : std::uint8_t {
    Open, ///< traditional: all that can be opened, judged
    Wanted, ///< zero trust: only what the matrix allows, and what of that nothing opens
    Difference ///< what is open and not wanted, and what is wanted and not open
};

struct TiersOptions {
    TiersSide side = TiersSide::Open;
    bool wanted = true; ///< flows that the matrix wants
    bool violations = true; ///< flows that it does not want
    bool latent = true; ///< what one change would open, and what is not known
    std::string violationKind; ///< only violations of this kind; empty: all
    Risk leastSeverity = Risk::Info; ///< of violations
    std::string environment; ///< only things of this environment; empty: all
    std::map<MarkId, bool> opened; ///< accounts, networks and subnets that the user opened, or closed
    std::set<NodeId> hidden; ///< things and containers
    double aspect = 1.6; ///< width of the room for the picture by its height
};

} // namespace glacis
