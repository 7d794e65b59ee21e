// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "network/packet.h"

#include <algorithm>
#include <string_view>

namespace glacis {

/// The row of a control's rules that people look up by this name; null when it is no rule of the export.
[[nodiscard]] inline const FirewallRow<NodeId>* ruleRow(const Estate& estate, NodeId of, std::string_view rule)
{
    if (of == noNode || rule.empty())
        return nullptr;
    const auto rows = estate.firewall(of);
    const auto found = std::ranges::find_if(rows, [&](const auto& row) { return estate.text(row.rule) == rule; });
    return found == rows.end() ? nullptr : &*found;
}
[[nodiscard]] inline const FirewallRow<NodeId>* ruleRow(const Estate& estate, const Hop& hop)
{
    return ruleRow(estate, hop.node, hop.rule);
}

} // namespace glacis
