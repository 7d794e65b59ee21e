// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "core/progress.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace glacis {

struct JsonLimits {
    std::size_t depth = 200; ///< nested arrays and objects
};

/// Why a text could not be read to its end. What was handed out before stays valid.
struct JsonError {
    enum class Reason { Syntax, TooDeep, Cancelled };
    Reason reason = Reason::Syntax;
    std::size_t offset = 0; ///< byte
    int line = 0; ///< from 1
    int column = 0;
    std::string sentence;
};

/// A large document, a piece at a time: memory is bounded by the largest piece, not by the file.
/// - document is an object: each element of each array member comes as ("Key", position, value); each other member
/// comes
///   whole as ("Key", npos, value).
/// - document is an array: each element comes as ("", position, value).
/// - document is a scalar: one call ("", npos, value).
struct JsonPiece {
    static constexpr std::size_t whole = static_cast<std::size_t>(-1);
    std::string_view key;
    std::size_t position = whole;
    Json& value; ///< may be moved from

    [[nodiscard]] std::string pointer() const;
};
using JsonPieceHandler = std::function<void(JsonPiece)>;

/// An array member that is empty is reported once through `emptyArray`, when given, so that "asked and there is none"
/// differs from "not asked".
std::optional<JsonError> streamJson(std::string_view text, const JsonLimits& limits, const JsonPieceHandler& handler,
    const Progress* progress = nullptr, const std::function<void(std::string_view key)>& emptyArray = {});
std::optional<JsonError> parseWhole(
    std::string_view text, const JsonLimits& limits, Json& result, const Progress* progress = nullptr);

/// The byte range of the value at a JSON pointer, with 1-based line numbers; nothing when the pointer leads nowhere.
struct TextRange {
    std::size_t begin = 0, end = 0;
    int firstLine = 0, lastLine = 0;
};
[[nodiscard]] std::optional<TextRange> locate(std::string_view text, std::string_view pointer);

} // namespace glacis
