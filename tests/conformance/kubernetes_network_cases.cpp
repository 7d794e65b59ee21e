// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"
#include "kubernetes_objects.h"

#include "core/text.h"
#include "network/kubernetes/pod_network.h"

#include <algorithm>
#include <set>

namespace glacis {

namespace {

using namespace kubernetes;

/// "SCTP 1-65535,TCP 80,443": protocols by name, ports in order.
std::string written(const PortSet& ports)
{
    if (ports == everyPort())
        return "All Connections";
    if (ports.empty())
        return "No Connections";
    std::string text;
    for (const auto& [name, number] : {std::pair{"SCTP", 132}, {"TCP", 6}, {"UDP", 17}}) {
        std::string of;
        for (const PortRange& range : ports.ranges()) {
            if (range.protocol == number)
                of += (of.empty() ? "" : ",") + std::to_string(range.from)
                    + (range.from == range.to ? "" : '-' + std::to_string(range.to));
        }
        if (!of.empty())
            text += (text.empty() ? "" : ",") + (name + (' ' + of));
    }
    return text;
}

bool holds(const PortSet& ports, std::int16_t protocol, std::int32_t port)
{
    return !intersectionOf(ports, {{protocol, port, port}}).empty();
}

CaseOutcome addressInBlock(const Json&, const Json& query, const Json& expect)
{
    const auto address = parseIpAddress(textOf(query, "ip"));
    const auto block = parseIpPrefix(textOf(query, "cidr"));
    const bool in = address && block && block->contains(*address);
    return {boolOf(expect, "member").value_or(false) ? "in" : "out", in ? "in" : "out", {}};
}

/// "namespace/name" of a pod, or an address. The suite's addresses stand for what is outside.
std::optional<PodEnd> endNamed(const Estate& estate, const PodNetwork& network, std::string_view text)
{
    if (const auto address = parseIpAddress(before(text, '/')))
        return network.outside(*address);
    for (const char* kind : {"Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"}) {
        const auto node =
            estate.find(std::string(before(text, '/')) + '/' + kind + '/' + std::string(after(text, '/')));
        if (const PodEnd* end = node ? network.endOf(*node) : nullptr)
            return *end;
    }
    return std::nullopt;
}

CaseOutcome flow(const Json& objects, const Json& query, const Json& expect)
{
    const Estate estate = estateOfObjects(objects);
    const PodNetwork network(estate, Blocks::MeanOutsideOnly);
    const auto from = endNamed(estate, network, textOf(query, "src"));
    const auto to = endNamed(estate, network, textOf(query, "dst"));
    if (!from || !to)
        return {"both ends", "no such end", {}};
    PortSet allowed = network.between(*from, *to).allowed;
    if (textOf(query, "src") == textOf(query, "dst"))
        allowed = everyPort();
    const bool open = holds(allowed, protocolNumber(textOf(query, "protocol")),
        static_cast<std::int32_t>(numberOf(query, "port").value_or(-1)));
    const auto line = [](bool yes, std::string_view all) {
        return std::string(yes ? "allowed, " : "not allowed, ") + std::string(all);
    };
    const bool expected = boolOf(expect, "allowed").value_or(false);
    const std::string_view all = textOf(expect, "all_connections");
    return {line(expected, all), line(open, all.empty() ? std::string() : written(allowed)), {}};
}

/// The ends are told by labels and address; a port may be asked for by the name that the receiving pod gives it.
CaseOutcome peerFlow(const Json& objects, const Json& query, const Json& expect)
{
    const Estate estate = estateOfObjects(objects);
    PodNetwork network(estate);
    const auto peerOf = [&](const Json& json) {
        PolicyPeer peer;
        peer.isPod = json.contains("namespace");
        peer.space = textOf(json, "namespace");
        peer.labels = labelsFrom(member(json, "podLabels"));
        peer.spaceLabels = labelsFrom(member(json, "namespaceLabels"));
        if (const auto address = parseIpAddress(textOf(json, "ip")))
            peer.addresses.push_back(*address);
        return peer;
    };
    const auto endOf = [&](const PolicyPeer& peer) {
        return peer.isPod || peer.addresses.empty() ? network.unknownPod(peer)
                                                    : network.outside(peer.addresses.front());
    };
    const PolicyPeer from = peerOf(member(query, "src"));
    PolicyPeer to = peerOf(member(query, "dst"));
    const std::int16_t protocol = protocolNumber(textOf(query, "protocol"));
    const auto port = static_cast<std::int32_t>(numberOf(query, "port").value_or(lastPort));
    if (const std::string_view name = textOf(query, "portName"); !name.empty())
        to.ports.push_back({std::string(name), protocol, port});
    const PortSet allowed = network.between(endOf(from), endOf(to)).allowed;
    return {boolOf(expect, "allowed").value_or(false) ? "allowed" : "not allowed",
        holds(allowed, protocol, port) ? "allowed" : "not allowed", {}};
}

/// Every connection of a cluster, as the suite writes it: pods of one owner are one, and so are the addresses between
/// which no block of a rule begins or ends.
class ConnectionList {
public:
    explicit ConnectionList(const Json& objects)
        : m_estate(estateOfObjects(objects)), m_network(m_estate, Blocks::MeanOutsideOnly)
    {
        for (const PodEnd& end : m_network.ends())
            m_ends[nameOf(end)].push_back(&end);
    }

