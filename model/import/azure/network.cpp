// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

namespace glacis::azure {

namespace {

void block(Resource& r, Ref of, const Json& text, EvidenceId at)
{
    const auto prefix = text.is_string() ? parseIpPrefix(text.get_ref<const std::string&>()) : std::nullopt;
    if (prefix)
        r.context.inventory.facts.blocks.push_back({of, *prefix, at});
}

/// Parts that a resource holds, each as a resource of its own.
void parts(Resource& r, std::string_view key, std::string_view type)
{
    const Json& list = r.list(key);
    for (std::size_t i = 0; i < list.size(); ++i) {
        Json part = list[i];
        if (!part.is_object())
            continue;
        if (textOf(part, "id").empty() && !textOf(part, "name").empty())
            part["id"] = r.id + '/' + std::string(afterLast(type, '/')) + '/' + std::string(textOf(part, "name"));
        part["type"] = type;
        const Evidence& place = r.context.inventory.evidence[index(r.seen(key, i))];
        takeResource(r.context, part, std::string(r.context.inventory.strings[place.pointer]));
    }
}

/// "Azure Virtual Network concepts and best practices".
void network(Resource& r)
{
    const EvidenceId at = r.seen("addressspace");
    for (const Json& prefix : arrayOf(member(r.json, "addressspace"), "addressprefixes"))
        block(r, r.ref, prefix, at);
    parts(r, "subnets", "Microsoft.Network/virtualNetworks/subnets");
    parts(r, "virtualnetworkpeerings", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings");
}

void subnet(Resource& r)
{
    Context& c = r.context;
    block(r, r.ref, member(r.json, "addressprefix"), r.seen("addressprefix"));
    for (const Json& prefix : r.list("addressprefixes"))
        block(r, r.ref, prefix, r.seen("addressprefixes"));
    c.link(r.ref, EdgeKind::GuardedBy, referenceOf(r.json, "networksecuritygroup"), Kind::SecurityGroup,
        r.seen("networksecuritygroup"));
    c.link(r.ref, EdgeKind::RoutedBy, referenceOf(r.json, "routetable"), Kind::RouteTable, r.seen("routetable"));
    c.link(r.ref, EdgeKind::Uses, referenceOf(r.json, "natgateway"), Kind::NatGateway, r.seen("natgateway"));
    // "Virtual network service endpoints": the subnet's traffic to the service keeps its private address.
    for (const Json& endpoint : r.list("serviceendpoints")) {
        if (!textOf(endpoint, "service").empty())
            c.setting(
                r.ref, "service_endpoint:" + lowered(textOf(endpoint, "service")), true, r.seen("serviceendpoints"));
    }
    c.setting(r.ref, "has_network_security_group", !referenceOf(r.json, "networksecuritygroup").empty(), r.at);
    c.setting(r.ref, "has_route_table", !referenceOf(r.json, "routetable").empty(), r.at);
}

/// "Virtual network peering": each of the two networks has its own half, and traffic flows when both are connected.
void peering(Resource& r)
{
    Context& c = r.context;
    c.inventory.edge(r.ref, EdgeKind::Connects, outerOf(r.id), r.at);
    c.link(r.ref, EdgeKind::Connects, referenceOf(r.json, "remotevirtualnetwork"), Kind::Network,
        r.seen("remotevirtualnetwork"));
    c.settings(r.ref, r.json, r.at,
        {{"peeringstate", "state"}, {"allowvirtualnetworkaccess", "allows_access"},
            {"allowforwardedtraffic", "allows_forwarded"}, {"allowgatewaytransit", "gateway_transit"},
            {"useremotegateways", "uses_remote_gateway"}});
    const Json& space = member(r.json, "remoteaddressspace");
    for (const Json& prefix : arrayOf(space, "addressprefixes"))
        if (const auto known = prefix.is_string() ? parseIpPrefix(prefix.get_ref<const std::string&>()) : std::nullopt)
            c.inventory.facts.prefixes.push_back({r.ref, *known, r.seen("remoteaddressspace")});
}

/// One route of a table. Source: "Virtual network traffic routing".
void addRoute(Resource& r, Ref table, const Json& route, EvidenceId at)
{
    Context& c = r.context;
    RouteRow<Ref> row;
    row.of = table;
    row.evidence = at;
    const std::string_view destination = textOf(route, "addressprefix");
    if (const auto prefix = parseIpPrefix(destination)) {
        row.block = *prefix;
    } else if (!destination.empty()) {
        row.byList = true;
        row.list = c.inventory.text(serviceTagId(destination));
        c.session.mention(serviceTagId(destination), Kind::PrefixList, at);
    } else {
        return c.row.leave("a route", "it has no destination");
    }
    const std::string hop = lowered(textOf(route, "nexthoptype"));
    row.local = hop == "vnetlocal";
    row.blackhole = hop == "none";
    row.via = c.inventory.text(hop == "virtualappliance" ? textOf(route, "nexthopipaddress")
            : hop == "internet"                          ? std::string_view("internet")
            : hop == "virtualnetworkgateway"             ? std::string_view("gateway")
                                                         : std::string_view{});
    c.inventory.facts.routes.push_back(row);
}

void routeTable(Resource& r)
{
    const Json& routes = r.list("routes");
    for (std::size_t i = 0; i < routes.size(); ++i)
        addRoute(r, r.ref, routes[i], r.seen("routes", i));
}

void route(Resource& r)
{
    addRoute(r, r.ref, r.json, r.at);
}

/// "Network interfaces": each address configuration has its own private and public address.
void networkInterface(Resource& r)
{
    Context& c = r.context;
    c.link(r.ref, EdgeKind::GuardedBy, referenceOf(r.json, "networksecuritygroup"), Kind::SecurityGroup,
        r.seen("networksecuritygroup"));
    c.setting(r.ref, "has_network_security_group", !referenceOf(r.json, "networksecuritygroup").empty(), r.at);
    c.link(r.ref, EdgeKind::AttachedTo, referenceOf(r.json, "virtualmachine"), Kind::Vm, r.seen("virtualmachine"));
    c.link(r.ref, EdgeKind::AttachedTo, referenceOf(r.json, "privateendpoint"), Kind::PrivateEndpoint,
        r.seen("privateendpoint"));
    const Json& configurations = r.list("ipconfigurations");
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        const Json& one = configurations[i];
        const EvidenceId at = r.seen("ipconfigurations", i);
        const std::string_view subnetId = referenceOf(one, "subnet");
        if (i == 0 && !subnetId.empty()) {
            // The interface stands in its subnet.
            r.place(subnetId);
            c.session.mention(subnetId, Kind::Subnet, at);
            c.session.mention(outerOf(subnetId), Kind::Network, at);
        }
        c.link(r.ref, EdgeKind::Uses, referenceOf(one, "publicipaddress"), Kind::PublicIp, at);
        for (const Json& group : arrayOf(one, "applicationsecuritygroups"))
            c.link(r.ref, EdgeKind::MemberOf, textOf(group, "id"), Kind::AddressGroup, at);
        for (const Json& pool : arrayOf(one, "loadbalancerbackendaddresspools"))
            c.linkBack(textOf(pool, "id"), EdgeKind::Targets, r.ref, Kind::TargetGroup, at);
        for (const Json& pool : arrayOf(one, "applicationgatewaybackendaddresspools"))
            c.linkBack(textOf(pool, "id"), EdgeKind::Targets, r.ref, Kind::TargetGroup, at);
        for (const Json& rule : arrayOf(one, "loadbalancerinboundnatrules"))
            c.linkBack(textOf(rule, "id"), EdgeKind::Targets, r.ref, Kind::Listener, at);
        const auto inside = parseIpAddress(textOf(one, "privateipaddress"));
        if (inside)
            c.inventory.facts.addresses.push_back({r.ref, *inside, {}, true, false, at});
    }
}

void publicAddress(Resource& r)
{
    if (const auto address = parseIpAddress(r.text("ipaddress")))
        r.context.inventory.facts.addresses.push_back({r.ref, {}, *address, false, true, r.seen("ipaddress")});
}

/// "What is a private endpoint?": an interface in a subnet that stands for a resource elsewhere.
void privateEndpoint(Resource& r)
{
    Context& c = r.context;
    const std::string_view subnetId = referenceOf(r.json, "subnet");
    if (!subnetId.empty()) {
        r.place(subnetId);
        c.session.mention(subnetId, Kind::Subnet, r.seen("subnet"));
    }
    for (const char* key : {"privatelinkserviceconnections", "manualprivatelinkserviceconnections"}) {
        const Json& connections = r.list(key);
        for (std::size_t i = 0; i < connections.size(); ++i) {
            const EvidenceId at = r.seen(key, i);
            const std::string_view target = textOf(connections[i], "privatelinkserviceid");
            const std::string_view state =
                textOf(member(connections[i], "privatelinkserviceconnectionstate"), "status");
            c.link(r.ref, EdgeKind::Connects, target, Kind::Other, at);
            c.inventory.property(r.ref, "state", state, at);
            // Only an approved connection lets traffic through, so only then does the interface lead to the resource.
            for (const Json& nic : r.list("networkinterfaces")) {
                if (state.empty() || equalIgnoringCase(state, "approved"))
                    c.linkBack(
                        textOf(nic, "id"), EdgeKind::AttachedTo, c.inventory.text(target), Kind::NetworkInterface, at);
            }
        }
    }
}

void natGateway(Resource& r)
{
    for (const Json& subnetOf : r.list("subnets"))
        r.context.linkBack(textOf(subnetOf, "id"), EdgeKind::Uses, r.ref, Kind::Subnet, r.seen("subnets"));
}

/// A gateway stands in the subnet GatewaySubnet of its network.
void gateway(Resource& r)
{
    for (const Json& one : r.list("ipconfigurations")) {
        const std::string_view subnetId = referenceOf(one, "subnet");
        r.context.link(r.ref, EdgeKind::InSubnet, subnetId, Kind::Subnet, r.seen("ipconfigurations"));
        if (!subnetId.empty())
            r.context.link(r.ref, EdgeKind::AttachedTo, outerOf(subnetId), Kind::Network, r.seen("ipconfigurations"));
        r.context.link(
            r.ref, EdgeKind::Uses, referenceOf(one, "publicipaddress"), Kind::PublicIp, r.seen("ipconfigurations"));
    }
}

void hubConnection(Resource& r)
{
    r.context.inventory.edge(r.ref, EdgeKind::Connects, outerOf(r.id), r.at);
}

constexpr HandlerRow networkRows[] = {
    {"microsoft.network/virtualnetworks", network},
    {"microsoft.network/virtualnetworks/subnets", subnet},
    {"microsoft.network/virtualnetworks/virtualnetworkpeerings", peering},
    {"microsoft.network/routetables", routeTable},
    {"microsoft.network/routetables/routes", route},
    {"microsoft.network/networkinterfaces", networkInterface},
    {"microsoft.network/publicipaddresses", publicAddress},
    {"microsoft.network/privateendpoints", privateEndpoint},
    {"microsoft.network/natgateways", natGateway},
    {"microsoft.network/virtualnetworkgateways", gateway},
    {"microsoft.network/virtualhubs/hubvirtualnetworkconnections", hubConnection},
};

} // namespace

std::span<const HandlerRow> networkHandlers()
{
    return networkRows;
}

} // namespace glacis::azure
