// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"

#include <QString>

#include <array>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace glacis {

/// Who may read, write and administer, as bits by AccessLevel.
struct AccessBits {
    std::uint8_t may = 0;
    std::uint8_t onlyIf = 0; ///< of `may`, what holds under conditions only

    [[nodiscard]] bool none() const { return may == 0; }
    [[nodiscard]] bool has(AccessLevel level) const { return (may >> static_cast<int>(level) & 1) != 0; }
    [[nodiscard]] bool conditional() const { return may != 0 && may == onlyIf; }
    /// Either of both; a condition stays one only where both have it.
    void join(const AccessBits& other);
    bool operator==(const AccessBits&) const = default;
    auto operator<=>(const AccessBits&) const = default;
};

/// One side of the matrix: things of one kind and account form a group, equal ones in it a class.
struct AccessAxis {
    using GroupKey = std::pair<Kind, NodeId>; ///< kind, account
    struct Group {
        GroupKey key;
        std::size_t things = 0;
        std::size_t classes = 0;
        bool folded = false;
    };
    struct Line {
        std::vector<NodeId> things; ///< at least one; all of a folded group
        std::uint32_t group = 0;
        bool isGroup = false; ///< stands for its whole group, folded
        std::size_t more = 0; ///< classes that are not shown, in a line without things
        std::array<std::size_t, 3> total{}; ///< things of the other side, by level
    };
    std::vector<Group> groups;
    std::vector<Line> lines;
};

struct AccessFilter {
    QString words; ///< that a name holds, of either side
    std::uint8_t levels = 7; ///< bits by AccessLevel
    bool withConditional = true;
    std::set<AccessAxis::GroupKey> turned; ///< groups that are folded where they would be open, or the other way round
};

/// Identities × stores. What no identity can touch, and who can touch nothing, has no line.
struct AccessMatrix {
    AccessAxis principals;
    AccessAxis stores;
    std::vector<AccessBits> cells; ///< principal by principal

    [[nodiscard]] const AccessBits& cell(std::size_t principal, std::size_t store) const
    {
        return cells[principal * stores.lines.size() + store];
    }
    std::size_t identities = 0;
    std::size_t storeCount = 0;
    std::size_t hidden = 0; ///< entries that the filter leaves out
};

/// Most lines of a side that are shown; what is more is told in a line of its group.
inline constexpr std::size_t mostAccessLines = 500;

/// Linear in the entries but for sorting.
[[nodiscard]] AccessMatrix accessMatrix(
    const Estate& estate, const std::vector<StoreAccess>& access, const AccessFilter& filter);

} // namespace glacis
