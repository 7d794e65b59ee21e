// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

/// For headers that only name the type: all of it takes a second to compile.
namespace glacis {

using Json = nlohmann::json;

} // namespace glacis
