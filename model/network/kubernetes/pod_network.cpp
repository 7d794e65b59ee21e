// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_network.h"

#include "core/json.h"

#include <algorithm>
#include <set>

namespace glacis::kubernetes {

namespace {

using Says = GateAnswer::Says;

template <class Wanted> PortSet saidBy(const std::vector<GateAnswer>& answers, Wanted wanted)
{
    PortSet ports;
    for (const GateAnswer& answer : answers) {
        if (wanted(answer.says))
            ports = unionOf(ports, answer.ports);
    }
    return ports;
}

IpAddress next(IpAddress address)
{
    ++address.low;
    if (address.v6 && address.low == 0)
        ++address.high;
    return address;
}

IpAddress previous(IpAddress address)
{
    if (address.v6 && address.low == 0)
        --address.high;
    --address.low;
    return address;
}

} // namespace

PodNetwork::PodNetwork(const Estate& estate, Blocks meaning)
    : m_estate(estate), m_policies(readPolicies(estate), meaning)
{
    for (const NodeId space : estate.ofKind(Kind::Namespace)) {
        Labels& labels = m_spaces[std::string(estate.name(space))];
        for (const auto& tag : estate.tags(space))
            labels.emplace(estate.text(tag.key), estate.text(tag.value));
    }
    for (const Kind kind : {Kind::Workload, Kind::Pod}) {
        for (const NodeId node : estate.ofKind(kind)) {
            for (const auto& row : estate.policies(node)) {
                const auto document = parseJson(estate.text(row.document));
                if (row.role == PolicyRole::Kubernetes && document && document->is_object()) {
                    m_ends.push_back(endFrom(node, *document));
                    break;
                }
            }
        }
    }
    std::ranges::sort(m_ends, {}, &PodEnd::node);
    for (PodEnd& end : m_ends)
        end.sight = m_policies.sightOfPod(end.peer);
}

PodEnd PodNetwork::unknownPod(PolicyPeer peer)
{
    PodEnd end;
    end.peer = std::move(peer);
    end.sight = m_policies.sightOfPod(end.peer);
    return end;
}

PodEnd PodNetwork::outside(const IpAddress& address) const
{
    PodEnd end;
    end.peer.addresses = {address};
    end.sight = m_policies.sightOfOutside(end.peer);
    return end;
}

PodEnd PodNetwork::endFrom(NodeId node, const Json& document) const
{
    PodEnd end;
    end.node = node;
    end.ownerKind = textOf(member(document, "owner"), "kind");
    end.ownerName = textOf(member(document, "owner"), "name");
    PolicyPeer& peer = end.peer;
    peer.isPod = true;
    peer.space = m_estate.name(m_estate.node(node).parent);
    peer.spaceLabels = labelsOfSpace(peer.space);
    peer.labels = labelsFrom(member(document, "labels"));
    peer.hostNetwork = boolOf(document, "hostNetwork").value_or(false);
    for (const Json& container : arrayOf(document, "containers")) {
        for (const Json& port : arrayOf(container, "ports")) {
            const auto number = numberOf(port, "containerPort");
            if (number && *number > 0 && *number <= lastPort)
                peer.ports.push_back({std::string(textOf(port, "name")), protocolNumber(textOf(port, "protocol")),
                    static_cast<std::int32_t>(*number)});
        }
    }
    for (const auto& row : m_estate.addresses(node)) {
        if (row.hasInside)
            peer.addresses.push_back(row.inside);
    }
    if (const auto host = parseIpAddress(m_estate.word(node, "host_address")))
        peer.hostAddresses.push_back(*host);
    for (const NodeId machine : m_estate.targets(node, EdgeKind::AttachedTo)) {
        for (const auto& row : m_estate.addresses(machine)) {
            if (row.hasInside)
                peer.hostAddresses.push_back(row.inside);
        }
    }
    return end;
}

const PodEnd* PodNetwork::endOf(NodeId node) const
{
    const auto found = std::ranges::lower_bound(m_ends, node, {}, &PodEnd::node);
    return found == m_ends.end() || found->node != node ? nullptr : &*found;
}

Labels PodNetwork::labelsOfSpace(std::string_view space) const
{
    const auto found = m_spaces.find(space);
    Labels labels = found == m_spaces.end() ? Labels{} : found->second;
    // "Automatic labelling", Namespaces: the control plane sets it on every namespace.
    labels.emplace("kubernetes.io/metadata.name", space);
    return labels;
}

PolicyAnswer PodNetwork::between(const PodEnd& from, const PodEnd& to) const
{
    const auto runsOn = [](const PolicyPeer& pod, const PolicyPeer& outside) {
        return pod.isPod && !outside.isPod && std::ranges::any_of(pod.hostAddresses, [&](const IpAddress& host) {
            return std::ranges::find(outside.addresses, host) != outside.addresses.end();
        });
    };
    PolicyAnswer answer;
    answer.allowed = everyPort();
    if (runsOn(from.peer, to.peer) || runsOn(to.peer, from.peer))
        return answer;
    answer.egress = m_policies.ask(from.sight.out, from.sight, to.sight);
    answer.ingress = m_policies.ask(to.sight.in, to.sight, from.sight);
    PortSet possible = everyPort();
    for (const auto* said : {&answer.egress, &answer.ingress}) {
        if (said->empty())
            continue;
        answer.allowed = intersectionOf(answer.allowed, saidBy(*said, [](Says says) { return says == Says::Passes; }));
        possible = intersectionOf(possible, saidBy(*said, [](Says says) { return says != Says::Refuses; }));
    }
    answer.perhaps = difference(possible, answer.allowed);
    return answer;
}

std::vector<AddressRange> PodNetwork::outsideRanges(Direction direction, bool v6) const
{
    const IpPrefix all = *parseIpPrefix(v6 ? "::/0" : "0.0.0.0/0");
    std::set<IpAddress> starts = {all.address};
    const auto cut = [&](const IpPrefix& block) {
        if (block.address.v6 != v6)
            return;
        starts.insert(block.address);
        if (block.last() != all.last())
            starts.insert(next(block.last()));
    };
    for (const NetworkPolicyRules& policy : m_policies.policies()) {
        for (const PolicyRule& rule : policy.of(direction)) {
            for (const PeerRule& peer : rule.peers) {
                std::ranges::for_each(peer.blocks, cut);
                std::ranges::for_each(peer.except, cut);
                for (const IpAddress& one : peer.nodeAddresses)
                    cut({one, static_cast<std::uint8_t>(one.v6 ? 128 : 32)});
            }
        }
    }
    std::vector<AddressRange> ranges;
    for (auto at = starts.begin(); at != starts.end(); ++at) {
        const auto after = std::next(at);
        ranges.push_back({*at, after == starts.end() ? all.last() : previous(*after)});
    }
    return ranges;
}

} // namespace glacis::kubernetes
