// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policy_peer.h"

#include <algorithm>

namespace glacis::kubernetes {

namespace {

constexpr std::int16_t tcp = 6, udp = 17, sctp = 132;

bool inBlocks(const PeerRule& rule, const IpAddress& address)
{
    const auto contains = [&](const IpPrefix& block) { return block.contains(address); };
    return std::ranges::any_of(rule.blocks, contains) && std::ranges::none_of(rule.except, contains);
}

/// A pod whose address is not known is in a block for certain only when every address is.
Match blocksMatch(const PeerRule& rule, const PolicyPeer& peer, Blocks meaning)
{
    if (peer.isPod && (rule.neverPods || meaning == Blocks::MeanOutsideOnly))
        return Match::No;
    if (peer.isPod && peer.addresses.empty()) {
        if (rule.blocks.empty())
            return Match::No;
        const bool everything =
            std::ranges::any_of(rule.blocks, [](const IpPrefix& block) { return block.length == 0; });
        return everything && rule.except.empty() ? Match::Yes : Match::Unsure;
    }
    const bool in = std::ranges::any_of(peer.addresses, [&](const IpAddress& one) { return inBlocks(rule, one); });
    return in ? Match::Yes : Match::No;
}

/// Machines, and pods that share the network of theirs.
Match nodesMatch(const PeerRule& rule, const PolicyPeer& peer)
{
    if (peer.isPod && !peer.hostNetwork)
        return Match::No;
    const bool found = std::ranges::any_of(peer.isPod ? peer.hostAddresses : peer.addresses,
        [&](const IpAddress& one) { return std::ranges::find(rule.nodeAddresses, one) != rule.nodeAddresses.end(); });
    return found ? Match::Yes : Match::No;
}

/// "Endpoint selectors", Cilium documentation.
Labels ciliumLabels(const PolicyPeer& peer)
{
    Labels labels = peer.labels;
    labels.emplace("io.kubernetes.pod.namespace", peer.space);
    for (const auto& [key, value] : peer.spaceLabels)
        labels.emplace("io.cilium.k8s.namespace.labels." + key, value);
    return labels;
}

} // namespace

const PortSet& everyPort()
{
    static const PortSet every = {{tcp, 1, lastPort}, {udp, 1, lastPort}, {sctp, 1, lastPort}};
    return every;
}

std::int16_t protocolNumber(std::string_view name)
{
    return name == "UDP" ? udp : name == "SCTP" ? sctp : tcp;
}

Match PeerRule::matches(const PolicyPeer& peer, Blocks meaning) const
{
    switch (form) {
    case Form::Pods:
        if (!peer.isPod || (space.empty() ? !spaces.matches(peer.spaceLabels) : space != peer.space))
            return Match::No;
        return anyPod || pods.matches(peer.labels) ? Match::Yes : Match::No;
    case Form::Addresses:
        return blocksMatch(*this, peer, meaning);
    case Form::Nodes:
        return nodesMatch(*this, peer);
    case Form::Endpoints:
        return peer.isPod && (space.empty() || space == peer.space) && pods.matches(ciliumLabels(peer)) ? Match::Yes
                                                                                                        : Match::No;
    case Form::Machines:
        return !peer.isPod && std::ranges::any_of(peer.addresses, isPrivate) ? Match::Unsure : Match::No;
    case Form::Unread:
        return Match::Unsure;
    case Form::Unsure:
        break;
    }
    return peer.isPod ? Match::No : Match::Unsure;
}

PortSet PortRule::at(const PolicyPeer& destination) const
{
    if (name.empty())
        return numbers;
    PortSet found;
    for (const ContainerPort& port : destination.ports) {
        if (port.name == name && (anyProtocol || port.protocol == protocol))
            found = unionOf(found, {{port.protocol, port.port, port.port}});
    }
    return found;
}

} // namespace glacis::kubernetes
