// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/module.h"

namespace glacis::terraform {

/// Takes away what `marks` (sensitive_values, after_sensitive) says is sensitive; how many values that were.
std::size_t dropSensitive(Json& values, const Json& marks);
/// Takes away members that are null, which are left to the provider, and characters that stand for references.
void onlyKnown(Json& values);
/// Puts in place of "data.aws_iam_policy_document.NAME.json" the document itself, where its data source tells it.
void readDocuments(std::vector<Resource>& resources);

} // namespace glacis::terraform
