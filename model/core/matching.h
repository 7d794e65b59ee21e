// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace glacis {

/// Stand in a pattern for a star or question mark that must match itself.
inline constexpr char literalStar = '\x01';
inline constexpr char literalMark = '\x02';

/// `*` for any text and `?` for any one character; no recursion, at worst the product of both lengths.
[[nodiscard]] bool wildcardMatches(std::string_view pattern, std::string_view text);
/// Without regard to case (ASCII).
[[nodiscard]] bool wildcardMatchesIgnoringCase(std::string_view pattern, std::string_view text);
/// Whether some text matches both patterns.
[[nodiscard]] bool wildcardsMeet(std::string_view a, std::string_view b);
[[nodiscard]] inline bool hasWildcard(std::string_view text)
{
    return text.find_first_of("*?") != std::string_view::npos;
}

/// An order in which texts that differ in case only (ASCII) are equal.
[[nodiscard]] bool lessIgnoringCase(std::string_view a, std::string_view b);

} // namespace glacis
