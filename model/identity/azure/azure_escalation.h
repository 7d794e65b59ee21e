// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/azure/azure_access.h"
#include "identity/escalation.h"

namespace glacis::azure {

/// All ways of resources/techniques/azure.json that the estate allows, what only holds others (groups, subscriptions,
/// applications) included; sorted by from, to, technique.
[[nodiscard]] std::vector<Escalation> azureEscalations(const AzureAccess& access, Progress& progress);

} // namespace glacis::azure
