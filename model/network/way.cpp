// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/way.h"

#include <algorithm>
#include <optional>

namespace glacis {

namespace {

constexpr int mostMoves = 8; ///< segments and hubs that one way may pass before it is taken for a loop

/// An address somewhere in the model; without a network it is outside.
struct Spot {
    IpAddress address;
    NodeId network = noNode;
    SegmentId segment = noId<SegmentId>;
};

/// Where traffic comes out of hubs.
struct Exit {
    NodeId network = noNode; ///< noNode: beyond what was imported
    SegmentId segment = noId<SegmentId>; ///< not known: that of no attachment
};

/// A stretch of the way on which neither end's address is translated.
struct Leg {
    Spot from, to;
};

std::string text(const IpAddress& address)
{
    return toString(address);
}

class WayFinder {
public:
    WayFinder(const NetworkModel& model, const Estate& estate) : m_model(model), m_estate(estate) { }

    Way between(const End& from, const End& to)
    {
        if (!from.interface && !to.interface)
            refuse(noNode, "address", "nothing in what was imported has the address " + text(to.address));
        else if (!from.interface)
            fromOutside(from.address, *to.interface);
        else if (addressOf(to).v6 != from.interface->inside.v6)
            refuse(from.interface->node, "address", "the ends have no address of the same family");
        else if (to.interface && !to.interface->accepts)
            refuse(to.interface->node, "interface", "nothing connects to it: it only opens connections");
        else
            fromInside(*from.interface, to);
        return std::move(m_way);
    }

    Way into(const Interface& door, const IpAddress& client)
    {
        gates(m_model[door.guard].in, Direction::In, peerOf(door), {client});
        return std::move(m_way);
    }

    Way behind(const Interface& door, const IpAddress* client, const Backend& backend, const Interface& to)
    {
        if (!backend.takesTraffic)
            hold(backend.group, "target group", "the target's health keeps it out (" + backend.health + ')', {},
                backend.evidence);
        const Segment &near = m_model[door.segment], &far = m_model[to.segment];
        if (!client && near.network != far.network) {
            fromInside(door, {&to, {}, to.thing});
            return std::move(m_way);
        }
        // With the client's address preserved replies still come back through the balancer, whatever the routes say;
        // rules may refer to its groups all the same.
        const Peer own = peerOf(door), target = peerOf(to);
        const Peer seen = client ? Peer{*client, own.labels} : own;
        gates(m_model[door.guard].out, Direction::Out, own, target);
        const bool crosses = door.segment != to.segment;
        if (crosses) {
            gates(near.out, Direction::Out, own, target);
            gates(far.in, Direction::In, target, seen);
        }
        gates(m_model[to.guard].in, Direction::In, target, seen);
        m_reply = true;
        if (crosses) {
            gates(far.out, Direction::Out, target, seen);
            gates(near.in, Direction::In, own, target);
        }
        return std::move(m_way);
    }

private:
    static const IpAddress& addressOf(const End& end) { return end.interface ? end.interface->inside : end.address; }

    [[nodiscard]] Spot spotOf(const Interface& at) const
    {
        return {at.inside, m_model[at.segment].network, at.segment};
    }
    [[nodiscard]] Peer peerOf(const Interface& at, bool labelled = true) const
    {
        return {at.inside, labelled ? &m_model[at.guard].labels : nullptr};
    }

    void step(Step::Kind kind, Hop hop) { m_way.push_back({kind, std::move(hop), {}, {}, {}, {}, {}, {}, m_reply}); }
    bool pass(NodeId node, std::string control, std::string why, std::string rule = {}, EvidenceId seen = noEvidence)
    {
        step(Step::Kind::Passes, {node, std::move(control), std::move(rule), true, seen, std::move(why)});
        return true;
    }
    bool refuse(NodeId node, std::string control, std::string why, std::string rule = {}, EvidenceId seen = noEvidence)
    {
        step(Step::Kind::Refuses, {node, std::move(control), std::move(rule), false, seen, std::move(why)});
        return false;
    }
    void hold(NodeId node, std::string control, std::string why, std::string rule = {}, EvidenceId seen = noEvidence)
    {
        step(Step::Kind::Holds, {node, std::move(control), std::move(rule), false, seen, std::move(why)});
    }
    bool unknown(NodeId node, std::string missing)
    {
        step(Step::Kind::Unknown, {node, {}, {}, false, noEvidence, {}});
        m_way.back().note = std::move(missing);
        return false;
    }
    [[nodiscard]] std::string titleOf(NodeId node) const
    {
        return node == noNode ? std::string() : std::string(info(m_estate.kind(node)).title);
    }
    bool gateway(NodeId node, bool passed, std::string why)
    {
        std::string title = titleOf(node);
        return passed ? pass(node, std::move(title), std::move(why)) : refuse(node, std::move(title), std::move(why));
    }
    void carry(NodeId node, std::string control, const PortSet& carries, std::string why, std::string otherwise)
    {
        step(Step::Kind::Carries, {node, std::move(control), {}, true, noEvidence, std::move(why)});
        m_way.back().carries = carries;
        m_way.back().note = std::move(otherwise);
    }
    void gates(const std::vector<GateId>& list, Direction direction, const Peer& own, const Peer& other)
    {
        for (const GateId id : list) {
            if (!m_reply || m_model[id].stateless)
                m_way.push_back({Step::Kind::Gate, {}, {}, {}, id, direction, own, other, m_reply});
        }
    }

