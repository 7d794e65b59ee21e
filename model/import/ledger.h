// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnostics.h"

#include <cstddef>
#include <string>
#include <vector>

namespace glacis {

struct LeftOut {
    std::string what;
    std::string why;
    std::size_t count = 1;
};

/// What became of one file.
struct LedgerRow {
    std::string file;
    std::string format; ///< "AWS CLI describe-vpcs"; empty when it was not recognised
    std::size_t facts = 0; ///< rows taken: things, edges, settings, rules
    std::vector<LeftOut> leftOut;
    std::vector<Diagnostic> problems;

    /// Counts together what is left out for the same reason.
    void leave(std::string_view what, std::string_view why, std::size_t count = 1);
    /// Something wrong in the file: one plain sentence, and where (0 and empty: in the file as a whole).
    void problem(
        Severity severity, std::string_view sentence, int line = 0, int column = 0, std::string_view pointer = {});
};

/// The account of an import: every file that was found has a row, in the order of reading.
struct Ledger {
    std::vector<LedgerRow> rows;
    [[nodiscard]] bool anythingRead() const;
    [[nodiscard]] bool anythingWrong() const;
};

} // namespace glacis
