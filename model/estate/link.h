// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "estate/estate.h"
#include "estate/inventory.h"

namespace glacis {

/// Resolves what the facts name into one graph. What is only spoken of becomes a node that is marked as outside; things
/// get their account and region from themselves, from their ARN or from the folder they were found in. Linear in the
/// facts but for one sort of each table. The inventory's texts move into the estate. Incomplete when `progress` was
/// cancelled. The node "internet" is always there.
[[nodiscard]] Estate link(Inventory&& inventory, Progress& progress);

/// The kind that an ARN names ("arn:aws:iam::…:role/x" is a role); Other when it does not tell.
/// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
[[nodiscard]] Kind kindOfArn(std::string_view arn);

} // namespace glacis
