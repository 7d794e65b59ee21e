// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace glacis {

/// Before there is an application: whether the line is an export, and how it should be set up for it (no display
/// needed, the scale of a grabbed window).
[[nodiscard]] bool prepareExport(const std::vector<std::string>& line);

/// `glacis export …`: writes a view, or the whole window, as a picture. Needs an application. Returns the exit code.
[[nodiscard]] int runExport(const std::vector<std::string>& line);

} // namespace glacis
