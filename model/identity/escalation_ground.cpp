// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation_ground.h"

#include <algorithm>

namespace glacis {

namespace {

template <class Do> void forEachRight(const Recipe& recipe, Do what)
{
    std::ranges::for_each(recipe.rights, what);
    std::ranges::for_each(recipe.policyRights, what);
    for (const Recipe::New& one : recipe.news)
        std::ranges::for_each(one.rights, what);
}

} // namespace

EscalationGround::EscalationGround(const Estate& estate, const Access& access)
    : m_estate(estate), m_policies(estate), m_trust(m_policies)
{
    for (const auto& [principal, decision] : access.administrators())
        m_administrators.insert(principal);
    for (const NodeId group : estate.ofKind(Kind::Group)) {
        if (estate.node(group).account != noNode && estate.node(group).provider == Provider::Aws
            && administration(Rights(m_policies, group)).possible())
            m_administratorGroups.insert(group);
    }
    for (std::size_t i = 0; i < estate.nodeCount(); ++i)
        m_types.emplace(estate.text(estate.node(idAt<NodeId>(i)).type));
    for (const Recipe& recipe : recipes()) {
        forEachRight(recipe, [&](const std::string& action) {
            m_actions.try_emplace(action, static_cast<std::uint32_t>(m_actions.size()));
        });
        if (!recipe.trusts.empty() && m_trusting.count(recipe.trusts) == 0)
            m_trusting.emplace(recipe.trusts, m_trust.trusting(recipe.trusts));
    }
    m_actions.try_emplace(assumeRole, static_cast<std::uint32_t>(m_actions.size()));
    for (std::size_t row = 0; row < estate.facts().policies.size(); ++row) {
        const PolicyRole role = estate.facts().policies[row].role;
        if (role != PolicyRole::Inline && role != PolicyRole::Managed)
            continue;
        const auto [known, isNew] = m_marks.try_emplace(&m_policies.document(row));
        if (!isNew)
            continue;
        known->second.resize(m_actions.size());
        for (const Statement& statement : known->first->statements) {
            if (!statement.allows)
                continue;
            for (const auto& [action, position] : m_actions) {
                if (!known->second[position] && actionMatches(statement, action))
                    known->second[position] = true;
            }
        }
    }
}

const std::vector<TrustClasses::Trusting>& EscalationGround::trusting(const std::string& service) const
{
    return m_trusting.at(service);
}

std::vector<NodeId> EscalationGround::workloadsOf(const Recipe& recipe) const
{
    std::vector<NodeId> found;
    for (const Need& fact : recipe.facts) {
        if (fact.on != "workload")
            continue;
        if (const auto kind = fact.fact == "kind" ? kindNamed(fact.is) : std::nullopt) {
            const auto all = m_estate.ofKind(*kind);
            found.assign(all.begin(), all.end());
        } else if (fact.fact == "type" && hasType(fact.is)) {
            for (std::size_t i = 0; i < m_estate.nodeCount(); ++i) {
                if (m_estate.text(m_estate.node(idAt<NodeId>(i)).type) == fact.is)
                    found.push_back(idAt<NodeId>(i));
            }
        }
    }
    std::erase_if(found, [&](NodeId node) {
        return m_estate.node(node).provider != Provider::Aws || m_estate.node(node).outside || rolesOf(node).empty();
    });
    return found;
}

std::vector<NodeId> EscalationGround::rolesBehind(NodeId node) const
{
    if (m_estate.kind(node) == Kind::Role)
        return {node};
    if (m_estate.kind(node) == Kind::InstanceProfile)
        return m_estate.targets(node, EdgeKind::ProfileRole);
    // A service runs a task definition, which has the role.
    std::vector<NodeId> roles;
    for (const NodeId next : m_estate.targets(node, EdgeKind::RunsAs)) {
        if (m_estate.kind(next) == Kind::Role)
            roles.push_back(next);
    }
    return roles;
}

std::vector<NodeId> EscalationGround::rolesOf(NodeId workload) const
{
    std::vector<NodeId> roles;
    for (const NodeId next : m_estate.targets(workload, EdgeKind::RunsAs)) {
        const auto more = rolesBehind(next);
        roles.insert(roles.end(), more.begin(), more.end());
    }
    return roles;
}

EscalationGround::Marks EscalationGround::allowedBy(const PolicyLayer& layer) const
{
    Marks all(m_actions.size());
    for (const PlacedPolicy& policy : layer) {
        const auto marks = m_marks.find(policy.document);
        for (std::size_t i = 0; marks != m_marks.end() && i < all.size(); ++i)
            all[i] = all[i] || marks->second[i];
    }
    return all;
}

EscalationGround::Marks EscalationGround::marksOf(NodeId principal, bool limited) const
{
    const PolicyStack stack = m_policies.stackOf(principal);
    Marks marks = allowedBy(stack.identity);
    if (limited && stack.boundary) {
        const Marks bounded = allowedBy(*stack.boundary);
        for (std::size_t i = 0; i < marks.size(); ++i)
            marks[i] = marks[i] && bounded[i];
    }
    return marks;
}

bool EscalationGround::cover(const Marks& marks, const Recipe& recipe) const
{
    bool all = true;
    forEachRight(recipe, [&](const std::string& action) { all = all && marks[m_actions.find(action)->second]; });
    return all;
}

bool EscalationGround::coverAssuming(const Marks& marks) const
{
    return marks[m_actions.find(assumeRole)->second];
}

} // namespace glacis
