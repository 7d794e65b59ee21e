// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// CloudFormation templates in JSON and YAML, those that CDK and SAM write included; templates that another of the
/// folder nests are read as its part. Ids are "FILE/LogicalId". Source: "Template reference", AWS CloudFormation User
/// Guide.
[[nodiscard]] Reader cloudFormationReader();

} // namespace glacis
