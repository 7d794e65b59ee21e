// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

namespace glacis::aws {

namespace {

void block(Context& c, Ref of, std::string_view text, EvidenceId at)
{
    if (const auto prefix = parseIpPrefix(text))
        c.inventory.facts.blocks.push_back({of, *prefix, at});
}

void vpc(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Network, "AWS::EC2::VPC", textOf(j, "VpcId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    const Json& associated = arrayOf(j, "CidrBlockAssociationSet");
    if (associated.empty())
        block(c, ref, textOf(j, "CidrBlock"), at);
    for (const Json& entry : associated)
        block(c, ref, textOf(entry, "CidrBlock"), at);
    for (const Json& entry : arrayOf(j, "Ipv6CidrBlockAssociationSet"))
        block(c, ref, textOf(entry, "Ipv6CidrBlock"), at);
    c.settings(ref, j, at, {{"IsDefault", "is_default"}});
}

void subnet(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Subnet, "AWS::EC2::Subnet", textOf(j, "SubnetId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    block(c, ref, textOf(j, "CidrBlock"), at);
    for (const Json& entry : arrayOf(j, "Ipv6CidrBlockAssociationSet"))
        block(c, ref, textOf(entry, "Ipv6CidrBlock"), at);
    c.settings(ref, j, at, {{"AvailabilityZone", "zone"}, {"MapPublicIpOnLaunch", "public_address_on_launch"}});
}

/// "Security group rules", Amazon VPC User Guide: protocol -1 is every protocol and port; for ICMP the ports are type
/// and code.
void permissions(Context& c, Ref group, Direction direction, const Json& list, const std::string& pointer)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Json& permission = list[i];
        FirewallRow<Ref> row;
        row.of = group;
        row.direction = direction;
        row.protocol = protocolNumber(textOf(permission, "IpProtocol"));
        row.from = static_cast<std::int32_t>(numberOf(permission, "FromPort").value_or(-1));
        row.to = static_cast<std::int32_t>(numberOf(permission, "ToPort").value_or(-1));
        const std::string here = pointerTo(pointer, i);
        const std::string name = std::string(direction == Direction::In ? "in#" : "out#") + std::to_string(i);
        const auto add = [&](std::string_view list_, std::string_view key, bool byPeer) {
            const Json& others = arrayOf(permission, list_);
            for (std::size_t k = 0; k < others.size(); ++k) {
                FirewallRow<Ref> one = row;
                const std::string_view text = textOf(others[k], key);
                one.byPeer = byPeer;
                if (byPeer) {
                    one.peer = c.inventory.text(text);
                    // Only references into a peered network have a status.
                    if (const std::string_view status = textOf(others[k], "PeeringStatus");
                        !status.empty() && status != "active" && status != "pending-acceptance")
                        c.inventory.property(group, "stale_reference:" + std::string(text), true,
                            c.seen(pointerTo(pointerTo(here, list_), k)));
                } else if (const auto prefix = parseIpPrefix(text)) {
                    one.block = *prefix;
                } else {
                    c.file.row.leave("a security group rule", "its address block is malformed");
                    continue;
                }
                one.rule = c.inventory.text(name + '.' + std::string(text));
                one.evidence = c.seen(pointerTo(pointerTo(here, list_), k));
                c.inventory.facts.firewall.push_back(one);
            }
        };
        add("IpRanges", "CidrIp", false);
        add("Ipv6Ranges", "CidrIpv6", false);
        add("UserIdGroupPairs", "GroupId", true);
        add("PrefixListIds", "PrefixListId", true);
    }
}

void securityGroup(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::SecurityGroup, "AWS::EC2::SecurityGroup", textOf(j, "GroupId"), textOf(j, "GroupName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at, {{"GroupName", "group_name"}, {"Description", "description"}});
    permissions(c, ref, Direction::In, arrayOf(j, "IpPermissions"), p + "/IpPermissions");
    permissions(c, ref, Direction::Out, arrayOf(j, "IpPermissionsEgress"), p + "/IpPermissionsEgress");
}

/// "Network ACL rules", Amazon VPC User Guide.
void networkAcl(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::NetworkAcl, "AWS::EC2::NetworkAcl", textOf(j, "NetworkAclId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at, {{"IsDefault", "is_default"}});
    const Json& entries = arrayOf(j, "Entries");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Json& entry = entries[i];
        const std::string_view v4 = textOf(entry, "CidrBlock");
        const auto prefix = parseIpPrefix(v4.empty() ? textOf(entry, "Ipv6CidrBlock") : v4);
        const auto number = numberOf(entry, "RuleNumber");
        if (!prefix || !number) {
            c.file.row.leave("a network ACL entry", "it has no number or no address block");
            continue;
        }
        FirewallRow<Ref> row;
        row.of = ref;
        row.direction = boolOf(entry, "Egress").value_or(false) ? Direction::Out : Direction::In;
        row.effect = textOf(entry, "RuleAction") == "allow" ? RuleEffect::Allow : RuleEffect::Deny;
        row.priority = static_cast<std::int32_t>(*number);
        row.protocol = protocolNumber(textOf(entry, "Protocol"));
        const Json& ports = member(entry, row.protocol == 1 || row.protocol == 58 ? "IcmpTypeCode" : "PortRange");
        row.from = static_cast<std::int32_t>(
            numberOf(ports, row.protocol == 1 || row.protocol == 58 ? "Type" : "From").value_or(-1));
        row.to = static_cast<std::int32_t>(
            numberOf(ports, row.protocol == 1 || row.protocol == 58 ? "Code" : "To").value_or(-1));
        row.block = *prefix;
        row.rule = c.inventory.text((row.direction == Direction::Out ? "out#" : "in#") + std::to_string(*number));
        row.evidence = c.seen(pointerTo(p + "/Entries", i));
        c.inventory.facts.firewall.push_back(row);
    }
    for (const Json& association : arrayOf(j, "Associations")) {
        if (!textOf(association, "SubnetId").empty())
            c.inventory.edge(
                c.inventory.text(textOf(association, "SubnetId")), EdgeKind::GuardedBy, textOf(j, "NetworkAclId"), at);
    }
}

constexpr std::string_view routeTargets[] = {"GatewayId", "NatGatewayId", "EgressOnlyInternetGatewayId",
    "TransitGatewayId", "VpcPeeringConnectionId", "NetworkInterfaceId", "InstanceId", "LocalGatewayId",
    "CarrierGatewayId", "CoreNetworkArn"};

/// "Route table concepts" and "Route priority", Amazon VPC User Guide.
void routeTable(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "RouteTableId");
    const Ref ref = c.thing(Kind::RouteTable, "AWS::EC2::RouteTable", id, {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    const Json& routes = arrayOf(j, "Routes");
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const Json& route = routes[i];
        RouteRow<Ref> row;
        row.of = ref;
        const std::string_view v4 = textOf(route, "DestinationCidrBlock");
        const std::string_view list = textOf(route, "DestinationPrefixListId");
        if (!list.empty()) {
            row.byList = true;
            row.list = c.inventory.text(list);
        } else if (const auto prefix = parseIpPrefix(v4.empty() ? textOf(route, "DestinationIpv6CidrBlock") : v4)) {
            row.block = *prefix;
        } else {
            c.file.row.leave("a route", "its destination is neither an address block nor a prefix list");
            continue;
        }
        for (const std::string_view key : routeTargets) {
            const std::string_view target = textOf(route, key);
            if (target == "local")
                row.local = true;
            else if (!target.empty() && row.target == StringId::Empty)
                row.target = c.inventory.text(target);
        }
        row.blackhole = textOf(route, "State") == "blackhole";
        row.propagated = textOf(route, "Origin") == "EnableVgwRoutePropagation";
        row.evidence = c.seen(pointerTo(p + "/Routes", i));
        c.inventory.facts.routes.push_back(row);
    }
    for (const Json& association : arrayOf(j, "Associations")) {
        const std::string_view subnetId = textOf(association, "SubnetId");
        if (!subnetId.empty())
            c.inventory.edge(c.inventory.text(subnetId), EdgeKind::RoutedBy, id, at);
        else if (const std::string_view gateway = textOf(association, "GatewayId"); !gateway.empty())
            c.inventory.edge(c.inventory.text(gateway), EdgeKind::RoutedBy, id, at);
        else if (boolOf(association, "Main").value_or(false) && !textOf(j, "VpcId").empty())
            c.inventory.edge(c.inventory.text(textOf(j, "VpcId")), EdgeKind::RoutedBy, id, at);
    }
}

void gatewayOf(Context& c, Json& j, const std::string& p, Kind kind, std::string_view type, std::string_view idKey)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(kind, type, textOf(j, idKey), {}, j, at);
    c.edges(ref, EdgeKind::AttachedTo, arrayOf(j, "Attachments"), at, "VpcId");
    c.edges(ref, EdgeKind::AttachedTo, arrayOf(j, "VpcAttachments"), at, "VpcId");
    for (const char* attachments : {"Attachments", "VpcAttachments"}) {
        if (!arrayOf(j, attachments).empty())
            c.parent(textOf(arrayOf(j, attachments)[0], "VpcId"));
    }
    c.settings(ref, j, at, {{"State", "state"}});
}

void internetGateway(Context& c, Json& j, const std::string& p)
{
    gatewayOf(c, j, p, Kind::InternetGateway, "AWS::EC2::InternetGateway", "InternetGatewayId");
}
void egressOnlyGateway(Context& c, Json& j, const std::string& p)
{
    gatewayOf(c, j, p, Kind::EgressOnlyGateway, "AWS::EC2::EgressOnlyInternetGateway", "EgressOnlyInternetGatewayId");
}
void vpnGateway(Context& c, Json& j, const std::string& p)
{
    gatewayOf(c, j, p, Kind::VpnGateway, "AWS::EC2::VPNGateway", "VpnGatewayId");
}

void customerGateway(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::CustomerGateway, "AWS::EC2::CustomerGateway", textOf(j, "CustomerGatewayId"), {}, j, at);
    c.settings(ref, j, at, {{"IpAddress", "address"}, {"State", "state"}});
}

void vpnConnection(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::VpnConnection, "AWS::EC2::VPNConnection", textOf(j, "VpnConnectionId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    for (const char* end : {"VpnGatewayId", "CustomerGatewayId", "TransitGatewayId"})
        c.inventory.edge(ref, EdgeKind::Connects, textOf(j, end), at);
    for (const Json& route : arrayOf(j, "Routes")) {
        if (const auto prefix = parseIpPrefix(textOf(route, "DestinationCidrBlock")))
            c.inventory.facts.prefixes.push_back({ref, *prefix, at});
    }
    c.secret("the VPN's customer gateway configuration", j.contains("CustomerGatewayConfiguration") ? 1 : 0);
    c.settings(ref, j, at, {{"State", "state"}});
}

void natGateway(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::NatGateway, "AWS::EC2::NatGateway", textOf(j, "NatGatewayId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "SubnetId"));
    c.settings(ref, j, at, {{"State", "state"}, {"ConnectivityType", "connectivity"}});
    for (const Json& address : arrayOf(j, "NatGatewayAddresses")) {
        const std::string_view eni = textOf(address, "NetworkInterfaceId");
        if (!eni.empty())
            c.inventory.edge(c.inventory.text(eni), EdgeKind::AttachedTo, textOf(j, "NatGatewayId"), at);
        const auto inside = parseIpAddress(textOf(address, "PrivateIp")),
                   outside = parseIpAddress(textOf(address, "PublicIp"));
        c.inventory.facts.addresses.push_back({ref, inside.value_or(IpAddress{}), outside.value_or(IpAddress{}),
            inside.has_value(), outside.has_value(), at});
    }
}

/// What an interface belongs to, told by its attachment or, for managed services, by its description.
std::string ownerOf(const Json& j)
{
    const std::string_view instance = textOf(member(j, "Attachment"), "InstanceId");
    if (!instance.empty())
        return std::string(instance);
    std::string_view description = textOf(j, "Description");
    if (description.starts_with("Interface for NAT Gateway "))
        return std::string(description.substr(26));
    if (description.starts_with("VPC Endpoint Interface "))
        return std::string(description.substr(23));
    if (description.starts_with("EFS mount target for ")) // "EFS mount target for fs-… (fsmt-…)"
        return std::string(before(description.substr(21), ' '));
    if (description.starts_with("ELB ")) {
        // "ELB app/name/id" is the tail of the load balancer's ARN; a classic one is named alone.
        description.remove_prefix(4);
        return "elb:" + std::string(description);
    }
    if (description.starts_with("AWS Lambda VPC ENI-")) {
        description.remove_prefix(19);
        // The service appends a UUID to the function's name.
        if (description.size() > 37 && description[description.size() - 37] == '-')
            description.remove_suffix(37);
        return "lambda:" + std::string(description);
    }
    if (description.starts_with("ElastiCache "))
        return "cache:" + std::string(description.substr(12));
    return {};
}

void networkInterface(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "NetworkInterfaceId");
    const Ref ref = c.thing(Kind::NetworkInterface, "AWS::EC2::NetworkInterface", id, {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "SubnetId"));
    c.settings(ref, j, at,
        {{"Description", "description"}, {"InterfaceType", "interface_type"},
            {"SourceDestCheck", "source_dest_check"}});
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "Groups"), at, "GroupId");
    c.inventory.edge(ref, EdgeKind::AttachedTo, ownerOf(j), at);
    const Json& addresses = arrayOf(j, "PrivateIpAddresses");
    const auto add = [&](const Json& entry) {
        const auto inside = parseIpAddress(textOf(entry, "PrivateIpAddress"));
        const auto outside = parseIpAddress(textOf(member(entry, "Association"), "PublicIp"));
        if (inside || outside)
            c.inventory.facts.addresses.push_back({ref, inside.value_or(IpAddress{}), outside.value_or(IpAddress{}),
                inside.has_value(), outside.has_value(), at});
    };
    if (addresses.empty())
        add(j);
    for (const Json& entry : addresses)
        add(entry);
    for (const Json& entry : arrayOf(j, "Ipv6Addresses")) {
        if (const auto inside = parseIpAddress(textOf(entry, "Ipv6Address")))
            c.inventory.facts.addresses.push_back({ref, *inside, {}, true, false, at});
    }
}

