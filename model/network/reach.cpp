// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/reach.h"

#include "core/text.h"
#include "network/filters.h"

#include <algorithm>

namespace glacis {

struct Reachability::End {
    Attachment at; ///< node == noNode: outside of the import
    IpAddress address; ///< when outside
    NodeId thing = noNode;
    [[nodiscard]] bool isOutside() const { return at.node == noNode; }
};

namespace {

/// An address of the public internet that no customer's rule names, for "anyone".
const IpAddress anyone4 = *parseIpAddress("9.9.9.9");
const IpAddress anyone6 = *parseIpAddress("2620:fe::fe");

/// One attempt, control by control. Stops at the first that does not let the connection through, except that one which
/// is not a security group may hold it back while the rest is looked at: when all the rest is open, the way is latent.
class Attempt {
public:
    Attempt(const Estate& estate, Service service) : m_estate(estate), m_service(service) { }

    ReachAnswer answer;

    bool groups(const Attachment& at, Direction direction, const Peer& other)
    {
        // An address of a subnet that no interface of the export has is held back by no group.
        if (m_estate.kind(at.node) == Kind::Subnet)
            return true;
        if (const NodeId balancer = balancerOf(at); balancer != noNode && at.groups.empty())
            return direction == Direction::Out || listens(balancer);
        const auto hop = throughGroups(m_estate, at.groups, direction, other, m_service);
        if (!hop)
            return unknown(
                "the security groups of " + std::string(m_estate.id(at.node)) + " (aws ec2 describe-security-groups)");
        return take(*hop);
    }

    bool acl(NodeId subnet, Direction direction, const IpAddress& other)
    {
        const auto hop = throughAcl(m_estate, subnet, direction, other, m_service);
        return !hop || takeOrHold(*hop);
    }

    /// The replies to the client's port, which an ACL must let through by itself.
    bool replies(NodeId subnet, Direction direction, const IpAddress& other)
    {
        if (m_service.protocol != 6 && m_service.protocol != 17)
            return true;
        Hop decided;
        switch (repliesThroughAcl(m_estate, subnet, direction, other, m_service.protocol, decided)) {
        case Replies::All:
            return true;
        case Replies::Some:
            m_partial = decided;
            m_partial.why = "replies reach only part of the clients' ports 1024–65535";
            return true;
        case Replies::None:
            decided.why = "no reply to the clients' ports 1024–65535 gets through";
            return takeOrHold(decided);
        }
        return false;
    }

    /// The route for an address; null when the way ends here.
    const RouteRow<NodeId>* route(NodeId subnet, const IpAddress& to)
    {
        const RouteAnswer found = routeFrom(m_estate, subnet, to);
        if (found.table == noNode) {
            unknown("the route table of " + std::string(m_estate.id(subnet)) + " (aws ec2 describe-route-tables)");
            return nullptr;
        }
        Hop hop{found.table, "route table", {}, found.route && !found.route->blackhole,
            found.route ? found.route->evidence : noEvidence, {}};
        if (!found.route) {
            hop.why = "no route leads to " + toString(to);
        } else {
            hop.rule = found.route->byList ? std::string(m_estate.id(found.route->list)) : toString(found.route->block);
            hop.why = found.route->blackhole ? "the route's target is gone (blackhole)" : "the longest matching route";
        }
        return take(hop) ? found.route : nullptr;
    }

    bool gateway(NodeId node, bool passed, std::string why)
    {
        return take({node, std::string(info(m_estate.kind(node)).title), {}, passed, noEvidence, std::move(why)});
    }

    bool refuse(NodeId node, std::string control, std::string why)
    {
        return take({node, std::move(control), {}, false, noEvidence, std::move(why)});
    }
    /// The same, where the rest is worth looking at: false when something held it back before.
    bool hold(NodeId node, std::string control, std::string why)
    {
        return takeOrHold({node, std::move(control), {}, false, noEvidence, std::move(why)});
    }

