// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/endpoint_classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

struct Place {
    NodeId subnet = noNode;
    std::vector<NodeId> groups;
    bool hasOutside = false;
    bool v6 = false;
    std::vector<bool> inBlocks; ///< for each narrow block of the subnet: whether the address is in it
    auto key() const { return std::tie(subnet, groups, hasOutside, v6, inBlocks); }
    bool operator<(const Place& other) const { return key() < other.key(); }
};

struct ClassKey {
    std::vector<Place> places;
    std::int64_t port = -1; ///< that it listens on, when known
    NodeId alone = noNode; ///< a thing that is like no other
    bool accepts = true;
    auto key() const { return std::tie(places, port, alone, accepts); }
    bool operator<(const ClassKey& other) const { return key() < other.key(); }
};

/// Blocks named by rules and routes that are narrower than a subnet and lie in it: they part its addresses.
class NarrowBlocks {
public:
    explicit NarrowBlocks(const Estate& estate)
    {
        std::set<IpPrefix> named;
        for (const auto& row : estate.facts().firewall) {
            if (!row.byPeer)
                named.insert(row.block);
        }
        for (const auto& row : estate.facts().prefixes)
            named.insert(row.block);
        for (const auto& row : estate.facts().routes) {
            if (!row.byList)
                named.insert(row.block);
        }
        const std::vector<IpPrefix> blocks(named.begin(), named.end());
        for (const NodeId subnet : estate.ofKind(Kind::Subnet)) {
            for (const auto& row : estate.blocks(subnet)) {
                // Sorted by address, so what lies in the subnet's block stands together.
                auto at = std::ranges::lower_bound(blocks, row.block.address, {}, &IpPrefix::address);
                for (; at != blocks.end() && row.block.contains(at->address); ++at) {
                    if (at->length > row.block.length)
                        m_blocks[subnet].push_back(*at);
                }
            }
        }
    }

    [[nodiscard]] std::vector<bool> sidesOf(NodeId subnet, const IpAddress& address) const
    {
        std::vector<bool> sides;
        const auto found = m_blocks.find(subnet);
        if (found != m_blocks.end()) {
            for (const IpPrefix& block : found->second)
                sides.push_back(block.contains(address));
        }
        return sides;
    }

private:
    std::map<NodeId, std::vector<IpPrefix>> m_blocks;
};

bool mayHaveAPlace(Kind kind)
{
    const Shape shape = info(kind).shape;
    return shape == Shape::Workload || shape == Shape::Store;
}

} // namespace

std::optional<PortSet> listensOn(const Estate& estate, NodeId thing)
{
    if (estate.kind(thing) == Kind::LoadBalancer) {
        PortSet ports;
        for (const NodeId listener : estate.targets(thing, EdgeKind::ForwardsTo)) {
            for (const auto& row : estate.ports(listener))
                ports.push_back({row.protocol, row.port, row.port});
        }
        return normalised(std::move(ports));
    }
    if (const auto port = estate.number(thing, "port"); port && *port > 0 && *port <= lastPort)
        return PortSet{{6, static_cast<std::int32_t>(*port), static_cast<std::int32_t>(*port)}};
    return std::nullopt;
}

Flows endpointClasses(const Estate& estate, const Endpoints& endpoints, Progress& progress)
{
    Flows made;
    made.classOf.assign(estate.nodeCount(), ~0u);
    made.classes.push_back({{idAt<NodeId>(0)}, noNode, noNode, {}, true});
    made.classOf[0] = 0;
    const NarrowBlocks narrow(estate);
    std::map<ClassKey, std::uint32_t> known;
    progress.begin("Grouping what is equal in the network", estate.nodeCount());
    for (std::size_t i = 0; i < estate.nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
        const NodeId thing = idAt<NodeId>(i);
        if (!mayHaveAPlace(estate.kind(thing)) || estate.node(thing).outside)
            continue;
        const std::vector<Attachment> attachments = endpoints.of(thing);
        if (attachments.empty())
            continue;
        ClassKey key;
        for (const Attachment& at : attachments) {
            Place place{at.subnet, at.groups, at.hasOutside, at.inside.v6, narrow.sidesOf(at.subnet, at.inside)};
            std::ranges::sort(place.groups);
            key.places.push_back(std::move(place));
        }
        std::sort(key.places.begin(), key.places.end());
        key.places.erase(std::unique(key.places.begin(), key.places.end(),
                             [](const Place& a, const Place& b) { return a.key() == b.key(); }),
            key.places.end());
        key.port = estate.number(thing, "port").value_or(-1);
        key.alone = estate.kind(thing) == Kind::LoadBalancer ? thing : noNode;
        key.accepts = estate.kind(thing) != Kind::Function;
        const auto [found, isNew] = known.try_emplace(key, static_cast<std::uint32_t>(made.classes.size()));
        if (isNew) {
            EndpointClass one;
            one.subnet = attachments.front().subnet;
            one.network = attachments.front().network;
            for (const Attachment& at : attachments)
                one.isPublic = one.isPublic || at.hasOutside;
            std::set<NodeId> groups;
            for (const Place& place : key.places)
                groups.insert(place.groups.begin(), place.groups.end());
            one.groups.assign(groups.begin(), groups.end());
            made.classes.push_back(std::move(one));
        }
        made.classes[found->second].things.push_back(thing);
        made.classOf[i] = found->second;
    }
    return made;
}

} // namespace glacis
