// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

/// Networks and what leads through them. Source: "VPC networks" and "Routes", Virtual Private Cloud documentation.
namespace glacis::gcp {

void describeNetwork(Asset& asset, const Json& data)
{
    asset.gathered.networks.insert(asset.name);
    if (const auto block = parseIpPrefix(word(data, "IPv4Range")))
        asset.inventory.facts.blocks.push_back({asset.ref, *block, asset.at});
    for (const Json& json : listOf(data, {"peerings", "peering"})) {
        const std::string id = asset.name + "/peerings/" + std::string(word(json, "name"));
        const Ref ref = asset.part(
            Kind::NetworkPeering, "compute.googleapis.com/NetworkPeering", id, word(json, "name"), asset.name);
        const std::string other = fullName(word(json, "network"), "compute.googleapis.com");
        const std::string state = lowered(word(json, "state"));
        asset.inventory.property(ref, "state", state, asset.at);
        for (const char* key : {"exportCustomRoutes", "importCustomRoutes"})
            asset.setting(ref, key == std::string_view("exportCustomRoutes") ? "exports_routes" : "imports_routes",
                field(json, key), asset.at);
        asset.inventory.edge(ref, EdgeKind::Connects, asset.name, asset.at);
        asset.inventory.edge(ref, EdgeKind::Connects, other, asset.at);
        asset.gathered.peerings.push_back({id, asset.name, other, state, asset.at});
    }
    if (const std::string_view policy = word(data, "firewallPolicy"); !policy.empty())
        asset.inventory.edge(asset.ref, EdgeKind::GuardedBy, fullName(policy), asset.at);
}

void describeSubnet(Asset& asset, const Json& data)
{
    Subnet subnet;
    subnet.id = asset.name;
    subnet.network = fullName(word(data, "network"));
    subnet.region = regionOf(asset.name);
    subnet.at = asset.at;
    asset.inventory.things.back().parent = asset.inventory.text(subnet.network);
    const auto take = [&](std::string_view text) {
        if (const auto block = parseIpPrefix(text)) {
            asset.inventory.facts.blocks.push_back({asset.ref, *block, asset.at});
            subnet.blocks.push_back(*block);
        }
    };
    take(word(data, "ipCidrRange"));
    for (const char* key : {"ipv6CidrRange", "externalIpv6Prefix", "internalIpv6Prefix"})
        take(word(data, key));
    for (const Json& more : listOf(data, {"secondaryIpRanges", "secondaryIpRange"}))
        take(word(more, "ipCidrRange"));
    const Json& logs = field(data, "logConfig");
    const Json& on = field(logs, "enable").is_null() ? field(data, "enableFlowLogs") : field(logs, "enable");
    asset.setting(asset.ref, "flow_logs", on, asset.at);
    asset.gathered.subnets.push_back(std::move(subnet));
}

void describeRoute(Asset& asset, const Json& data)
{
    Route route;
    route.id = asset.name;
    route.network = fullName(word(data, "network"));
    route.at = asset.at;
    route.priority = numberOf(data, "priority").value_or(1000);
    asset.gathered.routesRead.insert(route.network);
    const auto block = parseIpPrefix(word(data, "destRange"));
    if (!block)
        return asset.row.leave("a route", "its destination is no address block");
    route.block = *block;
    for (const Json& tag : listOf(data, {"tags", "tag"}))
        route.tags.push_back(asText(tag));
    if (const std::string_view gateway = word(data, "nextHopGateway"); !gateway.empty()) {
        route.target = route.network + "/gateways/default-internet-gateway";
    } else {
        for (const char* key :
            {"nextHopInstance", "nextHopVpnTunnel", "nextHopIlb", "nextHopHub", "nextHopInterconnectAttachment"}) {
            if (const std::string_view hop = word(data, key); !hop.empty() && route.target.empty())
                route.target = parseIpAddress(hop) ? std::string(hop) : fullName(hop);
        }
        if (const std::string_view hop = word(data, "nextHopIp"); !hop.empty() && route.target.empty())
            route.target = hop;
        if (const std::string_view peering = word(data, "nextHopPeering"); !peering.empty())
            route.target = route.network + "/peerings/" + std::string(afterLast(peering, '/'));
        // What stays in the network is told by its subnets.
        if (!word(data, "nextHopNetwork").empty() && route.target.empty())
            return;
    }
    asset.gathered.routes.push_back(std::move(route));
}

/// "Cloud NAT overview": a gateway serves the subnets of its region, all or those that are listed.
void describeRouter(Asset& asset, const Json& data)
{
    const std::string network = fullName(word(data, "network"));
    asset.inventory.things.back().parent = asset.inventory.text(network);
    for (const Json& json : listOf(data, {"nats", "nat"})) {
        Nat nat;
        nat.id = asset.name + "/nats/" + std::string(word(json, "name"));
        nat.network = network;
        nat.region = regionOf(asset.name);
        nat.at = asset.at;
        const Ref ref =
            asset.part(Kind::NatGateway, "compute.googleapis.com/RouterNat", nat.id, word(json, "name"), network);
        asset.setting(ref, "logging", field(field(json, "logConfig"), "enable"), asset.at);
        if (const std::string_view type = word(json, "type"); type == "PRIVATE")
            asset.inventory.property(ref, "connectivity", "private", asset.at);
        if (word(json, "sourceSubnetworkIpRangesToNat") == "LIST_OF_SUBNETWORKS") {
            for (const Json& subnet : listOf(json, {"subnetworks", "subnetwork"}))
                nat.subnets.push_back(fullName(word(subnet, "name")));
            if (nat.subnets.empty())
                continue;
        }
        asset.gathered.nats.push_back(std::move(nat));
    }
}

void describeAddress(Asset& asset, const Json& data)
{
    const auto address = parseIpAddress(word(data, "address"));
    if (!address)
        return;
    const bool outside = word(data, "addressType") != "INTERNAL";
    asset.inventory.facts.addresses.push_back(
        {asset.ref, outside ? IpAddress{} : *address, outside ? *address : IpAddress{}, !outside, outside, asset.at});
}

} // namespace glacis::gcp
