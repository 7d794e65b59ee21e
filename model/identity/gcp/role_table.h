// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::gcp {

enum class Holds : std::uint8_t { No, Yes, Unknown };

/// What roles hold: custom ones as the export lists their permissions, basic and predefined ones as far as
/// resources/gcp/roles.json does. Source: "IAM basic and predefined roles reference", Google Cloud documentation.
class RoleTable {
public:
    explicit RoleTable(const Estate& estate);

    /// `role` as bindings name it: "roles/editor", "projects/p/roles/deployer".
    [[nodiscard]] Holds holds(std::string_view role, std::string_view permission) const;

private:
    struct Role {
        std::vector<std::string> permissions, except; ///< "*" stands for any part
    };
    std::map<std::string, Role, std::less<>> m_roles;
};

} // namespace glacis::gcp
