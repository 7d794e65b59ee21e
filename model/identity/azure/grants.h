// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/decision.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Who was given which role where, in Azure and in its directory.
namespace glacis::azure {

/// What a role permits: anything of the first that is not of the second. Source: "Understand Azure role definitions".
struct Permission {
    std::vector<std::string> actions, notActions, dataActions, notDataActions; ///< small letters, with "*"
    [[nodiscard]] bool permits(std::string_view action, bool data) const;
};

/// "Microsoft.Compute/*/read" and the like; both in small letters.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view action);

struct Role {
    NodeId node = noNode; ///< noNode: only what the program knows of a built-in one
    std::string name;
    std::vector<Permission> permissions;
};

struct Assignment {
    NodeId node = noNode;
    NodeId principal = noNode;
    std::string scope; ///< small letters; "/" is everything
    std::string roleId; ///< number of the definition
    const Role* role = nullptr; ///< null: its definition was not exported and is no built-in one
    std::string condition;
    bool eligible = false;
    EvidenceId evidence = noEvidence;
};

/// Wins over every role. Source: "List Azure deny assignments".
struct Denial {
    NodeId node = noNode;
    std::string scope;
    std::vector<Permission> permissions;
    std::set<std::string> principals, excluded; ///< numbers
    bool everyone = false;
    bool onlyHere = false; ///< not for what lies below
    std::string condition;
    EvidenceId evidence = noEvidence;
};

struct DirectoryAssignment {
    NodeId node = noNode;
    NodeId principal = noNode;
    NodeId role = noNode;
    std::string roleId; ///< number of the role's template
    std::string scope; ///< "/" is the whole directory, "/<number>" one object
    bool eligible = false;
    EvidenceId evidence = noEvidence;
};

/// A right of an application to call another.
struct AppRole {
    NodeId node = noNode;
    NodeId principal = noNode;
    NodeId resource = noNode;
    std::string value; ///< "Application.ReadWrite.All"
    EvidenceId evidence = noEvidence;
};

/// All grants of an estate, read once.
class Grants {
public:
    explicit Grants(const Estate& estate);

    [[nodiscard]] const Estate& estate() const { return m_estate; }
    [[nodiscard]] const std::vector<Assignment>& assignments() const { return m_assignments; }
    /// Built-in roles that are known and those of the estate.
    [[nodiscard]] const std::map<std::string, Role, std::less<>>& roles() const { return m_roles; }
    [[nodiscard]] const std::vector<Denial>& denials() const { return m_denials; }
    [[nodiscard]] const std::vector<DirectoryAssignment>& directoryAssignments() const { return m_directory; }
    [[nodiscard]] const std::vector<AppRole>& appRoles() const { return m_appRoles; }

    /// A principal and the groups it is in, directly and through others.
    [[nodiscard]] const std::vector<NodeId>& selves(NodeId principal) const;
    /// The numbers by which grants name these: object ids.
    [[nodiscard]] std::string numberOf(NodeId principal) const;
    /// Everything that can hold a role, in node order.
    [[nodiscard]] const std::vector<NodeId>& principals() const { return m_principals; }
    /// Whether a scope holds what a grant over `granted` is given for. Both in small letters.
    [[nodiscard]] bool covers(std::string_view granted, std::string_view scope) const;
    /// What a directory role of this number permits.
    [[nodiscard]] const std::set<std::string>& directoryRights(std::string_view roleId) const;

private:
    void readRoles();
    void readGrants();
    [[nodiscard]] NodeId principalNamed(std::string_view number) const;

    const Estate& m_estate;
    std::map<std::string, Role, std::less<>> m_roles; ///< by number
    std::map<std::string, std::set<std::string>, std::less<>> m_directoryRights;
    std::vector<Assignment> m_assignments;
    std::vector<Denial> m_denials;
    std::vector<DirectoryAssignment> m_directory;
    std::vector<AppRole> m_appRoles;
    std::vector<NodeId> m_principals;
    std::map<std::string, std::set<std::string>, std::less<>> m_groupsAbove; ///< subscription → management groups
    mutable std::map<NodeId, std::vector<NodeId>> m_selves;
};

} // namespace glacis::azure