    void fromInside(const Interface& from, const End& to)
    {
        const Spot start = spotOf(from);
        const Spot goal = to.interface ? spotOf(*to.interface) : Spot{to.address};
        std::vector<Leg> legs;
        Spot seen = start;
        const bool near = to.interface && from.segment == to.interface->segment;
        const bool arrived = near || travel(seen, from.hasOutside, goal, &legs);
        // Whether rules may refer to the ends by label is known only when the way is.
        Way middle = std::move(m_way);
        m_way.clear();
        const Peer own = peerOf(from, m_labelled),
                   target = to.interface ? peerOf(*to.interface, m_labelled) : Peer{to.address};
        gates(m_model[from.guard].out, Direction::Out, own, target);
        m_way.insert(m_way.end(), std::make_move_iterator(middle.begin()), std::make_move_iterator(middle.end()));
        if (!arrived)
            return;
        const Peer client = seen.address == start.address ? own : Peer{seen.address};
        if (to.interface) {
            gates(m_model[to.interface->guard].in, Direction::In, target, client);
            if (!listen(*to.interface))
                return;
        }
        m_reply = true;
        if (to.interface)
            gates(m_model[to.interface->guard].out, Direction::Out, target, client);
        for (auto leg = legs.rbegin(); leg != legs.rend(); ++leg) {
            if (!comeBack(*leg))
                return;
        }
        gates(m_model[from.guard].in, Direction::In, own, target);
    }

    /// "Listeners for your Network Load Balancers": a balancer answers on its listeners' ports only.
    bool listen(const Interface& to)
    {
        const Balancer* balancer = m_model.balancer(to.thing);
        if (!balancer)
            return true;
        PortSet ports;
        for (const Listener& listener : balancer->listeners)
            ports = unionOf(ports, listener.ports);
        if (!ports.empty())
            carry(to.thing, "listener", ports, "listens on the port", "no listener listens on the port");
        else if (m_model[to.guard].in.empty())
            return unknown(to.thing, balancer->missing);
        return true;
    }

    /// Replies retrace one leg.
    bool comeBack(const Leg& leg)
    {
        if (leg.to.network == noNode) {
            gates(m_model[leg.from.segment].in, Direction::In, {leg.from.address}, {leg.to.address});
            return true;
        }
        Spot at = leg.to;
        return travel(at, false, leg.from, nullptr);
    }

