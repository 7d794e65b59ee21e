// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/step_changes.h"

#include "identity/policy_document.h"

#include <algorithm>
#include <optional>

namespace glacis {

namespace {

bool isWrittenByProvider(const Estate& estate, NodeId policy)
{
    return estate.id(policy).find(":iam::aws:") != std::string_view::npos;
}

/// Who acts, and the groups through which it has rights.
std::vector<NodeId> identitiesOf(const Estate& estate, NodeId principal)
{
    std::vector<NodeId> all = estate.targets(principal, EdgeKind::MemberOf);
    all.push_back(principal);
    return all;
}

bool allowsAt(const Estate& estate, const PolicyRow<NodeId>& row, const std::string& pointer)
{
    const PolicyDocument document = parsePolicy(estate.text(row.document));
    return std::any_of(document.statements.begin(), document.statements.end(),
        [&](const Statement& one) { return one.allows && one.pointer == pointer; });
}

class Cutter {
public:
    Cutter(const Estate& estate, const AttackStep& step)
        : m_estate(estate), m_step(step), m_identities(identitiesOf(estate, step.from))
    {
    }

    std::vector<Change> cut()
    {
        if (m_step.kind == StepKind::Reach)
            cutConnection();
        else if (m_step.kind == StepKind::UseRole && takeRole())
            return std::move(m_own);
        for (const Reason& reason : m_step.because)
            cutReason(reason);
        return m_own.empty() ? std::move(m_other) : std::move(m_own);
    }

private:
    /// The last rule on the way that lets it through.
    void cutConnection()
    {
        for (auto hop = m_step.hops.rbegin(); hop != m_step.hops.rend(); ++hop) {
            if (!hop->passed || hop->rule.empty() || hop->node == noNode)
                continue;
            const auto rules = m_estate.firewall(hop->node);
            if (std::any_of(rules.begin(), rules.end(),
                    [&](const auto& row) { return m_estate.text(row.rule) == hop->rule; })) {
                m_own.emplace_back(RemoveFirewallRule{std::string(m_estate.id(hop->node)), hop->rule});
                return;
            }
        }
    }

    bool takeRole()
    {
        for (const NodeId held : m_estate.targets(m_step.from, EdgeKind::RunsAs)) {
            const auto roles = m_estate.targets(held, EdgeKind::ProfileRole);
            if (held == m_step.to || std::find(roles.begin(), roles.end(), m_step.to) != roles.end())
                m_own.emplace_back(RemoveEdge{
                    std::string(m_estate.id(m_step.from)), EdgeKind::RunsAs, std::string(m_estate.id(held))});
        }
        return !m_own.empty();
    }

    void cutReason(const Reason& reason)
    {
        if (reason.of == noNode)
            return;
        const std::string of(m_estate.id(reason.of));
        if (reason.pointer.empty()) {
            cutGrant(reason, of);
            return;
        }
        for (const auto& row : m_estate.policies(reason.of)) {
            if (row.evidence != reason.evidence || !allowsAt(m_estate, row, reason.pointer))
                continue;
            if (row.role == PolicyRole::Managed && isWrittenByProvider(m_estate, reason.of)) {
                detach(reason.of);
            } else if (row.role == PolicyRole::Inline || row.role == PolicyRole::Managed) {
                const bool acts = row.role == PolicyRole::Managed
                    ? isAttached(reason.of)
                    : std::find(m_identities.begin(), m_identities.end(), reason.of) != m_identities.end();
                add(acts ? m_own : m_other,
                    RemoveStatement{of, std::string(m_estate.text(row.name)), row.role, reason.pointer});
            } else if (row.role == PolicyRole::Resource || row.role == PolicyRole::Trust) {
                add(m_other, RemoveStatement{of, std::string(m_estate.text(row.name)), row.role, reason.pointer});
            }
        }
    }

