// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hygiene.h"

#include <algorithm>
#include <map>
#include <set>

namespace glacis {

namespace {

Hop hopOf(NodeId node, const char* control, std::string rule, bool passed, EvidenceId evidence, const char* why)
{
    return {node, control, std::move(rule), passed, evidence, why};
}

void blackholeRoutes(const Estate& estate, std::vector<Violation>& found)
{
    for (const auto& route : estate.facts().routes) {
        if (!route.blackhole)
            continue;
        const std::string to = route.byList ? std::string(estate.id(route.list)) : toString(route.block);
        Violation violation;
        violation.kind = "blackhole_route";
        violation.severity = Risk::Low;
        violation.from = {route.of};
        if (route.target != noNode)
            violation.to = {route.target};
        violation.verdict = Reach::Blocked;
        violation.hops = {
            hopOf(route.of, "route table", to, false, route.evidence, "the route's target is gone (blackhole)")};
        violation.sentence =
            "Route table " + std::string(estate.name(route.of)) + " still leads " + to + " to a target that is gone.";
        violation.fix = "Delete the route to " + to + '.';
        found.push_back(std::move(violation));
    }
}

/// "Delete a security group": one that another network's rules refer to can't be deleted before they are.
std::string referencesTo(const Estate& estate, NodeId group)
{
    constexpr std::string_view prefix = "referenced_from:";
    std::string networks;
    for (const auto& row : estate.properties(group)) {
        const std::string_view key = estate.text(row.key);
        if (key.starts_with(prefix))
            networks += (networks.empty() ? "" : ", ") + std::string(key.substr(prefix.size()));
    }
    return networks.empty() ? networks : " Rules in " + networks + " refer to it and have to go first.";
}

void unusedGroups(const Estate& estate, std::vector<Violation>& found)
{
    // A group is only known to be unused when the interfaces were exported at all.
    const bool interfacesKnown = !estate.ofKind(Kind::NetworkInterface).empty();
    for (const NodeId group : estate.ofKind(Kind::SecurityGroup)) {
        if (!interfacesKnown || estate.node(group).outside || estate.name(group) == "default"
            || !estate.sources(group, EdgeKind::GuardedBy).empty())
            continue;
        const bool open = std::ranges::any_of(estate.firewall(group),
            [](const auto& rule) { return rule.direction == Direction::In && !rule.byPeer && rule.block.length == 0; });
        Violation violation;
        violation.kind = "unused_sg";
        violation.severity = open ? Risk::Medium : Risk::Info;
        violation.from = {group};
        violation.verdict = Reach::Blocked;
        const auto seen = estate.evidence(group);
        violation.hops = {hopOf(
            group, "security group", "", false, seen.empty() ? noEvidence : seen.front(), "no interface holds it")};
        violation.sentence = "No interface holds security group " + std::string(estate.name(group))
            + (open ? ", and whatever gets it is open to the world." : ".");
        violation.fix = "Delete security group " + std::string(estate.name(group)) + '.' + referencesTo(estate, group);
        found.push_back(std::move(violation));
    }
}

/// The peering by which rules of one network may refer to groups of the other; noNode: there is none.
NodeId activePeering(const Estate& estate, NodeId one, NodeId other)
{
    for (const NodeId peering : estate.sources(one, EdgeKind::Connects)) {
        const auto ends = estate.targets(peering, EdgeKind::Connects);
        const std::string_view state = estate.word(peering, "state");
        if (estate.kind(peering) == Kind::NetworkPeering && (state.empty() || state == "active")
            && std::ranges::find(ends, other) != ends.end())
            return peering;
    }
    return noNode;
}

/// "Update your security groups to reference peer security groups", Amazon VPC Peering Guide, and "Work with stale
/// security group rules": a reference to a group of another network, over a peering that is there or is not any more.
void references(const Estate& estate, std::vector<Violation>& found)
{
    for (const auto& rule : estate.facts().firewall) {
        if (!rule.byPeer || estate.kind(rule.of) != Kind::SecurityGroup
            || estate.kind(rule.peer) != Kind::SecurityGroup)
            continue;
        const auto own = estate.within(rule.of, Kind::Network), other = estate.within(rule.peer, Kind::Network);
        // What the provider itself calls stale is, also when the other network is not in the export.
        const bool toldStale =
            estate.flag(rule.of, "stale_reference:" + std::string(estate.id(rule.peer))).value_or(false);
        if (!toldStale && (!own || !other || *own == *other))
            continue;
        const NodeId peering = toldStale ? noNode : activePeering(estate, *own, *other);
        const bool peered = peering != noNode;
        Violation violation;
        violation.kind = peered ? "sg_peer_reference" : "stale_sg_reference";
        violation.severity = peered ? Risk::Info : Risk::Low;
        violation.from = {rule.of};
        violation.to = {rule.peer};
        violation.verdict = peered ? Reach::Reachable : Reach::Blocked;
        violation.hops = {hopOf(rule.of, "security group", std::string(estate.text(rule.rule)), peered, rule.evidence,
            peered ? "refers to a group of a peered network"
                   : "refers to a group of a network that is not peered any more")};
        if (peered) {
            const auto seen = estate.evidence(peering);
            violation.hops.push_back(hopOf(peering, "peering", "", true, seen.empty() ? noEvidence : seen.front(),
                "joins the networks of both groups"));
        }
        violation.sentence = "Security group " + std::string(estate.name(rule.of)) + " refers to "
            + std::string(estate.name(rule.peer))
            + (peered ? " of a peered network." : " of a network that it is not peered with.");
        violation.fix = peered ? "Make sure that the other network's owner is meant to decide who holds that group."
                               : "Delete the rule: nothing can match it.";
        found.push_back(std::move(violation));
    }
}

/// Addresses of all interfaces, to be asked for a block.
class KnownAddresses {
public:
    explicit KnownAddresses(const Estate& estate)
    {
        for (const auto& row : estate.facts().addresses) {
            if (row.hasInside)
                m_addresses.push_back(row.inside);
        }
        std::ranges::sort(m_addresses);
    }
    [[nodiscard]] bool anyIn(const IpPrefix& block) const
    {
        const auto first = std::ranges::lower_bound(m_addresses, block.address);
        return first != m_addresses.end() && block.contains(*first);
    }

private:
    std::vector<IpAddress> m_addresses;
};

/// A rule whose source is a private block of a network of the export, or a group of it, that no interface is in. Things
/// whose addresses an export does not show (managed databases) are sought by their subnets.
class UnusedRules {
public:
    explicit UnusedRules(const Estate& estate) : m_estate(estate), m_known(estate) { }

