// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/environment.h"

namespace glacis {

std::string_view environmentOf(const Estate& estate, NodeId node)
{
    for (const std::string_view key : {"Env", "Environment", "Stage"}) {
        if (const std::string_view own = estate.tag(node, key); !own.empty())
            return own;
        for (const Kind container : {Kind::Network, Kind::Account}) {
            const auto around = estate.within(node, container);
            if (around && !estate.tag(*around, key).empty())
                return estate.tag(*around, key);
        }
    }
    return {};
}

} // namespace glacis