    /// From segment to segment until the goal. `at` becomes what the goal sees. Replies (`legs` null) are not
    /// translated.
    bool travel(Spot& at, bool hasOutside, const Spot& goal, std::vector<Leg>* legs)
    {
        Spot legStart = at;
        bool skipGates = false; ///< what came out of a hub or within a segment does not leave the segment again
        for (int move = 0; move < mostMoves; ++move) {
            const Segment& segment = m_model[at.segment];
            if (!skipGates)
                gates(segment.out, Direction::Out, {at.address}, {goal.address});
            const Route* route = routeFrom(segment, goal);
            if (!route)
                return false;
            switch (route->next) {
            case Next::Local:
                if (goal.network != segment.network)
                    return refuse(m_model[segment.table].node, "route table",
                        goal.network == noNode ? "the address lies in the network's own block, where nothing has it"
                                               : "the route stays within the network");
                return arrive(at, goal, legStart, legs, false);
            case Next::Drop:
                return false;
            case Next::Peering:
                return overPeering(*route, goal) && arrive(at, goal, legStart, legs, false);
            case Next::Hub: {
                const auto entered = throughHub(*route, at, goal);
                if (!entered)
                    return false;
                if (entered->network == noNode)
                    return arriveOutside(legStart, goal, legs);
                if (entered->network == goal.network)
                    return arrive(at, goal, legStart, legs, entered->segment == goal.segment);
                at.segment = entered->segment;
                at.network = entered->network;
                hasOutside = false;
                skipGates = true;
                break;
            }
            case Next::Nat: {
                if (!legs)
                    return gateway(route->via, false, "replies do not come back through it");
                const Segment& far = m_model[route->segment];
                const Spot nat{route->nat.inside, far.network, route->segment};
                if (nat.segment == at.segment && at.address == nat.address)
                    return refuse(
                        m_model[segment.table].node, "route table", "the NAT gateway's own subnet leads back to it");
                if (goal.address.v6)
                    return gateway(route->via, false, "carries IPv4 only");
                carry(route->via, titleOf(route->via), route->nat.carries,
                    route->nat.hasOutside ? "translates to its own public address" : "translates to its own address",
                    "carries only TCP, UDP and ICMP");
                if (nat.segment != at.segment)
                    gates(far.in, Direction::In, {nat.address}, {at.address});
                legs->push_back({legStart, nat});
                hasOutside = route->nat.hasOutside;
                m_labelled = false;
                skipGates = nat.segment == at.segment;
                at = legStart = nat;
                m_outOnly = true;
                break;
            }
            case Next::Internet:
            case Next::EgressOnly:
                return toInternet(*route, segment, at, hasOutside, goal) && arriveOutside(legStart, goal, legs);
            case Next::Service:
                if (goal.network != noNode)
                    return gateway(route->via, false, "leads to a service of the provider, not to an interface");
                return gateway(route->via, true, "leads to the service") && arriveOutside(legStart, goal, legs);
            case Next::Outside:
                return outside(*route, goal) && arriveOutside(legStart, goal, legs);
            case Next::Unknown:
                return unknown(route->via, route->why);
            }
        }
        return refuse(m_model[m_model[at.segment].table].node, "route table", "the routes lead in a circle");
    }

    bool arrive(const Spot& at, const Spot& goal, const Spot& legStart, std::vector<Leg>* legs, bool within)
    {
        if (!within)
            gates(m_model[goal.segment].in, Direction::In, {goal.address}, {at.address});
        if (legs)
            legs->push_back({legStart, goal});
        return true;
    }
    bool arriveOutside(const Spot& legStart, const Spot& goal, std::vector<Leg>* legs)
    {
        if (legs)
            legs->push_back({legStart, {goal.address}});
        return true;
    }

    /// Null when the way ends here, which has been said.
    const Route* routeFrom(const Segment& segment, const Spot& goal)
    {
        if (segment.table == noId<TableId>) {
            unknown(segment.node, segment.missing);
            return nullptr;
        }
        const ForwardingTable& table = m_model[segment.table];
        const Route* route = bestRoute(table, goal.address);
        if (!route) {
            refuse(table.node, "route table", "no route leads to " + text(goal.address));
            return nullptr;
        }
        if (route->next == Next::Drop)
            refuse(table.node, "route table", route->why, route->name, route->evidence);
        else if (!m_reply || route->next != Next::Local)
            pass(table.node, "route table", "the longest matching route", route->name, route->evidence);
        return route;
    }

    bool holdsAddress(NodeId network, const IpAddress& address) const
    {
        const Network* found = m_model.network(network);
        return found && std::ranges::any_of(found->blocks, [&](const IpPrefix& one) { return one.contains(address); });
    }

    bool overPeering(const Route& route, const Spot& goal)
    {
        if (goal.network == noNode)
            return gateway(route.via, false, "the address is in neither of the networks that it joins");
        if (std::ranges::find(route.networks, goal.network) == route.networks.end()
            || !holdsAddress(goal.network, goal.address))
            return gateway(route.via, false, "the far network of this peering does not hold the address");
        m_labelled = m_labelled && route.labelsCross;
        return gateway(route.via, true, "leads to the peered network");
    }

