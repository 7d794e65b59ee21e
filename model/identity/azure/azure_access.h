// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "identity/access.h"
#include "identity/azure/grants.h"

#include <optional>
#include <utility>

namespace glacis::azure {

/// Who may do what in Azure: assignments of roles reach down from management groups to resources, deny assignments win,
/// what a role leaves out it does not permit but does not forbid either. Conditions of assignments and roles that must
/// first be activated stay open. Source: "How Azure RBAC determines if a user has access to a resource".
class AzureAccess {
public:
    explicit AzureAccess(const Grants& grants) : m_grants(grants) { }

    /// `scope`: the id of a resource, resource group, subscription or management group, in any case.
    [[nodiscard]] Decision decide(NodeId principal, std::string_view action, bool data, std::string_view scope) const;
    /// The same by the action's name alone, with what decides beside roles: a vault that goes by its own access
    /// policies, and what is open to anyone. `data`: whether the action is one over data; when not said, what roles and
    /// the table of stores say of this very action, and Unknown where nothing tells and it matters.
    [[nodiscard]] Decision ask(NodeId principal, std::string_view action, std::string_view scope,
        std::optional<bool> data = std::nullopt) const;
    [[nodiscard]] std::optional<bool> isOverData(std::string_view action) const;
    /// What a vault's own access policies permit, where it goes by them: "secrets" and "get". Source: "Assign a Key
    /// Vault access policy".
    [[nodiscard]] Decision byVaultPolicy(
        NodeId principal, NodeId vault, std::string_view part, std::string_view right) const;
    /// What is possible, sorted by store, principal, level.
    [[nodiscard]] std::vector<StoreAccess> toStores(Progress& progress) const;
    /// Whoever may do everything in a subscription, its role assignments included: with the subscription.
    [[nodiscard]] std::vector<std::pair<NodeId, Decision>> administrators() const;

    [[nodiscard]] const Grants& grants() const { return m_grants; }
    [[nodiscard]] static bool usesAccessPolicies(const Estate& estate, NodeId vault);

private:
    [[nodiscard]] Decision askOfAnyone(std::string_view action, NodeId store) const;
    void toStore(NodeId store, std::vector<StoreAccess>& found) const;
    [[nodiscard]] std::vector<std::pair<AccessLevel, Decision>> publicGrants(NodeId store) const;

    const Grants& m_grants;
};

/// Both at once: denied when either is, open where either is.
void both(Decision& all, const Decision& one);
/// Either is enough: the better of the two.
void either(Decision& best, Decision one);

} // namespace glacis::azure
