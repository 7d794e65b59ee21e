// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// Transit gateways: "How transit gateways work", Amazon VPC Transit Gateways guide.
namespace glacis::aws {

namespace {

void transitGateway(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::TransitHub, "AWS::EC2::TransitGateway", textOf(j, "TransitGatewayId"), {}, j, at);
    c.settings(ref, j, at, {{"State", "state"}});
    const Json& options = member(j, "Options");
    c.settings(ref, options, at, {{"SecurityGroupReferencingSupport", "security_group_references"}});
    if (textOf(options, "DefaultRouteTableAssociation") == "enable")
        c.settings(ref, options, at, {{"AssociationDefaultRouteTableId", "default_association_table"}});
}

void transitAttachment(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::TransitAttachment, "AWS::EC2::TransitGatewayAttachment",
        textOf(j, "TransitGatewayAttachmentId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at, {{"State", "state"}, {"ResourceType", "resource_type"}});
    c.inventory.edge(ref, EdgeKind::Connects, textOf(j, "TransitGatewayId"), at);
    c.inventory.edge(
        ref, EdgeKind::Connects, textOf(j, "VpcId").empty() ? textOf(j, "ResourceId") : textOf(j, "VpcId"), at);
    c.edges(ref, EdgeKind::InSubnet, arrayOf(j, "SubnetIds"), at);
    c.inventory.edge(ref, EdgeKind::Associated, textOf(member(j, "Association"), "TransitGatewayRouteTableId"), at);
}

void transitRouteTable(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::TransitRouteTable, "AWS::EC2::TransitGatewayRouteTable",
        textOf(j, "TransitGatewayRouteTableId"), {}, j, at);
    if (ref != StringId::Empty)
        c.inventory.edge(ref, EdgeKind::AttachedTo, textOf(j, "TransitGatewayId"), at);
}

void propagation(Context& c, std::string_view table, const Json& entry, EvidenceId at)
{
    const std::string_view attachment = textOf(entry, "TransitGatewayAttachmentId");
    if (!table.empty() && !attachment.empty() && textOf(entry, "State") != "disabled")
        c.inventory.edge(c.inventory.text(attachment), EdgeKind::Propagates, table, at);
}

void propagations(Context& c, Json& j, const std::string& p)
{
    // A file of the raw call holds entries only, its table being in the file's name; Batfish wraps them with the
    // table's id.
    const std::string_view wrapper = textOf(j, "TransitGatewayRouteTableId");
    const EvidenceId at = c.seen(p);
    for (const Json& entry : arrayOf(j, "TransitGatewayRouteTablePropagations"))
        propagation(c, wrapper, entry, at);
    if (!j.contains("TransitGatewayRouteTablePropagations"))
        propagation(c, c.call.parameter, j, at);
}

/// The reply names attachments only, its table being in the file's name.
void association(Context& c, Json& j, const std::string& p)
{
    const std::string_view attachment = textOf(j, "TransitGatewayAttachmentId"), state = textOf(j, "State");
    if (c.call.parameter.empty())
        return c.file.row.leave("an association with a transit gateway route table",
            "the file's name does not say which table it is with: name the file after it");
    if (!state.starts_with("disassociat"))
        c.inventory.edge(c.inventory.text(attachment), EdgeKind::Associated, c.call.parameter, c.seen(p));
}

void transitRoute(Context& c, std::string_view table, const Json& j, EvidenceId at)
{
    RouteRow<Ref> row;
    row.of = c.inventory.text(table);
    const auto prefix = parseIpPrefix(textOf(j, "DestinationCidrBlock"));
    if (table.empty() || !prefix)
        return c.file.row.leave("a transit gateway route",
            "neither the file nor its name says which table it is in, or its destination is no block");
    row.block = *prefix;
    row.blackhole = textOf(j, "State") == "blackhole";
    row.propagated = textOf(j, "Type") == "propagated";
    const Json& attachments = arrayOf(j, "TransitGatewayAttachments");
    if (!attachments.empty())
        row.target = c.inventory.text(textOf(attachments[0], "TransitGatewayAttachmentId"));
    row.evidence = at;
    c.inventory.facts.routes.push_back(row);
}

void transitStaticRoutes(Context& c, Json& j, const std::string& p)
{
    const Json& routes = arrayOf(j, "Routes").empty() ? arrayOf(j, "TransitGatewayRoutes") : arrayOf(j, "Routes");
    for (const Json& route : routes)
        transitRoute(c, textOf(j, "TransitGatewayRouteTableId"), route, c.seen(p));
}

void searchedRoute(Context& c, Json& j, const std::string& p)
{
    transitRoute(c, c.call.parameter, j, c.seen(p));
}

constexpr HandlerRow transitRows[] = {
    {"TransitGateways", "", transitGateway, "describe-transit-gateways"},
    {"TransitGatewayVpcAttachments", "", transitAttachment, "describe-transit-gateway-vpc-attachments"},
    {"TransitGatewayAttachments", "", transitAttachment, "describe-transit-gateway-attachments"},
    {"TransitGatewayRouteTables", "", transitRouteTable, "describe-transit-gateway-route-tables"},
    {"TransitGatewayPropagations", "", propagations},
    {"TransitGatewayRouteTablePropagations", "", propagations},
    {"Associations", "TransitGatewayAttachmentId", association},
    {"TransitGatewayStaticRoutes", "", transitStaticRoutes},
    {"Routes", "DestinationCidrBlock", searchedRoute},
};

} // namespace

std::span<const HandlerRow> transitHandlers()
{
    return transitRows;
}

} // namespace glacis::aws
