// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/cloudformation/stack.h"

namespace glacis::cloudformation {

/// The role that AWS SAM makes for a function that names none, with the policies that the function lists; the function
/// then runs as it. Source: "AWS::Serverless::Function", AWS SAM Developer Guide.
void addImpliedRole(Stack::Made& function, const Template& from, std::vector<terraform::Resource>& into);

} // namespace glacis::cloudformation
