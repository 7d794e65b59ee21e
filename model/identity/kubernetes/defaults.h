// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string_view>

namespace glacis::rbac {

/// What a cluster role that Kubernetes defines by itself allows, as an object with `rules`; null for any other name.
/// Rows of resources/kubernetes/default_roles.json.
[[nodiscard]] const Json& defaultClusterRole(std::string_view name);

/// The group of the API that a resource of Kubernetes' own belongs to ("deployments": "apps"); empty for the core group
/// and for names that are not known. Rows of resources/kubernetes/api_groups.json.
[[nodiscard]] std::string_view apiGroupOf(std::string_view resource);

} // namespace glacis::rbac
