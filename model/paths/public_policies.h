// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"
#include "network/segmentation.h"

namespace glacis {

/// Stores that their own policies open to everyone, as violations of segmentation: no network stands before them. What
/// only a condition would hold back, and what the matrix wants open over HTTPS, is not told. Sources: "The meaning of
/// \"public\"", Amazon S3 User Guide; "AWS JSON policy elements: Principal", IAM User Guide.
[[nodiscard]] std::vector<Violation> publicPolicies(
    const Estate& estate, const Access& access, const Tiers& tiers, const ZoneMatrix& matrix);

} // namespace glacis