    /// What an access control list grants is a setting; S3 can be told to overlook such lists.
    void cutGrant(const Reason& reason, const std::string& of)
    {
        for (const auto& row : m_estate.properties(reason.of)) {
            const std::string_view key = m_estate.text(row.key);
            if (row.evidence == reason.evidence && (key == "acl_all_users" || key == "acl_authenticated_users"))
                add(m_own, SetFlag{of, "ignore_public_acls", true});
        }
        // A grant of a key is revoked as a whole.
        for (const auto& row : m_estate.policies(reason.of)) {
            if (row.evidence == reason.evidence && row.role == PolicyRole::Resource)
                add(m_other, RemoveStatement{of, std::string(m_estate.text(row.name)), row.role, "/Statement"});
        }
    }

    [[nodiscard]] bool isAttached(NodeId policy) const
    {
        return std::any_of(m_identities.begin(), m_identities.end(), [&](NodeId identity) {
            const auto attached = m_estate.targets(identity, EdgeKind::HasPolicy);
            return std::find(attached.begin(), attached.end(), policy) != attached.end();
        });
    }

    void detach(NodeId policy)
    {
        for (const NodeId identity : m_identities) {
            const auto attached = m_estate.targets(identity, EdgeKind::HasPolicy);
            if (std::find(attached.begin(), attached.end(), policy) != attached.end())
                add(m_own,
                    RemoveEdge{
                        std::string(m_estate.id(identity)), EdgeKind::HasPolicy, std::string(m_estate.id(policy))});
        }
    }

    static void add(std::vector<Change>& changes, Change change)
    {
        if (std::find(changes.begin(), changes.end(), change) == changes.end())
            changes.push_back(std::move(change));
    }

    const Estate& m_estate;
    const AttackStep& m_step;
    std::vector<NodeId> m_identities;
    std::vector<Change> m_own; ///< of what was granted to the one who acts
    std::vector<Change> m_other; ///< of what others let it do
};

using Edge = AttackGraph::Edge;

/// The edges that leave a vertex.
std::pair<std::vector<Edge>::const_iterator, std::vector<Edge>::const_iterator> edgesFrom(
    const AttackGraph& graph, std::uint32_t vertex)
{
    const auto& edges = graph.edges();
    const auto first = std::lower_bound(
        edges.begin(), edges.end(), vertex, [](const Edge& edge, std::uint32_t at) { return edge.from < at; });
    const auto last =
        std::upper_bound(first, edges.end(), vertex, [](std::uint32_t at, const Edge& edge) { return at < edge.from; });
    return {first, last};
}

/// Walks that make a single step between two things: one edge, or through the classes that send and receive.
std::vector<std::vector<std::uint32_t>> walksOfOneStep(const AttackGraph& graph, NodeId from, NodeId to)
{
    const auto position = [&](auto edge) { return static_cast<std::uint32_t>(edge - graph.edges().begin()); };
    std::vector<std::vector<std::uint32_t>> walks;
    const auto [first, last] = edgesFrom(graph, index(from));
    for (auto edge = first; edge != last; ++edge) {
        if (graph.isThing(edge->to)) {
            if (edge->to == index(to))
                walks.push_back({position(edge)});
            continue;
        }
        const auto [flow, flowEnd] = edgesFrom(graph, edge->to);
        for (auto middle = flow; middle != flowEnd; ++middle) {
            const auto [into, intoEnd] = edgesFrom(graph, middle->to);
            const auto found = std::find_if(into, intoEnd, [&](const Edge& one) { return one.to == index(to); });
            if (found != intoEnd)
                walks.push_back({position(edge), position(middle), position(found)});
        }
    }
    return walks;
}

} // namespace

std::vector<Change> changesThatCut(const Estate& estate, const AttackStep& step)
{
    return Cutter(estate, step).cut();
}

std::optional<AttackStep> sameStepIn(const AttackGraph& graph, const AttackStep& step)
{
    for (const auto& walk : walksOfOneStep(graph, step.from, step.to)) {
        std::vector<AttackStep> made = graph.steps(walk);
        if (made.size() == 1 && made.front().technique == step.technique)
            return std::move(made.front());
    }
    return std::nullopt;
}

} // namespace glacis
