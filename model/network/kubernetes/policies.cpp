// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policies.h"

#include <algorithm>

namespace glacis::kubernetes {

namespace {

/// Rules in their order: the first that speaks of a port decides it.
class Layered {
public:
    Layered(Direction direction, const Peer& other, const Peer& destination, Doubt doubt, Blocks meaning)
        : m_direction(direction), m_other(other), m_destination(destination), m_doubt(doubt), m_meaning(meaning)
    {
    }

    Judgement judgement;

    /// Takes what is decided out of `open`; what is passed on goes to `passed`.
    void inOrder(const NetworkPolicyRules& policy, PortSet& open, PortSet& passed)
    {
        for (const PolicyRule& rule : policy.of(m_direction)) {
            const PortSet ports = speaksOf(rule, open);
            if (ports.empty())
                continue;
            open = difference(open, ports);
            if (rule.effect == Effect::Pass)
                passed = unionOf(passed, ports);
            else
                decide(policy, &rule, rule.effect == Effect::Allow, ports);
        }
    }

    void isolation(std::span<const NetworkPolicyRules* const> plain, PortSet open)
    {
        for (const NetworkPolicyRules* policy : plain) {
            for (const PolicyRule& rule : policy->of(m_direction)) {
                const PortSet ports = speaksOf(rule, open);
                if (ports.empty())
                    continue;
                open = difference(open, ports);
                decide(*policy, &rule, true, ports);
            }
        }
        if (!open.empty())
            decide(*plain.front(), nullptr, false, open);
    }

    void rest(const PortSet& open)
    {
        if (open.empty())
            return;
        judgement.allowed = unionOf(judgement.allowed, open);
        judgement.rulings.push_back({nullptr, nullptr, true, open});
    }

private:
    [[nodiscard]] PortSet speaksOf(const PolicyRule& rule, const PortSet& open) const
    {
        const Match match = rule.matches(m_other, m_meaning);
        const bool counts = match == Match::Yes
            || (match == Match::Unsure && (rule.effect == Effect::Allow) == (m_doubt == Doubt::For));
        return counts ? intersectionOf(open, rule.portsAt(m_destination)) : PortSet{};
    }

    void decide(const NetworkPolicyRules& policy, const PolicyRule* rule, bool allow, const PortSet& ports)
    {
        if (allow)
            judgement.allowed = unionOf(judgement.allowed, ports);
        judgement.rulings.push_back({&policy, rule, allow, ports});
    }

    Direction m_direction;
    const Peer& m_other;
    const Peer& m_destination;
    Doubt m_doubt;
    Blocks m_meaning;
};

} // namespace

PortSet PolicyRule::portsAt(const Peer& destination) const
{
    if (anyPort)
        return everyPort();
    PortSet all;
    for (const PortRule& port : ports)
        all = unionOf(all, port.at(destination));
    return all;
}

Match PolicyRule::matches(const Peer& peer, Blocks meaning) const
{
    Match best = anyone ? Match::Yes : Match::No;
    for (const PeerRule& one : peers) {
        if (best == Match::Yes)
            break;
        const Match match = one.matches(peer, meaning);
        if (match != Match::No)
            best = match;
    }
    return best;
}

std::vector<const NetworkPolicyRules*> policiesOver(
    std::span<const NetworkPolicyRules> all, const Peer& pod, Direction direction)
{
    std::vector<const NetworkPolicyRules*> over;
    for (const NetworkPolicyRules& policy : all) {
        if (pod.isPod && policy.rules(direction) && policy.subject.matches(pod, Blocks::MeanOutsideOnly) == Match::Yes)
            over.push_back(&policy);
    }
    return over;
}

Judgement judge(std::span<const NetworkPolicyRules* const> over, Direction direction, const Peer& other,
    const Peer& destination, Doubt doubt, Blocks meaning)
{
    using Layer = NetworkPolicyRules::Layer;
    Layered layered(direction, other, destination, doubt, meaning);
    PortSet open = everyPort(), passed, ignored;
    const auto plain = std::ranges::find_if(over, [](const auto* one) { return one->layer != Layer::Admin; });
    const auto baseline = std::ranges::find_if(over, [](const auto* one) { return one->layer == Layer::Baseline; });
    for (auto at = over.begin(); at != plain; ++at)
        layered.inOrder(**at, open, passed);
    open = unionOf(open, passed);
    if (plain != baseline) {
        layered.isolation({plain, baseline}, std::move(open));
        return std::move(layered.judgement);
    }
    for (auto at = baseline; at != over.end(); ++at)
        layered.inOrder(**at, open, ignored);
    layered.rest(unionOf(open, ignored));
    return std::move(layered.judgement);
}

} // namespace glacis::kubernetes
