// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/kinds.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::azure {

/// Keys on the way to a member, in plain form (see plain.h); "*" stands for each element of a list.
using MemberPath = std::vector<std::string>;

/// What a type of resource means: a row of resources/azure/types.json.
struct TypeRow {
    struct Setting {
        MemberPath path;
        std::string key;
    };
    struct Link {
        MemberPath path;
        EdgeKind edge{};
        Kind other{};
        bool reversed = false; ///< from the other to the resource
    };
    std::string type; ///< as Azure Resource Manager spells it
    std::optional<Kind> kind;
    std::optional<Kind> of; ///< it says more of the resource that its id lies in, which is of this kind
    bool idle = false; ///< known, and nothing in it to take
    std::vector<Setting> settings;
    std::vector<Link> links;
};

/// The row of a type, compared without case; null when it is not known.
[[nodiscard]] const TypeRow* typeRow(std::string_view type);

/// The values that a path leads to.
[[nodiscard]] std::vector<const Json*> membersAt(const Json& json, const MemberPath& path);

} // namespace glacis::azure
