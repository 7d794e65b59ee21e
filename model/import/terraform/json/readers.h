// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// A plan, or a state shown as JSON (`terraform show -json`), formats 0.1 to 1.x: what will stand after the apply.
/// Values that are not known yet are followed to their origin through the configuration. Source: "JSON Output Format",
/// Terraform documentation.
[[nodiscard]] Reader terraformPlanReader();

/// A state file of version 4 (Terraform 0.12 and later). What it marks as sensitive is dropped.
/// Source: "State", Terraform documentation; the file's form as Terraform writes it.
[[nodiscard]] Reader terraformStateReader();

} // namespace glacis
