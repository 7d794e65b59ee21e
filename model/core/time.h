// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace glacis {

/// Seconds since 1970-01-01T00:00:00Z from any of the three styles that exports use: "2019-11-29T18:59:04+00:00" (also
/// with Z, with fractions, without seconds, or only the day or month), "2020-03-03 01:21:01+00:00", and epoch seconds
/// as a number ("1574965144.12").
[[nodiscard]] std::optional<std::int64_t> parseTime(std::string_view text);
/// The same with the fraction of a second.
[[nodiscard]] std::optional<double> parseMoment(std::string_view text);
/// "2019-11-29T18:59:04Z".
[[nodiscard]] std::string formatTime(std::int64_t secondsSinceEpoch);

} // namespace glacis
