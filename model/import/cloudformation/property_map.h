// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/cloudformation/stack.h"
#include "import/terraform/module.h"

#include <vector>

namespace glacis::cloudformation {

/// Whether resources/cloudformation says what the type is.
[[nodiscard]] bool isMapped(std::string_view type);

/// A resource of a template in the words of the Terraform provider, whose types and arguments the tables explain: both
/// describe the same calls. One resource of a template may be several there (a role and its inline policies).
/// `source` and `at` say where it stands.
void addResources(const Stack::Made& made, const Template& from, std::vector<terraform::Resource>& into);

} // namespace glacis::cloudformation
