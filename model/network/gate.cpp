// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/gate.h"

#include <algorithm>

namespace glacis {

namespace {

using Says = GateAnswer::Says;

/// Services on which no rule has decided yet, and what rules that may or may not match would have said of them.
struct Pending {
    PortSet ports;
    std::string missing; ///< the export that would tell of the first of those rules
    bool perhapsAllowed = false;
    bool perhapsRefused = false;

    void mayBe(Effect effect, const std::string& unless)
    {
        if (missing.empty())
            missing = unless;
        perhapsAllowed |= effect != Effect::Deny;
        perhapsRefused |= effect != Effect::Allow;
    }
};

bool bearsOne(const Peer& peer, const std::vector<Label>& labels)
{
    return peer.labels
        && std::ranges::any_of(labels, [&](Label label) { return std::ranges::binary_search(*peer.labels, label); });
}

bool mayHold(const EndSet& ends, const Peer& peer)
{
    return !ends.missing.empty() && (ends.perhaps.empty() || bearsOne(peer, ends.perhaps));
}

class Asking {
public:
    Asking(const NetworkModel& model, const Gate& gate, const Peer& own, const Peer& other)
        : m_model(model), m_gate(gate), m_own(own), m_other(other)
    {
    }

    std::vector<GateAnswer> answers(const PortSet& asked)
    {
        std::vector<Pending> rest(1);
        rest.front().ports = asked;
        for (const Layer& layer : m_gate.layers) {
            rest = through(layer, std::move(rest));
            if (rest.empty())
                break;
        }
        for (Pending& one : rest)
            say(one, Effect::Allow, m_gate.node, {}, noEvidence, "nothing speaks against it");
        return std::move(m_answers);
    }

private:
    /// What the layer passes on to the next one.
    std::vector<Pending> through(const Layer& layer, std::vector<Pending> rest)
    {
        std::vector<Pending> passed;
        for (const FilterId filter : layer.filters) {
            for (const FilterRule& rule : m_model[filter].rules) {
                if (rest.empty())
                    return passed;
                ask(rule, rest, passed);
            }
        }
        for (Pending& one : rest) {
            if (layer.otherwise == Effect::Pass) {
                passed.push_back(std::move(one));
                continue;
            }
            if (!layer.missing.empty())
                one.mayBe(layer.otherwise == Effect::Allow ? Effect::Deny : Effect::Allow, layer.missing);
            say(one, layer.otherwise, m_gate.node, {}, noEvidence, layer.why);
        }
        return passed;
    }

    void ask(const FilterRule& rule, std::vector<Pending>& rest, std::vector<Pending>& passed)
    {
        if (!holds(rule.own, m_own))
            return;
        const bool sure = holds(rule.other, m_other);
        if (!sure && !mayHold(rule.other, m_other))
            return;
        std::vector<Pending> left;
        for (Pending& one : rest) {
            PortSet cut = intersectionOf(one.ports, rule.services);
            if (cut.empty()) {
                left.push_back(std::move(one));
                continue;
            }
            PortSet others = difference(one.ports, cut);
            Pending matched = one;
            matched.ports = std::move(cut);
            if (!others.empty()) {
                one.ports = std::move(others);
                left.push_back(std::move(one));
            }
            if (!sure) {
                matched.mayBe(rule.effect, rule.other.missing);
                left.push_back(std::move(matched));
            } else if (rule.effect == Effect::Pass) {
                passed.push_back(std::move(matched));
            } else {
                say(matched, rule.effect, rule.of, rule.name, rule.evidence,
                    rule.effect == Effect::Allow ? "a rule allows it" : "a rule denies it");
            }
        }
        rest = std::move(left);
    }

    void say(Pending& one, Effect effect, NodeId node, StringId rule, EvidenceId evidence, std::string why)
    {
        GateAnswer answer;
        answer.ports = std::move(one.ports);
        answer.node = node;
        answer.rule = rule;
        answer.evidence = evidence;
        answer.why = std::move(why);
        answer.says = effect == Effect::Allow ? Says::Passes : Says::Refuses;
        if (effect == Effect::Allow ? one.perhapsRefused : one.perhapsAllowed) {
            answer.says = Says::Unknown;
            answer.missing = std::move(one.missing);
        }
        m_answers.push_back(std::move(answer));
    }

    const NetworkModel& m_model;
    const Gate& m_gate;
    const Peer& m_own;
    const Peer& m_other;
    std::vector<GateAnswer> m_answers;
};

} // namespace

bool holds(const EndSet& ends, const Peer& peer)
{
    if (ends.anyone)
        return true;
    if (std::ranges::any_of(ends.blocks, [&](const IpPrefix& block) { return block.contains(peer.address); }))
        return true;
    return bearsOne(peer, ends.labels);
}

std::vector<GateAnswer> askGate(
    const NetworkModel& model, const Gate& gate, const Peer& own, const Peer& other, const PortSet& asked)
{
    return Asking(model, gate, own, other).answers(asked);
}

} // namespace glacis
