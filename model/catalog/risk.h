// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace glacis {

/// How much a finding matters, lowest first.
enum class Risk : std::uint8_t { Info, Low, Medium, High, Critical };

/// As the console and the tables write it: "info" … "critical".
[[nodiscard]] std::string_view name(Risk risk);
[[nodiscard]] std::optional<Risk> riskNamed(std::string_view name);

} // namespace glacis
