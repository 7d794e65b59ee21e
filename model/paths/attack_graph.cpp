// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_graph.h"

#include <algorithm>
#include <array>
#include <numeric>
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

constexpr std::array<std::string_view, 5> kindNames = {"reach", "use_role", "escalate", "administer", "access"};

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
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<StepKind> stepKindNamed(std::string_view name)
{
    const auto found = std::find(kindNames.begin(), kindNames.end(), name);
    if (found == kindNames.end())
        return std::nullopt;
    return static_cast<StepKind>(found - kindNames.begin());
}

bool isTechniqueOfStep(std::string_view name)
{
    constexpr std::array<std::string_view, 5> ours = {
        "network-reach", "store-read", "store-write", "store-administer", "account-administration"};
    return techniqueNamed(name) || std::find(ours.begin(), ours.end(), name) != ours.end();
}

AttackGraph::AttackGraph(const AttackFacts& facts)
    : m_facts(facts), m_outAt(facts.estate.nodeCount() + 2 * facts.network.flows.classes.size() + 1)
{
    addFlows();
    addIdentities();
    addAccountStores();
    std::sort(m_edges.begin(), m_edges.end(), [](const Edge& a, const Edge& b) {
        return std::tie(a.from, a.to, a.cost, a.source, a.row) < std::tie(b.from, b.to, b.cost, b.source, b.row);
    });
    indexEdges();
    findTargetsAndStarts();
    findEqualThings();
}

void AttackGraph::addFlows()
{
    const Estate& estate = m_facts.estate;
    const Flows& flows = m_facts.network.flows;
    const auto sends = [&](std::uint32_t group) { return static_cast<std::uint32_t>(estate.nodeCount() + group); };
    const auto receives = [&](std::uint32_t group) {
        return static_cast<std::uint32_t>(estate.nodeCount() + flows.classes.size() + group);
    };
    const auto member = [&](std::uint32_t from, std::uint32_t to, double cost, std::uint32_t group) {
        add({from, to, static_cast<float>(cost), group, EdgeSource::Member, StepKind::Reach, cost > 0});
    };
    for (std::uint32_t group = 0; group < flows.classes.size(); ++group) {
        for (const NodeId thing : flows.classes[group].things) {
            const Kind kind = estate.kind(thing);
            const bool store = holdsData(kind);
            if (!store)
                member(index(thing), sends(group), 0, group);
            if (kind == Kind::Internet)
                continue;
            member(receives(group), index(thing), store ? signInCost : isTakenOver(kind) ? takeOverCost : 0, group);
        }
    }
    for (std::uint32_t row = 0; row < flows.flows.size(); ++row) {
        const Flow& flow = flows.flows[row];
        if (flow.verdict == Reach::Reachable || flow.verdict == Reach::Partial)
            add({sends(flow.from), receives(flow.to), flowCost, row, EdgeSource::Flow, StepKind::Reach,
                flow.verdict == Reach::Partial});
    }
}

void AttackGraph::addIdentities()
{
    const Estate& estate = m_facts.estate;
    const auto decided = [&](NodeId from, NodeId to, double cost, const Decision& decision, Edge edge) {
        edge.from = index(from);
        edge.to = index(to);
        edge.cost = static_cast<float>(cost + (decision.verdict == Verdict::Conditional ? conditionCost : 0));
        edge.open = decision.verdict == Verdict::Conditional || !decision.open.empty();
        add(edge);
    };
    const std::vector<Technique>& known = techniques();
    for (std::uint32_t row = 0; row < m_facts.escalations.size(); ++row) {
        const Escalation& one = m_facts.escalations[row];
        const bool runs = info(estate.kind(one.from)).shape == Shape::Workload;
        decided(one.from, one.to, known[one.technique].cost, one.decision,
            {.row = row, .source = EdgeSource::Escalation, .kind = runs ? StepKind::UseRole : StepKind::Escalate});
    }
    for (std::uint32_t row = 0; row < m_facts.access.size(); ++row) {
        const StoreAccess& access = m_facts.access[row];
        decided(access.principal, access.store, accessCost, access.decision,
            {.row = row, .source = EdgeSource::Access, .kind = StepKind::Access});
    }
    for (std::uint32_t row = 0; row < m_facts.administrators.size(); ++row) {
        const auto& [principal, decision] = m_facts.administrators[row];
        const NodeId account = estate.node(principal).account;
        if (account != noNode && decision.possible())
            decided(principal, account, administerCost, decision,
                {.row = row, .source = EdgeSource::Administers, .kind = StepKind::Administer});
    }
}

