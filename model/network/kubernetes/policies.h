// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/kubernetes/policy_peer.h"
#include "network/network_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis::kubernetes {

struct PolicyRule {
    Effect effect = Effect::Allow;
    std::string name; ///< "ingress rule 2", or as an admin policy calls it
    bool anyone = false; ///< it does not say whom: all
    std::vector<PeerRule> peers;
    bool anyPort = true;
    std::vector<PortRule> ports;
    std::string missing; ///< what would tell whom it means, where that is not known

    [[nodiscard]] PortSet portsAt(const PolicyPeer& destination) const;
    /// Whether the ports differ from pod to pod: some are named.
    [[nodiscard]] bool namesPorts() const;
    [[nodiscard]] Match matches(const PolicyPeer& peer, Blocks meaning) const;
};

/// A network policy of any of the kinds.
struct NetworkPolicyRules {
    enum class Layer { Admin, Plain, Baseline };
    NodeId node = noNode;
    EvidenceId evidence = noEvidence;
    Layer layer = Layer::Plain;
    const char* control = "network policy"; ///< as people call it
    std::int64_t priority = 0; ///< of an admin policy: the lower goes first
    PeerRule subject;
    bool forIngress = false; ///< whether it has a say in the direction at all
    bool forEgress = false;
    bool isolatesIngress = true; ///< of a plain one: whether what no rule allows is refused
    bool isolatesEgress = true;
    std::vector<PolicyRule> ingress;
    std::vector<PolicyRule> egress;

    [[nodiscard]] bool rules(Direction direction) const { return direction == Direction::In ? forIngress : forEgress; }
    [[nodiscard]] bool isolates(Direction direction) const
    {
        return direction == Direction::In ? isolatesIngress : isolatesEgress;
    }
    [[nodiscard]] const std::vector<PolicyRule>& of(Direction direction) const
    {
        return direction == Direction::In ? ingress : egress;
    }
};

/// All network policies of an estate, in the order in which they are asked: admin policies by priority, then the plain
/// ones, then the baseline.
[[nodiscard]] std::vector<NetworkPolicyRules> readPolicies(const Estate& estate);

/// What a CiliumNetworkPolicy, or one for the whole cluster (`space` empty), comes to: what it denies goes before all
/// that allows. Sources: "Layer 3 Policies", "Layer 4 Policies", "Deny Policies", "Policy Enforcement Modes", Cilium
/// documentation.
[[nodiscard]] std::vector<NetworkPolicyRules> ciliumPolicies(std::string_view space, const Json& document);

} // namespace glacis::kubernetes
