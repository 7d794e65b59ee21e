// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/decision.h"
#include "identity/gcp/expression.h"
#include "identity/gcp/role_table.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::gcp {

/// One binding of an allow policy: a role for members, on a resource and all below it.
struct Binding {
    std::string role, condition, title;
    std::vector<NodeId> members; ///< identities; the internet for allUsers
    std::vector<NodeId> owners, editors, viewers; ///< projects whose owners (editors, viewers) are meant
    std::vector<std::string> domains;
    bool anyAccount = false; ///< allAuthenticatedUsers
    NodeId of = noNode;
    EvidenceId evidence = noEvidence;
    std::string pointer, document; ///< "/bindings/2" of the "allow policy"
};

struct DenyRule {
    std::vector<std::string> principals, exceptPrincipals, permissions, exceptPermissions;
    std::string condition;
    NodeId of = noNode;
    EvidenceId evidence = noEvidence;
    std::string name;
};

/// Principals with what decides for them; never Unknown or denied.
using Granted = std::map<NodeId, Decision>;

/// Who may do what by the policies of an estate: deny rules first, then the union of the bindings of a resource and of
/// all that it lies in. Sources: "Policy evaluation", "Understanding allow policies", "Deny policies", "Overview of IAM
/// Conditions", Identity and Access Management documentation.
class Grants {
public:
    explicit Grants(const Estate& estate);

    [[nodiscard]] const Estate& estate() const { return m_estate; }
    /// Every principal that may use a permission on a resource; members of groups as far as they are known, groups
    /// themselves, the internet for anyone.
    [[nodiscard]] Granted of(NodeId resource, std::string_view permission) const;
    [[nodiscard]] Decision decide(NodeId principal, std::string_view permission, NodeId resource) const;
    /// Those who hold a role by its name on a container, directly or from above.
    [[nodiscard]] Granted holdersOf(std::string_view role, NodeId container) const;
    /// Bindings of one resource itself.
    [[nodiscard]] const std::vector<Binding>& bindings(NodeId resource) const;
    /// The resource and what it lies in, from the inside out: what policies are inherited from.
    [[nodiscard]] std::vector<NodeId> lineage(NodeId resource) const;

private:
    void read(const PolicyRow<NodeId>& row);
    /// Named: not those whom a binding means by their role on a project, so that no role asks for itself.
    enum class Means : std::uint8_t { Everyone, Named };
    void spread(Granted& into, const Binding& binding, const Decision& decision, Means means = Means::Everyone) const;
    void give(Granted& into, NodeId principal, const Decision& decision) const;
    void takeAway(Granted& from, NodeId resource, std::string_view permission) const;
    [[nodiscard]] bool isNamed(const std::vector<std::string>& principals, NodeId principal) const;
    [[nodiscard]] Decision byBinding(const Binding& binding, Truth truth) const;
    [[nodiscard]] ConditionResource conditionResource(NodeId resource, std::string_view permission) const;
    [[nodiscard]] std::string memberText(NodeId principal) const;

    const Estate& m_estate;
    RoleTable m_roles;
    std::map<NodeId, std::vector<Binding>> m_bindings;
    std::map<NodeId, std::vector<DenyRule>> m_denials;
    std::map<NodeId, std::vector<NodeId>> m_membersOf; ///< of a group, all the way down
    std::map<std::string, std::vector<NodeId>, std::less<>> m_byDomain; ///< users by the domain of their address
};

} // namespace glacis::gcp
