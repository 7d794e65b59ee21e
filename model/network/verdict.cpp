// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/verdict.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::int32_t firstClientPort = 1024;

/// Which ports clients open connections from. Source: "Ephemeral ports", Amazon VPC User Guide.
struct ClientSystem {
    std::string_view name;
    std::int32_t from, to;
};
constexpr ClientSystem clientSystems[] = {
    {"Linux", 32768, 60999}, {"Windows", 49152, 65535}, {"load balancers, NAT gateways and Lambda", 1024, 65535}};

/// Services that are on their way, and what was said of them so far.
struct Carried {
    PortSet ports;
    std::vector<Hop> hops;
    std::size_t heldAt = notHeld;
    std::string missing;
    Hop partial;
    PortSet clients; ///< when partial: clients' ports that get replies
    static constexpr std::size_t notHeld = static_cast<std::size_t>(-1);
    [[nodiscard]] bool isHeld() const { return heldAt != notHeld; }
};

/// Replies of one kind: what is asked of a stateless gate for a part of the services.
struct ReplyPart {
    PortSet services;
    PortSet replies;
    bool toClientPorts = false;
};

/// TCP and UDP are answered to the client's port, an echo by an echo reply, what is neither by the same protocol.
std::vector<ReplyPart> replyParts(const PortSet& services)
{
    constexpr int echo4 = 8, echoReply4 = 0, echo6 = 128, echoReply6 = 129;
    std::vector<ReplyPart> parts;
    const auto part = [&](const PortSet& of, const PortSet& replies, bool toClientPorts) {
        PortSet cut = intersectionOf(services, of);
        if (!cut.empty())
            parts.push_back({std::move(cut), replies, toClientPorts});
    };
    for (const std::int16_t protocol : {tcp, udp})
        part({{protocol, -1, -1}}, {{protocol, firstClientPort, lastPort}}, true);
    part({{icmp4, icmpPort(echo4, 0), icmpPort(echo4, 255)}},
        {{icmp4, icmpPort(echoReply4, 0), icmpPort(echoReply4, 0)}}, false);
    part({{icmp6, icmpPort(echo6, 0), icmpPort(echo6, 255)}},
        {{icmp6, icmpPort(echoReply6, 0), icmpPort(echoReply6, 0)}}, false);
    PortSet rest = services;
    for (const ReplyPart& one : parts)
        rest = difference(rest, one.services);
    // Other messages of ICMP are not answered.
    const PortSet messages = intersectionOf(rest, {{icmp4, -1, -1}, {icmp6, -1, -1}});
    if (!messages.empty())
        parts.push_back({messages, {}, false});
    for (const PortRange& range : difference(rest, messages).ranges())
        parts.push_back({PortSet{range}, PortSet{{range.protocol, -1, -1}}, false});
    return parts;
}

std::string whichClients(const PortSet& through, std::int16_t protocol)
{
    std::string some;
    for (const ClientSystem& system : clientSystems) {
        const PortSet wanted{{protocol, system.from, system.to}};
        const PortSet got = intersectionOf(wanted, through);
        some += some.empty() ? "" : ", ";
        some += (got == wanted ? "all of " : got.empty() ? "none of " : "part of ") + std::string(system.name);
    }
    return "replies reach only clients' ports " + describe(through) + ": " + some;
}

class Sender {
public:
    Sender(const NetworkModel& model, const Estate& estate) : m_model(model), m_estate(estate) { }

    std::vector<Outcome> send(const Way& way, const PortSet& asked)
    {
        m_on.push_back({asked, {}, Carried::notHeld, {}, {}, {}});
        for (const Step& step : way) {
            std::vector<Carried> before;
            before.swap(m_on);
            for (Carried& one : before)
                meet(step, std::move(one));
            if (m_on.empty())
                break;
        }
        for (Carried& one : m_on)
            arrive(std::move(one));
        return std::move(m_done);
    }

private:
    void meet(const Step& step, Carried one)
    {
        switch (step.kind) {
        case Step::Kind::Passes:
            one.hops.push_back(step.hop);
            m_on.push_back(std::move(one));
            break;
        case Step::Kind::Refuses:
            one.hops.push_back(step.hop);
            block(std::move(one));
            break;
        case Step::Kind::Holds:
            hold(std::move(one), step.hop);
            break;
        case Step::Kind::Unknown:
            if (one.missing.empty())
                one.missing = step.note;
            end(std::move(one));
            break;
        case Step::Kind::Carries:
            carry(step, std::move(one));
            break;
        case Step::Kind::Gate:
            if (step.reply)
                reply(step, one);
            else
                ask(step, one);
            break;
        }
    }

    void carry(const Step& step, Carried one)
    {
        if (PortSet rest = difference(one.ports, step.carries); !rest.empty()) {
            Carried refused = one;
            refused.ports = std::move(rest);
            refused.hops.push_back(step.hop);
            refused.hops.back().passed = false;
            refused.hops.back().why = step.note;
            block(std::move(refused));
        }
        one.ports = intersectionOf(one.ports, step.carries);
        one.hops.push_back(step.hop);
        if (!one.ports.empty())
            m_on.push_back(std::move(one));
    }

    [[nodiscard]] Hop hopOf(const Gate& gate, const GateAnswer& answer) const
    {
        return {answer.node, gate.control, std::string(m_estate.text(answer.rule)),
            answer.says == GateAnswer::Says::Passes, answer.evidence, answer.why};
    }

