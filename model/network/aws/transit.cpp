// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

#include <algorithm>

namespace glacis::aws {

namespace {

/// "Route evaluation order", Amazon VPC Transit Gateways: static routes, then what networks, Direct Connect, Connect
/// and VPN announce.
int rankOf(std::string_view resourceType, bool fixed)
{
    if (fixed)
        return 10;
    constexpr std::pair<std::string_view, int> ranks[] = {
        {"vpc", 5}, {"direct-connect-gateway", 4}, {"connect", 3}, {"vpn", 2}};
    for (const auto& [type, rank] : ranks) {
        if (resourceType == type)
            return rank;
    }
    return 1;
}

class Transit {
public:
    explicit Transit(Translation& into) : m_into(into), m_estate(into.estate) { }

    void translate()
    {
        for (const NodeId hub : m_estate.ofKind(Kind::TransitHub)) {
            Hub made;
            made.node = hub;
            made.labelsCross = m_estate.word(hub, "security_group_references") == "enable";
            m_into.hubOf[hub] = NetworkModel::add<HubId>(m_into.model.hubs, std::move(made));
        }
        for (const NodeId table : m_estate.ofKind(Kind::TransitRouteTable))
            m_tableOf[table] = NetworkModel::add<TableId>(m_into.model.tables, tableFor(table));
        for (const auto& [hub, id] : m_into.hubOf) {
            for (const NodeId attachment : m_estate.sources(hub, EdgeKind::Connects)) {
                if (m_estate.kind(attachment) == Kind::TransitAttachment && isLive(attachment))
                    m_into.model.hubs[index(id)].attachments.push_back(attachmentFor(hub, attachment));
                else if (m_estate.kind(attachment) == Kind::VpnConnection)
                    addKnown(id, attachment);
            }
        }
    }

private:
    [[nodiscard]] std::string idOf(NodeId node) const { return std::string(m_estate.id(node)); }
    [[nodiscard]] bool isLive(NodeId attachment) const
    {
        const std::string_view state = m_estate.word(attachment, "state");
        return state.empty() || state == "available" || state == "modifying" || state == "active";
    }

    Route routeTo(NodeId attachment, const IpPrefix& block, bool fixed, bool blackhole, EvidenceId seen) const
    {
        Route route;
        route.to = block;
        route.name = toString(block);
        route.via = attachment;
        route.evidence = seen;
        route.rank =
            rankOf(attachment == noNode ? std::string_view{} : m_estate.word(attachment, "resource_type"), fixed);
        route.next = blackhole || attachment == noNode || !isLive(attachment) ? Next::Drop : Next::Hub;
        route.why = "the route is a blackhole";
        return route;
    }

    /// "Transit gateway route tables": static routes, and what the attachments that propagate to it announce.
    ForwardingTable tableFor(NodeId node) const
    {
        ForwardingTable table;
        table.node = node;
        for (const auto& row : m_estate.routes(node))
            table.routes.push_back(routeTo(row.target, row.block, !row.propagated, row.blackhole, row.evidence));
        for (const NodeId attachment : m_estate.sources(node, EdgeKind::Propagates)) {
            for (const NodeId end : m_estate.targets(attachment, EdgeKind::Connects)) {
                for (const auto& row : m_estate.blocks(end))
                    table.routes.push_back(routeTo(attachment, row.block, false, false, row.evidence));
                for (const auto& row : m_estate.prefixes(end))
                    table.routes.push_back(routeTo(attachment, row.block, false, false, row.evidence));
            }
        }
        if (table.routes.empty())
            addUnknown(node, table);
        return table;
    }

    /// A table of which neither routes nor propagations were exported.
    void addUnknown(NodeId node, ForwardingTable& table) const
    {
        for (const char* all : {"0.0.0.0/0", "::/0"}) {
            Route route;
            route.to = *parseIpPrefix(all);
            route.next = Next::Unknown;
            route.why = "the routes of " + idOf(node)
                + " (aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id " + idOf(node)
                + " --filters Name=state,Values=active,blackhole)";
            table.routes.push_back(std::move(route));
        }
    }

    Attachment attachmentFor(NodeId hub, NodeId node) const
    {
        Attachment made;
        made.node = node;
        made.samePlaceOnly = true;
        made.table = tableOf(hub, node);
        made.missing =
            "the route table that " + idOf(node) + " is associated with (aws ec2 describe-transit-gateway-attachments)";
        for (const NodeId end : m_estate.targets(node, EdgeKind::Connects)) {
            if (end == hub)
                continue;
            if (m_estate.kind(end) == Kind::Network)
                made.network = end;
            else if (const auto far = m_into.hubOf.find(end); far != m_into.hubOf.end())
                made.farHub = far->second;
            else
                made.missing = "what lies behind " + idOf(end) + " (aws ec2 describe-vpn-connections)";
            for (const auto& row : m_estate.prefixes(end))
                made.known.push_back(row.block);
        }
        for (const NodeId subnet : m_estate.targets(node, EdgeKind::InSubnet)) {
            if (const auto segment = m_into.segmentOf.find(subnet); segment != m_into.segmentOf.end())
                made.segments.push_back(segment->second);
        }
        return made;
    }

    /// A peering of gateways is one attachment on both, associated with a table of each.
    TableId tableOf(NodeId hub, NodeId attachment) const
    {
        const auto tables = m_estate.targets(attachment, EdgeKind::Associated);
        NodeId chosen = noNode;
        for (const NodeId table : tables) {
            const auto owners = m_estate.targets(table, EdgeKind::AttachedTo);
            if (std::ranges::find(owners, hub) != owners.end())
                chosen = table;
        }
        if (chosen == noNode && tables.size() == 1 && m_estate.targets(tables.front(), EdgeKind::AttachedTo).empty())
            chosen = tables.front();
        // "Default route table association": what nothing else is said of goes there.
        if (const std::string_view fallback = m_estate.word(hub, "default_association_table");
            chosen == noNode && !fallback.empty())
            chosen = m_estate.find(fallback).value_or(noNode);
        const auto found = m_tableOf.find(chosen);
        return found == m_tableOf.end() ? noId<TableId> : found->second;
    }

    /// A VPN connection that ends at the gateway itself: its static routes say what lies behind its attachment.
    void addKnown(HubId hub, NodeId connection)
    {
        for (Attachment& attachment : m_into.model.hubs[index(hub)].attachments) {
            const auto ends = m_estate.targets(attachment.node, EdgeKind::Connects);
            if (std::ranges::find(ends, connection) == ends.end())
                continue;
            for (const auto& row : m_estate.prefixes(connection))
                attachment.known.push_back(row.block);
        }
    }

    Translation& m_into;
    const Estate& m_estate;
    std::map<NodeId, TableId> m_tableOf;
};

} // namespace

void translateTransit(Translation& into)
{
    Transit(into).translate();
}

} // namespace glacis::aws
