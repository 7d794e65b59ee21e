// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/catalog.h"
#include "estate/estate.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace glacis {

enum class CheckVerdict : std::uint8_t { Pass, Fail, Unknown };
[[nodiscard]] std::string_view name(CheckVerdict verdict);

/// A condition on a node, read from a row of resources/checks. Joined as Kleene's three-valued logic joins: "any"
/// passes when one part passes, whatever is unknown beside it; "all" fails when one part fails.
struct CheckTest {
    enum class Op : std::uint8_t {
        All,
        Any,
        Not,
        Flag, ///< a setting is on (or off)
        Word, ///< a setting is one of some words
        AtLeast, ///< a number is not less than
        AtMostDays, ///< a moment lies no further back than
        Edge, ///< the node is bound to something, of a kind when one is named, for which `parts` holds when there
        Holds ///< the region or account has a thing of a kind, for which `parts` holds when there
    };
    enum class On : std::uint8_t { Self, Account, Region };

    Op op = Op::All;
    On on = On::Self; ///< whose setting is asked
    std::vector<CheckTest> parts;
    std::string key;
    bool wanted = true;
    std::vector<std::string> words;
    std::int64_t bound = 0;
    EdgeKind edge{};
    bool inward = false;
    Kind kind = Kind::Other; ///< Other: any
};

/// What there is to ask, beside the estate.
struct CheckContext {
    const Estate& estate;
    const Catalog& catalog;
    /// The latest moment that the export itself speaks of: it was made then or later. 0: none.
    std::int64_t notBefore = 0;
    /// When the export was made, if that is known.
    std::optional<std::int64_t> asOf;
};

struct CheckOutcome {
    CheckVerdict verdict = CheckVerdict::Unknown;
    std::vector<EvidenceId> because; ///< what decided
    std::set<MissingExport> missing; ///< what would decide, when unknown
};

[[nodiscard]] CheckOutcome evaluate(const CheckTest& test, NodeId node, const CheckContext& context);

/// Setting of a region (or account) that says an export of a listing call was read there, even if it listed nothing:
/// "read:list-detectors".
inline constexpr std::string_view readMark = "read:";

} // namespace glacis
