// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/azure/translation.h"

#include <algorithm>
#include <set>

namespace glacis::azure {

namespace {

class Interfaces {
public:
    explicit Interfaces(Translation& into) : m_into(into), m_estate(into.estate) { }

    void translate()
    {
        for (const NodeId node : m_estate.ofKind(Kind::NetworkInterface)) {
            if (m_into.isOurs(node))
                ofInterface(node);
        }
        for (std::size_t i = 0; i < m_estate.nodeCount(); ++i) {
            const NodeId thing = idAt<NodeId>(i);
            const Shape shape = info(m_estate.kind(thing)).shape;
            if (m_into.isOurs(thing) && (shape == Shape::Workload || shape == Shape::Store) && !m_shown.contains(thing))
                ofThing(thing);
        }
    }

private:
    [[nodiscard]] NodeId publicAddressOf(NodeId node) const
    {
        for (const NodeId used : m_estate.targets(node, EdgeKind::Uses)) {
            if (m_estate.kind(used) == Kind::PublicIp)
                return used;
        }
        return noNode;
    }

    /// "Network interfaces": one for each address of each thing that the interface belongs to.
    void ofInterface(NodeId node)
    {
        const NodeId subnet = m_estate.within(node, Kind::Subnet).value_or(noNode);
        const auto segment = m_into.segmentOf.find(subnet);
        if (segment == m_into.segmentOf.end())
            return;
        std::vector<NodeId> owners = m_estate.targets(node, EdgeKind::AttachedTo);
        std::ranges::sort(owners);
        owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
        std::erase_if(owners, [&](NodeId owner) { return m_estate.kind(owner) == Kind::PrivateEndpoint; });
        if (owners.empty())
            owners = {node};
        Interface made;
        made.node = node;
        made.segment = segment->second;
        const NodeId outside = publicAddressOf(node);
        made.guard = guardFor(m_into, node, subnet, outside);
        std::vector<IpAddress> insides;
        for (const auto& row : m_estate.addresses(node)) {
            if (row.hasInside && std::ranges::find(insides, row.inside) == insides.end())
                insides.push_back(row.inside);
        }
        // The address of a design, or of a stopped machine, is not known; any of the subnet's stands for it.
        if (IpAddress any; insides.empty() && someAddress(m_estate, subnet, any))
            insides.push_back(any);
        for (std::size_t i = 0; i < insides.size(); ++i) {
            made.inside = insides[i];
            made.hasInside = true;
            made.hasOutside = i == 0 && outside != noNode;
            made.outside = {};
            if (made.hasOutside) {
                for (const auto& row : m_estate.addresses(outside))
                    made.outside = row.outside;
            }
            for (const NodeId owner : owners) {
                made.thing = owner;
                add(made);
                m_shown.insert(owner);
            }
        }
    }

    void ofThing(NodeId thing)
    {
        const NodeId outside = publicAddressOf(thing);
        for (const NodeId subnet : subnetsOf(thing)) {
            const auto segment = m_into.segmentOf.find(subnet);
            if (segment == m_into.segmentOf.end())
                continue;
            Interface made;
            made.node = made.thing = thing;
            made.segment = segment->second;
            for (const auto& row : m_estate.addresses(thing)) {
                if (row.hasInside)
                    made.inside = row.inside;
                made.hasInside = made.hasInside || row.hasInside;
            }
            made.hasInside = made.hasInside || someAddress(m_estate, subnet, made.inside);
            made.hasOutside = outside != noNode || m_estate.flag(thing, "publicly_accessible").value_or(false);
            // No group guards a balancer itself: those of its machines see the client.
            const bool balancer =
                m_estate.kind(thing) == Kind::LoadBalancer && m_estate.word(thing, "lb_type") == "network";
            made.guard = balancer ? NetworkModel::unguarded() : guardFor(m_into, thing, subnet, noNode);
            add(made);
        }
    }

