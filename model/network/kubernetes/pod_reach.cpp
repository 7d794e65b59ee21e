// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_reach.h"

#include "network/reach.h"

#include <algorithm>

namespace glacis::kubernetes {

struct PodReach::End {
    NodeId node = noNode; ///< noNode: an address outside
    const PodEnd* pod = nullptr; ///< null: outside, or a thing that is not of the cluster
    Peer peer;
    Service service; ///< at the pod
    std::vector<Hop> before; ///< what leads to it
};

namespace {

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

const char* controlOf(NetworkPolicyRules::Layer layer)
{
    switch (layer) {
    case NetworkPolicyRules::Layer::Admin:
        return "admin network policy";
    case NetworkPolicyRules::Layer::Baseline:
        return "baseline admin network policy";
    case NetworkPolicyRules::Layer::Plain:
        break;
    }
    return "network policy";
}

/// The ruling that speaks of what is asked, as a hop; one that holds it back goes first.
Hop hopOf(const Judgement& judgement, NodeId pod, const PortSet& wanted, const char* direction)
{
    const Ruling* decided = nullptr;
    for (const Ruling& ruling : judgement.rulings) {
        if (!intersectionOf(ruling.ports, wanted).empty() && (!decided || (decided->passed && !ruling.passed)))
            decided = &ruling;
    }
    Hop hop{pod, "network policy", {}, true, noEvidence, std::string("no policy speaks of its ") + direction};
    if (!decided || !decided->policy)
        return hop;
    hop.node = decided->policy->node;
    hop.control = controlOf(decided->policy->layer);
    hop.passed = decided->passed;
    hop.evidence = decided->policy->evidence;
    hop.rule = decided->rule ? decided->rule->name : std::string();
    hop.why = !decided->rule ? std::string("it isolates the pod, and no ") + direction + " rule lets this through"
        : decided->passed    ? "the rule allows it"
                             : "the rule denies it";
    return hop;
}

bool isPublicBalancer(const Estate& estate, NodeId service)
{
    return estate.word(service, "service_type") == "LoadBalancer"
        && !estate.flag(service, "internal_load_balancer").value_or(false);
}

} // namespace

PodReach::PodReach(const Estate& estate) : m_estate(estate), m_network(estate)
{
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

Peer PodReach::controller() const
{
    Peer peer;
    peer.isPod = true;
    peer.space = "ingress-controller";
    peer.spaceLabels = m_network.labelsOfSpace(peer.space);
    return peer;
}

ReachAnswer PodReach::between(const Peer& from, NodeId fromNode, const Peer& to, NodeId toNode, Service service) const
{
    ReachAnswer answer;
    const PolicyAnswer most = m_network.between(from, to, Doubt::For, Blocks::MeanPodsToo);
    const PolicyAnswer least = m_network.between(from, to, Doubt::Against, Blocks::MeanPodsToo);
    const bool open = least.allowed == everyPort();
    if (!isSpokenOf(service.protocol)) {
        answer.verdict = open ? Reach::Reachable : Reach::Unknown;
        answer.missing = open ? "" : "what the network plugin does with protocols other than TCP, UDP and SCTP";
        return answer;
    }
    const PortSet wanted = asked(service);
    const bool may = !intersectionOf(most.allowed, wanted).empty(),
               must = !intersectionOf(least.allowed, wanted).empty();
    const PolicyAnswer& told = must ? most : least;
    if (from.isPod)
        answer.hops.push_back(hopOf(told.egress, fromNode, wanted, "egress"));
    if (to.isPod && (answer.hops.empty() || answer.hops.back().passed))
        answer.hops.push_back(hopOf(told.ingress, toNode, wanted, "ingress"));
    answer.verdict = must ? Reach::Reachable : may ? Reach::Unknown : Reach::Blocked;
    answer.ports = must ? intersectionOf(least.allowed, wanted) : wanted;
    if (answer.verdict == Reach::Unknown)
        answer.missing = "the addresses of the pods (kubectl get pods -A -o json)";
    const bool shared = (from.isPod && from.hostNetwork) || (to.isPod && to.hostNetwork);
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
        ends.push_back({end.node, &end, end.peer, at, std::move(before)});
    };
    if (text == "internet" || text == "internet6") {
        ends.push_back({NodeId{0}, nullptr, Peer::outside(text == "internet6" ? anyone6 : anyone4), service, {}});
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
            ends.push_back({noNode, nullptr, Peer::outside(*address), service, {}});
    }
    return ends;
}

/// The best of the ways in: what exposes the pod, then the policies over it.
ReachAnswer PodReach::fromOutside(const Peer& client, const PodEnd& to, Service service) const
{
    ReachAnswer best;
    best.verdict = Reach::Blocked;
    bool exposed = false;
    for (const Exposure& exposure : exposuresOf(to.node)) {
        if (exposure.protocol != service.protocol || (service.port >= 0 && exposure.target != service.port))
            continue;
        exposed = true;
        ReachAnswer answer = exposure.throughController ? between(controller(), noNode, to.peer, to.node, service)
                                                        : between(client, noNode, to.peer, to.node, service);
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
    ReachAnswer answer = between(client, noNode, to.peer, to.node, service);
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
    const auto isPod = [](const End& end) { return end.pod != nullptr; };
    if (std::ranges::none_of(froms, isPod) && std::ranges::none_of(tos, isPod))
        return std::nullopt;
    std::optional<ReachAnswer> best;
    for (const End& source : froms) {
        for (const End& target : tos) {
            // An address outside may be one of the same private network, from which pods may be reached directly.
            const bool fromInternet =
                !source.pod && target.pod && (source.node == NodeId{0} || !isPrivate(source.peer.addresses.front()));
            ReachAnswer one = fromInternet
                ? fromOutside(source.peer, *target.pod, target.service)
                : between(source.peer, source.node, target.peer, target.node, target.service);
            if (source.pod && source.pod == target.pod)
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
