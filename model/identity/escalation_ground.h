// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/escalation.h"
#include "identity/escalation_recipe.h"
#include "identity/trust_classes.h"

#include <set>

namespace glacis {

/// What all searches for escalations in an estate share: made once, then only read.
class EscalationGround {
public:
    EscalationGround(const Estate& estate, const Access& access);

    [[nodiscard]] const Estate& estate() const { return m_estate; }
    [[nodiscard]] const Policies& policies() const { return m_policies; }
    [[nodiscard]] const TrustClasses& trust() const { return m_trust; }
    [[nodiscard]] bool administers(NodeId principal) const { return m_administrators.count(principal) > 0; }
    [[nodiscard]] const std::set<NodeId>& administratorGroups() const { return m_administratorGroups; }
    [[nodiscard]] const std::vector<TrustClasses::Trusting>& trusting(const std::string& service) const;

    /// Things of the kind or type that a recipe's facts name, that run as a role.
    [[nodiscard]] std::vector<NodeId> workloadsOf(const Recipe& recipe) const;
    [[nodiscard]] std::vector<NodeId> rolesOf(NodeId workload) const;
    [[nodiscard]] bool hasType(std::string_view type) const { return m_types.count(type) > 0; }
    /// Roles behind what a workload runs as: itself, the roles of a profile, or of the definition of a task.
    [[nodiscard]] std::vector<NodeId> rolesBehind(NodeId node) const;

    /// For each right of the catalogue whether some statement of a principal allows it on something, `limited` by its
    /// boundary too; a quick look that spares most questions.
    using Marks = std::vector<bool>;
    [[nodiscard]] Marks marksOf(NodeId principal, bool limited) const;
    [[nodiscard]] bool cover(const Marks& marks, const Recipe& recipe) const;
    [[nodiscard]] bool coverAssuming(const Marks& marks) const;

private:
    [[nodiscard]] Marks allowedBy(const PolicyLayer& layer) const;

    const Estate& m_estate;
    Policies m_policies;
    TrustClasses m_trust;
    std::set<NodeId> m_administrators;
    std::set<NodeId> m_administratorGroups;
    std::map<std::string, std::vector<TrustClasses::Trusting>> m_trusting;
    std::set<std::string, std::less<>> m_types;
    std::map<std::string, std::uint32_t, std::less<>> m_actions;
    std::map<const PolicyDocument*, Marks> m_marks;
};

} // namespace glacis
