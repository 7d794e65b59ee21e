// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

#include <algorithm>
#include <set>

namespace glacis::aws {

namespace {

bool mayHaveAPlace(Kind kind)
{
    const Shape shape = info(kind).shape;
    return shape == Shape::Workload || shape == Shape::Store || kind == Kind::PrivateEndpoint;
}

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
            if (mayHaveAPlace(m_estate.kind(thing)) && m_into.isOurs(thing) && m_shown.count(thing) == 0)
                ofThing(thing);
        }
    }

private:
    /// One for each address of each thing that the interface belongs to.
    void ofInterface(NodeId node)
    {
        const auto segment = m_into.segmentOf.find(m_estate.within(node, Kind::Subnet).value_or(noNode));
        if (segment == m_into.segmentOf.end())
            return;
        std::vector<NodeId> owners = m_estate.targets(node, EdgeKind::AttachedTo);
        std::ranges::sort(owners);
        owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
        if (owners.empty())
            owners = {node};
        Interface made;
        made.node = node;
        made.segment = segment->second;
        std::set<std::pair<IpAddress, IpAddress>> told;
        for (const auto& row : m_estate.addresses(node)) {
            if (!row.hasInside || !told.emplace(row.inside, row.outside).second)
                continue;
            made.inside = row.inside;
            made.outside = row.outside;
            made.hasInside = true;
            made.hasOutside = row.hasOutside;
            for (const NodeId owner : owners) {
                made.thing = owner;
                add(made, m_estate.targets(node, EdgeKind::GuardedBy));
                m_shown.insert(owner);
            }
        }
    }

    /// "Working with a DB instance in a VPC", Amazon RDS User Guide: a public address only when it is made publicly
    /// accessible. "Internet-facing Classic Load Balancers", Elastic Load Balancing: one in each of its subnets.
    void ofThing(NodeId thing)
    {
        std::vector<NodeId> subnets = m_estate.targets(thing, EdgeKind::InSubnet);
        if (const auto subnet = m_estate.within(thing, Kind::Subnet); subnets.empty() && subnet)
            subnets.push_back(*subnet);
        const auto attached = m_estate.sources(thing, EdgeKind::AttachedTo);
        const bool isPublic = m_estate.flag(thing, "publicly_accessible").value_or(false)
            || m_estate.flag(thing, "public_address").value_or(false) // of a design, whose addresses nobody knows yet
            || std::ranges::any_of(attached, [&](NodeId one) { return m_estate.kind(one) == Kind::PublicIp; })
            || (m_estate.kind(thing) == Kind::LoadBalancer && m_estate.word(thing, "scheme") == "internet-facing");
        for (const NodeId subnet : subnets) {
            const auto segment = m_into.segmentOf.find(subnet);
            if (segment == m_into.segmentOf.end())
                continue;
            Interface made;
            made.node = made.thing = thing;
            made.segment = segment->second;
            made.hasInside = someAddress(m_estate, subnet, made.inside);
            made.hasOutside = isPublic;
            add(made, m_estate.targets(thing, EdgeKind::GuardedBy));
        }
    }

    void add(Interface made, std::vector<NodeId> groups)
    {
        const Kind kind = m_estate.kind(made.thing);
        // "Configuring a Lambda function to access resources in a VPC", AWS Lambda Developer Guide, and "NAT gateway
        // basics", Amazon VPC User Guide: neither takes connections.
        made.accepts = kind != Kind::Function && kind != Kind::NatGateway;
        made.opens =
            !holdsData(kind) && kind != Kind::LoadBalancer && kind != Kind::NatGateway && kind != Kind::PrivateEndpoint;
        if (kind == Kind::Function)
            made.hasOutside = false;
        made.guard = isUnguarded(made.thing, groups) ? NetworkModel::unguarded()
                                                     : guardFor(m_into, std::move(groups), made.node);
        m_into.model.interfaces.push_back(made);
    }

    /// "Network Load Balancers": one may be without groups, and then its listeners alone decide. A NAT gateway has
    /// none.
    [[nodiscard]] bool isUnguarded(NodeId thing, const std::vector<NodeId>& groups) const
    {
        if (!groups.empty())
            return false;
        const Kind kind = m_estate.kind(thing);
        return kind == Kind::NatGateway || (kind == Kind::LoadBalancer && m_estate.word(thing, "lb_type") == "network");
    }

    Translation& m_into;
    const Estate& m_estate;
    std::set<NodeId> m_shown; ///< things of which the export shows an interface
};

} // namespace

void translateInterfaces(Translation& into)
{
    Interfaces(into).translate();
}

} // namespace glacis::aws
