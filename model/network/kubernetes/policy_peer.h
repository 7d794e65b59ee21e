// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ip.h"
#include "core/label_selector.h"
#include "estate/estate.h"
#include "network/port_set.h"

#include <string>
#include <vector>

namespace glacis::kubernetes {

/// TCP, UDP and SCTP: what network policies speak of. "Network Policies" leaves open what becomes of other protocols.
[[nodiscard]] const PortSet& everyPort();
/// IANA number of "TCP", "UDP" or "SCTP"; TCP where none is given.
[[nodiscard]] std::int16_t protocolNumber(std::string_view name);

struct ContainerPort {
    std::string name;
    std::int16_t protocol = 6;
    std::int32_t port = -1;
    auto operator<=>(const ContainerPort&) const = default;
};

/// One end of a connection as network policies see it: a pod, or an address outside of the cluster.
struct PolicyPeer {
    bool isPod = false;
    std::string space; ///< namespace
    Labels labels;
    Labels spaceLabels; ///< of the namespace
    std::vector<ContainerPort> ports;
    std::vector<IpAddress> addresses; ///< of a pod: those that the export shows; of an address outside: itself
    std::vector<IpAddress> hostAddresses; ///< of the machine that a pod runs on
    bool hostNetwork = false;
    auto operator<=>(const PolicyPeer&) const = default;
};

/// Whether blocks of addresses may mean pods by the addresses that the export shows. The end-to-end tests of Kubernetes
/// take it so, and the Network Policy API says it; "Network Policies" advises against relying on it.
enum class Blocks { MeanPodsToo, MeanOutsideOnly };

enum class Match { No, Yes, Unsure };

/// Whom a rule means: one entry of its `from` or `to`.
struct PeerRule {
    enum class Form {
        Pods,
        Addresses,
        Nodes,
        Endpoints, ///< pods by the labels that Cilium gives them: their own, their namespace and its labels
        Machines, ///< those of the cluster, whose addresses are not known
        Unsure, ///< some addresses outside
        Unread ///< nobody can say of whom it speaks
    };
    Form form = Form::Pods;
    std::string space; ///< the policy's own, when it does not choose namespaces; empty: by selector
    LabelSelector spaces;
    bool anyPod = true;
    LabelSelector pods;
    std::vector<IpPrefix> blocks;
    std::vector<IpPrefix> except;
    bool neverPods = false; ///< the blocks mean what is outside, whatever `Blocks` says
    std::vector<IpAddress> nodeAddresses; ///< of the machines that are meant

    [[nodiscard]] Match matches(const PolicyPeer& peer, Blocks meaning) const;
};

/// Which ports a rule means; a named port is looked up at the pod that the connection leads to.
struct PortRule {
    PortSet numbers;
    std::string name; ///< set: numbers are empty
    std::int16_t protocol = 6;
    bool anyProtocol = false; ///< a named port of an admin policy: that of the container's port
    [[nodiscard]] PortSet at(const PolicyPeer& destination) const;
};

} // namespace glacis::kubernetes
