// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

namespace glacis {

/// Raw output of the AWS command line interface (and of tools that store the same replies: CloudMapper, Batfish),
/// recognised by its outermost keys. Source: "AWS CLI Command Reference".
[[nodiscard]] Reader awsCliReader();
/// `aws iam get-credential-report`: the CSV itself; inside JSON it is read by `awsCliReader`.
[[nodiscard]] Reader credentialReportReader();
/// A bare IAM policy document.
[[nodiscard]] Reader policyDocumentReader();

} // namespace glacis