    bool toInternet(const Route& route, const Segment& segment, const Spot& at, bool hasOutside, const Spot& goal)
    {
        if (goal.network != noNode)
            return gateway(route.via, false, "does not lead to the other network by its private address");
        if (isPrivate(goal.address))
            return gateway(route.via, false, "a private address is not on the internet");
        if (route.next == Next::EgressOnly && !goal.address.v6)
            return gateway(route.via, false, "carries IPv6 only");
        if (!goal.address.v6 && !hasOutside && !route.translatesAll)
            return gateway(route.via, false, "the interface has no public address to be translated to");
        const bool outOnly = m_outOnly || route.next == Next::EgressOnly;
        gates(outOnly ? segment.outOnly : segment.toInternet, Direction::Out, {at.address}, {goal.address});
        return gateway(route.via, true, route.next == Next::EgressOnly ? "lets IPv6 out" : "leads to the internet");
    }

    bool outside(const Route& route, const Spot& goal)
    {
        if (goal.network == noNode
            && std::ranges::any_of(route.known, [&](const IpPrefix& one) { return one.contains(goal.address); }))
            return gateway(route.via, true, "its routes lead to the address");
        return unknown(route.via, route.why);
    }

    static const Attachment* attachmentOf(const Hub& hub, NodeId network)
    {
        const auto found = std::ranges::find(hub.attachments, network, &Attachment::network);
        return found == hub.attachments.end() || network == noNode ? nullptr : &*found;
    }
    static const Attachment* attachmentNamed(const Hub& hub, NodeId node)
    {
        const auto found = std::ranges::find(hub.attachments, node, &Attachment::node);
        return found == hub.attachments.end() ? nullptr : &*found;
    }

    /// The attachment's segment that shares the place, else its first; noId when it has none.
    SegmentId segmentNear(const Attachment& attachment, const std::string& place) const
    {
        const auto found = std::ranges::find_if(
            attachment.segments, [&](SegmentId one) { return !place.empty() && m_model[one].place == place; });
        if (found != attachment.segments.end())
            return *found;
        return attachment.segments.empty() ? noId<SegmentId> : attachment.segments.front();
    }

    /// Where the traffic comes out of the hubs; without a segment: beyond what was imported. Nothing: the way ends.
    std::optional<Exit> throughHub(const Route& route, const Spot& at, const Spot& goal)
    {
        const Hub* hub = &m_model[route.hub];
        const Segment& segment = m_model[at.segment];
        const Attachment* entry = attachmentOf(*hub, segment.network);
        if (!entry) {
            gateway(hub->node, false, "the network is not attached to it");
            return {};
        }
        const bool served = segment.place.empty() || entry->segments.empty() || !entry->samePlaceOnly
            || std::ranges::any_of(entry->segments, [&](SegmentId one) { return m_model[one].place == segment.place; });
        if (!served) {
            gateway(entry->node, false, "the attachment has no subnet in this zone");
            return {};
        }
        // "Network ACLs for transit gateways": the attachment's subnet is asked about what comes from the interfaces.
        if (const SegmentId door = segmentNear(*entry, segment.place); door != noId<SegmentId>)
            gates(m_model[door].in, Direction::In, {goal.address}, {at.address});
        for (int move = 0; move < mostMoves; ++move) {
            if (entry->table == noId<TableId>) {
                unknown(entry->node, entry->missing);
                return {};
            }
            const ForwardingTable& table = m_model[entry->table];
            const Route* next = bestRoute(table, goal.address);
            if (!next || next->next == Next::Drop) {
                refuse(table.node, titleOf(table.node), next ? next->why : "no route leads to " + text(goal.address),
                    next ? next->name : std::string{}, next ? next->evidence : noEvidence);
                return {};
            }
            if (next->next == Next::Unknown) {
                unknown(table.node, next->why);
                return {};
            }
            pass(table.node, titleOf(table.node), "hands it to " + std::string(m_estate.id(next->via)), next->name,
                next->evidence);
            const Attachment* exit = attachmentNamed(*hub, next->via);
            if (!exit) {
                unknown(next->via,
                    "what " + std::string(m_estate.id(next->via))
                        + " is attached to (aws ec2 describe-transit-gateway-attachments)");
                return {};
            }
            if (exit->farHub == noId<HubId>)
                return leaveHub(*hub, *exit, segment, goal);
            hub = &m_model[exit->farHub];
            entry = attachmentNamed(*hub, exit->node);
            m_labelled = false;
            if (!entry) {
                unknown(exit->node, exit->missing);
                return {};
            }
        }
        gateway(hub->node, false, "the transit routes lead in a circle");
        return {};
    }

