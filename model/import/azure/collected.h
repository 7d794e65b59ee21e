// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collection/collection.h"
#include "estate/kinds.h"

#include <string>
#include <string_view>

/// What the name of a file says that its content leaves out: the collection script names each after its call.
namespace glacis::azure {

/// The call of the collection that the file is named after.
[[nodiscard]] CollectedFile collected(std::string_view path);

/// Lists of members and owners are one file for each object, which names it: "ad-group-member-list/<id>.json".
struct Related {
    std::string id; ///< empty: the file is no such list
    Kind kind{};
    EdgeKind edge{};
};
[[nodiscard]] Related relatedTo(std::string_view path);

} // namespace glacis::azure
