// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/network_model.h"

#include <functional>
#include <map>

/// What the translations of all providers do alike.
namespace glacis {

/// Adds the networks of which `isOurs` holds, with their blocks and what `gatewayOf` says leads to the internet.
void addNetworks(const Estate& estate, NetworkModel& model, const std::function<bool(NodeId)>& isOurs,
    const std::function<NodeId(NodeId network)>& gatewayOf);

/// The first thing of a kind that is attached to another, as a gateway is to its network; noNode for none.
[[nodiscard]] NodeId attachedTo(const Estate& estate, NodeId of, Kind kind);

/// The label that stands for a group, made when it is first asked for.
[[nodiscard]] Label labelFor(NetworkModel& model, std::map<NodeId, Label>& labelOf, NodeId group);

/// An address of a subnet's IPv4 block, for a thing whose own address the export does not show; false when there is no
/// such block.
bool someAddress(const Estate& estate, NodeId subnet, IpAddress& address);

} // namespace glacis
