// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// What Google Cloud's tools write: asset exports of Cloud Asset Inventory (lines of JSON or arrays; resources, allow
/// policies, organisation policies), `gcloud … list --format=json`, and single replies of the interfaces. Ids are full
/// resource names. Sources: "Export asset metadata", Cloud Asset Inventory documentation; "Full resource names", Google
/// Cloud documentation.
[[nodiscard]] Reader gcpReader();

} // namespace glacis
