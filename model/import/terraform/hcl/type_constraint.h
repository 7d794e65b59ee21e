// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/hcl/syntax.h"

#include <functional>

namespace glacis::hcl {

/// A value as a variable's type has it: texts, numbers and truths converted into one another, members that no type
/// names taken away, those that are optional and absent filled in. What does not fit stays as it is: an apply would
/// refuse it, and what was given tells more than nothing. `value` works out the default of optional(…).
/// Source: "Type Constraints", Terraform Language documentation.
[[nodiscard]] Json converted(Json given, const Expression& type, const std::function<Json(const Expression&)>& value);

} // namespace glacis::hcl