    std::optional<Exit> leaveHub(const Hub& hub, const Attachment& exit, const Segment& from, const Spot& goal)
    {
        m_labelled = m_labelled && hub.labelsCross;
        if (exit.network == noNode) {
            if (goal.network == noNode
                && std::ranges::any_of(exit.known, [&](const IpPrefix& one) { return one.contains(goal.address); })) {
                gateway(exit.node, true, "its routes lead to the address");
                return Exit{};
            }
            unknown(exit.node, exit.missing);
            return {};
        }
        const SegmentId door = segmentNear(exit, from.place);
        if (exit.network == goal.network) {
            // … and about what goes to them, unless they stand in that very subnet.
            if (door != noId<SegmentId> && door != goal.segment)
                gates(m_model[door].out, Direction::Out, {}, {goal.address});
            return Exit{exit.network, door};
        }
        if (door == noId<SegmentId>) {
            gateway(exit.node, false, "it leads to another network");
            return {};
        }
        return Exit{exit.network, door};
    }

    void fromOutside(const IpAddress& client, const Interface& to)
    {
        const Segment& segment = m_model[to.segment];
        if (client.v6 != to.inside.v6) {
            refuse(to.node, "address", client.v6 ? "it has no IPv6 address" : "it has no IPv4 address");
            return;
        }
        if (!to.accepts) {
            refuse(to.node, "interface", "nothing connects to it: it only opens connections");
            return;
        }
        if (segment.table == noId<TableId>) {
            unknown(segment.node, segment.missing);
            return;
        }
        const Route* back = bestRoute(m_model[segment.table], client);
        const bool far =
            back && (back->next == Next::Outside || back->next == Next::Hub || back->next == Next::Unknown);
        if (far && isPrivate(client))
            fromFar(client, to);
        else
            fromInternet(client, to, back);
    }

    /// From a network that was not imported: it can come in where replies can go out.
    void fromFar(const IpAddress& client, const Interface& to)
    {
        Spot at = spotOf(to);
        m_reply = true;
        const bool arrived = travel(at, false, {client}, nullptr);
        Way replies = std::move(m_way);
        m_way.clear();
        m_reply = false;
        if (arrived) {
            gates(m_model[to.segment].in, Direction::In, {to.inside}, {client});
            gates(m_model[to.guard].in, Direction::In, peerOf(to), {client});
        }
        m_way.insert(m_way.end(), std::make_move_iterator(replies.begin()), std::make_move_iterator(replies.end()));
    }

    void fromInternet(const IpAddress& client, const Interface& to, const Route* back)
    {
        const Segment& segment = m_model[to.segment];
        const Network* network = m_model.network(segment.network);
        if (isPrivate(client)) {
            refuse(to.node, "address", "a private address is not on the internet, and no route leads to it");
            return;
        }
        if (!client.v6 && !to.hasOutside)
            hold(to.node, "address", "it has no public address");
        if (!network || network->internetGateway == noNode) {
            refuse(segment.network, "internet gateway", "the network has no internet gateway");
            return;
        }
        const NodeId table = m_model[segment.table].node;
        if (back && back->next == Next::Internet && (back->via == network->internetGateway || back->via == noNode))
            pass(table, "route table", "replies leave by the longest matching route", back->name, back->evidence);
        else
            hold(table, "route table", "no route of the subnet leads to the internet gateway");
        gateway(network->internetGateway, true, client.v6 ? "lets IPv6 in" : "translates the public address");
        gates(segment.fromInternet, Direction::In, {to.inside}, {client});
        gates(segment.in, Direction::In, {to.inside}, {client});
        gates(m_model[to.guard].in, Direction::In, peerOf(to), {client});
        if (!listen(to))
            return;
        m_reply = true;
        gates(m_model[to.guard].out, Direction::Out, peerOf(to), {client});
        gates(segment.out, Direction::Out, {to.inside}, {client});
    }

    const NetworkModel& m_model;
    const Estate& m_estate;
    Way m_way;
    bool m_reply = false;
    bool m_labelled = true; ///< whether rules may refer to the ends by label so far
    bool m_outOnly = false; ///< a NAT gateway was passed
};

} // namespace

Way wayBetween(const NetworkModel& model, const Estate& estate, const End& from, const End& to)
{
    return WayFinder(model, estate).between(from, to);
}

Way wayInto(const NetworkModel& model, const Estate& estate, const Interface& door, const IpAddress& client)
{
    return WayFinder(model, estate).into(door, client);
}

Way wayFromBalancer(const NetworkModel& model, const Estate& estate, const Interface& door, const IpAddress* client,
    const Backend& backend, const Interface& target)
{
    return WayFinder(model, estate).behind(door, client, backend, target);
}

} // namespace glacis
