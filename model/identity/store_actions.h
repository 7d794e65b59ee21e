// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"

#include <map>
#include <string>
#include <vector>

namespace glacis {

/// An action whose permission counts as a level of access to a kind of store.
struct StoreAction {
    AccessLevel level{};
    std::string action;
    std::string resource; ///< with {id}
};

/// What counts as reading, writing and administering a kind of store: resources/techniques/access.json.
[[nodiscard]] const std::map<Kind, std::vector<StoreAction>>& storeActions();

} // namespace glacis
