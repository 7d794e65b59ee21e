// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// What an id of Azure Resource Manager tells by itself. Source: "Resource ID", Azure Resource Manager documentation.
namespace glacis::azure {

/// "/subscriptions/…" or "/providers/…", whatever its case.
[[nodiscard]] bool isResourceId(std::string_view id);
/// "Microsoft.Network/virtualNetworks/subnets"; "Microsoft.Resources/resourceGroups" and "…/subscriptions" for those;
/// empty when the id tells none.
[[nodiscard]] std::string typeOfId(std::string_view id);
/// The subscription that an id lies in, as an id: "/subscriptions/…" in small letters; empty when none.
[[nodiscard]] std::string subscriptionOf(std::string_view id);
/// The resource group that an id lies in, as an id; empty when none.
[[nodiscard]] std::string_view resourceGroupOf(std::string_view id);
/// The resource that a part lies in ("…/virtualNetworks/v" of "…/virtualNetworks/v/subnets/s"), or what an extension
/// (an assignment, a lock) is put on; else the resource group or subscription; empty for the outermost.
[[nodiscard]] std::string_view outerOf(std::string_view id);
/// The last part.
[[nodiscard]] std::string_view nameOfId(std::string_view id);
/// "West Europe" and "westeurope" are one region.
[[nodiscard]] std::string regionOf(std::string_view location);
/// Whether the text is a GUID, as directory objects are named.
[[nodiscard]] bool isGuid(std::string_view text);

/// One name for a role definition, which is told with and without the subscription that it was asked for in.
[[nodiscard]] std::string roleDefinitionId(std::string_view id);
[[nodiscard]] std::string tenantId(std::string_view guid);

} // namespace glacis::azure
