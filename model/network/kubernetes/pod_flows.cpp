// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_flows.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace glacis::kubernetes {

namespace {

constexpr std::uint32_t internetClass = 0;

/// What tells pods of one class from others.
struct Signature {
    std::vector<Label> labels; ///< of the rules that mean them
    std::vector<FilterId> asked; ///< of the policies over them
    std::vector<NodeId> isolatedBy;
    std::vector<ContainerPort> ports;
    std::vector<std::tuple<std::int16_t, std::int32_t, bool>> exposed;
    bool hostNetwork = false;
    auto operator<=>(const Signature&) const = default;
};

Signature signatureOf(const PodReach& reach, const PodEnd& end)
{
    Signature signature;
    signature.labels = end.sight.labels;
    for (const Gate* gate : {&end.sight.in, &end.sight.out}) {
        for (const Layer& layer : gate->layers)
            signature.asked.insert(signature.asked.end(), layer.filters.begin(), layer.filters.end());
        signature.isolatedBy.push_back(gate->node);
    }
    signature.ports = end.peer.ports;
    std::ranges::sort(signature.ports);
    for (const Exposure& exposure : reach.exposuresOf(end.node))
        signature.exposed.emplace_back(exposure.protocol, exposure.target, exposure.throughController);
    std::ranges::sort(signature.exposed);
    signature.hostNetwork = end.peer.hostNetwork;
    return signature;
}

/// Workloads whose pods are there are drawn by those.
bool standsForItself(const Estate& estate, NodeId node)
{
    return std::ranges::none_of(estate.sources(node, EdgeKind::AttachedTo), [&](NodeId below) {
        const Kind kind = estate.kind(below);
        return !estate.node(below).outside && (kind == Kind::Pod || kind == Kind::Workload);
    });
}

class Finder {
public:
    Finder(const Estate& estate, const PodReach& reach, Flows& flows) : m_estate(estate), m_reach(reach), m_flows(flows)
    {
        std::map<Signature, std::uint32_t> known;
        for (const PodEnd& end : reach.network().ends()) {
            if (!standsForItself(estate, end.node))
                continue;
            const auto next = static_cast<std::uint32_t>(flows.classes.size());
            const auto [found, isNew] = known.try_emplace(signatureOf(reach, end), next);
            if (isNew) {
                EndpointClass one;
                one.network = estate.within(end.node, Kind::K8sCluster).value_or(noNode);
                one.isPublic = !reach.exposuresOf(end.node).empty();
                flows.classes.push_back(std::move(one));
                m_ends.emplace_back(next, &end);
            }
            flows.classes[found->second].things.push_back(end.node);
            flows.classOf[index(end.node)] = found->second;
        }
    }

    void find(Progress& progress)
    {
        const PodEnd anyone = m_reach.network().outside(*parseIpAddress("9.9.9.9"));
        progress.begin("Finding which pods can talk", m_ends.size());
        for (const auto& [from, source] : m_ends) {
            if (progress.cancelled())
                return;
            for (const auto& [to, target] : m_ends) {
                if (from != to || m_flows.classes[from].things.size() > 1)
                    keep(from, to, *source, *target, listens(target->peer));
            }
            keep(from, internetClass, *source, anyone, everyPort());
            fromInternet(from, *source);
            progress.advance();
        }
    }

private:
    static PortSet listens(const PolicyPeer& peer)
    {
        PortSet ports;
        for (const ContainerPort& port : peer.ports)
            ports = unionOf(ports, {{port.protocol, port.port, port.port}});
        return ports.empty() ? everyPort() : ports;
    }

    void keep(std::uint32_t from, std::uint32_t to, const PodEnd& source, const PodEnd& target, const PortSet& wanted)
    {
        Flow flow;
        flow.from = from;
        flow.to = to;
        flow.ports = intersectionOf(m_reach.network().between(source, target).allowed, wanted);
        if (flow.ports.empty())
            return;
        flow.verdict = Reach::Reachable;
        for (const std::int16_t protocol : {6, 17, 132}) {
            const PortSet some = intersectionOf(flow.ports, {{protocol, 1, lastPort}});
            if (some.empty())
                continue;
            // Asked of a port that is open, so that the rule which opens it is named.
            const std::int32_t port = some.ranges().front().from;
            flow.hops = m_reach.between(source, target, {protocol, port}).hops;
            break;
        }
        m_flows.flows.push_back(std::move(flow));
    }

    void fromInternet(std::uint32_t to, const PodEnd& target)
    {
        std::map<Reach, Flow> byVerdict;
        for (const Exposure& exposure : m_reach.exposuresOf(target.node)) {
            const auto answer = m_reach.ask("internet", m_estate.id(target.node), {exposure.protocol, exposure.target});
            if (!answer || answer->verdict == Reach::Blocked)
                continue;
            Flow& flow = byVerdict[answer->verdict];
            if (flow.ports.empty()) {
                flow.from = internetClass;
                flow.to = to;
                flow.verdict = answer->verdict;
                flow.hops = answer->hops;
                flow.missing = answer->missing;
            }
            flow.ports = unionOf(flow.ports, {{exposure.protocol, exposure.target, exposure.target}});
        }
        for (auto& [verdict, flow] : byVerdict)
            m_flows.flows.push_back(std::move(flow));
    }

    const Estate& m_estate;
    const PodReach& m_reach;
    Flows& m_flows;
    std::vector<std::pair<std::uint32_t, const PodEnd*>> m_ends; ///< one of each class
};

} // namespace

void addPodFlows(const Estate& estate, const PodReach& reach, Flows& flows, Progress& progress)
{
    Finder(estate, reach, flows).find(progress);
}

} // namespace glacis::kubernetes
