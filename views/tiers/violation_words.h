// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace glacis {

/// "Skips a tier", translated; the word itself for a kind that is not known here.
[[nodiscard]] QString titleOfViolation(std::string_view kind);

} // namespace glacis
