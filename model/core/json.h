// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json_fwd.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

// Instantiated once, in json.cpp, and not by each file that touches it: a third of the time of a build.
extern template class nlohmann::basic_json<>;

namespace glacis {

/// Forgiving look-ups: a missing member or one of another type reads as nothing, never as an exception.
[[nodiscard]] const Json& member(const Json& object, std::string_view key); ///< null when absent
[[nodiscard]] std::string_view textOf(const Json& object, std::string_view key); ///< empty when absent or no string
[[nodiscard]] std::optional<bool> boolOf(const Json& object, std::string_view key); ///< also "true"/"false" as text
[[nodiscard]] std::optional<long long> numberOf(const Json& object, std::string_view key); ///< also digits as text
/// The member when it is an array; otherwise an empty array.
[[nodiscard]] const Json& arrayOf(const Json& object, std::string_view key);
/// Every element of that array as text (asText).
[[nodiscard]] std::vector<std::string> textsOf(const Json& object, std::string_view key);
/// A string as it is, everything else dumped compactly.
[[nodiscard]] std::string asText(const Json& value);
/// Appends one step to a JSON pointer with ~0 and ~1 escapes (RFC 6901).
[[nodiscard]] std::string pointerTo(std::string_view base, std::string_view key);
[[nodiscard]] std::string pointerTo(std::string_view base, std::size_t position);
/// Parses a small text with bounded depth (64); nothing when it is not JSON.
[[nodiscard]] std::optional<Json> parseJson(std::string_view text);

} // namespace glacis
