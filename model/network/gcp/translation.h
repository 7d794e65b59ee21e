// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/translating.h"

#include <map>
#include <vector>

/// What the rules of Google Cloud's networks come down to in the neutral model. Each part names the page that it
/// translates.
namespace glacis::gcp {

void translateNetwork(const Estate& estate, NetworkModel& model);

/// What the parts share while one estate is translated.
struct Translation {
    /// Where machines stand that see the same routes: a subnet, the table of their tags, and whether Cloud NAT serves
    /// it.
    struct Place {
        NodeId subnet = noNode;
        NodeId table = noNode;
        auto operator<=>(const Place&) const = default;
    };

    const Estate& estate;
    NetworkModel& model;
    std::map<Place, SegmentId> segmentOf;
    std::map<std::pair<NodeId, bool>, TableId> tableOf; ///< by table and whether Cloud NAT serves it
    std::map<NodeId, Label> labelOf; ///< by network tag or service account
    std::map<std::vector<NodeId>, GuardId> guardOf; ///< by network, region and groups

    [[nodiscard]] bool isOurs(NodeId node) const { return estate.node(node).provider == Provider::Gcp; }
    [[nodiscard]] Label label(NodeId group) { return labelFor(model, labelOf, group); }
};

/// Firewall rules and policies around an interface of a network: guards.cpp.
[[nodiscard]] GuardId guardFor(Translation& into, NodeId interface, NodeId subnet, NodeId network);

} // namespace glacis::gcp
