// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// AWS Config: snapshots and history files, `get-resource-config-history`, `batch-get-resource-config` and the results
/// of advanced queries. Of several items of one resource the latest counts; what was deleted is not there.
/// Source: "Example configuration items" and "Delivering the configuration snapshot", AWS Config Developer Guide.
[[nodiscard]] Reader awsConfigReader();

} // namespace glacis