    std::set<std::string> lines()
    {
        for (const auto& [name, ends] : m_ends) {
            for (const auto& [otherName, others] : m_ends) {
                if (name != otherName)
                    add(name, otherName, between(ends, others));
            }
            outside(name, ends);
        }
        fromController();
        return std::move(m_lines);
    }

    static std::string line(std::string_view from, std::string_view to, std::string_view ports)
    {
        return std::string(from) + " => " + std::string(to) + " : " + std::string(ports);
    }

private:
    using Ends = std::vector<const PodEnd*>;

    std::string nameOf(const PodEnd& end) const
    {
        const bool owned = !end.ownerName.empty();
        const std::string kind = owned ? end.ownerKind : std::string(m_estate.text(m_estate.node(end.node).type));
        return end.peer.space + '/' + (owned ? end.ownerName : std::string(m_estate.name(end.node))) + '['
            + (kind.empty() ? "Pod" : kind) + ']';
    }

    void add(const std::string& from, const std::string& to, const PortSet& ports)
    {
        if (!ports.empty())
            m_lines.insert(line(from, to, written(ports)));
    }

    PortSet between(const Ends& froms, const Ends& tos) const
    {
        PortSet all;
        for (const PodEnd* from : froms) {
            for (const PodEnd* to : tos)
                all = unionOf(all, m_network.between(*from, *to).allowed);
        }
        return all;
    }

    void outside(const std::string& name, const Ends& ends)
    {
        for (const Direction direction : {Direction::In, Direction::Out}) {
            for (const AddressRange& range : m_network.outsideRanges(direction, false)) {
                const bool inward = direction == Direction::In;
                const PodEnd other = m_network.outside(range.from);
                const std::string text = toString(range.from) + '-' + toString(range.to) + "[External]";
                PortSet ports;
                for (const PodEnd* end : ends)
                    ports = unionOf(
                        ports, (inward ? m_network.between(other, *end) : m_network.between(*end, other)).allowed);
                inward ? add(text, name, ports) : add(name, text, ports);
            }
        }
    }

    /// The controller is a pod of some namespace of which nothing is known; it goes to ports that the pods declare.
    void fromController()
    {
        PolicyPeer controller;
        controller.isPod = true;
        controller.space = "ingress-controller-ns";
        controller.spaceLabels = m_network.labelsOfSpace(controller.space);
        const PodEnd anywhere = m_network.unknownPod(std::move(controller));
        std::map<std::string, PortSet> found;
        for (const NodeId ingress : m_estate.ofKind(Kind::LoadBalancer)) {
            for (const Routed& routed : routedBy(m_estate, m_network, ingress)) {
                const PolicyPeer& peer = routed.end->peer;
                if (std::ranges::find(peer.ports, routed.target, &ContainerPort::port) == peer.ports.end())
                    continue;
                PortSet& all = found[nameOf(*routed.end)];
                all = unionOf(all,
                    intersectionOf(
                        m_network.between(anywhere, *routed.end).allowed, {{6, routed.target, routed.target}}));
            }
        }
        for (const auto& [name, ports] : found)
            add("{ingress-controller}", name, ports);
    }

    Estate m_estate;
    PodNetwork m_network;
    std::map<std::string, Ends> m_ends;
    std::set<std::string> m_lines;
};

/// Only what differs is told: there may be hundreds of connections.
CaseOutcome connections(const Json& objects, const Json&, const Json& expect)
{
    std::set<std::string> expected;
    for (const Json& one : arrayOf(expect, "connections"))
        expected.insert(ConnectionList::line(textOf(one, "src"), textOf(one, "dst"), textOf(one, "conn")));
    const std::set<std::string> got = ConnectionList(objects).lines();
    CaseOutcome outcome;
    for (const std::string& one : expected)
        outcome.expected += got.count(one) > 0 ? "" : one + '\n';
    for (const std::string& one : got)
        outcome.got += expected.count(one) > 0 ? "" : one + '\n';
    return outcome;
}

class NetworkPolicyCases : public CaseRunner {
    using Ask = CaseOutcome (*)(const Json& objects, const Json& query, const Json& expect);
    static Ask askFor(std::string_view kind)
    {
        constexpr std::pair<std::string_view, Ask> kinds[] = {{"ip_in_cidr", addressInBlock}, {"netpol_flow", flow},
            {"netpol_peer_flow", peerFlow}, {"netpol_connlist", connections}};
        const auto found = std::ranges::find(kinds, kind, &std::pair<std::string_view, Ask>::first);
        return found == std::end(kinds) ? nullptr : found->second;
    }

    bool knows(const Json& one) const override { return askFor(textOf(one, "kind")) != nullptr; }

    CaseOutcome run(const Json& one, const std::filesystem::path&) override
    {
        return askFor(textOf(one, "kind"))(member(one, "objects"), member(one, "query"), member(one, "expect"));
    }
};

} // namespace

std::unique_ptr<CaseRunner> networkPolicyCases()
{
    return std::make_unique<NetworkPolicyCases>();
}

} // namespace glacis
