// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_graph.h"

#include <algorithm>
#include <tuple>

namespace glacis {

namespace {

/// What steps cost an attacker beside techniques, which carry their own: 1 is one quiet call with what one has.
constexpr double accessCost = 1;
constexpr double administerCost = 0.5;
constexpr double flowCost = 1;
constexpr double takeOverCost = 4; ///< a weakness in what runs there must be found
constexpr double signInCost = 3; ///< the store asks for credentials of its own
constexpr double conditionCost = 1; ///< something is left open

bool isTakenOver(Kind kind)
{
    return info(kind).shape == Shape::Workload && kind != Kind::LoadBalancer && kind != Kind::ApiGateway;
}

bool mayBeFoothold(const Estate& estate, NodeId node)
{
    switch (estate.kind(node)) {
    case Kind::Internet:
    case Kind::User:
    case Kind::Role:
    case Kind::ServiceAccount:
    case Kind::IdentityProvider:
        return true;
    case Kind::Account:
        return estate.node(node).outside;
    case Kind::ServicePrincipal:
        // Azure's have credentials that can be stolen; a service of AWS has none.
        return estate.node(node).provider == Provider::Azure;
    default:
        return false;
    }
}

std::string sentenceOf(std::string text, std::string_view from, std::string_view to)
{
    for (const auto& [mark, name] : {std::pair<std::string_view, std::string_view>{"{from}", from}, {"{to}", to}}) {
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + name.size()))
            text.replace(at, mark.size(), name);
    }
    return text;
}

std::string_view verb(AccessLevel level)
{
    switch (level) {
    case AccessLevel::Read:
        return "read";
    case AccessLevel::Write:
        return "write";
    case AccessLevel::Administer:
        break;
    }
    return "administer";
}

/// The rule of the last control that let a connection through: what one would take away.
std::string fixOf(const Estate& estate, const Flow& flow)
{
    for (auto hop = flow.hops.rbegin(); hop != flow.hops.rend(); ++hop) {
        if (hop->passed && !hop->rule.empty() && hop->node != noNode
            && (hop->control == "security group" || hop->control == "network ACL")) {
            return "Narrow rule " + hop->rule + " of " + hop->control + ' ' + std::string(estate.name(hop->node))
                + " so that it does not admit " + describe(flow.ports) + " from here.";
        }
    }
    return "Close " + describe(flow.ports) + " on this way.";
}

} // namespace

std::string_view name(StepKind kind)
{
    switch (kind) {
    case StepKind::Reach:
        return "reach";
    case StepKind::UseRole:
        return "use_role";
    case StepKind::Escalate:
        return "escalate";
    case StepKind::Administer:
        return "administer";
    case StepKind::Access:
        break;
    }
    return "access";
}

AttackGraph::AttackGraph(const AttackFacts& facts)
    : m_facts(facts), m_vertexCount(facts.estate.nodeCount() + 2 * facts.network.flows.classes.size())
{
    addFlows();
    addIdentities();
    std::sort(m_edges.begin(), m_edges.end(), [](const Edge& a, const Edge& b) {
        return std::tie(a.from, a.to, a.cost, a.source, a.row) < std::tie(b.from, b.to, b.cost, b.source, b.row);
    });
    const Estate& estate = facts.estate;
    std::vector<bool> administers(estate.nodeCount());
    for (const auto& [principal, decision] : facts.administrators)
        administers[index(principal)] = decision.possible();
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId node = idAt<NodeId>(i);
        if (!estate.node(node).outside && (estate.kind(node) == Kind::Account || holdsData(estate.kind(node)))) {
            const DataClass found = dataClassOf(estate, node).dataClass;
            if (found != DataClass::Public && found != DataClass::Internal)
                m_crownJewels.push_back(node);
        }
        if (mayBeFoothold(estate, node) && !administers[i])
            m_footholds.push_back(node);
    }
}

void AttackGraph::add(std::uint32_t from, std::uint32_t to, double cost, EdgeSource source, std::uint32_t row)
{
    m_edges.push_back({from, to, static_cast<float>(cost), source, row});
}

void AttackGraph::addFlows()
{
    const Estate& estate = m_facts.estate;
    const Flows& flows = m_facts.network.flows;
    const auto sends = [&](std::uint32_t group) { return static_cast<std::uint32_t>(estate.nodeCount() + group); };
    const auto receives = [&](std::uint32_t group) {
        return static_cast<std::uint32_t>(estate.nodeCount() + flows.classes.size() + group);
    };
    for (std::uint32_t group = 0; group < flows.classes.size(); ++group) {
        for (const NodeId thing : flows.classes[group].things) {
            const Kind kind = estate.kind(thing);
            const bool store = holdsData(kind);
            if (!store)
                add(index(thing), sends(group), 0, EdgeSource::Member, group);
            if (kind == Kind::Internet)
                continue;
            const double cost = store ? signInCost : isTakenOver(kind) ? takeOverCost : 0;
            add(receives(group), index(thing), cost, EdgeSource::Member, group);
        }
    }
    for (std::uint32_t row = 0; row < flows.flows.size(); ++row) {
        const Flow& flow = flows.flows[row];
        if (flow.verdict == Reach::Reachable || flow.verdict == Reach::Partial)
            add(sends(flow.from), receives(flow.to), flowCost, EdgeSource::Flow, row);
    }
}

