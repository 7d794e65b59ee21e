// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// Rows of the AWS tables of Steampipe (`steampipe query --output json`) and CloudQuery (its JSON files), read by the
/// replies that they are made of; resources/tables/aws.json says which. The table is told by the file's name or by the
/// columns. Source: "Table: aws_…", AWS plugin, Steampipe Hub; AWS source plugin, CloudQuery documentation.
[[nodiscard]] Reader tableReader();

} // namespace glacis
