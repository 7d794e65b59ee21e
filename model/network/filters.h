// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/packet.h"

#include <optional>
#include <span>

namespace glacis {

/// The union of the groups' rules of one direction against the other end. No group at all: `nullopt`, the export does
/// not tell. Source: "Control traffic to your AWS resources using security groups", Amazon VPC User Guide.
[[nodiscard]] std::optional<Hop> throughGroups(
    const Estate& estate, std::span<const NodeId> groups, Direction direction, const Peer& other, Service service);

/// The subnet's network ACL: entries in the order of their numbers, the first that matches decides, and what no entry
/// matches is denied. `nullopt` when the export has no ACL for the subnet.
/// Source: "Control subnet traffic with network access control lists", Amazon VPC User Guide.
[[nodiscard]] std::optional<Hop> throughAcl(
    const Estate& estate, NodeId subnet, Direction direction, const IpAddress& other, Service service);

/// How much of the reply range 1024–65535 an ACL lets through to the client.
enum class Replies { All, Some, None };
[[nodiscard]] Replies repliesThroughAcl(const Estate& estate, NodeId subnet, Direction direction,
    const IpAddress& other, std::int16_t protocol, Hop& decided);

struct RouteAnswer {
    const RouteRow<NodeId>* route = nullptr; ///< null: no route matches
    NodeId table = noNode; ///< noNode: the export has no table for the subnet
};
/// Explicit association before the main table; longest prefix first; static before propagated; a block before a prefix
/// list. Source: "Route priority", Amazon VPC User Guide.
[[nodiscard]] RouteAnswer routeFrom(const Estate& estate, NodeId subnet, const IpAddress& to);
[[nodiscard]] const RouteRow<NodeId>* bestRoute(const Estate& estate, NodeId table, const IpAddress& to);

} // namespace glacis