    void ask(const Step& step, const Carried& one)
    {
        const Gate& gate = m_model[step.gate];
        for (GateAnswer& answer : askGate(m_model, gate, step.own, step.other, one.ports)) {
            Carried part = one;
            part.ports = std::move(answer.ports);
            Hop hop = hopOf(gate, answer);
            if (answer.says == GateAnswer::Says::Refuses) {
                refuse(gate, std::move(part), std::move(hop));
                continue;
            }
            if (answer.says == GateAnswer::Says::Unknown && part.missing.empty())
                part.missing = answer.missing;
            if (answer.says == GateAnswer::Says::Passes)
                part.hops.push_back(std::move(hop));
            m_on.push_back(std::move(part));
        }
    }

    void reply(const Step& step, const Carried& one)
    {
        const Gate& gate = m_model[step.gate];
        for (const ReplyPart& part : replyParts(one.ports)) {
            Carried carried = one;
            carried.ports = part.services;
            if (part.replies.empty()) {
                m_on.push_back(std::move(carried));
                continue;
            }
            PortSet through;
            Hop decided;
            bool stopped = false;
            for (const GateAnswer& answer : askGate(m_model, gate, step.own, step.other, part.replies)) {
                const bool passes = answer.says == GateAnswer::Says::Passes;
                if (passes)
                    through = unionOf(through, answer.ports);
                if (answer.says == GateAnswer::Says::Unknown && carried.missing.empty())
                    carried.missing = answer.missing;
                // The first that stops a reply decides.
                if (!stopped && (!passes || decided.node == noNode))
                    decided = hopOf(gate, answer);
                stopped = stopped || answer.says == GateAnswer::Says::Refuses;
            }
            if (!carried.clients.empty())
                through = intersectionOf(through, carried.clients);
            if (!stopped) {
                m_on.push_back(std::move(carried));
            } else if (part.toClientPorts && !through.empty()) {
                carried.clients = through;
                carried.partial = decided;
                carried.partial.why = whichClients(through, through.ranges().front().protocol);
                m_on.push_back(std::move(carried));
            } else {
                decided.why = part.toClientPorts ? "no reply to the clients' ports 1024–65535 gets through"
                                                 : "no reply gets through";
                refuse(gate, std::move(carried), std::move(decided));
            }
        }
    }

    void refuse(const Gate& gate, Carried one, Hop hop)
    {
        if (gate.latent)
            return hold(std::move(one), std::move(hop));
        one.hops.push_back(std::move(hop));
        block(std::move(one));
    }

    /// One control may hold it back while the rest is looked at; a second makes it blocked.
    void hold(Carried one, Hop hop)
    {
        const bool second = one.isHeld();
        if (!second)
            one.heldAt = one.hops.size();
        one.hops.push_back(std::move(hop));
        if (second)
            block(std::move(one));
        else
            m_on.push_back(std::move(one));
    }

    /// The first control that held it back has decided.
    void block(Carried one)
    {
        if (one.isHeld())
            one.hops.resize(one.heldAt + 1);
        m_done.push_back({Reach::Blocked, std::move(one.ports), std::move(one.hops), {}});
    }

    void end(Carried one)
    {
        if (one.isHeld())
            return block(std::move(one));
        m_done.push_back({Reach::Unknown, std::move(one.ports), std::move(one.hops), std::move(one.missing)});
    }

    void arrive(Carried one)
    {
        if (!one.missing.empty())
            return end(std::move(one));
        Outcome outcome{Reach::Reachable, std::move(one.ports), std::move(one.hops), {}};
        if (one.isHeld()) {
            outcome.verdict = Reach::Latent;
        } else if (one.partial.node != noNode) {
            outcome.verdict = Reach::Partial;
            outcome.hops.push_back(std::move(one.partial));
        }
        m_done.push_back(std::move(outcome));
    }

    const NetworkModel& m_model;
    const Estate& m_estate;
    std::vector<Carried> m_on;
    std::vector<Outcome> m_done;
};

} // namespace

std::string_view name(Reach verdict)
{
    switch (verdict) {
    case Reach::Reachable:
        return "reachable";
    case Reach::Partial:
        return "partial";
    case Reach::Latent:
        return "latent";
    case Reach::Blocked:
        return "blocked";
    case Reach::Unknown:
        break;
    }
    return "unknown";
}

int rank(Reach verdict)
{
    constexpr Reach order[] = {Reach::Blocked, Reach::Latent, Reach::Unknown, Reach::Partial, Reach::Reachable};
    return static_cast<int>(std::ranges::find(order, verdict) - std::begin(order));
}

void BestOutcomes::take(Outcome one)
{
    for (const Outcome& known : m_kept) {
        if (rank(known.verdict) >= rank(one.verdict))
            one.ports = difference(one.ports, known.ports);
    }
    if (one.ports.empty())
        return;
    for (Outcome& known : m_kept)
        known.ports = difference(known.ports, one.ports);
    std::erase_if(m_kept, [](const Outcome& known) { return known.ports.empty(); });
    m_kept.push_back(std::move(one));
}

std::vector<Outcome> outcomes(const NetworkModel& model, const Estate& estate, const Way& way, const PortSet& asked)
{
    return Sender(model, estate).send(way, asked);
}

} // namespace glacis
