// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/filters.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace glacis {

namespace {

bool serviceMatches(const FirewallRow<NodeId>& rule, Service service)
{
    if (rule.protocol == -1)
        return true;
    if (rule.protocol != service.protocol)
        return false;
    if (service.protocol != 6 && service.protocol != 17)
        return rule.from == -1 || service.port == -1 || rule.from == service.port;
    if (rule.from == -1 && rule.to == -1)
        return true;
    return service.port >= rule.from && service.port <= rule.to;
}

bool listHolds(const Estate& estate, NodeId list, const IpAddress& address)
{
    return std::ranges::any_of(estate.prefixes(list), [&](const auto& row) { return row.block.contains(address); });
}

/// "Security group referencing": a reference stands for the private addresses of the interfaces that hold the group.
bool peerMatches(const Estate& estate, const FirewallRow<NodeId>& rule, const Peer& other)
{
    if (!rule.byPeer)
        return rule.block.contains(other.address);
    if (estate.kind(rule.peer) == Kind::PrefixList)
        return listHolds(estate, rule.peer, other.address);
    return other.byPrivateAddress && other.attachment
        && std::ranges::find(other.attachment->groups, rule.peer) != other.attachment->groups.end();
}

std::vector<const FirewallRow<NodeId>*> ordered(const Estate& estate, NodeId acl, Direction direction)
{
    std::vector<const FirewallRow<NodeId>*> rows;
    for (const auto& row : estate.firewall(acl)) {
        if (row.direction == direction)
            rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return row->priority; });
    return rows;
}

NodeId aclOf(const Estate& estate, NodeId subnet)
{
    const auto acls = estate.targets(subnet, EdgeKind::GuardedBy);
    return acls.empty() ? noNode : acls.front();
}

Hop decide(const Estate& estate, NodeId acl, Direction direction, const IpAddress& other, Service service)
{
    Hop hop{acl, "network ACL", {}, false, noEvidence, "no entry matches, so the last one denies"};
    for (const auto* row : ordered(estate, acl, direction)) {
        if (!row->block.contains(other) || !serviceMatches(*row, service))
            continue;
        hop.passed = row->effect == RuleEffect::Allow;
        hop.rule = estate.text(row->rule);
        hop.evidence = row->evidence;
        hop.why = hop.passed ? "the first entry that matches allows" : "the first entry that matches denies";
        break;
    }
    return hop;
}

} // namespace

std::optional<Hop> throughGroups(
    const Estate& estate, std::span<const NodeId> groups, Direction direction, const Peer& other, Service service)
{
    if (groups.empty())
        return std::nullopt;
    bool described = false;
    for (const NodeId group : groups) {
        described = described || !estate.node(group).outside;
        for (const auto& row : estate.firewall(group)) {
            if (row.direction == direction && serviceMatches(row, service) && peerMatches(estate, row, other))
                return Hop{group, "security group", std::string(estate.text(row.rule)), true, row.evidence,
                    "a rule allows it"};
        }
    }
    if (!described)
        return std::nullopt;
    return Hop{groups.front(), "security group", {}, false, noEvidence,
        direction == Direction::In ? "no inbound rule allows it" : "no outbound rule allows it"};
}

std::optional<Hop> throughAcl(
    const Estate& estate, NodeId subnet, Direction direction, const IpAddress& other, Service service)
{
    const NodeId acl = aclOf(estate, subnet);
    if (acl == noNode || estate.node(acl).outside)
        return std::nullopt;
    return decide(estate, acl, direction, other, service);
}

Replies repliesThroughAcl(const Estate& estate, NodeId subnet, Direction direction, const IpAddress& other,
    std::int16_t protocol, Hop& decided)
{
    const NodeId acl = aclOf(estate, subnet);
    if (acl == noNode || estate.node(acl).outside)
        return Replies::All;
    // The answer only changes where some entry's range begins or ends: one port for each stretch between decides it.
    std::set<std::int32_t> starts = {1024};
    for (const auto& row : estate.firewall(acl)) {
        for (const std::int32_t port : {row.from, row.to + 1}) {
            if (port > 1024 && port <= 65535)
                starts.insert(port);
        }
    }
    bool any = false, all = true;
    for (const std::int32_t port : starts) {
        const Hop hop = decide(estate, acl, direction, other, {protocol, port});
        any = any || hop.passed;
        // The first that stops a reply decides; where none does, the last that was asked.
        if (all)
            decided = hop;
        all = all && hop.passed;
    }
    return all ? Replies::All : any ? Replies::Some : Replies::None;
}

const RouteRow<NodeId>* bestRoute(const Estate& estate, NodeId table, const IpAddress& to)
{
    const RouteRow<NodeId>* best = nullptr;
    std::tuple<int, bool, bool> bestRank;
    for (const auto& row : estate.routes(table)) {
        int length = -1;
        if (!row.byList) {
            length = row.block.contains(to) ? row.block.length : -1;
        } else {
            for (const auto& entry : estate.prefixes(row.list)) {
                if (entry.block.contains(to))
                    length = std::max<int>(length, entry.block.length);
            }
        }
        if (length < 0)
            continue;
        const std::tuple<int, bool, bool> rank{length, !row.propagated, !row.byList};
        if (!best || rank > bestRank) {
            best = &row;
            bestRank = rank;
        }
    }
    return best;
}

RouteAnswer routeFrom(const Estate& estate, NodeId subnet, const IpAddress& to)
{
    std::vector<NodeId> tables = estate.targets(subnet, EdgeKind::RoutedBy);
    if (tables.empty()) {
        if (const auto network = estate.within(subnet, Kind::Network))
            tables = estate.targets(*network, EdgeKind::RoutedBy);
    }
    if (tables.empty() || estate.node(tables.front()).outside)
        return {};
    return {bestRoute(estate, tables.front(), to), tables.front()};
}

} // namespace glacis
