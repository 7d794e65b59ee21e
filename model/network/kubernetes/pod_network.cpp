// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_network.h"

#include "core/json.h"

#include <algorithm>
#include <set>

namespace glacis::kubernetes {

namespace {

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

PodNetwork::PodNetwork(const Estate& estate) : m_estate(estate), m_policies(readPolicies(estate))
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
}

PodEnd PodNetwork::endFrom(NodeId node, const Json& document) const
{
    PodEnd end;
    end.node = node;
    end.ownerKind = textOf(member(document, "owner"), "kind");
    end.ownerName = textOf(member(document, "owner"), "name");
    Peer& peer = end.peer;
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

PolicyAnswer PodNetwork::between(const Peer& from, const Peer& to, Doubt doubt, Blocks meaning) const
{
    const auto runsOn = [](const Peer& pod, const Peer& outside) {
        return pod.isPod && !outside.isPod && std::ranges::any_of(pod.hostAddresses, [&](const IpAddress& host) {
            return std::ranges::find(outside.addresses, host) != outside.addresses.end();
        });
    };
    PolicyAnswer answer;
    answer.allowed = everyPort();
    if (runsOn(from, to) || runsOn(to, from))
        return answer;
    if (from.isPod) {
        answer.egress = judge(policiesOver(m_policies, from, Direction::Out), Direction::Out, to, to, doubt, meaning);
        answer.allowed = answer.egress.allowed;
    }
    if (to.isPod) {
        answer.ingress = judge(policiesOver(m_policies, to, Direction::In), Direction::In, from, to, doubt, meaning);
        answer.allowed = intersectionOf(answer.allowed, answer.ingress.allowed);
    }
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
    for (const NetworkPolicyRules& policy : m_policies) {
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
