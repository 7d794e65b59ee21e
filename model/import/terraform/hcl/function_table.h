// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace glacis::hcl {

using Arguments = std::vector<Json>;

/// One function of the language.
struct FunctionRow {
    /// What becomes of an argument that holds references.
    enum class Open : std::uint8_t {
        Answers, ///< the answer depends on it, so it is open too
        Keeps, ///< elements are handed on as they are; only a list or object that is wholly open makes the answer open
        Passes, ///< the argument is handed on as it is, whatever it is
    };

    std::string_view name;
    std::size_t fewest, most; ///< arguments
    Open open;
    Json (*call)(const Arguments& arguments); ///< throws EvaluationError
};

/// Texts, encodings and addresses.
[[nodiscard]] std::span<const FunctionRow> textFunctions();
/// Regular expressions, names of files, other notations and dates.
[[nodiscard]] std::span<const FunctionRow> notationFunctions();
/// `replace` with a pattern: open where Glacis does not read the pattern's notation.
[[nodiscard]] Json replacePattern(const std::string& text, std::string_view pattern, const std::string& with);

} // namespace glacis::hcl
