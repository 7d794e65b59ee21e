// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/store_actions.h"

#include "catalog/schema.h"

#include <cassert>

namespace glacis {

const std::map<Kind, std::vector<StoreAction>>& storeActions()
{
    static const auto table = [] {
        const Table read = loadTable("techniques/access.json", "techniques/schema.json", "access");
        assert(read.faults.empty());
        std::map<Kind, std::vector<StoreAction>> made;
        for (const Json& row : arrayOf(read.json, "kinds")) {
            const auto kind = kindNamed(textOf(row, "kind"));
            assert(kind);
            for (const Json& action : arrayOf(row, "actions")) {
                const std::string_view level = textOf(action, "level");
                made[*kind].push_back({level == "read" ? AccessLevel::Read
                        : level == "write"             ? AccessLevel::Write
                                                       : AccessLevel::Administer,
                    std::string(textOf(action, "action")), std::string(textOf(action, "resource"))});
            }
        }
        return made;
    }();
    return table;
}

} // namespace glacis
