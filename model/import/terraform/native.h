// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/facts.h"

namespace glacis::terraform {

/// Whether the readers of a resource's provider know its type in the provider's own words.
[[nodiscard]] bool isTranslated(std::string_view type);

/// Writes the facts of resources of Azure, Google Cloud and Kubernetes: each is put in the words of the provider's own
/// interface and handed to the reader of that provider, so that there is one way of reading a rule or a role.
void writeTranslated(Inventory& inventory, std::span<const Resource> resources, const Known& known,
    const std::function<LedgerRow&(const Resource&)>& rowOf);

} // namespace glacis::terraform
