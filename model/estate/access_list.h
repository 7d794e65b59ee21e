// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace glacis {

/// What a permission of a bucket's access control list ("READ", "FULL_CONTROL") lets its grantee do to the bucket, as
/// actions of policies. Source: "Access control list (ACL) overview", Amazon S3 User Guide.
[[nodiscard]] std::vector<std::string_view> actionsOfListed(std::string_view permission);

} // namespace glacis
