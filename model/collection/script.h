// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collection/collection.h"

#include <string>

namespace glacis {

/// A POSIX shell script for whoever may see the account to review and run. It only asks for lists and descriptions; a
/// call that is refused is noted and does not stop the others. Its folder imports as it is.
[[nodiscard]] std::string collectionScript(const Collection& collection);

} // namespace glacis