    void find(std::vector<Violation>& found) const
    {
        if (m_estate.ofKind(Kind::NetworkInterface).empty())
            return;
        for (const NodeId group : m_estate.ofKind(Kind::SecurityGroup)) {
            // A group on nothing is told as a whole.
            if (m_estate.sources(group, EdgeKind::GuardedBy).empty())
                continue;
            for (const auto& rule : m_estate.firewall(group)) {
                if (rule.direction == Direction::In && matchesNothing(rule))
                    found.push_back(violationOf(group, rule));
            }
        }
    }

private:
    [[nodiscard]] bool matchesNothing(const FirewallRow<NodeId>& rule) const
    {
        if (rule.byPeer)
            return m_estate.kind(rule.peer) == Kind::SecurityGroup && !m_estate.node(rule.peer).outside
                && m_estate.sources(rule.peer, EdgeKind::GuardedBy).empty();
        if (rule.block.length == 0 || !isPrivate(rule.block.address) || m_known.anyIn(rule.block))
            return false;
        bool inside = false;
        for (const NodeId network : m_estate.ofKind(Kind::Network)) {
            for (const auto& row : m_estate.blocks(network))
                inside = inside || row.block.contains(rule.block);
        }
        return inside && !holdsSubnetInUse(rule.block);
    }

    [[nodiscard]] bool holdsSubnetInUse(const IpPrefix& block) const
    {
        return std::ranges::any_of(m_estate.ofKind(Kind::Subnet), [&](NodeId subnet) {
            const auto blocks = m_estate.blocks(subnet);
            return std::ranges::any_of(blocks, [&](const auto& row) { return row.block.overlaps(block); })
                && !m_estate.sources(subnet, EdgeKind::InSubnet).empty();
        });
    }

    [[nodiscard]] Violation violationOf(NodeId group, const FirewallRow<NodeId>& rule) const
    {
        const std::string source =
            rule.byPeer ? "security group " + std::string(m_estate.name(rule.peer)) : toString(rule.block);
        Violation violation;
        violation.kind = "unused_rule";
        violation.severity = Risk::Info;
        violation.from = {group};
        if (rule.byPeer)
            violation.to = {rule.peer};
        violation.verdict = Reach::Blocked;
        violation.hops = {hopOf(group, "security group", std::string(m_estate.text(rule.rule)), false, rule.evidence,
            "no interface is in its source")};
        violation.sentence =
            "Security group " + std::string(m_estate.name(group)) + " admits " + source + ", where no interface is.";
        violation.fix = "Delete the rule, or whoever gets there is let in.";
        return violation;
    }

