// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/azure/translation.h"

#include "core/text.h"

#include <algorithm>

/// "How network security groups filter network traffic": what comes in meets the subnet's group, then the interface's;
/// what goes out the other way round; each must let it through, within a subnet too. Groups are stateful.
namespace glacis::azure {

namespace {

const std::vector<IpPrefix>& notPublic()
{
    static const std::vector<IpPrefix> blocks = [] {
        std::vector<IpPrefix> made;
        for (const char* text : {"10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                 "192.168.0.0/16", "168.63.129.16/32", "fc00::/7", "fe80::/10"})
            made.push_back(*parseIpPrefix(text));
        return made;
    }();
    return blocks;
}

/// Where a translated rule is asked: its service tags mean something for a network only.
struct RuleMaker {
    Translation& into;
    NodeId network;

    [[nodiscard]] EndSet tagged(NodeId tag) const
    {
        EndSet ends;
        const std::string name = lowered(into.estate.id(tag));
        if (name == "tag:virtualnetwork") {
            ends.blocks = blocksAround(into.estate, network);
        } else if (name == "tag:internet") {
            // "Virtual network service tags": what lies outside of the network and is reached over the internet.
            std::vector<IpPrefix> inside =
                network == noNode ? std::vector<IpPrefix>{} : blocksAround(into.estate, network);
            inside.insert(inside.end(), notPublic().begin(), notPublic().end());
            for (const char* all : {"0.0.0.0/0", "::/0"}) {
                const auto rest = without(*parseIpPrefix(all), inside);
                ends.blocks.insert(ends.blocks.end(), rest.begin(), rest.end());
            }
        } else if (name == "tag:azureloadbalancer") {
            ends.blocks = {*parseIpPrefix("168.63.129.16/32")};
        } else {
            for (const auto& row : into.estate.prefixes(tag))
                ends.blocks.push_back(row.block);
            if (ends.blocks.empty())
                ends.missing = "the addresses behind service tag " + std::string(into.estate.name(tag))
                    + " (az network list-service-tags)";
        }
        return ends;
    }

    [[nodiscard]] EndSet peers(NodeId peer) const
    {
        EndSet ends;
        switch (into.estate.kind(peer)) {
        case Kind::AddressGroup:
            ends.labels = {into.label(peer)};
            return ends;
        case Kind::Subnet:
            for (const auto& row : into.estate.blocks(peer))
                ends.blocks.push_back(row.block);
            return ends;
        default:
            return tagged(peer);
        }
    }

    [[nodiscard]] FilterRule made(const FirewallRow<NodeId>& row) const
    {
        FilterRule rule;
        rule.effect = row.effect == RuleEffect::Allow ? Effect::Allow : Effect::Deny;
        rule.services = row.protocol == -1 ? allPorts()
            : hasPorts(row.protocol) ? PortSet{{row.protocol, std::max(row.from, 0), row.to < 0 ? lastPort : row.to}}
                                     : PortSet{{row.protocol, -1, -1}};
        rule.other = row.byPeer ? peers(row.peer) : EndSet{false, {row.block}, {}, {}, {}};
        if (row.byNearPeer)
            rule.own = peers(row.nearPeer);
        else if (row.byNearBlock)
            rule.own = EndSet{false, {row.nearBlock}, {}, {}, {}};
        if (row.someClientPorts) {
            // Nobody knows which port a client will use, so whether the rule is for it stays open.
            rule.other = EndSet{false, {}, {}, "which ports the clients use: the rule is for some only", {}};
        }
        rule.of = row.of;
        rule.name = row.rule;
        rule.evidence = row.evidence;
        return rule;
    }
};

std::vector<const FirewallRow<NodeId>*> ordered(const Estate& estate, NodeId of, Direction direction)
{
    std::vector<const FirewallRow<NodeId>*> rows;
    for (const auto& row : estate.firewall(of)) {
        if (row.direction == direction)
            rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return row->priority; });
    return rows;
}

/// "Default security rules": every group has them, also when a listing leaves them out.
void addDefaults(Translation& into, const RuleMaker& maker, NodeId group, Direction direction, Filter& filter)
{
    const auto add = [&](std::string_view name, Effect effect, EndSet other, EndSet own) {
        FilterRule rule;
        rule.effect = effect;
        rule.services = allPorts();
        rule.other = std::move(other);
        rule.own = std::move(own);
        rule.of = group;
        rule.name = into.estate.strings().find(name);
        filter.rules.push_back(std::move(rule));
    };
    const auto blocks = [](std::vector<IpPrefix> list) { return EndSet{false, std::move(list), {}, {}, {}}; };
    const EndSet everyone{true, {}, {}, {}, {}};
    const auto around = maker.network == noNode ? std::vector<IpPrefix>{} : blocksAround(into.estate, maker.network);
    if (direction == Direction::In) {
        add("AllowVnetInBound", Effect::Allow, blocks(around), blocks(around));
        add("AllowAzureLoadBalancerInBound", Effect::Allow, blocks({*parseIpPrefix("168.63.129.16/32")}), everyone);
    } else {
        add("AllowVnetOutBound", Effect::Allow, blocks(around), blocks(around));
        std::vector<IpPrefix> inside = around;
        inside.insert(inside.end(), notPublic().begin(), notPublic().end());
        std::vector<IpPrefix> outside = without(*parseIpPrefix("0.0.0.0/0"), inside);
        const auto six = without(*parseIpPrefix("::/0"), inside);
        outside.insert(outside.end(), six.begin(), six.end());
        add("AllowInternetOutBound", Effect::Allow, blocks(std::move(outside)), everyone);
    }
}

GateId groupGate(Translation& into, NodeId group, NodeId network, Direction direction)
{
    const auto [found, isNew] = into.gateOf.try_emplace({group, network, direction}, GateId{});
    if (!isNew)
        return found->second;
    Gate gate;
    gate.control = "network security group";
    gate.node = group;
    Layer& layer = gate.layers.emplace_back();
    const bool in = direction == Direction::In;
    layer.why = in ? "the default rule DenyAllInBound denies it" : "the default rule DenyAllOutBound denies it";
    if (into.estate.node(group).outside) {
        layer.missing = "the network security group " + std::string(into.estate.name(group)) + " (az network nsg list)";
    } else {
        const RuleMaker maker{into, network};
        Filter filter;
        for (const auto* row : ordered(into.estate, group, direction))
            filter.rules.push_back(maker.made(*row));
        if (!into.estate.flag(group, "has_default_rules").value_or(false))
            addDefaults(into, maker, group, direction, filter);
        layer.filters = {NetworkModel::add<FilterId>(into.model.filters, std::move(filter))};
    }
    found->second = NetworkModel::add<GateId>(into.model.gates, std::move(gate));
    return found->second;
}

NodeId groupOf(const Estate& estate, NodeId guarded)
{
    for (const NodeId group : estate.targets(guarded, EdgeKind::GuardedBy)) {
        if (estate.kind(group) == Kind::SecurityGroup)
            return group;
    }
    return noNode;
}

/// "Public IP addresses": a standard one is closed until a network security group lets something in.
GateId closedAddress(Translation& into, NodeId address, NodeId network)
{
    Gate gate;
    gate.control = "public address";
    gate.node = address;
    Layer& layer = gate.layers.emplace_back();
    layer.why = "a standard public address lets nothing in where there is no network security group";
    Filter filter;
    FilterRule near;
    near.services = allPorts();
    near.other.blocks = blocksAround(into.estate, network);
    near.of = address;
    filter.rules.push_back(std::move(near));
    layer.filters = {NetworkModel::add<FilterId>(into.model.filters, std::move(filter))};
    return NetworkModel::add<GateId>(into.model.gates, std::move(gate));
}

} // namespace

GuardId guardFor(Translation& into, NodeId interface, NodeId subnet, NodeId publicAddress)
{
    const Estate& estate = into.estate;
    const NodeId network = estate.within(subnet, Kind::Network).value_or(noNode);
    const NodeId ofSubnet = groupOf(estate, subnet), ofInterface = groupOf(estate, interface);
    const bool standard = publicAddress != noNode && equalIgnoringCase(estate.word(publicAddress, "sku"), "standard")
        && ofSubnet == noNode && ofInterface == noNode;
    std::vector<NodeId> groups;
    for (const NodeId group : estate.targets(interface, EdgeKind::MemberOf)) {
        if (estate.kind(group) == Kind::AddressGroup)
            groups.push_back(group);
    }
    std::ranges::sort(groups);
    std::vector<NodeId> key = {network, ofSubnet, ofInterface, standard ? publicAddress : noNode};
    key.insert(key.end(), groups.begin(), groups.end());
    const auto [found, isNew] = into.guardOf.try_emplace(key, GuardId{});
    if (!isNew)
        return found->second;
    Guard guard;
    for (const NodeId group : {ofSubnet, ofInterface}) {
        if (group == noNode)
            continue;
        guard.in.push_back(groupGate(into, group, network, Direction::In));
        guard.out.insert(guard.out.begin(), groupGate(into, group, network, Direction::Out));
    }
    if (standard)
        guard.in.push_back(closedAddress(into, publicAddress, network));
    for (const NodeId group : groups)
        guard.labels.push_back(into.label(group));
    std::ranges::sort(guard.labels);
    found->second = NetworkModel::add<GuardId>(into.model.guards, std::move(guard));
    return found->second;
}

} // namespace glacis::azure
