// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/azure/translation.h"

#include "core/text.h"

#include <algorithm>

namespace glacis::azure {

namespace {

void translateSegments(Translation& into)
{
    for (const NodeId subnet : into.estate.ofKind(Kind::Subnet)) {
        if (!into.isOurs(subnet))
            continue;
        Segment segment;
        segment.node = subnet;
        segment.network = into.estate.within(subnet, Kind::Network).value_or(noNode);
        segment.missing = "the subnet " + std::string(into.estate.name(subnet)) + " (az network vnet list)";
        into.segmentOf[subnet] = NetworkModel::add<SegmentId>(into.model.segments, std::move(segment));
    }
}

/// The two halves of a block.
std::pair<IpPrefix, IpPrefix> halves(const IpPrefix& block)
{
    IpPrefix low = block, high = block;
    low.length = high.length = static_cast<std::uint8_t>(block.length + 1);
    const int bit = (block.address.v6 ? 127 : 31) - block.length;
    if (bit >= 64)
        high.address.high |= std::uint64_t{1} << static_cast<unsigned>(bit - 64);
    else
        high.address.low |= std::uint64_t{1} << static_cast<unsigned>(bit);
    return {low, high};
}

} // namespace

std::vector<IpPrefix> without(const IpPrefix& block, const std::vector<IpPrefix>& others)
{
    std::vector<IpPrefix> left, open = {block};
    while (!open.empty()) {
        const IpPrefix one = open.back();
        open.pop_back();
        if (std::ranges::any_of(others, [&](const IpPrefix& other) { return other.contains(one); }))
            continue;
        if (std::ranges::none_of(others, [&](const IpPrefix& other) { return one.contains(other); })) {
            left.push_back(one);
            continue;
        }
        const auto [low, high] = halves(one);
        open.push_back(high);
        open.push_back(low);
    }
    return left;
}

NodeId peeredBy(const Estate& estate, NodeId peering, NodeId network)
{
    // "Virtual network peering": each network has its own half, and traffic flows when this one is connected.
    if (!equalIgnoringCase(estate.word(peering, "state"), "connected")
        || !estate.flag(peering, "allows_access").value_or(true))
        return noNode;
    const auto ends = estate.targets(peering, EdgeKind::Connects);
    if (ends.size() != 2 || ends[0] != network)
        return noNode;
    return ends[1];
}

std::vector<IpPrefix> blocksAround(const Estate& estate, NodeId network)
{
    std::vector<IpPrefix> blocks;
    for (const auto& row : estate.blocks(network))
        blocks.push_back(row.block);
    for (const NodeId peering : estate.sources(network, EdgeKind::Connects)) {
        const NodeId far = estate.kind(peering) == Kind::NetworkPeering ? peeredBy(estate, peering, network) : noNode;
        if (far == noNode)
            continue;
        for (const auto& row : estate.blocks(far))
            blocks.push_back(row.block);
        for (const auto& row : estate.prefixes(peering))
            blocks.push_back(row.block);
    }
    return blocks;
}

void translateNetwork(const Estate& estate, NetworkModel& model)
{
    Translation into{estate, model, {}, {}, {}, {}};
    // "Virtual network traffic routing": every network leads to the internet by itself.
    addNetworks(
        estate, model, [&](NodeId node) { return into.isOurs(node); }, [](NodeId network) { return network; });
    translateSegments(into);
    translateTables(into);
    translateInterfaces(into);
    translateBalancers(into);
}

} // namespace glacis::azure
