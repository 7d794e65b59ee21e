// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <string>
#include <vector>

namespace glacis {

/// What became of the things of an estate in another of the same system, told by their ids. Where a thing is described
/// does not count, only what is said of it.
struct EstateDifference {
    std::vector<NodeId> added; ///< of the later estate
    std::vector<NodeId> changed; ///< of the later estate
    std::vector<NodeId> removed; ///< of the earlier estate

    [[nodiscard]] bool isNone() const { return added.empty() && changed.empty() && removed.empty(); }
    [[nodiscard]] std::size_t count() const { return added.size() + changed.size() + removed.size(); }
};

/// In node order. Things that are only spoken of count on neither side. Linear in facts but for their order.
[[nodiscard]] EstateDifference differenceOf(const Estate& before, const Estate& after);

/// The same things in another estate of the same system; those that are not there are left out.
[[nodiscard]] std::vector<NodeId> sameThings(const Estate& from, const std::vector<NodeId>& things, const Estate& to);

} // namespace glacis
