// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/step_changes.h"

#include "core/json.h"
#include "core/text.h"
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

} // namespace

class Cutter {
public:
    Cutter(StepChanges& known, const StepChanges::Basis& step) : m_known(known), m_estate(known.m_estate), m_step(step)
    {
        if (step.kind != StepKind::Reach)
            m_identities = identitiesOf(m_estate, step.from);
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
        if (m_estate.kind(reason.of) == Kind::RoleBinding) {
            cutBinding(reason, of);
            return;
        }
        if (reason.pointer.empty()) {
            cutGrant(reason, of);
            return;
        }
        for (const auto& row : m_estate.policies(reason.of)) {
            if (row.evidence == reason.evidence && row.role == PolicyRole::Gcp) {
                cutMembers(row, reason.pointer, of);
                continue;
            }
            if (row.evidence != reason.evidence || !m_known.allowsAt(row, reason.pointer))
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

    /// An assignment or binding says one thing, so it goes as a whole.
    void cutBinding(const Reason& reason, const std::string& of)
    {
        for (const auto& row : m_estate.policies(reason.of)) {
            if (row.evidence == reason.evidence)
                add(m_own, RemovePolicy{of, std::string(m_estate.text(row.name)), row.role});
        }
    }

    /// Of a binding only those members go that stand for who acts; the whole, where none names it (a domain).
    void cutMembers(const PolicyRow<NodeId>& row, const std::string& pointer, const std::string& of)
    {
        const Json document = parseJson(m_estate.text(row.document)).value_or(Json());
        const auto position = integer(afterLast(pointer, '/'));
        const Json& bindings = arrayOf(document, "bindings");
        if (!pointer.starts_with("/bindings/") || !position || *position < 0
            || static_cast<std::size_t>(*position) >= bindings.size())
            return;
        const std::string name(m_estate.text(row.name));
        const std::size_t before = m_own.size();
        const Json& members = arrayOf(bindings[static_cast<std::size_t>(*position)], "members");
        for (std::size_t i = 0; i < members.size(); ++i) {
            const std::string text = asText(members[i]);
            const auto node = text == "allUsers" ? std::optional(idAt<NodeId>(0)) : m_estate.find(text);
            if (node && std::find(m_identities.begin(), m_identities.end(), *node) != m_identities.end())
                add(m_own, RemoveStatement{of, name, row.role, pointerTo(pointer + "/members", i)});
        }
        if (m_own.size() == before)
            add(m_own, RemoveStatement{of, name, row.role, pointer});
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

    StepChanges& m_known;
    const Estate& m_estate;
    const StepChanges::Basis& m_step;
    std::vector<NodeId> m_identities;
    std::vector<Change> m_own; ///< of what was granted to the one who acts
    std::vector<Change> m_other; ///< of what others let it do
};

namespace {

using Edge = AttackGraph::Edge;

/// Walks that make a single step between two things: one edge, or through the classes that send and receive.
std::vector<std::vector<std::uint32_t>> walksOfOneStep(const AttackGraph& graph, NodeId from, NodeId to)
{
    std::vector<std::vector<std::uint32_t>> walks;
    for (const Edge& edge : graph.out(index(from))) {
        if (graph.isThing(edge.to)) {
            if (edge.to == index(to))
                walks.push_back({graph.position(edge)});
            continue;
        }
        for (const Edge& flow : graph.out(edge.to)) {
            for (const Edge& into : graph.out(flow.to)) {
                if (into.to == index(to))
                    walks.push_back({graph.position(edge), graph.position(flow), graph.position(into)});
            }
        }
    }
    return walks;
}

} // namespace

std::vector<Change> changesThatCut(const Estate& estate, const AttackStep& step)
{
    return StepChanges(estate).thatCut({step.from, step.to, step.kind, step.because, step.hops});
}

StepChanges::Basis StepChanges::basisOf(const AttackGraph& graph, const AttackGraph::Edge& edge)
{
    if (edge.source == AttackGraph::EdgeSource::Flow)
        return {noNode, noNode, edge.kind, {}, graph.facts().network.flows.flows[edge.row].hops};
    Basis basis{idAt<NodeId>(edge.from), idAt<NodeId>(edge.to), edge.kind, {}, {}};
    if (const Decision* decision = graph.decision(edge))
        basis.because = decision->because;
    return basis;
}

std::vector<Change> StepChanges::thatCut(const Basis& basis)
{
    return Cutter(*this, basis).cut();
}

bool StepChanges::allowsAt(const PolicyRow<NodeId>& row, const std::string& pointer)
{
    const auto [found, isNew] = m_allowing.try_emplace(row.document);
    if (isNew) {
        for (const Statement& statement : parsePolicy(m_estate.text(row.document)).statements) {
            if (statement.allows)
                found->second.insert(statement.pointer);
        }
    }
    return found->second.count(pointer) > 0;
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
