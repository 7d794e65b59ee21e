// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policy_translation.h"

#include <algorithm>

namespace glacis::kubernetes {

namespace {

using PolicyLayer = NetworkPolicyRules::Layer;

/// What would settle whether a rule means an end.
std::string missingFor(const PolicyRule& rule)
{
    return rule.missing.empty() ? std::string("the addresses of the pods (kubectl get pods -A -o json)") : rule.missing;
}

} // namespace

PolicyTranslation::PolicyTranslation(std::vector<NetworkPolicyRules> policies, Blocks meaning)
    : m_policies(std::move(policies)), m_meaning(meaning)
{
    m_filters.resize(m_policies.size());
    for (std::size_t at = 0; at < m_policies.size(); ++at) {
        translate(m_policies[at], Direction::In, m_filters[at].in);
        translate(m_policies[at], Direction::Out, m_filters[at].out);
    }
}

EndSet PolicyTranslation::ends(const PolicyRule& rule, const Meant& meant) const
{
    return {false, {}, {meant.surely}, missingFor(rule), {meant.perhaps}};
}

void PolicyTranslation::translate(const NetworkPolicyRules& policy, Direction direction, std::vector<FilterId>& filters)
{
    for (const PolicyRule& rule : policy.of(direction)) {
        Translated one;
        one.rule = &rule;
        one.direction = direction;
        one.filter = NetworkModel::add<FilterId>(m_model.filters, Filter{});
        one.meant = newMeant();
        one.namesPorts = rule.namesPorts();
        one.pattern.effect = rule.effect;
        one.pattern.other = ends(rule, one.meant);
        one.pattern.of = policy.node;
        one.pattern.name = m_names.intern(rule.name);
        one.pattern.evidence = policy.evidence;
        filters.push_back(one.filter);
        addPorts(one, rule.portsAt({}));
        m_rules.push_back(std::move(one));
    }
}

/// A destination at which the rule's ports come to these.
void PolicyTranslation::addPorts(Translated& rule, const PortSet& ports)
{
    const auto [at, isNew] = rule.byPorts.try_emplace(ports);
    if (!isNew)
        return;
    at->second = newMeant();
    if (ports.empty())
        return;
    FilterRule row = rule.pattern;
    row.services = ports;
    if (rule.namesPorts && rule.direction == Direction::In)
        row.own = {false, {}, {at->second.surely}, {}, {}};
    else if (rule.namesPorts)
        row.other = ends(*rule.rule, at->second);
    m_model.filters[index(rule.filter)].rules.push_back(std::move(row));
}

Gate PolicyTranslation::gateOver(const PolicyPeer& pod, Direction direction) const
{
    Gate gate;
    gate.control = "network policy";
    Layer admin, plain, baseline;
    admin.otherwise = baseline.otherwise = Effect::Pass;
    plain.why = std::string("it isolates the pod, and no ") + (direction == Direction::In ? "ingress" : "egress")
        + " rule lets this through";
    for (std::size_t at = 0; at < m_policies.size(); ++at) {
        const NetworkPolicyRules& policy = m_policies[at];
        if (!policy.rules(direction) || policy.subject.matches(pod, Blocks::MeanOutsideOnly) != Match::Yes)
            continue;
        if (policy.layer == PolicyLayer::Plain && policy.isolates(direction) && gate.node == noNode)
            gate.node = policy.node;
        std::vector<FilterId>& into = policy.layer == PolicyLayer::Admin ? admin.filters
            : policy.layer == PolicyLayer::Plain                         ? plain.filters
                                                                         : baseline.filters;
        const std::vector<FilterId>& filters = direction == Direction::In ? m_filters[at].in : m_filters[at].out;
        into.insert(into.end(), filters.begin(), filters.end());
    }
    if (!admin.filters.empty())
        gate.layers.push_back(std::move(admin));
    if (gate.node != noNode)
        gate.layers.push_back(std::move(plain));
    else if (!baseline.filters.empty())
        gate.layers.push_back(std::move(baseline));
    return gate;
}

PolicySight PolicyTranslation::sightOfPod(const PolicyPeer& pod)
{
    for (Translated& rule : m_rules) {
        if (rule.namesPorts)
            addPorts(rule, rule.rule->portsAt(pod));
    }
    PolicySight sight = sightOfOutside(pod);
    sight.in = gateOver(pod, Direction::In);
    sight.out = gateOver(pod, Direction::Out);
    return sight;
}

PolicySight PolicyTranslation::sightOfOutside(const PolicyPeer& outside) const
{
    PolicySight sight;
    for (const Translated& rule : m_rules) {
        const Match match = rule.rule->matches(outside, m_meaning);
        const auto bear = [&](const Meant& meant) {
            if (match != Match::No)
                sight.labels.push_back(match == Match::Yes ? meant.surely : meant.perhaps);
        };
        if (rule.namesPorts) {
            const Meant& here = rule.byPorts.at(rule.rule->portsAt(outside));
            if (rule.direction == Direction::In)
                sight.labels.push_back(here.surely);
            else
                bear(here);
        }
        bear(rule.meant);
    }
    std::ranges::sort(sight.labels);
    return sight;
}

std::vector<GateAnswer> PolicyTranslation::ask(const Gate& gate, const PolicySight& own, const PolicySight& other) const
{
    if (gate.layers.empty())
        return {};
    return askGate(m_model, gate, {{}, &own.labels}, {{}, &other.labels}, everyPort());
}

const NetworkPolicyRules* PolicyTranslation::policy(NodeId node) const
{
    const auto found = std::ranges::find(m_policies, node, &NetworkPolicyRules::node);
    return found == m_policies.end() ? nullptr : &*found;
}

} // namespace glacis::kubernetes
