// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/aws_cli/context.h"

namespace glacis::aws {

/// The row that takes an element of a reply's array; where several calls share the key, the one whose mark `piece` has
/// (null: any). Null when no call that Glacis reads has it.
[[nodiscard]] const HandlerRow* handlerFor(std::string_view key, const Json* piece);
/// The row that takes a reply without an array; `call` is what the file's name tells, empty for nothing.
[[nodiscard]] const WholeRow* wholeFor(const Json& object, std::string_view call);

} // namespace glacis::aws