    bool unknown(std::string missing)
    {
        answer.verdict = Reach::Unknown;
        answer.missing = std::move(missing);
        return false;
    }

    ReachAnswer finish()
    {
        answer.verdict = m_heldAt == notHeld ? Reach::Reachable : Reach::Latent;
        if (m_partial.node != noNode && m_heldAt == notHeld) {
            answer.verdict = Reach::Partial;
            answer.hops.push_back(m_partial);
        }
        return std::move(answer);
    }

private:
    NodeId balancerOf(const Attachment& at) const
    {
        // Without interfaces in the export it stands for itself; only a network balancer may be without groups.
        if (m_estate.kind(at.node) == Kind::LoadBalancer)
            return m_estate.word(at.node, "lb_type") == "network" ? at.node : noNode;
        for (const NodeId owner : m_estate.targets(at.node, EdgeKind::AttachedTo)) {
            if (m_estate.kind(owner) == Kind::LoadBalancer)
                return owner;
        }
        return noNode;
    }

    /// "Listeners for your Network Load Balancers": without a security group, only the listeners decide.
    bool listens(NodeId balancer)
    {
        for (const NodeId listener : m_estate.targets(balancer, EdgeKind::ForwardsTo)) {
            for (const auto& row : m_estate.ports(listener)) {
                if (row.port == m_service.port && row.protocol == m_service.protocol)
                    return take({listener, "listener", {}, true, row.evidence, "listens on the port"});
            }
        }
        return take({balancer, "listener", {}, false, noEvidence, "no listener listens on the port"});
    }

    bool take(Hop hop)
    {
        answer.hops.push_back(std::move(hop));
        if (answer.hops.back().passed)
            return true;
        answer.verdict = Reach::Blocked;
        // The first control that held it back has decided.
        if (m_heldAt != notHeld)
            answer.hops.resize(m_heldAt + 1);
        return false;
    }

    bool takeOrHold(Hop hop)
    {
        if (hop.passed || m_heldAt != notHeld)
            return take(std::move(hop));
        m_heldAt = answer.hops.size();
        answer.hops.push_back(std::move(hop));
        return true;
    }

    static constexpr std::size_t notHeld = static_cast<std::size_t>(-1);
    std::size_t m_heldAt = notHeld;

