// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/azure/translation.h"

#include <algorithm>

/// "Virtual network traffic routing": the longest prefix wins; between equal ones the user's route, then one that was
/// learned, then the system's.
namespace glacis::azure {

namespace {

constexpr int systemRank = 0;
constexpr int userRank = 2;

class Tables {
public:
    explicit Tables(Translation& into) : m_into(into), m_estate(into.estate) { }

    void add(NodeId subnet, SegmentId segment)
    {
        const NodeId network = m_estate.within(subnet, Kind::Network).value_or(noNode);
        const auto own = m_estate.targets(subnet, EdgeKind::RoutedBy);
        if (network == noNode)
            return;
        ForwardingTable table;
        table.node = own.empty() ? subnet : own.front();
        if (!own.empty() && m_estate.node(own.front()).outside) {
            m_into.model.segments[index(segment)].missing =
                "the route table of " + std::string(m_estate.name(subnet)) + " (az network route-table list)";
            return;
        }
        system(table, subnet, network);
        if (!own.empty())
            user(table, own.front());
        std::ranges::stable_sort(table.routes, [](const Route& a, const Route& b) {
            return a.to.length != b.to.length ? a.to.length > b.to.length : a.rank > b.rank;
        });
        m_into.model.segments[index(segment)].table = NetworkModel::add<TableId>(m_into.model.tables, std::move(table));
    }

private:
    static Route route(const IpPrefix& to, Next next, NodeId via, int rank)
    {
        Route made;
        made.to = to;
        made.next = next;
        made.via = via;
        made.rank = rank;
        made.name = toString(to);
        return made;
    }

    void system(ForwardingTable& table, NodeId subnet, NodeId network)
    {
        for (const auto& row : m_estate.blocks(network))
            table.routes.push_back(route(row.block, Next::Local, network, systemRank));
        for (const NodeId peering : m_estate.sources(network, EdgeKind::Connects)) {
            if (m_estate.kind(peering) != Kind::NetworkPeering)
                continue;
            const NodeId far = peeredBy(m_estate, peering, network);
            if (far == noNode)
                continue;
            for (const auto& row : m_estate.blocks(far)) {
                Route made = route(row.block, Next::Peering, peering, systemRank);
                made.networks = {far};
                table.routes.push_back(std::move(made));
            }
        }
        // "System routes": private blocks that are not the network's lead nowhere, unless a gateway learned them.
        const NodeId gateway = gatewayOf(network);
        for (const char* text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"}) {
            Route made =
                route(*parseIpPrefix(text), gateway == noNode ? Next::Drop : Next::Outside, gateway, systemRank);
            made.why = gateway == noNode ? "the system's route for private addresses leads nowhere"
                                         : "what routes the gateway learned (no export that is read tells it)";
            table.routes.push_back(std::move(made));
        }
        for (const char* text : {"0.0.0.0/0", "::/0"}) {
            Route made = route(*parseIpPrefix(text), Next::Internet, network, systemRank);
            made.translatesAll = leavesWithoutAddress(subnet);
            table.routes.push_back(std::move(made));
        }
    }

    NodeId gatewayOf(NodeId network) const
    {
        for (const NodeId source : m_estate.sources(network, EdgeKind::AttachedTo)) {
            if (m_estate.kind(source) == Kind::VpnGateway)
                return source;
        }
        return noNode;
    }

    /// "Default outbound access in Azure" and "What is Azure NAT Gateway?".
    bool leavesWithoutAddress(NodeId subnet) const
    {
        for (const NodeId used : m_estate.targets(subnet, EdgeKind::Uses)) {
            if (m_estate.kind(used) == Kind::NatGateway)
                return true;
        }
        return m_estate.flag(subnet, "default_outbound").value_or(true);
    }

    void user(ForwardingTable& table, NodeId of)
    {
        for (const auto& row : m_estate.routes(of)) {
            if (row.byList)
                continue; // a service tag stands for public addresses of Azure's services alone
            const std::string via(m_estate.text(row.via));
            Route made = route(row.block,
                row.local               ? Next::Local
                    : row.blackhole     ? Next::Drop
                    : via == "internet" ? Next::Internet
                    : via == "gateway"  ? Next::Outside
                                        : Next::Unknown,
                of, userRank);
            made.evidence = row.evidence;
            if (row.blackhole)
                made.why = "the route leads nowhere";
            else if (via == "gateway")
                made.why = "what lies behind the gateway (no export that is read tells it)";
            else if (made.next == Next::Unknown)
                made.why =
                    "what the appliance at " + via + " does with the traffic: its rules are not part of the export";
            table.routes.push_back(std::move(made));
        }
    }

    Translation& m_into;
    const Estate& m_estate;
};

} // namespace

void translateTables(Translation& into)
{
    Tables tables(into);
    for (const auto& [subnet, segment] : into.segmentOf)
        tables.add(subnet, segment);
}

} // namespace glacis::azure
