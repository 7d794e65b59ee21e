// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// What Azure's tools write of resources, roles and the directory: lists and objects of the Azure CLI, replies of Azure
/// Resource Manager and Microsoft Graph (also recorded ones), results of Azure Resource Graph, collections of
/// AzureHound, and templates (ARM, compiled Bicep). Ids are those of Azure Resource Manager, and the numbers of
/// directory objects; case does not matter. Source: "Azure Resource Manager REST API", "Microsoft Graph REST API",
/// Microsoft Learn.
[[nodiscard]] Reader azureReader();

} // namespace glacis
