// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/gcp/translation.h"

#include <algorithm>

namespace glacis::gcp {

namespace {

/// "VPC Network Peering": only while active on both sides, and rules can't refer to tags or accounts beyond.
void throughPeering(const Estate& estate, NodeId peering, Route& route)
{
    const std::string_view state = estate.word(peering, "state");
    if (!state.empty() && state != "active") {
        route.next = Next::Drop;
        route.why = "the peering is not active (" + std::string(state) + ')';
        return;
    }
    route.next = Next::Peering;
    route.networks = estate.targets(peering, EdgeKind::Connects);
}

/// "Routes" and "Cloud NAT overview", Google Cloud documentation.
Route routeOf(const Translation& into, const RouteRow<NodeId>& row, bool translated)
{
    const Estate& estate = into.estate;
    Route route;
    route.to = row.block;
    route.name = toString(row.block);
    route.evidence = row.evidence;
    route.via = row.target;
    if (row.local) {
        // "Subnet routes" can't be overridden by others for the same destination.
        route.rank = 2;
        route.next = Next::Local;
        return route;
    }
    if (row.target != noNode && estate.kind(row.target) == Kind::InternetGateway) {
        route.next = Next::Internet;
        route.translatesAll = translated;
        return route;
    }
    if (row.target != noNode && estate.kind(row.target) == Kind::NetworkPeering) {
        route.rank = 1;
        throughPeering(estate, row.target, route);
        return route;
    }
    const std::string hop =
        row.target == noNode ? std::string(estate.text(row.via)) : std::string(estate.id(row.target));
    const bool isTunnel = row.target != noNode && info(estate.kind(row.target)).shape != Shape::Workload;
    route.next = isTunnel ? Next::Outside : Next::Unknown;
    route.why = isTunnel ? "what lies behind " + hop + " (no export that is read tells it)"
                         : "what " + hop + " does with traffic that is not for it";
    return route;
}

TableId tableFor(Translation& into, NodeId node, bool translated)
{
    const auto [found, isNew] = into.tableOf.try_emplace({node, translated}, TableId{});
    if (!isNew)
        return found->second;
    ForwardingTable table;
    table.node = node;
    for (const auto& row : into.estate.routes(node))
        table.routes.push_back(routeOf(into, row, translated));
    found->second = NetworkModel::add<TableId>(into.model.tables, std::move(table));
    return found->second;
}

SegmentId segmentFor(Translation& into, NodeId subnet, NodeId network, NodeId table)
{
    const auto [found, isNew] = into.segmentOf.try_emplace({subnet, table}, SegmentId{});
    if (!isNew)
        return found->second;
    Segment segment;
    segment.node = subnet;
    segment.network = network;
    segment.missing =
        "the routes of " + std::string(into.estate.name(network)) + " (gcloud compute routes list --format json)";
    if (table != noNode)
        segment.table = tableFor(into, table, attachedTo(into.estate, subnet, Kind::NatGateway) != noNode);
    found->second = NetworkModel::add<SegmentId>(into.model.segments, std::move(segment));
    return found->second;
}

NodeId tableOf(const Estate& estate, NodeId holder)
{
    const auto tables = estate.targets(holder, EdgeKind::RoutedBy);
    return tables.empty() ? noNode : tables.front();
}

void translateSegments(Translation& into)
{
    for (const NodeId subnet : into.estate.ofKind(Kind::Subnet)) {
        const auto network = into.estate.within(subnet, Kind::Network);
        if (into.isOurs(subnet) && network)
            static_cast<void>(segmentFor(into, subnet, *network, tableOf(into.estate, *network)));
    }
}

/// "Multiple network interfaces": one for each address; routes with tags are for the machines that bear them.
void translateInterface(Translation& into, NodeId node)
{
    const Estate& estate = into.estate;
    const auto subnet = estate.within(node, Kind::Subnet);
    const auto network = estate.within(node, Kind::Network);
    if (!subnet || !network)
        return;
    const NodeId tagged = tableOf(estate, node);
    Interface made;
    made.node = made.thing = node;
    if (const auto owners = estate.targets(node, EdgeKind::AttachedTo); !owners.empty())
        made.thing = owners.front();
    made.segment = segmentFor(into, *subnet, *network, tagged == noNode ? tableOf(estate, *network) : tagged);
    made.guard = guardFor(into, node, *subnet, *network);
    for (const auto& row : estate.addresses(node)) {
        if (!row.hasInside)
            continue;
        made.inside = row.inside;
        made.outside = row.outside;
        made.hasInside = true;
        made.hasOutside = row.hasOutside;
        into.model.interfaces.push_back(made);
    }
}

} // namespace

void translateNetwork(const Estate& estate, NetworkModel& model)
{
    Translation into{estate, model, {}, {}, {}, {}};
    addNetworks(
        estate, model, [&](NodeId node) { return into.isOurs(node); },
        [&](NodeId network) { return attachedTo(estate, network, Kind::InternetGateway); });
    translateSegments(into);
    for (const NodeId node : estate.ofKind(Kind::NetworkInterface)) {
        if (into.isOurs(node))
            translateInterface(into, node);
    }
}

} // namespace glacis::gcp
