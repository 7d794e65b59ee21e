// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/facts.h"

namespace glacis::terraform {

/// What comes with each network that a design makes, though nobody writes it: a main route table with the local routes,
/// and a network ACL that lets everything through, for the subnets that name no other. Where the design takes over the
/// network's own table or list, that one is meant. Sources: "Route table concepts" and "Default network ACL for your
/// VPC", Amazon VPC User Guide.
void addImplied(Inventory& inventory, std::span<const Resource> resources, const Known& known);

} // namespace glacis::terraform
