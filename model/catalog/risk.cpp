// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/risk.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {
constexpr std::array<std::string_view, 5> riskNames = {"info", "low", "medium", "high", "critical"};
}

std::string_view name(Risk risk)
{
    return riskNames[static_cast<std::size_t>(risk)];
}

std::optional<Risk> riskNamed(std::string_view name)
{
    const auto found = std::find(riskNames.begin(), riskNames.end(), name);
    if (found == riskNames.end())
        return std::nullopt;
    return static_cast<Risk>(found - riskNames.begin());
}

} // namespace glacis