constexpr std::string_view serviceOfOwn = "com.amazonaws.vpce.";
constexpr const char* endpointService = "AWS::EC2::VPCEndpointService";

void vpcEndpoint(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "VpcEndpointId");
    const Ref ref = c.thing(Kind::PrivateEndpoint, "AWS::EC2::VPCEndpoint", id, {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at, {{"ServiceName", "service"}, {"VpcEndpointType", "endpoint_type"}, {"State", "state"}});
    c.edges(ref, EdgeKind::InSubnet, arrayOf(j, "SubnetIds"), at);
    c.edges(ref, EdgeKind::RoutedBy, arrayOf(j, "RouteTableIds"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "Groups"), at, "GroupId");
    for (const Json& eni : arrayOf(j, "NetworkInterfaceIds")) {
        if (eni.is_string())
            c.inventory.edge(c.inventory.text(eni.get_ref<const std::string&>()), EdgeKind::AttachedTo, id, at);
    }
    c.policy(ref, PolicyRole::Endpoint, "PolicyDocument", member(j, "PolicyDocument"), at);
    // Somebody's own service, of this account or another; those of AWS have no balancer that anyone could see.
    const std::string_view service = textOf(j, "ServiceName");
    if (service.starts_with(serviceOfOwn)) {
        ThingRow& far =
            c.inventory.thing(Kind::PrivateEndpoint, Provider::Aws, endpointService, service, c.file.scope, noEvidence);
        far.outside = true;
        c.inventory.edge(ref, EdgeKind::ForwardsTo, service, at);
    }
}