    /// A public balancer stands in no subnet; its door is where its first machine is.
    [[nodiscard]] std::vector<NodeId> subnetsOf(NodeId thing) const
    {
        std::vector<NodeId> subnets = m_estate.targets(thing, EdgeKind::InSubnet);
        if (!subnets.empty() || m_estate.kind(thing) != Kind::LoadBalancer)
            return subnets;
        for (const NodeId rule : m_estate.targets(thing, EdgeKind::ForwardsTo)) {
            std::vector<NodeId> interfaces = m_estate.targets(rule, EdgeKind::Targets);
            for (const NodeId pool : m_estate.targets(rule, EdgeKind::ForwardsTo)) {
                const auto more = m_estate.targets(pool, EdgeKind::Targets);
                interfaces.insert(interfaces.end(), more.begin(), more.end());
            }
            for (const NodeId interface : interfaces) {
                if (const auto subnet = m_estate.within(interface, Kind::Subnet))
                    return {*subnet};
            }
        }
        return {};
    }

    void add(Interface made)
    {
        const Kind kind = m_estate.kind(made.thing);
        made.opens = !holdsData(kind) && kind != Kind::LoadBalancer;
        // "Integrate your app with an Azure virtual network": integration is for what the application opens itself.
        made.accepts = kind != Kind::Function && kind != Kind::AppPlatform;
        m_into.model.interfaces.push_back(made);
    }

    Translation& m_into;
    const Estate& m_estate;
    std::set<NodeId> m_shown;
};

/// What a pool's interface belongs to.
NodeId machineOf(const Estate& estate, NodeId interface)
{
    if (interface == noNode)
        return noNode;
    for (const NodeId owner : estate.targets(interface, EdgeKind::AttachedTo)) {
        if (info(estate.kind(owner)).shape == Shape::Workload)
            return owner;
    }
    return interface;
}

} // namespace

void translateInterfaces(Translation& into)
{
    Interfaces(into).translate();
}

/// "Azure Load Balancer components": the client's address is kept. "How an application gateway works": it is not.
void translateBalancers(Translation& into)
{
    const Estate& estate = into.estate;
    for (const NodeId node : estate.ofKind(Kind::LoadBalancer)) {
        if (!into.isOurs(node))
            continue;
        Balancer balancer;
        balancer.thing = node;
        balancer.fromInternet = estate.word(node, "scheme") == "internet-facing";
        balancer.missing = "the rules of " + std::string(estate.name(node)) + " (az network lb list)";
        for (const NodeId rule : estate.targets(node, EdgeKind::ForwardsTo)) {
            Listener listener;
            listener.node = rule;
            listener.keepsClient = estate.word(node, "lb_type") == "network";
            for (const auto& row : estate.ports(rule)) {
                const bool every = row.port == 0;
                listener.ports.add({row.protocol, every ? 0 : row.port, every ? lastPort : row.port});
                listener.evidence = row.evidence;
            }
            const auto backPort = static_cast<std::int32_t>(estate.number(rule, "backend_port").value_or(0));
            const auto send = [&](NodeId group, NodeId interface) {
                Backend backend;
                backend.group = group;
                backend.target = machineOf(estate, interface);
                backend.port = listener.ports.empty() ? PortRange{} : listener.ports.ranges().front();
                if (backPort > 0)
                    backend.port.from = backend.port.to = backPort;
                backend.evidence = listener.evidence;
                listener.backends.push_back(std::move(backend));
            };
            for (const NodeId direct : estate.targets(rule, EdgeKind::Targets))
                send(rule, direct);
            for (const NodeId pool : estate.targets(rule, EdgeKind::ForwardsTo)) {
                for (const NodeId interface : estate.targets(pool, EdgeKind::Targets))
                    send(pool, interface);
                for (const auto& row : estate.addresses(pool)) {
                    if (!row.hasInside)
                        continue;
                    send(pool, noNode);
                    listener.backends.back().address = row.inside;
                }
            }
            balancer.listeners.push_back(std::move(listener));
        }
        into.model.balancers.push_back(std::move(balancer));
    }
}

} // namespace glacis::azure