    const Estate& m_estate;
    KnownAddresses m_known;
};

/// "Subnet route tables" and "Gateway route tables", Amazon VPC User Guide: a table that no subnet or gateway uses and
/// that is not the network's main one decides nothing.
void orphanTables(const Estate& estate, std::vector<Violation>& found)
{
    for (const NodeId table : estate.ofKind(Kind::RouteTable)) {
        const auto users = estate.sources(table, EdgeKind::RoutedBy);
        const bool used =
            std::ranges::any_of(users, [&](NodeId user) { return estate.kind(user) != Kind::PrivateEndpoint; });
        if (used || estate.node(table).outside)
            continue;
        const auto seen = estate.evidence(table);
        Violation violation;
        violation.kind = "orphan_route_table";
        violation.severity = Risk::Info;
        violation.from = {table};
        violation.verdict = Reach::Blocked;
        violation.hops = {
            hopOf(table, "route table", "", false, seen.empty() ? noEvidence : seen.front(), "no subnet uses it")};
        violation.sentence = "No subnet uses route table " + std::string(estate.name(table)) + '.';
        violation.fix =
            "Delete route table " + std::string(estate.name(table)) + ", or associate the subnet it was made for.";
        found.push_back(std::move(violation));
    }
}

/// A block of the second network that the first one shares; null: none.
const BlockRow<NodeId>* sharedBlock(const Estate& estate, NodeId one, NodeId other)
{
    for (const auto& own : estate.blocks(one)) {
        for (const auto& far : estate.blocks(other)) {
            if (own.block.overlaps(far.block))
                return &far;
        }
    }
    return nullptr;
}

/// "VPC peering limitations" and "Transit gateway attachments to a VPC": of two networks with the same addresses that
/// hang on one hub, or are peered with one network, routes can lead to one only.
void overlappingBlocks(const Estate& estate, std::vector<Violation>& found)
{
    std::map<NodeId, std::set<NodeId>> joinedAt; // hub, or network in the middle
    for (const NodeId peering : estate.ofKind(Kind::NetworkPeering)) {
        const std::string_view state = estate.word(peering, "state");
        const auto ends = estate.targets(peering, EdgeKind::Connects);
        if (ends.size() != 2 || (!state.empty() && state != "active"))
            continue;
        joinedAt[ends[0]].insert(ends[1]);
        joinedAt[ends[1]].insert(ends[0]);
    }
    for (const NodeId attachment : estate.ofKind(Kind::TransitAttachment)) {
        const auto ends = estate.targets(attachment, EdgeKind::Connects);
        for (const NodeId hub : ends) {
            for (const NodeId network : ends) {
                if (estate.kind(hub) == Kind::TransitHub && estate.kind(network) == Kind::Network)
                    joinedAt[hub].insert(network);
            }
        }
    }
    std::set<std::pair<NodeId, NodeId>> told;
    for (const auto& [middle, networks] : joinedAt) {
        for (auto one = networks.begin(); one != networks.end(); ++one) {
            for (auto other = std::next(one); other != networks.end(); ++other) {
                const auto* shared = sharedBlock(estate, *one, *other);
                if (!shared || !told.emplace(*one, *other).second)
                    continue;
                const std::string names = std::string(estate.name(*one)) + " and " + std::string(estate.name(*other));
                Violation violation;
                violation.kind = "overlapping_cidr";
                violation.severity = Risk::Low;
                violation.from = {*one};
                violation.to = {*other};
                violation.verdict = Reach::Blocked;
                violation.hops = {hopOf(*other, "address block", toString(shared->block), false, shared->evidence,
                    "both networks hold these addresses")};
                violation.sentence = "Networks " + names + " both hold " + toString(shared->block)
                    + " and are joined at " + std::string(estate.name(middle)) + ": routes lead to one of them only.";
                violation.fix = "Give one of " + names + " other addresses, or translate between them.";
                found.push_back(std::move(violation));
            }
        }
    }
}

} // namespace

std::vector<Violation> hygieneOf(const Estate& estate)
{
    std::vector<Violation> found;
    blackholeRoutes(estate, found);
    orphanTables(estate, found);
    overlappingBlocks(estate, found);
    unusedGroups(estate, found);
    UnusedRules(estate).find(found);
    references(estate, found);
    return found;
}

} // namespace glacis
