// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/defaults.h"

#include "catalog/schema.h"

#include <algorithm>
#include <cassert>

namespace glacis::rbac {

const Json& defaultClusterRole(std::string_view name)
{
    static const Table table = loadTable("kubernetes/default_roles.json", "kubernetes/schema.json", "roles");
    assert(table.faults.empty());
    static const Json none;
    const Json& roles = arrayOf(table.json, "roles");
    const auto found = std::ranges::find(roles, name, [](const Json& row) { return textOf(row, "name"); });
    return found == roles.end() ? none : *found;
}

std::string_view apiGroupOf(std::string_view resource)
{
    static const Table table = loadTable("kubernetes/api_groups.json", "kubernetes/schema.json", "groups");
    assert(table.faults.empty());
    for (const Json& row : arrayOf(table.json, "groups")) {
        const Json& resources = arrayOf(row, "resources");
        if (std::ranges::find(resources, Json(resource)) != resources.end())
            return textOf(row, "group");
    }
    return {};
}

} // namespace glacis::rbac
