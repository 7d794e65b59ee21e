// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// Terraform configuration in HCL (.tf): all files of a folder are one module. Source: "Configuration Syntax" and
/// "Modules", Terraform Language documentation.
[[nodiscard]] Reader terraformReader();

} // namespace glacis
