// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <map>
#include <string>
#include <string_view>

namespace glacis::azure {

/// A member's name whatever tool wrote it: "privateIPAddress", "private_ip_address" and "privateIpAddress" are one.
[[nodiscard]] std::string plainKey(std::string_view key);

/// A resource in one form whatever tool wrote it: member names are plain, and what the interface of Azure Resource
/// Manager nests in "properties" lies beside the name and id, as the Azure CLI prints it. Names that are data (tags,
/// ids of identities) stay as they are. `places`: for each outermost member, the pointer to it within `json`.
/// Source: "Resource functions and properties", Azure Resource Manager; "Output formats for Azure CLI commands".
[[nodiscard]] Json plainForm(const Json& json, std::map<std::string, std::string>* places = nullptr);

} // namespace glacis::azure
