// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/asked.h"

#include <string>

namespace glacis {

bool wasAsked(const Estate& estate, NodeId node, std::string_view call)
{
    const std::string key = "read:" + std::string(call);
    const auto asked = [&](NodeId place) { return place != noNode && estate.flag(place, key).value_or(false); };
    const NodeRow& row = estate.node(node);
    if (asked(node) || asked(row.region) || asked(row.account))
        return true;
    // Clusters are no accounts: what they hold lies in them.
    for (NodeId at = row.parent; at != noNode; at = estate.node(at).parent) {
        if (estate.kind(at) == Kind::K8sCluster)
            return asked(at);
    }
    return false;
}

} // namespace glacis
