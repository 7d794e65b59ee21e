// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/kubernetes/policy_peer.h"

#include <span>
#include <string>
#include <vector>

namespace glacis::kubernetes {

enum class Effect { Allow, Deny, Pass };

struct PolicyRule {
    Effect effect = Effect::Allow;
    std::string name; ///< "ingress rule 2", or as an admin policy calls it
    bool anyone = false; ///< it does not say whom: all
    std::vector<PeerRule> peers;
    bool anyPort = true;
    std::vector<PortRule> ports;

    [[nodiscard]] PortSet portsAt(const Peer& destination) const;
    [[nodiscard]] Match matches(const Peer& peer, Blocks meaning) const;
};

/// A network policy of any of the kinds.
struct NetworkPolicyRules {
    enum class Layer { Admin, Plain, Baseline };
    NodeId node = noNode;
    EvidenceId evidence = noEvidence;
    Layer layer = Layer::Plain;
    std::int64_t priority = 0; ///< of an admin policy: the lower goes first
    PeerRule subject;
    bool forIngress = false; ///< whether it has a say in the direction at all
    bool forEgress = false;
    std::vector<PolicyRule> ingress;
    std::vector<PolicyRule> egress;

    [[nodiscard]] bool rules(Direction direction) const { return direction == Direction::In ? forIngress : forEgress; }
    [[nodiscard]] const std::vector<PolicyRule>& of(Direction direction) const
    {
        return direction == Direction::In ? ingress : egress;
    }
};

/// All network policies of an estate, in the order in which they are asked: admin policies by priority, then the plain
/// ones, then the baseline.
[[nodiscard]] std::vector<NetworkPolicyRules> readPolicies(const Estate& estate);

/// What one policy said about part of the ports.
struct Ruling {
    const NetworkPolicyRules* policy = nullptr; ///< null: no policy speaks, so all is allowed
    const PolicyRule* rule = nullptr; ///< null: the pod is isolated by the policy and no rule lets it through
    bool passed = false;
    PortSet ports;
};

/// The answer of all policies that stand over a pod, in one direction.
struct Judgement {
    PortSet allowed;
    std::vector<Ruling> rulings; ///< together they cover every port
};

/// The policies that have a say over a pod in one direction, in their order.
[[nodiscard]] std::vector<const NetworkPolicyRules*> policiesOver(
    std::span<const NetworkPolicyRules> all, const Peer& pod, Direction direction);

/// Admin policies decide first, rule by rule, and may pass a decision on; then the plain policies: a pod that one
/// selects is open only to what some rule of them allows; only where none selects it the baseline decides, and where
/// that is silent all is allowed. Sources: "Network Policies", Kubernetes documentation; "API Overview", Network Policy
/// API.
[[nodiscard]] Judgement judge(std::span<const NetworkPolicyRules* const> over, Direction direction, const Peer& other,
    const Peer& destination, Doubt doubt, Blocks meaning);

} // namespace glacis::kubernetes
