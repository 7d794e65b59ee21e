// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/translating.h"

#include <map>

/// What the rules of Azure's virtual networks come down to in the neutral model. Each part names the page that it
/// translates.
namespace glacis::azure {

void translateNetwork(const Estate& estate, NetworkModel& model);

/// What the parts share while one estate is translated.
struct Translation {
    const Estate& estate;
    NetworkModel& model;
    std::map<NodeId, SegmentId> segmentOf; ///< by subnet
    std::map<NodeId, Label> labelOf; ///< by application security group
    std::map<std::vector<NodeId>, GuardId> guardOf; ///< by network, security groups and address groups
    std::map<std::tuple<NodeId, NodeId, Direction>, GateId> gateOf; ///< by security group, network, direction

    [[nodiscard]] bool isOurs(NodeId node) const { return estate.node(node).provider == Provider::Azure; }
    [[nodiscard]] Label label(NodeId group) { return labelFor(model, labelOf, group); }
};

/// The blocks of a network and of those that are peered with it: what the tag VirtualNetwork stands for.
[[nodiscard]] std::vector<IpPrefix> blocksAround(const Estate& estate, NodeId network);
/// The other network of a peering that is connected; noNode for one that is not.
[[nodiscard]] NodeId peeredBy(const Estate& estate, NodeId peering, NodeId network);
/// What is left of a block without others.
[[nodiscard]] std::vector<IpPrefix> without(const IpPrefix& block, const std::vector<IpPrefix>& others);

/// Network security groups of the subnet and of the interface: guards.cpp.
[[nodiscard]] GuardId guardFor(Translation& into, NodeId interface, NodeId subnet, NodeId publicAddress);
/// Routes, of the system and of the user: forwarding.cpp.
void translateTables(Translation& into);
/// Interfaces, and things of which an export shows none: interfaces.cpp.
void translateInterfaces(Translation& into);
/// Load balancers and application gateways: interfaces.cpp.
void translateBalancers(Translation& into);

} // namespace glacis::azure
