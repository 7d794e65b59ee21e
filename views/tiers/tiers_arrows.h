// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tiers_view/tiers_outline.h"

namespace glacis {

/// How loud a connection is, from quiet to loud.
enum class Loudness : std::uint8_t {
    Wanted,
    Unused, ///< allowed by the matrix, opened by nothing
    Unknown,
    Latent,
    Violation
};

/// All connections between two boxes (or single groups) that are drawn as one arrow: what is wanted, or all that is
/// not.
struct TiersArrow {
    /// A box, or the one group in it that all of the connections are of.
    struct End {
        int group = -1;
        int box = -1;
    };
    End from;
    End to;
    Loudness loudness{}; ///< of the loudest
    PortSet ports; ///< of the loudest
    std::vector<std::uint32_t> flows; ///< positions in Segmentation::flows; none for what nothing opens
    /// Positions in Segmentation::violations: ways in that are no connection between things, as an open policy.
    std::vector<std::uint32_t> waysIn;
};

struct TiersArrows {
    std::vector<TiersArrow> arrows;
    std::vector<bool> violationWithin; ///< by group, then by box: a violation between things of the same one
    std::size_t shownFlows = 0;
    std::size_t hiddenFlows = 0; ///< by the options
};

[[nodiscard]] TiersArrows tiersArrows(const Segmentation& segmentation, const ZoneMatrix& matrix,
    const TiersOutline& outline, const TiersOptions& options);

} // namespace glacis
