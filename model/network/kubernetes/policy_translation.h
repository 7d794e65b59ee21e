// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"
#include "network/gate.h"
#include "network/kubernetes/policies.h"

#include <map>
#include <string_view>
#include <vector>

namespace glacis::kubernetes {

/// How the policies see one end of a connection.
struct PolicySight {
    std::vector<Label> labels; ///< sorted: one for each rule that means it
    Gate out; ///< without layers: no policy has a say
    Gate in;
};

/// Network policies as filters of the neutral core. A rule speaks of the far end by a label that those bear whom it
/// means, so that selectors are matched once for each end and not for each pair.
///
/// Admin policies decide first, rule by rule, and may pass a decision on; then the plain policies: a pod that one
/// selects is open only to what some rule of them allows; only where none selects it the baseline decides, and where
/// that is silent all is allowed. Sources: "Network Policies", Kubernetes documentation; "API Overview", Network Policy
/// API.
class PolicyTranslation {
public:
    PolicyTranslation(std::vector<NetworkPolicyRules> policies, Blocks meaning);
    PolicyTranslation(const PolicyTranslation&) = delete;
    PolicyTranslation& operator=(const PolicyTranslation&) = delete;

    /// A pod's names of ports may add rules: what was seen before stays as it is.
    [[nodiscard]] PolicySight sightOfPod(const PolicyPeer& pod);
    [[nodiscard]] PolicySight sightOfOutside(const PolicyPeer& outside) const;

    /// What the policies over an end say of all ports; empty when none has a say.
    [[nodiscard]] std::vector<GateAnswer> ask(const Gate& gate, const PolicySight& own, const PolicySight& other) const;

    [[nodiscard]] const std::vector<NetworkPolicyRules>& policies() const { return m_policies; }
    [[nodiscard]] const NetworkPolicyRules* policy(NodeId node) const; ///< null: it is none
    [[nodiscard]] std::string_view ruleName(const GateAnswer& answer) const { return m_names[answer.rule]; }

private:
    /// Two labels of those whom a rule means: for certain, and perhaps.
    struct Meant {
        Label surely{}, perhaps{};
    };
    struct Translated {
        const PolicyRule* rule = nullptr;
        Direction direction{};
        FilterId filter{};
        FilterRule pattern;
        Meant meant;
        bool namesPorts = false;
        std::map<PortSet, Meant> byPorts; ///< where ports are named: by what the names come to at the destination
    };

    void translate(const NetworkPolicyRules& policy, Direction direction, std::vector<FilterId>& filters);
    void addPorts(Translated& rule, const PortSet& ports);
    [[nodiscard]] Gate gateOver(const PolicyPeer& pod, Direction direction) const;
    [[nodiscard]] Meant newMeant() { return {m_model.newLabel(), m_model.newLabel()}; }
    [[nodiscard]] EndSet ends(const PolicyRule& rule, const Meant& meant) const;

    std::vector<NetworkPolicyRules> m_policies;
    Blocks m_meaning;
    NetworkModel m_model;
    StringPool m_names;
    std::vector<Translated> m_rules;
    struct Filters {
        std::vector<FilterId> in, out; ///< one for each rule
    };
    std::vector<Filters> m_filters; ///< by policy
};

} // namespace glacis::kubernetes
