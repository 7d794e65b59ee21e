// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/layout_lanes.h"

namespace glacis {

/// Draws the links of a plan whose rectangles are set: from side to side, through free room where they pass other
/// lanes.
void routeLaneLinks(const LanesInput& input, LanesPlan& plan);

} // namespace glacis
