// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// Replies of the AWS CLI that somebody keeps as constants, as the tests of programs do: {"DESCRIBE_VPCS": […]}. The
/// names say nothing for sure, so that a value is read only where its content tells the call.
[[nodiscard]] Reader constantsReader();

} // namespace glacis
