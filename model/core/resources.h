// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace glacis {

/// A file of `resources/` as it was built into the program ("responsibility/aws.json"); nothing when there is none.
[[nodiscard]] std::optional<std::string_view> resource(std::string_view path);
/// The paths of all that lie below a folder ("samples/three-tier/"), sorted.
[[nodiscard]] std::vector<std::string_view> resourcesBelow(std::string_view folder);

} // namespace glacis
