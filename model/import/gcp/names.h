// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string>
#include <string_view>
#include <vector>

/// Names of Google Cloud in the forms in which exports spell them.
namespace glacis::gcp {

inline constexpr std::string_view resourceManager = "//cloudresourcemanager.googleapis.com/";

/// The full resource name behind a link, a relative name or a name with its service in front; an e-mail address becomes
/// "serviceAccount:…", which every service account is known by. `host` is the service that a relative name belongs to,
/// when its collection does not tell. Source: "Full resource names", Google Cloud documentation.
[[nodiscard]] std::string fullName(std::string_view value, std::string_view host = {});
/// "projects/p/zones/z" and "zones" give "z"; empty when the collection is not there.
[[nodiscard]] std::string_view segmentAfter(std::string_view name, std::string_view collection);
/// A name up to the element of a collection: the ring of a key.
[[nodiscard]] std::string upTo(std::string_view name, std::string_view collection);
/// The region of a regional or zonal name; empty for a global one.
[[nodiscard]] std::string regionOf(std::string_view name);
/// The node of a project, by number or id.
[[nodiscard]] std::string projectName(std::string_view project);
/// "organizations/1", "folders/2", "projects/3" as a full resource name.
[[nodiscard]] std::string containerName(std::string_view relative);

/// A member by its name of today or, where an export writes names small with underscores, by that one.
[[nodiscard]] const Json& field(const Json& object, std::string_view camelName);
[[nodiscard]] std::string_view word(const Json& object, std::string_view camelName);
/// The first of these members that is an array, else an empty array: older exports name lists in the singular.
[[nodiscard]] const Json& listOf(const Json& object, std::initializer_list<std::string_view> names);
/// Everything at a path: member names with dots between, "*" for each of a list.
[[nodiscard]] std::vector<const Json*> valuesAt(const Json& json, std::string_view path);

} // namespace glacis::gcp