/// "DescribeVpcEndpointServiceConfigurations", Amazon EC2 API Reference: the provider's side of PrivateLink.
void endpointServiceConfiguration(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view name = textOf(j, "ServiceName");
    const Ref ref = c.thing(Kind::PrivateEndpoint, endpointService, name, textOf(j, "ServiceId"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(textOf(j, "ServiceId"), ref);
    c.settings(ref, j, at, {{"ServiceState", "state"}});
    if (const auto asks = boolOf(j, "AcceptanceRequired"))
        c.inventory.property(ref, "acceptance_required", *asks, at);
    c.edges(ref, EdgeKind::ForwardsTo, arrayOf(j, "NetworkLoadBalancerArns"), at);
    c.edges(ref, EdgeKind::ForwardsTo, arrayOf(j, "GatewayLoadBalancerArns"), at);
}

void peering(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::NetworkPeering, "AWS::EC2::VPCPeeringConnection", textOf(j, "VpcPeeringConnectionId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, member(j, "Status"), at, {{"Code", "state"}});
    for (const char* side : {"RequesterVpcInfo", "AccepterVpcInfo"}) {
        const Json& end = member(j, side);
        c.inventory.edge(ref, EdgeKind::Connects, textOf(end, "VpcId"), at);
        const std::string_view vpcId = textOf(end, "VpcId");
        if (vpcId.empty())
            continue;
        // The far network may be in an account that was not exported: what the peering knows of it is kept as a
        // mention.
        ThingRow& far =
            c.inventory.thing(Kind::Network, Provider::Aws, "AWS::EC2::VPC", vpcId, c.file.scope, noEvidence);
        far.outside = true;
        far.account = c.inventory.text(textOf(end, "OwnerId"));
        far.region = c.inventory.text(textOf(end, "Region"));
    }
}

void address(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "AllocationId").empty() ? textOf(j, "PublicIp") : textOf(j, "AllocationId");
    const Ref ref = c.thing(Kind::PublicIp, "AWS::EC2::EIP", id, textOf(j, "PublicIp"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::AttachedTo,
        textOf(j, "NetworkInterfaceId").empty() ? textOf(j, "InstanceId") : textOf(j, "NetworkInterfaceId"), at);
    if (const auto outside = parseIpAddress(textOf(j, "PublicIp")))
        c.inventory.facts.addresses.push_back({ref, {}, *outside, false, true, at});
}

void prefixList(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(
        Kind::PrefixList, "AWS::EC2::PrefixList", textOf(j, "PrefixListId"), textOf(j, "PrefixListName"), j, at);
    if (ref == StringId::Empty)
        return;
    for (const Json& block_ : arrayOf(j, "Cidrs")) {
        if (const auto prefix = parseIpPrefix(asText(block_)))
            c.inventory.facts.prefixes.push_back({ref, *prefix, at});
    }
    c.settings(ref, j, at, {{"MaxEntries", "max_entries"}, {"AddressFamily", "family"}});
}

void prefixListEntry(Context& c, Json& j, const std::string& p)
{
    const auto prefix = parseIpPrefix(textOf(j, "Cidr"));
    if (!prefix || c.call.parameter.empty())
        return c.file.row.leave("a prefix list entry",
            "neither the file nor its name says which list it is in: name the file after the list");
    c.inventory.facts.prefixes.push_back({c.inventory.text(c.call.parameter), *prefix, c.seen(p)});
}

constexpr HandlerRow networkRows[] = {
    {"Vpcs", "", vpc, "describe-vpcs"},
    {"Subnets", "", subnet, "describe-subnets"},
    {"SecurityGroups", "", securityGroup, "describe-security-groups"},
    {"NetworkAcls", "", networkAcl, "describe-network-acls"},
    {"RouteTables", "", routeTable, "describe-route-tables"},
    {"InternetGateways", "", internetGateway, "describe-internet-gateways"},
    {"EgressOnlyInternetGateways", "", egressOnlyGateway, "describe-egress-only-internet-gateways"},
    {"NatGateways", "", natGateway, "describe-nat-gateways"},
    {"VpnGateways", "", vpnGateway, "describe-vpn-gateways"},
    {"CustomerGateways", "", customerGateway, "describe-customer-gateways"},
    {"VpnConnections", "", vpnConnection, "describe-vpn-connections"},
    {"NetworkInterfaces", "", networkInterface, "describe-network-interfaces"},
    {"VpcEndpoints", "", vpcEndpoint, "describe-vpc-endpoints"},
    {"ServiceConfigurations", "ServiceName", endpointServiceConfiguration,
        "describe-vpc-endpoint-service-configurations"},
    {"VpcPeeringConnections", "", peering, "describe-vpc-peering-connections"},
    {"Addresses", "", address, "describe-addresses"},
    {"PrefixLists", "", prefixList, "describe-prefix-lists"},
    {"Entries", "Cidr", prefixListEntry},
};

} // namespace

std::span<const HandlerRow> networkHandlers()
{
    return networkRows;
}

} // namespace glacis::aws
