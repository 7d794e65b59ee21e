// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/segmentation.h"

namespace glacis {

/// What weakens segmentation without being a flow: groups on nothing, rules that nothing matches, routes to nowhere,
/// tables that nothing uses, references that went stale, networks that share addresses and a way to each other.
/// Sources: "Delete security groups", "Work with stale security group rules", "Route tables", Amazon VPC User Guide.
[[nodiscard]] std::vector<Violation> hygieneOf(const Estate& estate);

} // namespace glacis