void AttackGraph::addAccountStores()
{
    const Estate& estate = m_facts.estate;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId store = idAt<NodeId>(i);
        const NodeRow& row = estate.node(store);
        if (!holdsData(row.kind) || row.outside || row.account == noNode)
            continue;
        add({index(row.account), index(store), accessCost, static_cast<std::uint32_t>(m_accountStores.size()),
            EdgeSource::AccountStore, StepKind::Access});
        m_accountStores.emplace_back(row.account, store);
    }
}

void AttackGraph::indexEdges()
{
    m_inAt.assign(m_outAt.size(), 0);
    for (const Edge& edge : m_edges) {
        ++m_outAt[edge.from + 1];
        ++m_inAt[edge.to + 1];
    }
    std::partial_sum(m_outAt.begin(), m_outAt.end(), m_outAt.begin());
    std::partial_sum(m_inAt.begin(), m_inAt.end(), m_inAt.begin());
    m_in.resize(m_edges.size());
    std::vector<std::uint32_t> next(m_inAt.begin(), m_inAt.end());
    for (std::uint32_t edge = 0; edge < m_edges.size(); ++edge)
        m_in[next[m_edges[edge].to]++] = edge;
}

void AttackGraph::findTargetsAndStarts()
{
    const Estate& estate = m_facts.estate;
    std::vector<bool> administers(estate.nodeCount());
    for (const auto& [principal, decision] : m_facts.administrators)
        administers[index(principal)] = decision.possible();
    m_dataClasses.reserve(estate.nodeCount());
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId node = idAt<NodeId>(i);
        const DataClass found = m_dataClasses.emplace_back(dataClassOf(estate, node).dataClass);
        const bool isTarget = estate.kind(node) == Kind::Account || holdsData(estate.kind(node));
        if (isTarget && !estate.node(node).outside && found != DataClass::Public && found != DataClass::Internal)
            m_crownJewels.push_back(node);
        if (mayBeFoothold(estate, node) && !administers[i])
            m_footholds.push_back(node);
    }
}

std::span<const AttackGraph::Edge> AttackGraph::out(std::uint32_t vertex) const
{
    return {m_edges.data() + m_outAt[vertex], m_edges.data() + m_outAt[vertex + 1]};
}

std::span<const std::uint32_t> AttackGraph::in(std::uint32_t vertex) const
{
    return {m_in.data() + m_inAt[vertex], m_in.data() + m_inAt[vertex + 1]};
}

std::string_view AttackGraph::technique(const Edge& edge) const
{
    switch (edge.source) {
    case EdgeSource::Flow:
        return "network-reach";
    case EdgeSource::Escalation:
        return techniques()[m_facts.escalations[edge.row].technique].id;
    case EdgeSource::Access:
        switch (m_facts.access[edge.row].level) {
        case AccessLevel::Read:
            return "store-read";
        case AccessLevel::Write:
            return "store-write";
        case AccessLevel::Administer:
            break;
        }
        [[fallthrough]];
    case EdgeSource::AccountStore:
        return "store-administer";
    case EdgeSource::Administers:
        return "account-administration";
    case EdgeSource::Member:
        break;
    }
    return {};
}

const Decision* AttackGraph::decision(const Edge& edge) const
{
    switch (edge.source) {
    case EdgeSource::Escalation:
        return &m_facts.escalations[edge.row].decision;
    case EdgeSource::Access:
        return &m_facts.access[edge.row].decision;
    case EdgeSource::Administers:
        return &m_facts.administrators[edge.row].second;
    case EdgeSource::Member:
    case EdgeSource::Flow:
    case EdgeSource::AccountStore:
        break;
    }
    return nullptr;
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
    step.kind = edge.kind;
    step.technique = technique(edge);
    const std::string from(
        estate.kind(step.from) == Kind::Internet ? "Anyone on the internet" : estate.name(step.from));
    const std::string to(estate.name(step.to));
    if (const Decision* decided = decision(edge)) {
        step.open = decided->open;
        step.because = decided->because;
    }
    switch (edge.source) {
    case EdgeSource::Escalation: {
        const Escalation& row = m_facts.escalations[edge.row];
        const Technique& known = techniques()[row.technique];
        step.sentence = sentenceOf(known.sentence, from, to);
        step.fix = sentenceOf(known.fix, from, to);
        break;
    }
    case EdgeSource::Access: {
        const StoreAccess& row = m_facts.access[edge.row];
        step.sentence = from + " may " + std::string(verb(row.level)) + ' ' + to + '.';
        step.fix = "Take the right to " + std::string(verb(row.level)) + ' ' + to + " from " + from + '.';
        break;
    }
    case EdgeSource::Administers:
        step.sentence = from + " may do everything in account " + to + '.';
        step.fix = "Give " + from + " only the rights that it uses.";
        break;
    case EdgeSource::AccountStore:
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
