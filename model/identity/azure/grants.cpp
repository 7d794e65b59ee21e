// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/azure/grants.h"

#include "core/json.h"
#include "core/resources.h"
#include "core/text.h"

#include <algorithm>

namespace glacis::azure {

namespace {

std::vector<std::string> texts(const Json& list)
{
    std::vector<std::string> made;
    for (const Json& one : list)
        made.push_back(lowered(asText(one)));
    return made;
}

std::vector<Permission> permissionsOf(const Json& list)
{
    std::vector<Permission> made;
    for (const Json& one : list)
        made.push_back({texts(arrayOf(one, "actions")), texts(arrayOf(one, "notActions")),
            texts(arrayOf(one, "dataActions")), texts(arrayOf(one, "notDataActions"))});
    return made;
}

bool any(const std::vector<std::string>& patterns, std::string_view action)
{
    return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches(pattern, action); });
}

std::string numberIn(std::string_view id)
{
    return lowered(afterLast(id, '/'));
}

/// Everyone, as a deny assignment names them.
constexpr std::string_view everyone = "00000000-0000-0000-0000-000000000000";

} // namespace

bool matches(std::string_view pattern, std::string_view action)
{
    // Greedy with one way back is enough for stars alone.
    std::size_t p = 0, a = 0, star = std::string_view::npos, from = 0;
    while (a < action.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            from = a;
        } else if (p < pattern.size() && pattern[p] == action[a]) {
            ++p;
            ++a;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            a = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool Permission::permits(std::string_view action, bool data) const
{
    return data ? any(dataActions, action) && !any(notDataActions, action)
                : any(actions, action) && !any(notActions, action);
}

Grants::Grants(const Estate& estate) : m_estate(estate)
{
    readRoles();
    readGrants();
    std::set<NodeId> principals;
    for (const Kind kind : {Kind::User, Kind::Group, Kind::ServicePrincipal, Kind::ManagedIdentity}) {
        for (const NodeId node : estate.ofKind(kind)) {
            if (estate.node(node).provider == Provider::Azure)
                principals.insert(node);
        }
    }
    for (const Assignment& one : m_assignments)
        principals.insert(one.principal);
    for (const DirectoryAssignment& one : m_directory)
        principals.insert(one.principal);
    for (const NodeId vault : estate.ofKind(Kind::KeyVault)) {
        for (const NodeId named : estate.targets(vault, EdgeKind::Mentions))
            principals.insert(named);
    }
    principals.erase(noNode);
    m_principals.assign(principals.begin(), principals.end());
    for (const NodeId subscription : estate.ofKind(Kind::Account)) {
        std::set<std::string>& above = m_groupsAbove[lowered(estate.id(subscription))];
        for (NodeId at = estate.node(subscription).parent; at != noNode; at = estate.node(at).parent)
            above.insert(lowered(estate.id(at)));
    }
}

void Grants::readRoles()
{
    const Json known = parseJson(resource("azure/roles.json").value_or("{}")).value_or(Json());
    for (const Json& row : arrayOf(known, "roles")) {
        Role role;
        role.name = textOf(row, "name");
        role.permissions = permissionsOf(Json::array({row}));
        m_roles.emplace(textOf(row, "id"), std::move(role));
    }
    for (const Json& row : arrayOf(known, "directoryRoles")) {
        for (const std::string& right : texts(arrayOf(row, "actions")))
            m_directoryRights[std::string(textOf(row, "id"))].insert(right);
    }
    // What was exported has the last word.
    for (const NodeId node : m_estate.ofKind(Kind::RoleDefinition)) {
        if (m_estate.node(node).provider != Provider::Azure)
            continue;
        for (const auto& policy : m_estate.policies(node)) {
            const Json document = parseJson(m_estate.text(policy.document)).value_or(Json());
            const std::string number = numberIn(m_estate.id(node));
            if (document.contains("permissions")) {
                Role& role = m_roles[number];
                role.node = node;
                role.name = m_estate.name(node);
                role.permissions = permissionsOf(arrayOf(document, "permissions"));
            } else if (document.contains("actions")) {
                const auto rights = texts(arrayOf(document, "actions"));
                m_directoryRights[number] = {rights.begin(), rights.end()};
            }
        }
    }
}

NodeId Grants::principalNamed(std::string_view number) const
{
    return m_estate.find(number).value_or(noNode);
}

void Grants::readGrants()
{
    for (const NodeId node : m_estate.ofKind(Kind::RoleBinding)) {
        if (m_estate.node(node).provider != Provider::Azure)
            continue;
        for (const auto& policy : m_estate.policies(node)) {
            const Json document = parseJson(m_estate.text(policy.document)).value_or(Json());
            const NodeId principal = principalNamed(textOf(document, "principalId"));
            const bool eligible = boolOf(document, "eligible").value_or(false);
            if (boolOf(document, "deny").value_or(false)) {
                Denial one{node, lowered(textOf(document, "scope")), permissionsOf(arrayOf(document, "permissions")),
                    {}, {}, false, boolOf(document, "notChildScopes").value_or(false),
                    std::string(textOf(document, "condition")), policy.evidence};
                for (const Json& number : arrayOf(document, "principals"))
                    one.principals.insert(asText(number));
                for (const Json& number : arrayOf(document, "excludePrincipals"))
                    one.excluded.insert(asText(number));
                one.everyone = one.principals.contains(std::string(everyone));
                m_denials.push_back(std::move(one));
            } else if (document.contains("directoryRoleId")) {
                const std::string_view role = textOf(document, "directoryRoleId");
                const NodeId definition = m_estate.find(role).value_or(noNode);
                m_directory.push_back(
                    {node, principal, definition, numberIn(definition == noNode ? role : m_estate.id(definition)),
                        std::string(textOf(document, "scope")), eligible, policy.evidence});
            } else if (document.contains("appRoleId")) {
                const NodeId application = principalNamed(textOf(document, "resourceId"));
                const std::string number(textOf(document, "appRoleId"));
                std::string value;
                if (application != noNode)
                    value = m_estate.word(application, "app_role:" + number);
                if (value.empty()) {
                    static const Json known = parseJson(resource("azure/roles.json").value_or("{}")).value_or(Json());
                    value = textOf(member(known, "appRoles"), number);
                }
                m_appRoles.push_back({node, principal, application, value, policy.evidence});
            } else if (document.contains("roleDefinitionId")) {
                const std::string number = numberIn(textOf(document, "roleDefinitionId"));
                const auto role = m_roles.find(number);
                m_assignments.push_back({node, principal, lowered(textOf(document, "scope")), number,
                    role == m_roles.end() ? nullptr : &role->second, std::string(textOf(document, "condition")),
                    eligible, policy.evidence});
            }
        }
    }
}

const std::vector<NodeId>& Grants::selves(NodeId principal) const
{
    const auto [found, isNew] = m_selves.try_emplace(principal);
    if (!isNew)
        return found->second;
    std::vector<NodeId> all = {principal};
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const NodeId group : m_estate.targets(all[i], EdgeKind::MemberOf)) {
            if (std::ranges::find(all, group) == all.end())
                all.push_back(group);
        }
    }
    return m_selves[principal] = std::move(all);
}

std::string Grants::numberOf(NodeId principal) const
{
    const std::string_view told = m_estate.word(principal, "principal_id");
    return lowered(told.empty() ? m_estate.id(principal) : told);
}

bool Grants::covers(std::string_view granted, std::string_view scope) const
{
    if (granted == "/" || granted == scope)
        return true;
    if (scope.size() > granted.size() && scope.starts_with(granted) && scope[granted.size()] == '/')
        return true;
    if (granted.find("/managementgroups/") == std::string_view::npos)
        return false;
    // A management group holds subscriptions, and all that lies in them.
    const std::size_t end = scope.find('/', 15);
    const auto above = m_groupsAbove.find(scope.substr(0, end));
    return above != m_groupsAbove.end() && above->second.contains(std::string(granted));
}

const std::set<std::string>& Grants::directoryRights(std::string_view roleId) const
{
    static const std::set<std::string> none;
    const auto found = m_directoryRights.find(roleId);
    return found == m_directoryRights.end() ? none : found->second;
}

} // namespace glacis::azure
