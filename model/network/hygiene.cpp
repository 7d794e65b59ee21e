// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hygiene.h"

#include <algorithm>
#include <set>

namespace glacis {

namespace {

constexpr int widestPrivateBlock = 16; ///< a private block of this length or shorter is wide

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
        violation.verdict = Reach::Blocked;
        violation.hops = {
            hopOf(route.of, "route table", to, false, route.evidence, "the route's target is gone (blackhole)")};
        violation.sentence =
            "Route table " + std::string(estate.name(route.of)) + " still leads " + to + " to a target that is gone.";
        violation.fix = "Delete the route to " + to + '.';
        found.push_back(std::move(violation));
    }
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
        violation.fix = "Delete security group " + std::string(estate.name(group)) + '.';
        found.push_back(std::move(violation));
    }
}

/// "Work with stale security group rules": a reference to a group that the export describes nowhere although it
/// describes groups.
void staleReferences(const Estate& estate, std::vector<Violation>& found)
{
    for (const auto& rule : estate.facts().firewall) {
        if (!rule.byPeer || estate.kind(rule.of) != Kind::SecurityGroup
            || estate.kind(rule.peer) != Kind::SecurityGroup)
            continue;
        const auto own = estate.within(rule.of, Kind::Network), other = estate.within(rule.peer, Kind::Network);
        if (!own || !other || *own == *other)
            continue;
        const bool peered = std::ranges::any_of(estate.sources(*own, EdgeKind::Connects), [&](NodeId peering) {
            const auto ends = estate.targets(peering, EdgeKind::Connects);
            const std::string_view state = estate.word(peering, "state");
            return estate.kind(peering) == Kind::NetworkPeering && (state.empty() || state == "active")
                && std::ranges::find(ends, *other) != ends.end();
        });
        Violation violation;
        violation.kind = peered ? "sg_peer_reference" : "stale_sg_reference";
        violation.severity = peered ? Risk::Info : Risk::Low;
        violation.from = {rule.of};
        violation.to = {rule.peer};
        violation.verdict = peered ? Reach::Reachable : Reach::Blocked;
        violation.hops = {hopOf(rule.of, "security group", std::string(estate.text(rule.rule)), peered, rule.evidence,
            peered ? "refers to a group of a peered network"
                   : "refers to a group of a network that is not peered any more")};
        violation.sentence = "Security group " + std::string(estate.name(rule.of)) + " refers to "
            + std::string(estate.name(rule.peer))
            + (peered ? " of a peered network." : " of a network that it is not peered with.");
        violation.fix = peered ? "Make sure that the other network's owner is meant to decide who holds that group."
                               : "Delete the rule: nothing can match it.";
        found.push_back(std::move(violation));
    }
}

void wideBlocks(const Estate& estate, const Tiers& tiers, std::vector<Violation>& found)
{
    std::set<std::pair<NodeId, StringId>> told;
    for (const NodeId thing : tiers.placed) {
        const std::uint32_t zone = tiers.of[index(thing)].zone;
        if (zone == Placement::unassigned || (tiers.zones[zone].id != "data" && tiers.zones[zone].id != "management"))
            continue;
        std::vector<NodeId> groups = estate.targets(thing, EdgeKind::GuardedBy);
        for (const NodeId one : estate.sources(thing, EdgeKind::AttachedTo)) {
            const auto more = estate.targets(one, EdgeKind::GuardedBy);
            groups.insert(groups.end(), more.begin(), more.end());
        }
        for (const NodeId group : groups) {
            for (const auto& rule : estate.firewall(group)) {
                if (rule.direction != Direction::In || rule.byPeer || rule.block.length == 0
                    || rule.block.length > widestPrivateBlock || rule.block.address.v6 || !isPrivate(rule.block.address)
                    || !told.insert({group, rule.rule}).second)
                    continue;
                Violation violation;
                violation.kind = "broad_cidr";
                violation.severity = Risk::Medium;
                violation.toZone = zone;
                violation.from = {group};
                violation.to = {thing};
                violation.verdict = Reach::Reachable;
                violation.hops = {hopOf(group, "security group", std::string(estate.text(rule.rule)), true,
                    rule.evidence, "admits a wide private block")};
                violation.sentence = "Security group " + std::string(estate.name(group)) + " admits all of "
                    + toString(rule.block) + " to " + std::string(estate.name(thing)) + " (" + tiers.zones[zone].title
                    + ").";
                violation.fix = "Admit the security groups that need it in place of " + toString(rule.block) + '.';
                found.push_back(std::move(violation));
            }
        }
    }
}

} // namespace

std::vector<Violation> hygieneOf(const Estate& estate, const Tiers& tiers)
{
    std::vector<Violation> found;
    blackholeRoutes(estate, found);
    unusedGroups(estate, found);
    staleReferences(estate, found);
    wideBlocks(estate, tiers, found);
    return found;
}

} // namespace glacis
