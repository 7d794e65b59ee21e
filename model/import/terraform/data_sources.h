// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string_view>

namespace glacis::terraform {

/// An attribute of a data source whose answer follows from its arguments alone, or from the region of its provider;
/// null for what only the provider can tell. Source: the data sources' pages, Terraform Registry documentation.
[[nodiscard]] Json dataSourceValue(
    std::string_view type, std::string_view attribute, const Json& values, std::string_view region);

/// The JSON of a policy from the settings of the data source aws_iam_policy_document.
/// Source: "Data Source: aws_iam_policy_document", Terraform AWS provider documentation.
[[nodiscard]] Json policyDocument(const Json& values);

} // namespace glacis::terraform
