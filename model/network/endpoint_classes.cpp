// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/endpoint_classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

constexpr std::uint32_t none = ~0u;

struct Standing {
    SegmentId segment{};
    GuardId guard{};
    bool hasOutside = false;
    bool v6 = false;
    std::uint32_t block = none; ///< the narrowest that rules and routes name and that holds the address
    auto operator<=>(const Standing&) const = default;
};

struct ClassKey {
    std::vector<Standing> places;
    std::int64_t port = -1; ///< that it listens on, when known
    NodeId alone = noNode; ///< a thing that is like no other
    bool accepts = true, opens = true;
    auto operator<=>(const ClassKey&) const = default;
};

/// Every block that a rule or route names. Blocks nest or are apart, so the narrowest that holds an address tells all
/// others that hold it.
class NamedBlocks {
public:
    explicit NamedBlocks(const NetworkModel& model)
    {
        std::set<IpPrefix> named;
        for (const Filter& filter : model.filters) {
            for (const FilterRule& rule : filter.rules) {
                named.insert(rule.other.blocks.begin(), rule.other.blocks.end());
                named.insert(rule.own.blocks.begin(), rule.own.blocks.end());
            }
        }
        for (const ForwardingTable& table : model.tables) {
            for (const Route& route : table.routes)
                named.insert(route.to);
        }
        m_blocks.assign(named.begin(), named.end());
        m_around.assign(m_blocks.size(), none);
        std::vector<std::uint32_t> open;
        for (std::uint32_t i = 0; i < m_blocks.size(); ++i) {
            while (!open.empty() && !m_blocks[open.back()].contains(m_blocks[i]))
                open.pop_back();
            m_around[i] = open.empty() ? none : open.back();
            open.push_back(i);
        }
    }

    [[nodiscard]] std::uint32_t narrowest(const IpAddress& address) const
    {
        const auto after = std::ranges::upper_bound(m_blocks, address, {}, &IpPrefix::address);
        auto at = static_cast<std::uint32_t>(after - m_blocks.begin());
        for (at = at == 0 ? none : at - 1; at != none && !m_blocks[at].contains(address); at = m_around[at]) { }
        return at;
    }

private:
    std::vector<IpPrefix> m_blocks; ///< sorted by address, wide before narrow
    std::vector<std::uint32_t> m_around; ///< the next wider one
};

bool mayHaveAPlace(Kind kind)
{
    const Shape shape = info(kind).shape;
    return shape == Shape::Workload || shape == Shape::Store;
}

EndpointClass classFor(const NetworkModel& model, const std::vector<const Interface*>& interfaces, const Estate& estate)
{
    EndpointClass one;
    const Segment& segment = model[interfaces.front()->segment];
    one.subnet = segment.node;
    one.network = segment.network;
    std::set<NodeId> groups;
    for (const Interface* at : interfaces) {
        one.isPublic = one.isPublic || at->hasOutside;
        for (const NodeId holder : {at->thing, at->node}) {
            for (const NodeId group : estate.targets(holder, EdgeKind::GuardedBy))
                groups.insert(group);
        }
    }
    one.groups.assign(groups.begin(), groups.end());
    return one;
}

} // namespace

std::optional<PortSet> listensOn(const Estate& estate, NodeId thing)
{
    if (estate.kind(thing) == Kind::LoadBalancer) {
        PortSet ports;
        for (const NodeId listener : estate.targets(thing, EdgeKind::ForwardsTo)) {
            for (const auto& row : estate.ports(listener))
                ports.add({row.protocol, row.port, row.port});
        }
        return ports;
    }
    if (const auto port = estate.number(thing, "port"); port && *port > 0 && *port <= lastPort)
        return PortSet{{tcp, static_cast<std::int32_t>(*port), static_cast<std::int32_t>(*port)}};
    return std::nullopt;
}

Flows endpointClasses(const Estate& estate, const NetworkModel& model, Progress& progress)
{
    Flows made;
    made.classOf.assign(estate.nodeCount(), none);
    made.classes.push_back({{idAt<NodeId>(0)}, noNode, noNode, {}, true});
    made.classOf[0] = 0;
    const NamedBlocks named(model);
    std::map<ClassKey, std::uint32_t> known;
    progress.begin("Grouping what is equal in the network", estate.nodeCount());
    for (std::size_t i = 0; i < estate.nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
        const NodeId thing = idAt<NodeId>(i);
        // An endpoint is a way to somewhere only where it is known what stands behind it.
        const bool leadsOn = estate.kind(thing) == Kind::PrivateEndpoint && model.balancer(thing);
        if ((!mayHaveAPlace(estate.kind(thing)) && !leadsOn) || estate.node(thing).outside)
            continue;
        const std::vector<const Interface*> interfaces = model.at(thing);
        if (interfaces.empty())
            continue;
        ClassKey key;
        key.accepts = key.opens = false;
        for (const Interface* at : interfaces) {
            key.places.push_back({at->segment, at->guard, at->hasOutside, at->inside.v6, named.narrowest(at->inside)});
            key.accepts = key.accepts || at->accepts;
            key.opens = key.opens || at->opens;
        }
        std::ranges::sort(key.places);
        key.places.erase(std::unique(key.places.begin(), key.places.end()), key.places.end());
        key.port = estate.number(thing, "port").value_or(-1);
        key.alone = model.balancer(thing) ? thing : noNode;
        const auto [found, isNew] = known.try_emplace(key, static_cast<std::uint32_t>(made.classes.size()));
        if (isNew)
            made.classes.push_back(classFor(model, interfaces, estate));
        made.classes[found->second].things.push_back(thing);
        made.classOf[i] = found->second;
    }
    return made;
}

} // namespace glacis
