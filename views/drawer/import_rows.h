// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "document/answers.h"

#include <cstdint>
#include <vector>

namespace glacis {

/// One file of an import, in words.
struct ImportRow {
    enum class State : std::uint8_t { Read, LeftOut, NotRecognised, PartlyRead, NotRead };

    std::uint32_t at = 0; ///< in Ledger::rows
    std::uint32_t source = 0; ///< in ImportRows::sources
    State state{};
    std::size_t facts = 0;
    std::size_t things = 0; ///< that it describes
    std::size_t unknown = 0; ///< values that only the running system would tell
    QString file;
    QString format;
    QString kinds; ///< "12 × Subnet, 3 × Virtual machine"
    QString leftOut; ///< and why; problems first
};

/// A whole import: its files by source. A source is a tool and the outermost folder: an account, a cluster, a project.
struct ImportRows {
    std::vector<QString> sources; ///< sorted
    std::vector<ImportRow> rows; ///< in the order of the ledger
};
/// Linear in files and things; incomplete when cancelled.
[[nodiscard]] ImportRows importRows(const Ledger& ledger, const Estate& estate, Progress& progress);
[[nodiscard]] QString textOf(ImportRow::State state);

/// What is shown of them, and in which order.
struct ImportOrder {
    enum Column : std::uint8_t { File, State, Format, Facts, Unknown, Things, LeftOut, Columns };
    QString filter; ///< words that the row has somewhere, all of them
    int column = -1; ///< −1: as they were read
    bool descending = false;
    bool operator==(const ImportOrder&) const = default;
};
struct ImportGroup {
    std::uint32_t source = 0;
    std::vector<std::uint32_t> rows;
    std::size_t facts = 0, things = 0, unknown = 0, incomplete = 0; ///< sums; files that are not read as a whole
};
[[nodiscard]] std::vector<ImportGroup> arranged(const ImportRows& all, const ImportOrder& order, Progress& progress);

} // namespace glacis
