// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/kinds.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis::gcp {

/// What a type of asset means: one row of resources/gcp/types.json. Paths are those of `valuesAt`.
struct TypeRow {
    struct Setting {
        std::string path, key;
        Json values; ///< not null: what the values are called here
        Json there; ///< not null: the value when the member is there, whatever it holds
        Json absent; ///< not null: the value when a description lacks the member
    };
    struct Link {
        std::string path;
        EdgeKind edge{};
        bool reversed = false; ///< from what is referred to
    };
    std::string type; ///< "compute.googleapis.com/Instance"
    Kind kind = Kind::Other;
    std::string host; ///< in front of full resource names
    std::string api; ///< "compute#instance"
    std::string collection; ///< "instances"
    std::string needs; ///< a member that tells the type from others of the same collection
    std::string name; ///< path of what people call it; empty: "name"
    std::string parent; ///< collection of the thing that it lies in
    std::vector<std::pair<std::string, Json>> always; ///< settings that the service gives each of them
    std::vector<Setting> settings;
    std::vector<Link> links;
};

/// Null when the table has no such type.
[[nodiscard]] const TypeRow* typeRow(std::string_view assetType);
/// The type of an item of a reply; null when nothing tells. `listKey` is the member that held the list, or empty.
[[nodiscard]] const TypeRow* typeOfItem(const Json& item, std::string_view listKey);
/// Types that are known and hold nothing to take; those that only lead from a forwarding rule to what answers.
[[nodiscard]] bool isIdle(std::string_view assetType);
[[nodiscard]] bool isProxy(std::string_view assetType);

} // namespace glacis::gcp
