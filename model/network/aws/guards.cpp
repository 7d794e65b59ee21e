// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

#include <algorithm>

namespace glacis::aws {

namespace {

/// "Security group rules" and "Network ACL rules", Amazon VPC User Guide: protocol −1 is every protocol; the ports of
/// ICMP are type and code, −1 for any.
PortSet servicesOf(const FirewallRow<NodeId>& rule)
{
    if (rule.protocol == -1)
        return allPorts();
    if (rule.protocol == icmp4 || rule.protocol == icmp6) {
        if (rule.from < 0)
            return {{rule.protocol, -1, -1}};
        const bool everyCode = rule.to < 0;
        return {{rule.protocol, icmpPort(rule.from, everyCode ? 0 : rule.to),
            icmpPort(rule.from, everyCode ? 255 : rule.to)}};
    }
    if (!hasPorts(rule.protocol) || (rule.from < 0 && rule.to < 0))
        return {{rule.protocol, -1, -1}};
    return {{rule.protocol, std::max(rule.from, 0), rule.to < 0 ? lastPort : rule.to}};
}

/// "AWS-managed prefix lists": they hold addresses of AWS's services, never those of a customer's interfaces.
bool isManagedByAws(const Estate& estate, NodeId list)
{
    return estate.name(list).starts_with("com.amazonaws.");
}

/// "Security group referencing": a reference stands for the private addresses of the interfaces that hold the group.
EndSet otherEnd(Translation& into, const FirewallRow<NodeId>& rule)
{
    EndSet ends;
    if (!rule.byPeer) {
        ends.blocks = {rule.block};
    } else if (into.estate.kind(rule.peer) != Kind::PrefixList) {
        ends.labels = {into.label(rule.peer)};
    } else {
        for (const auto& entry : into.estate.prefixes(rule.peer))
            ends.blocks.push_back(entry.block);
        if (ends.blocks.empty() && !isManagedByAws(into.estate, rule.peer))
            ends.missing = "the entries of prefix list " + std::string(into.estate.id(rule.peer))
                + " (aws ec2 get-managed-prefix-list-entries --prefix-list-id " + std::string(into.estate.id(rule.peer))
                + ')';
    }
    return ends;
}

FilterId filterFor(Translation& into, NodeId holder, Direction direction)
{
    const auto [found, isNew] = into.filterOf.try_emplace({holder, direction}, FilterId{});
    if (!isNew)
        return found->second;
    std::vector<const FirewallRow<NodeId>*> rows;
    for (const auto& row : into.estate.firewall(holder)) {
        if (row.direction == direction)
            rows.push_back(&row);
    }
    // "Network ACL rules": in the order of their numbers. Those of a group have none, and order does not matter there.
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return row->priority; });
    Filter filter;
    for (const auto* row : rows) {
        FilterRule rule;
        rule.effect = row->effect == RuleEffect::Allow ? Effect::Allow : Effect::Deny;
        rule.services = servicesOf(*row);
        rule.other = otherEnd(into, *row);
        rule.of = holder;
        rule.name = row->rule;
        rule.evidence = row->evidence;
        filter.rules.push_back(std::move(rule));
    }
    found->second = NetworkModel::add<FilterId>(into.model.filters, std::move(filter));
    return found->second;
}

/// "Control traffic to your AWS resources using security groups": the union of all rules of all groups, stateful.
GateId groupGate(Translation& into, const std::vector<NodeId>& groups, NodeId thing, Direction direction)
{
    Gate gate;
    gate.control = "security group";
    gate.node = groups.empty() ? thing : groups.front();
    Layer& layer = gate.layers.emplace_back();
    layer.why = direction == Direction::In ? "no inbound rule allows it" : "no outbound rule allows it";
    bool described = !groups.empty();
    for (const NodeId group : groups) {
        described = described && !into.estate.node(group).outside;
        layer.filters.push_back(filterFor(into, group, direction));
    }
    if (!described)
        layer.missing =
            "the security groups of " + std::string(into.estate.id(thing)) + " (aws ec2 describe-security-groups)";
    return NetworkModel::add<GateId>(into.model.gates, std::move(gate));
}

/// What the region's block says, and what is excluded from it.
struct PublicAccess {
    bool in = true, out = true, outOnly = true; ///< whether it is let through
};

PublicAccess publicAccess(const Estate& estate, NodeId subnet, NodeId region)
{
    const std::string_view mode =
        region == noNode ? std::string_view{} : estate.word(region, "vpc_block_public_access");
    PublicAccess open;
    if (mode != "block-ingress" && mode != "block-bidirectional")
        return open;
    std::string_view excluded = estate.word(subnet, "public_access_exclusion");
    if (const auto network = estate.within(subnet, Kind::Network); excluded.empty() && network)
        excluded = estate.word(*network, "public_access_exclusion");
    if (excluded == "allow-bidirectional")
        return open;
    open.in = false;
    open.out = excluded == "allow-egress" && mode == "block-bidirectional";
    open.outOnly = open.out || mode == "block-ingress";
    return open;
}

} // namespace

GuardId guardFor(Translation& into, std::vector<NodeId> groups, NodeId thing)
{
    std::ranges::sort(groups);
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    // Without groups nothing is known, and what is missing is named after the thing.
    const std::vector<NodeId> key = groups.empty() ? std::vector<NodeId>{thing} : groups;
    const auto [found, isNew] = into.guardOf.try_emplace(key, GuardId{});
    if (!isNew)
        return found->second;
    Guard guard;
    guard.out = {groupGate(into, groups, thing, Direction::Out)};
    guard.in = {groupGate(into, groups, thing, Direction::In)};
    for (const NodeId group : groups)
        guard.labels.push_back(into.label(group));
    std::ranges::sort(guard.labels);
    found->second = NetworkModel::add<GuardId>(into.model.guards, std::move(guard));
    return found->second;
}

/// "Control subnet traffic with network access control lists", Amazon VPC User Guide. An export without the subnet's
/// ACL is taken for one whose ACL lets everything through, as the one that each network starts with does.
std::vector<GateId> aclGates(Translation& into, NodeId subnet, Direction direction)
{
    const auto acls = into.estate.targets(subnet, EdgeKind::GuardedBy);
    if (acls.empty() || into.estate.node(acls.front()).outside)
        return {};
    Gate gate;
    gate.control = "network ACL";
    gate.node = acls.front();
    gate.stateless = true;
    gate.latent = true;
    Layer& layer = gate.layers.emplace_back();
    layer.filters = {filterFor(into, acls.front(), direction)};
    layer.why = "no entry matches, so the last one denies";
    return {NetworkModel::add<GateId>(into.model.gates, std::move(gate))};
}

/// "Block public access to VPCs and subnets", Amazon VPC User Guide: in one mode nothing gets in, in the other nothing
/// gets out either; NAT and egress-only gateways go on in the first. Networks and subnets can be excluded.
void blockPublicAccess(Translation& into, Segment& segment)
{
    const NodeId region = into.estate.node(segment.node).region;
    const PublicAccess open = publicAccess(into.estate, segment.node, region);
    const auto closed = [&](bool isOpen) -> std::vector<GateId> {
        if (isOpen)
            return {};
        Gate gate;
        gate.node = region;
        gate.control = "VPC Block Public Access";
        gate.latent = true;
        gate.layers.emplace_back().why = "the region blocks public access, and nothing excludes this subnet";
        return {NetworkModel::add<GateId>(into.model.gates, std::move(gate))};
    };
    segment.fromInternet = closed(open.in);
    segment.toInternet = closed(open.out);
    segment.outOnly = closed(open.outOnly);
}

} // namespace glacis::aws
