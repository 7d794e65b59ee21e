// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/translating.h"

namespace glacis {

void addNetworks(const Estate& estate, NetworkModel& model, const std::function<bool(NodeId)>& isOurs,
    const std::function<NodeId(NodeId network)>& gatewayOf)
{
    for (const NodeId node : estate.ofKind(Kind::Network)) {
        if (!isOurs(node))
            continue;
        Network network;
        network.node = node;
        for (const auto& row : estate.blocks(node))
            network.blocks.push_back(row.block);
        network.internetGateway = gatewayOf(node);
        model.networks.push_back(std::move(network));
    }
}

NodeId attachedTo(const Estate& estate, NodeId of, Kind kind)
{
    for (const NodeId source : estate.sources(of, EdgeKind::AttachedTo)) {
        if (estate.kind(source) == kind)
            return source;
    }
    return noNode;
}

Label labelFor(NetworkModel& model, std::map<NodeId, Label>& labelOf, NodeId group)
{
    const auto [found, isNew] = labelOf.try_emplace(group, Label{});
    if (isNew)
        found->second = model.newLabel();
    return found->second;
}

bool someAddress(const Estate& estate, NodeId subnet, IpAddress& address)
{
    for (const auto& row : estate.blocks(subnet)) {
        if (!row.block.address.v6) {
            address = row.block.address;
            address.low += 10;
            return true;
        }
    }
    return false;
}

} // namespace glacis
