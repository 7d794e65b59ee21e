// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_reach.h"

#include "network/reach.h"

#include <algorithm>

namespace glacis::kubernetes {

struct PodReach::End {
    PodEnd end;
    Service service; ///< at the pod
    std::vector<Hop> before; ///< what leads to it
    bool isInternet = false;
};

namespace {

using Says = GateAnswer::Says;

const IpAddress anyone4 = *parseIpAddress("9.9.9.9");
const IpAddress anyone6 = *parseIpAddress("2620:fe::fe");

PortSet asked(Service service)
{
    if (service.port >= 0)
        return {{service.protocol, service.port, service.port}};
    return {{service.protocol, 1, lastPort}};
}

bool isSpokenOf(std::int16_t protocol)
{
    return !intersectionOf(everyPort(), {{protocol, 1, lastPort}}).empty();
}

/// What holds a connection back goes first.
int rankOf(Says says)
{
    return says == Says::Refuses ? 0 : says == Says::Unknown ? 1 : 2;
}

bool isPublicBalancer(const Estate& estate, NodeId service)
{
    return estate.word(service, "service_type") == "LoadBalancer"
        && !estate.flag(service, "internal_load_balancer").value_or(false);
}

} // namespace

PodReach::PodReach(const Estate& estate) : m_estate(estate), m_network(estate)
{
    PolicyPeer controller;
    controller.isPod = true;
    controller.space = "ingress-controller";
    controller.spaceLabels = m_network.labelsOfSpace(controller.space);
    m_controller = m_network.unknownPod(std::move(controller));
    if (!m_network.ends().empty())
        addExposures();
}

void PodReach::addExposures()
{
    for (const NodeId service : m_estate.ofKind(Kind::KubeService)) {
        if (!isPublicBalancer(m_estate, service))
            continue;
        for (const Served& served : servedBy(m_estate, m_network, service)) {
            for (const ServedPort& port : served.ports)
                m_exposures[served.end->node].push_back(
                    {service, service, port.protocol, port.target, port.port, false});
        }
    }
    for (const NodeId ingress : m_estate.ofKind(Kind::LoadBalancer)) {
        if (m_estate.node(ingress).provider != Provider::Kubernetes)
            continue;
        for (const Routed& routed : routedBy(m_estate, m_network, ingress))
            m_exposures[routed.end->node].push_back({ingress, routed.service, 6, routed.target, -1, true});
    }
}

const std::vector<Exposure>& PodReach::exposuresOf(NodeId end) const
{
    static const std::vector<Exposure> none;
    const auto found = m_exposures.find(end);
    return found == m_exposures.end() ? none : found->second;
}

/// The answer that speaks of what is asked, as a hop; one that holds it back goes first.
Hop PodReach::hopOf(
    const std::vector<GateAnswer>& answers, NodeId pod, const PortSet& wanted, const char* direction) const
{
    const GateAnswer* decided = nullptr;
    for (const GateAnswer& answer : answers) {
        if (!intersectionOf(answer.ports, wanted).empty() && (!decided || rankOf(answer.says) < rankOf(decided->says)))
            decided = &answer;
    }
    Hop hop{pod, "network policy", {}, true, noEvidence, std::string("no policy speaks of its ") + direction};
    const NetworkPolicyRules* policy = decided ? m_network.policies().policy(decided->node) : nullptr;
    if (!policy)
        return hop;
    hop.node = policy->node;
    hop.control = policy->control;
    hop.passed = decided->says == Says::Passes;
    hop.evidence = policy->evidence;
    hop.rule = m_network.policies().ruleName(*decided);
    hop.why = decided->why;
    return hop;
}

ReachAnswer PodReach::between(const PodEnd& from, const PodEnd& to, Service service) const
{
    ReachAnswer answer;
    const PolicyAnswer said = m_network.between(from, to);
    if (!isSpokenOf(service.protocol)) {
        const bool open = said.allowed == everyPort();
        answer.verdict = open ? Reach::Reachable : Reach::Unknown;
        answer.missing = open ? "" : "what the network plugin does with protocols other than TCP, UDP and SCTP";
        return answer;
    }
    const PortSet wanted = asked(service);
    answer.ports = intersectionOf(said.allowed, wanted);
    answer.verdict = Reach::Reachable;
    if (answer.ports.empty()) {
        answer.ports = wanted;
        answer.verdict = intersectionOf(said.perhaps, wanted).empty() ? Reach::Blocked : Reach::Unknown;
    }
    if (from.peer.isPod)
        answer.hops.push_back(hopOf(said.egress, from.node, answer.ports, "egress"));
    if (to.peer.isPod && (answer.hops.empty() || answer.hops.back().passed))
        answer.hops.push_back(hopOf(said.ingress, to.node, answer.ports, "ingress"));
    for (const auto* each : {&said.ingress, &said.egress}) {
        for (const GateAnswer& one : *each) {
            if (answer.verdict == Reach::Unknown && one.says == Says::Unknown
                && !intersectionOf(one.ports, wanted).empty())
                answer.missing = one.missing;
        }
    }
    const bool shared = (from.peer.isPod && from.peer.hostNetwork) || (to.peer.isPod && to.peer.hostNetwork);
    if (answer.verdict == Reach::Blocked && shared) {
        answer.verdict = Reach::Unknown;
        answer.missing = "whether the network plugin applies policies to pods that share their machine's network";
    }
    return answer;
}

std::vector<PodReach::End> PodReach::endsOf(std::string_view text, Service& service) const
{
    std::vector<End> ends;
    const auto pod = [&](const PodEnd& end, Service at, std::vector<Hop> before = {}) {
        ends.push_back({end, at, std::move(before)});
    };
    if (text == "internet" || text == "internet6") {
        ends.push_back({m_network.outside(text == "internet6" ? anyone6 : anyone4), service, {}, true});
        return ends;
    }
    if (const auto node = m_estate.find(text)) {
        if (const PodEnd* end = m_network.endOf(*node)) {
            pod(*end, service);
        } else if (m_estate.node(*node).provider == Provider::Kubernetes && m_estate.kind(*node) == Kind::KubeService) {
            for (const Served& served : servedBy(m_estate, m_network, *node)) {
                for (const ServedPort& port : served.ports) {
                    if (port.protocol == service.protocol && port.port == service.port)
                        pod(*served.end, {service.protocol, port.target},
                            {{*node, "service", {}, true, noEvidence,
                                "leads to port " + std::to_string(port.target) + " of the pod"}});
                }
            }
        } else if (m_estate.node(*node).provider == Provider::Kubernetes
            && m_estate.kind(*node) == Kind::LoadBalancer) {
            for (const Routed& routed : routedBy(m_estate, m_network, *node))
                pod(*routed.end, {6, routed.target},
                    {{*node, "ingress", {}, true, noEvidence,
                        "leads to port " + std::to_string(routed.target) + " of the pod"}});
        }
        return ends;
    }
    if (const auto address = parseIpAddress(text)) {
        for (const PodEnd& end : m_network.ends()) {
            if (std::ranges::find(end.peer.addresses, *address) != end.peer.addresses.end())
                pod(end, service);
        }
        if (ends.empty())
            ends.push_back({m_network.outside(*address), service, {}});
    }
    return ends;
}

/// The best of the ways in: what exposes the pod, then the policies over it.
ReachAnswer PodReach::fromOutside(const PodEnd& client, const PodEnd& to, Service service) const
{
    ReachAnswer best;
    best.verdict = Reach::Blocked;
    bool exposed = false;
    for (const Exposure& exposure : exposuresOf(to.node)) {
        if (exposure.protocol != service.protocol || (service.port >= 0 && exposure.target != service.port))
            continue;
        exposed = true;
        ReachAnswer answer = between(exposure.throughController ? m_controller : client, to, service);
        std::vector<Hop> hops = {{exposure.by, exposure.throughController ? "ingress" : "service", {}, true, noEvidence,
            "leads from outside to port " + std::to_string(exposure.target) + " of the pod"}};
        if (exposure.throughController)
            answer.hops.erase(answer.hops.begin());
        answer.hops.insert(answer.hops.begin(), hops.begin(), hops.end());
        if (best.hops.empty() || answer.verdict == Reach::Reachable)
            best = std::move(answer);
        if (best.verdict == Reach::Reachable)
            return best;
    }
    if (exposed)
        return best;
    ReachAnswer answer = between(client, to, service);
    if (answer.verdict != Reach::Reachable)
        return answer;
    if (to.peer.hostNetwork) {
        answer.verdict = Reach::Unknown;
        answer.missing = "who reaches the machine that the pod shares the network of";
        return answer;
    }
    answer.verdict = Reach::Latent;
    answer.hops.insert(answer.hops.begin(),
        {to.node, "service", {}, false, noEvidence,
            "no load balancer, ingress or route leads to the port from outside"});
    return answer;
}

std::optional<ReachAnswer> PodReach::ask(std::string_view from, std::string_view to, Service service) const
{
    if (m_network.ends().empty())
        return std::nullopt;
    Service atSource = service;
    const auto froms = endsOf(from, atSource);
    const auto tos = endsOf(to, service);
    const auto isPod = [](const End& end) { return end.end.peer.isPod; };
    if (std::ranges::none_of(froms, isPod) && std::ranges::none_of(tos, isPod))
        return std::nullopt;
    std::optional<ReachAnswer> best;
    for (const End& source : froms) {
        for (const End& target : tos) {
            // An address outside may be one of the same private network, from which pods may be reached directly.
            const bool fromInternet =
                !isPod(source) && isPod(target) && (source.isInternet || !isPrivate(source.end.peer.addresses.front()));
            ReachAnswer one = fromInternet ? fromOutside(source.end, target.end, target.service)
                                           : between(source.end, target.end, target.service);
            if (isPod(source) && source.end.node == target.end.node)
                one.verdict = Reach::Reachable;
            one.hops.insert(one.hops.begin(), target.before.begin(), target.before.end());
            if (!best || (best->verdict != Reach::Reachable && one.verdict == Reach::Reachable))
                best = std::move(one);
        }
    }
    if (!best) {
        best = ReachAnswer{};
        best->missing =
            "how the network of the cluster is joined with that of " + std::string(froms.empty() ? from : to);
    }
    return best;
}

} // namespace glacis::kubernetes
