// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

namespace glacis::aws {

namespace {

NodeId gatewayOf(const Estate& estate, NodeId network)
{
    for (const NodeId source : estate.sources(network, EdgeKind::AttachedTo)) {
        if (estate.kind(source) == Kind::InternetGateway)
            return source;
    }
    return noNode;
}

void translateNetworks(Translation& into)
{
    for (const NodeId node : into.estate.ofKind(Kind::Network)) {
        if (!into.isOurs(node))
            continue;
        Network network;
        network.node = node;
        for (const auto& row : into.estate.blocks(node))
            network.blocks.push_back(row.block);
        network.internetGateway = gatewayOf(into.estate, node);
        into.model.networks.push_back(std::move(network));
    }
}

/// Zones are numbered before anything refers to them; their tables are filled in by `translateTables`.
void translateSegments(Translation& into)
{
    for (const NodeId subnet : into.estate.ofKind(Kind::Subnet)) {
        if (!into.isOurs(subnet))
            continue;
        Segment segment;
        segment.node = subnet;
        segment.network = into.estate.within(subnet, Kind::Network).value_or(noNode);
        segment.place = into.estate.word(subnet, "zone");
        segment.missing =
            "the route table of " + std::string(into.estate.id(subnet)) + " (aws ec2 describe-route-tables)";
        segment.out = aclGates(into, subnet, Direction::Out);
        segment.in = aclGates(into, subnet, Direction::In);
        blockPublicAccess(into, segment);
        into.segmentOf[subnet] = NetworkModel::add<SegmentId>(into.model.segments, std::move(segment));
    }
}

} // namespace

Label Translation::label(NodeId group)
{
    const auto [found, isNew] = labelOf.try_emplace(group, Label{});
    if (isNew)
        found->second = model.newLabel();
    return found->second;
}

void translateNetwork(const Estate& estate, NetworkModel& model)
{
    Translation into{estate, model, {}, {}, {}, {}, {}, {}};
    translateNetworks(into);
    translateSegments(into);
    translateTransit(into);
    translateTables(into);
    translateInterfaces(into);
    translateBalancers(into);
}

} // namespace glacis::aws
