// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/translating.h"

#include <map>

/// What Amazon VPC's rules come down to in the neutral model. Each part names the page that it translates.
namespace glacis::aws {

void translateNetwork(const Estate& estate, NetworkModel& model);

/// What the parts share while one estate is translated.
struct Translation {
    const Estate& estate;
    NetworkModel& model;
    std::map<NodeId, SegmentId> segmentOf; ///< by subnet
    std::map<NodeId, Label> labelOf; ///< by security group
    std::map<NodeId, HubId> hubOf; ///< by transit gateway
    std::map<std::vector<NodeId>, GuardId> guardOf; ///< by sorted groups
    std::map<std::pair<NodeId, Direction>, FilterId> filterOf; ///< of a security group or network ACL
    std::map<NodeId, TableId> tableOf;

    [[nodiscard]] bool isOurs(NodeId node) const
    {
        const Provider provider = estate.node(node).provider;
        return provider == Provider::Aws || provider == Provider::Unknown;
    }
    [[nodiscard]] Label label(NodeId group) { return labelFor(model, labelOf, group); }
};

/// Security groups, network ACLs and public access blocks: guards.cpp.
[[nodiscard]] GuardId guardFor(Translation& into, std::vector<NodeId> groups, NodeId thing);
[[nodiscard]] std::vector<GateId> aclGates(Translation& into, NodeId subnet, Direction direction);
void blockPublicAccess(Translation& into, Segment& segment);

/// Route tables and the gateways that they name: forwarding.cpp.
void translateTables(Translation& into);
/// Transit gateways: transit.cpp.
void translateTransit(Translation& into);
/// Interfaces, and things of which an export shows none: interfaces.cpp.
void translateInterfaces(Translation& into);
/// Load balancers: balancers.cpp.
void translateBalancers(Translation& into);

} // namespace glacis::aws
