// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/endpoints.h"

namespace glacis {

namespace {

std::uint64_t hashOf(const IpAddress& address)
{
    return address.high * 0x9E3779B97F4A7C15ull ^ address.low ^ (address.v6 ? 1ull << 63 : 0);
}

/// The first host address of a subnet's block of one family, for a thing whose own address the export does not show.
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

} // namespace

Endpoints::Endpoints(const Estate& estate) : m_estate(estate)
{
    for (const auto& row : estate.facts().addresses) {
        if (estate.kind(row.of) != Kind::NetworkInterface)
            continue;
        if (row.hasInside)
            m_byInside[hashOf(row.inside)].push_back(row.of);
        if (row.hasOutside)
            m_byOutside[hashOf(row.outside)].push_back(row.of);
    }
}

std::vector<Attachment> Endpoints::ofInterface(NodeId node) const
{
    Attachment base;
    base.node = node;
    base.subnet = m_estate.within(node, Kind::Subnet).value_or(noNode);
    base.network = m_estate.within(node, Kind::Network).value_or(noNode);
    base.groups = m_estate.targets(node, EdgeKind::GuardedBy);
    std::vector<Attachment> found;
    for (const auto& row : m_estate.addresses(node)) {
        Attachment one = base;
        one.inside = row.inside;
        one.outside = row.outside;
        one.hasInside = row.hasInside;
        one.hasOutside = row.hasOutside;
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<Attachment> Endpoints::of(NodeId thing) const
{
    if (m_estate.kind(thing) == Kind::NetworkInterface)
        return ofInterface(thing);
    std::vector<Attachment> found;
    for (const NodeId source : m_estate.sources(thing, EdgeKind::AttachedTo)) {
        if (m_estate.kind(source) != Kind::NetworkInterface)
            continue;
        const auto more = ofInterface(source);
        found.insert(found.end(), more.begin(), more.end());
    }
    if (!found.empty())
        return found;
    std::vector<NodeId> subnets = m_estate.targets(thing, EdgeKind::InSubnet);
    if (const auto subnet = m_estate.within(thing, Kind::Subnet); subnets.empty() && subnet)
        subnets.push_back(*subnet);
    // "Working with a DB instance in a VPC", Amazon RDS User Guide: a public address only when it is made publicly
    // accessible.
    // "Internet-facing Classic Load Balancers", Elastic Load Balancing: a public address in each of its subnets.
    const bool publicByFlag = m_estate.flag(thing, "publicly_accessible").value_or(false)
        || (m_estate.kind(thing) == Kind::LoadBalancer && m_estate.word(thing, "scheme") == "internet-facing");
    for (const NodeId subnet : subnets) {
        Attachment one;
        one.node = thing;
        one.subnet = subnet;
        one.network = m_estate.within(subnet, Kind::Network).value_or(noNode);
        one.groups = m_estate.targets(thing, EdgeKind::GuardedBy);
        one.hasInside = someAddress(m_estate, subnet, one.inside);
        one.hasOutside = publicByFlag;
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<Attachment> Endpoints::withInside(const IpAddress& address) const
{
    std::vector<Attachment> found;
    const auto nodes = m_byInside.find(hashOf(address));
    if (nodes == m_byInside.end())
        return found;
    for (const NodeId node : nodes->second) {
        for (Attachment& one : ofInterface(node)) {
            if (one.hasInside && one.inside == address)
                found.push_back(std::move(one));
        }
    }
    return found;
}

std::vector<Attachment> Endpoints::withOutside(const IpAddress& address) const
{
    std::vector<Attachment> found;
    const auto nodes = m_byOutside.find(hashOf(address));
    if (nodes == m_byOutside.end())
        return found;
    for (const NodeId node : nodes->second) {
        for (Attachment& one : ofInterface(node)) {
            if (one.hasOutside && one.outside == address)
                found.push_back(std::move(one));
        }
    }
    return found;
}

} // namespace glacis
