// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// A word as a POSIX shell reads it back: as it is where that is safe, else in single quotes, control characters left
/// out. Names come from exports, and a command is there to be pasted.
[[nodiscard]] std::string shellQuoted(std::string_view word);

/// A command with the places to fill in: words parted by spaces, where a part in single quotes is kept together, and
/// {name} stands for what `fill` gives, ready for the shell. Other braces stay as they are.
[[nodiscard]] std::string shellCommand(
    std::string_view command, const std::function<std::string(std::string_view name)>& fill);

} // namespace glacis
