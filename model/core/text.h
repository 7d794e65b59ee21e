// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

[[nodiscard]] constexpr char lower(char c) ///< ASCII only
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] std::string lowered(std::string_view text); ///< ASCII only
[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b); ///< ASCII only
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// The part before (after) the first separator; the whole (nothing) when there is none.
[[nodiscard]] std::string_view before(std::string_view text, char separator);
[[nodiscard]] std::string_view after(std::string_view text, char separator);
/// The part after the last separator; the whole when there is none.
[[nodiscard]] std::string_view afterLast(std::string_view text, char separator);
/// Whole text as a decimal integer; nothing when it is not one or does not fit.
[[nodiscard]] std::optional<long long> integer(std::string_view text);
/// Standard base64, white space ignored; nothing when it is not base64.
[[nodiscard]] std::optional<std::string> base64Decoded(std::string_view text);
/// application/x-www-form-urlencoded: %XX and '+' for a space. What is malformed stays as it is.
[[nodiscard]] std::string urlDecoded(std::string_view text);
/// The text if it is UTF-8; UTF-16 with a byte order mark converted; nothing for anything else.
[[nodiscard]] std::optional<std::string> asUtf8(std::string_view bytes);

/// The six parts of an Amazon Resource Name, as views into it. Source: "Amazon Resource Names (ARNs)", IAM User Guide.
struct Arn {
    std::string_view partition, service, region, account, resource;
};
[[nodiscard]] std::optional<Arn> parseArn(std::string_view text);

} // namespace glacis
