// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

#include <algorithm>

namespace glacis::aws {

namespace {

std::string idOf(const Translation& into, NodeId node)
{
    return std::string(into.estate.id(node));
}

/// "NAT gateway basics", Amazon VPC User Guide: TCP, UDP and ICMP over IPv4.
void throughNat(Translation& into, NodeId gateway, Route& route)
{
    const std::string_view state = into.estate.word(gateway, "state");
    if (state == "deleted" || state == "deleting" || state == "failed") {
        route.next = Next::Drop;
        route.why = "the NAT gateway is gone (" + std::string(state) + ')';
        return;
    }
    const auto subnet = into.estate.within(gateway, Kind::Subnet);
    const auto segment = subnet ? into.segmentOf.find(*subnet) : into.segmentOf.end();
    if (segment == into.segmentOf.end()) {
        route.next = Next::Unknown;
        route.why = "the NAT gateway's subnet (aws ec2 describe-nat-gateways)";
        return;
    }
    route.next = Next::Nat;
    route.segment = segment->second;
    route.nat.carries = {{tcp, -1, -1}, {udp, -1, -1}, {icmp4, -1, -1}};
    route.nat.hasOutside = into.estate.word(gateway, "connectivity") != "private";
    for (const auto& row : into.estate.addresses(gateway)) {
        if (row.hasInside)
            route.nat.inside = row.inside;
    }
}

/// "How VPC peering connections work" and "Update your security groups to reference peer VPC groups", Amazon VPC
/// Peering Guide: only while active, not transitive, and groups of the other side can be referred to within one region.
void throughPeering(Translation& into, NodeId peering, Route& route)
{
    const std::string_view state = into.estate.word(peering, "state");
    if (!state.empty() && state != "active") {
        route.next = Next::Drop;
        route.why = "the peering is not active (" + std::string(state) + ')';
        return;
    }
    route.next = Next::Peering;
    route.networks = into.estate.targets(peering, EdgeKind::Connects);
    route.labelsCross = true;
    std::string_view region;
    for (const NodeId end : route.networks) {
        const NodeId at = into.estate.node(end).region;
        const std::string_view name = at == noNode ? std::string_view{} : into.estate.name(at);
        route.labelsCross = route.labelsCross && (region.empty() || name.empty() || name == region);
        region = name.empty() ? region : name;
    }
}

/// "How AWS Site-to-Site VPN works": beyond the gateway only static routes say what is there.
void throughVpn(Translation& into, NodeId gateway, Route& route)
{
    route.next = Next::Outside;
    route.why = "what lies behind " + idOf(into, gateway) + " (aws ec2 describe-vpn-connections)";
    for (const NodeId connection : into.estate.sources(gateway, EdgeKind::Connects)) {
        for (const auto& row : into.estate.prefixes(connection))
            route.known.push_back(row.block);
    }
}

/// "Middlebox routing" and "Change the source/destination check", Amazon VPC User Guide.
void throughAppliance(Translation& into, NodeId target, Route& route)
{
    route.next = Next::Unknown;
    route.why = "what " + idOf(into, target) + " does with traffic that is not for it";
    const bool checks = into.estate.kind(target) == Kind::NetworkInterface
        && into.estate.flag(target, "source_dest_check").value_or(false);
    if (checks) {
        route.next = Next::Drop;
        route.why = "the interface takes only what is addressed to it (source and destination check)";
    }
}

void aim(Translation& into, const RouteRow<NodeId>& row, Route& route)
{
    route.via = row.target;
    if (row.blackhole) {
        route.next = Next::Drop;
        route.why = "the route's target is gone (blackhole)";
        return;
    }
    if (row.local || row.target == noNode) {
        route.next = Next::Local;
        return;
    }
    switch (into.estate.kind(row.target)) {
    case Kind::InternetGateway:
        route.next = Next::Internet;
        return;
    case Kind::EgressOnlyGateway:
        route.next = Next::EgressOnly;
        return;
    case Kind::NatGateway:
        return throughNat(into, row.target, route);
    case Kind::NetworkPeering:
        return throughPeering(into, row.target, route);
    case Kind::TransitHub:
        route.next = Next::Unknown;
        route.why = "the attachments of " + idOf(into, row.target) + " (aws ec2 describe-transit-gateway-attachments)";
        if (const auto hub = into.hubOf.find(row.target); hub != into.hubOf.end()) {
            route.next = Next::Hub;
            route.hub = hub->second;
        }
        return;
    case Kind::VpnGateway:
        return throughVpn(into, row.target, route);
    case Kind::PrivateEndpoint:
        // "Gateway endpoints", AWS PrivateLink Guide; an endpoint of a Gateway Load Balancer leads to an appliance.
        if (into.estate.word(row.target, "endpoint_type") == "GatewayLoadBalancer")
            return throughAppliance(into, row.target, route);
        route.next = Next::Service;
        return;
    default:
        return throughAppliance(into, row.target, route);
    }
}

/// "Route priority", Amazon VPC User Guide: static before propagated, a block before a prefix list.
void addRoutes(Translation& into, const RouteRow<NodeId>& row, ForwardingTable& table)
{
    Route route;
    route.rank = (row.propagated ? 0 : 2) + (row.byList ? 0 : 1);
    route.evidence = row.evidence;
    aim(into, row, route);
    if (!row.byList) {
        route.to = row.block;
        route.name = toString(row.block);
        table.routes.push_back(std::move(route));
        return;
    }
    route.name = idOf(into, row.list);
    for (const auto& entry : into.estate.prefixes(row.list)) {
        route.to = entry.block;
        table.routes.push_back(route);
    }
}

} // namespace

/// "Route table concepts", Amazon VPC User Guide: the table of the subnet, else the network's main table.
void translateTables(Translation& into)
{
    for (const NodeId node : into.estate.ofKind(Kind::RouteTable)) {
        if (into.estate.node(node).outside || !into.isOurs(node))
            continue;
        ForwardingTable table;
        table.node = node;
        for (const auto& row : into.estate.routes(node))
            addRoutes(into, row, table);
        into.tableOf[node] = NetworkModel::add<TableId>(into.model.tables, std::move(table));
    }
    for (const auto& [subnet, segment] : into.segmentOf) {
        std::vector<NodeId> tables = into.estate.targets(subnet, EdgeKind::RoutedBy);
        const NodeId network = into.model[segment].network;
        if (tables.empty() && network != noNode)
            tables = into.estate.targets(network, EdgeKind::RoutedBy);
        const auto found = tables.empty() ? into.tableOf.end() : into.tableOf.find(tables.front());
        if (found != into.tableOf.end())
            into.model.segments[index(segment)].table = found->second;
    }
}

} // namespace glacis::aws
