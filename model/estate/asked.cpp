// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/asked.h"

#include <string>

namespace glacis {

bool wasAsked(const Estate& estate, NodeId node, std::string_view call)
{
    const std::string key = "read:" + std::string(call);
    const NodeRow& row = estate.node(node);
    for (const NodeId place : {node, row.region, row.account}) {
        if (place != noNode && estate.flag(place, key).value_or(false))
            return true;
    }
    return false;
}

} // namespace glacis
