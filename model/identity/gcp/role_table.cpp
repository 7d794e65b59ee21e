// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/gcp/role_table.h"

#include "catalog/schema.h"
#include "core/json.h"

#include <algorithm>
#include <cassert>

namespace glacis::gcp {

namespace {

/// "storage.objects.get" and the like; one "*" may stand for any text.
bool matches(std::string_view pattern, std::string_view permission)
{
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == permission;
    const std::string_view head = pattern.substr(0, star), tail = pattern.substr(star + 1);
    return permission.size() >= head.size() + tail.size() && permission.starts_with(head) && permission.ends_with(tail);
}

bool anyMatches(const std::vector<std::string>& patterns, std::string_view permission)
{
    return std::ranges::any_of(patterns, [&](const std::string& one) { return matches(one, permission); });
}

} // namespace

RoleTable::RoleTable(const Estate& estate)
{
    static const Table table = loadTable("gcp/roles.json", "gcp/schema.json", "roles");
    assert(table.faults.empty());
    for (const Json& row : arrayOf(table.json, "roles"))
        m_roles[std::string(textOf(row, "role"))] = {textsOf(row, "permissions"), textsOf(row, "except")};
    for (const auto& row : estate.facts().policies) {
        if (row.role != PolicyRole::Gcp || estate.text(row.name) != "permissions")
            continue;
        const std::string_view id = estate.id(row.of);
        const std::size_t host = id.find(".googleapis.com/");
        const std::string role(host == std::string_view::npos ? id : id.substr(host + 16));
        const Json document = parseJson(estate.text(row.document)).value_or(Json());
        // "Creating and managing custom roles": a deleted role grants nothing.
        if (!estate.flag(row.of, "deleted").value_or(false))
            m_roles[role] = {textsOf(document, "includedPermissions"), {}};
        else
            m_roles[role] = {};
    }
}

Holds RoleTable::holds(std::string_view role, std::string_view permission) const
{
    const auto found = m_roles.find(role);
    if (found == m_roles.end())
        return Holds::Unknown;
    return anyMatches(found->second.permissions, permission) && !anyMatches(found->second.except, permission)
        ? Holds::Yes
        : Holds::No;
}

} // namespace glacis::gcp