    const Estate& m_estate;
    Service m_service;
    Hop m_partial;
};

NodeId internetGatewayOf(const Estate& estate, NodeId network)
{
    for (const NodeId source : estate.sources(network, EdgeKind::AttachedTo)) {
        if (estate.kind(source) == Kind::InternetGateway)
            return source;
    }
    return noNode;
}

bool networkHolds(const Estate& estate, NodeId network, const IpAddress& address)
{
    return std::ranges::any_of(estate.blocks(network), [&](const auto& row) { return row.block.contains(address); });
}

/// From the internet to an interface. Source: "Enable internet access for a VPC using internet gateways", Amazon VPC
/// User Guide.
bool inFromInternet(Attempt& way, const Estate& estate, const Attachment& to, const IpAddress& client)
{
    if (!client.v6 && !to.hasOutside && !way.hold(to.node, "address", "it has no public address"))
        return false;
    if (client.v6 && !to.inside.v6)
        return way.refuse(to.node, "address", "it has no IPv6 address");
    const NodeId gateway = internetGatewayOf(estate, to.network);
    if (gateway == noNode)
        return way.refuse(to.network, "internet gateway", "the network has no internet gateway");
    const RouteAnswer back = routeFrom(estate, to.subnet, client);
    if (back.table == noNode)
        return way.unknown(
            "the route table of " + std::string(estate.id(to.subnet)) + " (aws ec2 describe-route-tables)");
    if (back.route && back.route->target == gateway && !back.route->blackhole)
        way.route(to.subnet, client);
    else if (!way.hold(back.table, "route table", "no route of the subnet leads to the internet gateway"))
        return false;
    return way.gateway(gateway, true, "translates the public address") && way.acl(to.subnet, Direction::In, client)
        && way.groups(to, Direction::In, {client, nullptr, false}) && way.replies(to.subnet, Direction::Out, client);
}

/// From an interface to the internet through the route's target.
bool outToInternet(Attempt& way, const Estate& estate, const Attachment& from, const IpAddress& to,
    const RouteRow<NodeId>& route, Service service)
{
    if (route.local || route.target == noNode)
        return way.refuse(route.of, "route table", "the address lies in the network's own block, where nothing has it");
    const NodeId gateway = route.target;
    switch (estate.kind(gateway)) {
    case Kind::InternetGateway:
        if (!to.v6 && !from.hasOutside)
            return way.gateway(gateway, false, "the interface has no public address to be translated to");
        return way.gateway(gateway, true, "leads to the internet") && way.replies(from.subnet, Direction::In, to);
    case Kind::EgressOnlyGateway:
        return way.gateway(gateway, to.v6, to.v6 ? "lets IPv6 out" : "carries IPv6 only")
            && way.replies(from.subnet, Direction::In, to);
    case Kind::NatGateway: {
        // "NAT gateway basics": TCP, UDP and ICMP over IPv4; the ACL of its subnet applies, no security group does.
        const bool speaks = service.protocol == 6 || service.protocol == 17 || service.protocol == 1;
        if (!speaks || to.v6)
            return way.gateway(gateway, false, "carries only TCP, UDP and ICMP over IPv4");
        if (estate.word(gateway, "connectivity") == "private")
            return way.gateway(gateway, false, "is private and leads to no internet gateway");
        const auto subnet = estate.within(gateway, Kind::Subnet);
        if (!subnet)
            return way.unknown("the NAT gateway's subnet (aws ec2 describe-nat-gateways)");
        if (!way.gateway(gateway, true, "translates to its own public address")
            || !way.acl(*subnet, Direction::Out, to))
            return false;
        const auto* onward = way.route(*subnet, to);
        if (!onward)
            return false;
        if (onward->target == noNode || estate.kind(onward->target) != Kind::InternetGateway)
            return way.refuse(
                onward->of, "route table", "the NAT gateway's subnet has no route to an internet gateway");
        return way.replies(*subnet, Direction::In, to) && way.replies(from.subnet, Direction::In, to);
    }
    case Kind::VpnGateway:
    case Kind::TransitHub:
        return way.unknown(
            "what lies behind " + std::string(estate.id(gateway)) + " (its routes are not part of the export)");
    case Kind::NetworkPeering:
        return way.gateway(gateway, false, "peering does not lead to the internet");
    default:
        return way.unknown("what " + std::string(estate.id(gateway)) + " does with the traffic");
    }
}

/// Which network an address is handed to by a transit gateway, from an attachment's route table; noNode when nowhere.
/// Source: "How transit gateways work", Amazon VPC Transit Gateways.
struct TransitStep {
    NodeId attachment = noNode;
    bool blackhole = false;
};
TransitStep transitLookUp(const Estate& estate, NodeId table, const IpAddress& to)
{
    TransitStep best;
    int bestLength = -1;
    if (const auto* fixed = bestRoute(estate, table, to)) {
        best = {fixed->target, fixed->blackhole};
        bestLength = fixed->block.length;
    }
    for (const NodeId attachment : estate.sources(table, EdgeKind::Propagates)) {
        for (const NodeId end : estate.targets(attachment, EdgeKind::Connects)) {
            for (const auto& row : estate.blocks(end)) {
                if (row.block.contains(to) && row.block.length > bestLength) {
                    best = {attachment, false};
                    bestLength = row.block.length;
                }
            }
        }
    }
    return best;
}

NodeId attachmentOf(const Estate& estate, NodeId hub, NodeId network)
{
    for (const NodeId attachment : estate.sources(hub, EdgeKind::Connects)) {
        const auto ends = estate.targets(attachment, EdgeKind::Connects);
        if (std::ranges::find(ends, network) != ends.end())
            return attachment;
    }
    return noNode;
}

/// An attachment takes traffic only from zones in which it has a subnet.
bool servesZone(const Estate& estate, NodeId attachment, NodeId subnet)
{
    const auto subnets = estate.targets(attachment, EdgeKind::InSubnet);
    const std::string_view zone = estate.word(subnet, "zone");
    return subnets.empty() || zone.empty()
        || std::ranges::any_of(subnets, [&](NodeId one) { return estate.word(one, "zone") == zone; });
}

bool throughTransit(Attempt& way, const Estate& estate, NodeId hub, const Attachment& from, const Attachment& to)
{
    const NodeId entry = attachmentOf(estate, hub, from.network);
    if (entry == noNode)
        return way.gateway(hub, false, "the network is not attached to it");
    if (!servesZone(estate, entry, from.subnet))
        return way.gateway(entry, false, "the attachment has no subnet in this zone");
    NodeId at = entry;
    for (int step = 0; step < 4; ++step) {
        const auto tables = estate.targets(at, EdgeKind::Associated);
        if (tables.empty())
            return way.gateway(at, false, "the attachment is associated with no route table");
        const TransitStep next = transitLookUp(estate, tables.front(), to.inside);
        if (next.attachment == noNode || next.blackhole)
            return way.gateway(
                tables.front(), false, next.blackhole ? "the route is a blackhole" : "no route leads there");
        if (!way.gateway(tables.front(), true, "hands it to " + std::string(estate.id(next.attachment))))
            return false;
        const auto ends = estate.targets(next.attachment, EdgeKind::Connects);
        if (std::ranges::find(ends, to.network) != ends.end())
            return true;
        const auto farHub =
            std::ranges::find_if(ends, [&](NodeId end) { return estate.kind(end) == Kind::TransitHub && end != hub; });
        if (farHub == ends.end())
            return way.gateway(next.attachment, false, "it leads to another network");
        hub = *farHub;
        at = next.attachment;
    }
    return false;
}

/// Between two interfaces by their private addresses.
bool inside(Attempt& way, const Estate& estate, const Attachment& from, const Attachment& to)
{
    const Peer fromPeer{from.inside, &from, true}, toPeer{to.inside, &to, true};
    if (!way.groups(from, Direction::Out, toPeer))
        return false;
    // "Control subnet traffic with network access control lists": traffic within a subnet meets neither ACL nor route.
    if (from.subnet == to.subnet)
        return way.groups(to, Direction::In, fromPeer);
    if (!way.acl(from.subnet, Direction::Out, to.inside))
        return false;
    const auto* out = way.route(from.subnet, to.inside);
    if (!out)
        return false;
    if (from.network != to.network) {
        const NodeId target = out->target;
        if (out->local || target == noNode)
            return way.refuse(out->of, "route table", "the route stays within the network");
        if (estate.kind(target) == Kind::NetworkPeering) {
            // "How VPC peering connections work": not transitive, and only to the far network's own blocks.
            const auto ends = estate.targets(target, EdgeKind::Connects);
            const std::string_view state = estate.word(target, "state");
            if (!state.empty() && state != "active")
                return way.gateway(target, false, "the peering is not active");
            if (std::ranges::find(ends, to.network) == ends.end() || !networkHolds(estate, to.network, to.inside))
                return way.gateway(target, false, "the far network of this peering does not hold the address");
            if (!way.gateway(target, true, "leads to the peered network"))
                return false;
        } else if (estate.kind(target) == Kind::TransitHub) {
            if (!throughTransit(way, estate, target, from, to))
                return false;
        } else if (estate.kind(target) == Kind::VpnGateway || estate.kind(target) == Kind::NetworkInterface
            || estate.kind(target) == Kind::Vm) {
            return way.unknown("what " + std::string(estate.id(target)) + " does with the traffic");
        } else {
            return way.gateway(target, false, "does not lead to the other network by its private address");
        }
        const auto* back = way.route(to.subnet, from.inside);
        if (!back)
            return false;
        if (back->local || back->target == noNode
            || (back->target != target && estate.kind(back->target) != estate.kind(target)))
            return way.refuse(back->of, "route table", "replies do not come back this way");
        if (estate.kind(back->target) == Kind::TransitHub && !throughTransit(way, estate, back->target, to, from))
            return false;
    }
    return way.acl(to.subnet, Direction::In, from.inside) && way.groups(to, Direction::In, fromPeer)
        && way.replies(to.subnet, Direction::Out, from.inside) && way.replies(from.subnet, Direction::In, to.inside);
}

int rank(Reach verdict)
{
    switch (verdict) {
    case Reach::Reachable:
        return 4;
    case Reach::Partial:
        return 3;
    case Reach::Unknown:
        return 2;
    case Reach::Latent:
        return 1;
    case Reach::Blocked:
        return 0;
    }
    return 0;
}

} // namespace

std::string_view name(Reach verdict)
{
    switch (verdict) {
    case Reach::Reachable:
        return "reachable";
    case Reach::Partial:
        return "partial";
    case Reach::Latent:
        return "latent";
    case Reach::Blocked:
        return "blocked";
    case Reach::Unknown:
        break;
    }
    return "unknown";
}

Reachability::Reachability(const Estate& estate) : m_estate(estate), m_endpoints(estate) { }

std::vector<Reachability::End> Reachability::endsOf(std::string_view text) const
{
    std::vector<End> ends;
    if (text == "internet" || text == "internet6") {
        ends.push_back({{}, text == "internet6" ? anyone6 : anyone4, NodeId{0}});
        return ends;
    }
    if (const auto node = m_estate.find(text)) {
        for (Attachment& at : m_endpoints.of(*node))
            ends.push_back({std::move(at), {}, *node});
        return ends;
    }
    // "subnet-…@10.0.0.9": an address of a subnet, whether or not an interface has it.
    if (const auto subnet = m_estate.find(before(text, '@')); subnet && m_estate.kind(*subnet) == Kind::Subnet) {
        if (const auto own = parseIpAddress(after(text, '@'))) {
            Attachment at;
            at.node = at.subnet = *subnet;
            at.network = m_estate.within(*subnet, Kind::Network).value_or(noNode);
            at.inside = *own;
            at.hasInside = true;
            ends.push_back({std::move(at), {}, *subnet});
        }
        return ends;
    }
    const auto address = parseIpAddress(text);
    if (!address)
        return ends;
    auto owners = m_endpoints.withInside(*address);
    if (owners.empty())
        owners = m_endpoints.withOutside(*address);
    for (Attachment& at : owners)
        ends.push_back({at, {}, at.node});
    if (owners.empty())
        ends.push_back({{}, *address, noNode});
    return ends;
}

ReachAnswer Reachability::between(const End& from, const End& to, Service service) const
{
    Attempt way(m_estate, service);
    if (from.isOutside() && to.isOutside()) {
        way.refuse(noNode, "address", "nothing in what was imported has the address " + toString(to.address));
        return way.answer;
    }
    if (from.isOutside())
        return inFromInternet(way, m_estate, to.at, from.address) ? way.finish() : way.answer;
    if (to.isOutside()) {
        if (from.at.inside.v6 != to.address.v6) {
            way.refuse(from.at.node, "address", "it has no address of this family");
            return way.answer;
        }
        if (!way.groups(from.at, Direction::Out, {to.address, nullptr, false})
            || !way.acl(from.at.subnet, Direction::Out, to.address))
            return way.answer;
        const auto* route = way.route(from.at.subnet, to.address);
        return route && outToInternet(way, m_estate, from.at, to.address, *route, service) ? way.finish() : way.answer;
    }
    if (from.at.inside.v6 != to.at.inside.v6) {
        way.refuse(from.at.node, "address", "the ends have no address of the same family");
        return way.answer;
    }
    return inside(way, m_estate, from.at, to.at) ? way.finish() : way.answer;
}

/// A balancer that forwards the asked port to the target. Source: "Listeners for your Network Load Balancers" and
/// "Target groups" (client addresses are preserved for instance targets), Elastic Load Balancing.
ReachAnswer Reachability::throughBalancer(const End& from, NodeId target, Service service) const
{
    ReachAnswer best;
    best.verdict = Reach::Blocked;
    for (const NodeId group : m_estate.sources(target, EdgeKind::Targets)) {
        for (const NodeId listener : m_estate.sources(group, EdgeKind::ForwardsTo)) {
            const auto front = m_estate.ports(listener), back = m_estate.ports(group);
            if (front.empty() || back.empty() || front[0].port != service.port || front[0].protocol != service.protocol)
                continue;
            for (const NodeId balancer : m_estate.sources(listener, EdgeKind::ForwardsTo)) {
                Attempt way(m_estate, service);
                const bool network = m_estate.word(balancer, "lb_type") == "network";
                if (m_estate.word(balancer, "scheme") != "internet-facing")
                    continue;
                const auto stands = m_endpoints.of(balancer);
                bool entered = false;
                for (Attachment at : stands) {
                    at.hasOutside = true; // an internet-facing balancer gets a public address in each of its subnets
                    if (network && at.groups.empty()) {
                        const auto* out = way.route(at.subnet, from.address);
                        entered = out && out->target != noNode && m_estate.kind(out->target) == Kind::InternetGateway
                            && way.acl(at.subnet, Direction::In, from.address);
                    } else {
                        entered = inFromInternet(way, m_estate, at, from.address);
                    }
                    if (!entered)
                        continue;
                    way.gateway(balancer, true, "forwards port " + std::to_string(service.port));
                    const Service behind{service.protocol, back[0].port};
                    for (const Attachment& end : m_endpoints.of(target)) {
                        // The target of a network balancer sees the client, that of any other the balancer itself.
                        const Peer seen = network && at.groups.empty() ? Peer{from.address, nullptr, false}
                                                                       : Peer{at.inside, &at, true};
                        const auto admitted = throughGroups(m_estate, end.groups, Direction::In, seen, behind);
                        const auto passed = throughAcl(m_estate, end.subnet, Direction::In, at.inside, behind);
                        if (admitted)
                            way.answer.hops.push_back(*admitted);
                        if (admitted && admitted->passed && (!passed || passed->passed))
                            return way.finish();
                    }
                }
                if (rank(way.answer.verdict) >= rank(best.verdict))
                    best = way.answer;
            }
        }
    }
    return best;
}

const Hop* ReachAnswer::decidedBy() const
{
    const auto held = std::ranges::find_if(hops, [](const Hop& hop) { return !hop.passed; });
    if (verdict != Reach::Partial && held != hops.end())
        return &*held;
    return hops.empty() ? nullptr : &hops.back();
}

ReachAnswer Reachability::ask(std::string_view from, std::string_view to, Service service, Balancers balancers) const
{
    const auto froms = endsOf(from), tos = endsOf(to);
    ReachAnswer best;
    if (froms.empty() || tos.empty()) {
        best.missing =
            "the network place of " + std::string(froms.empty() ? from : to) + " (aws ec2 describe-network-interfaces)";
        return best;
    }
    bool first = true;
    for (const End& source : froms) {
        for (const End& target : tos) {
            ReachAnswer one = between(source, target, service);
            if (first || rank(one.verdict) > rank(best.verdict))
                best = std::move(one);
            first = false;
        }
        if (balancers == Balancers::Through && source.isOutside() && best.verdict != Reach::Reachable
            && tos.front().thing != noNode) {
            ReachAnswer one = throughBalancer(source, tos.front().thing, service);
            if (rank(one.verdict) > rank(best.verdict))
                best = std::move(one);
        }
    }
    return best;
}

} // namespace glacis