void AttackGraph::addIdentities()
{
    const Estate& estate = m_facts.estate;
    const auto open = [](const Decision& decision) {
        return decision.verdict == Verdict::Conditional ? conditionCost : 0;
    };
    const std::vector<Technique>& known = techniques();
    for (std::uint32_t row = 0; row < m_facts.escalations.size(); ++row) {
        const Escalation& escalation = m_facts.escalations[row];
        add(index(escalation.from), index(escalation.to), known[escalation.technique].cost + open(escalation.decision),
            EdgeSource::Escalation, row);
    }
    for (std::uint32_t row = 0; row < m_facts.access.size(); ++row) {
        const StoreAccess& access = m_facts.access[row];
        add(index(access.principal), index(access.store), accessCost + open(access.decision), EdgeSource::Access, row);
    }
    for (std::uint32_t row = 0; row < m_facts.administrators.size(); ++row) {
        const auto& [principal, decision] = m_facts.administrators[row];
        const NodeId account = estate.node(principal).account;
        if (account != noNode && decision.possible())
            add(index(principal), index(account), administerCost + open(decision), EdgeSource::Administers, row);
    }
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId store = idAt<NodeId>(i);
        const NodeRow& row = estate.node(store);
        if (!holdsData(row.kind) || row.outside || row.account == noNode)
            continue;
        add(index(row.account), index(store), accessCost, EdgeSource::AccountStore,
            static_cast<std::uint32_t>(m_accountStores.size()));
        m_accountStores.emplace_back(row.account, store);
    }
}

AttackStep AttackGraph::reachStep(NodeId from, NodeId to, std::uint32_t row) const
{
    const Estate& estate = m_facts.estate;
    const Flow& flow = m_facts.network.flows.flows[row];
    AttackStep step;
    step.from = from;
    step.to = to;
    step.kind = StepKind::Reach;
    step.technique = "network-reach";
    step.hops = flow.hops;
    step.cost = flowCost;
    const std::string target(estate.name(to));
    step.sentence = std::string(estate.name(from)) + " can open " + describe(flow.ports) + " on " + target + '.';
    if (holdsData(estate.kind(to))) {
        step.open.push_back("valid credentials of " + target);
        step.cost += signInCost;
    } else if (isTakenOver(estate.kind(to))) {
        step.open.push_back("a weakness in what " + target + " runs");
        step.cost += takeOverCost;
    }
    if (flow.verdict == Reach::Partial)
        step.open.emplace_back("a client port that replies can come back to");
    step.fix = fixOf(estate, flow);
    return step;
}

AttackStep AttackGraph::identityStep(const Edge& edge) const
{
    const Estate& estate = m_facts.estate;
    AttackStep step;
    step.from = idAt<NodeId>(edge.from);
    step.to = idAt<NodeId>(edge.to);
    step.cost = edge.cost;
    const std::string from(
        estate.kind(step.from) == Kind::Internet ? "Anyone on the internet" : estate.name(step.from));
    const std::string to(estate.name(step.to));
    const auto take = [&](const Decision& decision) {
        step.open = decision.open;
        step.because = decision.because;
    };
    switch (edge.source) {
    case EdgeSource::Escalation: {
        const Escalation& row = m_facts.escalations[edge.row];
        const Technique& technique = techniques()[row.technique];
        step.kind = info(estate.kind(step.from)).shape == Shape::Workload ? StepKind::UseRole : StepKind::Escalate;
        step.technique = technique.id;
        step.sentence = sentenceOf(technique.sentence, from, to);
        step.fix = sentenceOf(technique.fix, from, to);
        take(row.decision);
        break;
    }
    case EdgeSource::Access: {
        const StoreAccess& row = m_facts.access[edge.row];
        step.kind = StepKind::Access;
        step.technique = "store-" + std::string(verb(row.level));
        step.sentence = from + " may " + std::string(verb(row.level)) + ' ' + to + '.';
        step.fix = "Take the right to " + std::string(verb(row.level)) + ' ' + to + " from " + from + '.';
        take(row.decision);
        break;
    }
    case EdgeSource::Administers:
        step.kind = StepKind::Administer;
        step.technique = "account-administration";
        step.sentence = from + " may do everything in account " + to + '.';
        step.fix = "Give " + from + " only the rights that it uses.";
        take(m_facts.administrators[edge.row].second);
        break;
    case EdgeSource::AccountStore:
        step.kind = StepKind::Access;
        step.technique = "store-administer";
        step.sentence = "Whoever administers account " + from + " can give themselves access to " + to + '.';
        step.fix = "Keep " + to + " in an account of its own.";
        break;
    case EdgeSource::Member:
    case EdgeSource::Flow:
        break;
    }
    return step;
}

std::vector<AttackStep> AttackGraph::steps(const std::vector<std::uint32_t>& walk) const
{
    std::vector<AttackStep> made;
    for (std::size_t i = 0; i < walk.size(); ++i) {
        const Edge& edge = m_edges[walk[i]];
        if (edge.source != EdgeSource::Member) {
            made.push_back(identityStep(edge));
            continue;
        }
        // A thing sends through its class, the flow leads to another class, and that to one of its things.
        if (i + 2 >= walk.size())
            break;
        made.push_back(
            reachStep(idAt<NodeId>(edge.from), idAt<NodeId>(m_edges[walk[i + 2]].to), m_edges[walk[i + 1]].row));
        i += 2;
    }
    return made;
}

} // namespace glacis
