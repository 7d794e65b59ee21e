// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/segmentation.h"

namespace glacis {

/// What weakens segmentation without being a flow: groups on nothing, routes to nowhere, references that went stale,
/// wide blocks onto data and management. Linear in rules and routes.
/// Sources: "Delete security groups", "Work with stale security group rules", "Route tables", Amazon VPC User Guide.
[[nodiscard]] std::vector<Violation> hygieneOf(const Estate& estate, const Tiers& tiers);

} // namespace glacis
