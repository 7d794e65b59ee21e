// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace glacis {

/// What holds for some actions of a service whatever policies say; the table resources/catalog/aws_evaluation.json.
enum class ServiceRule : std::uint8_t {
    NeedsNoPermission, ///< whoever is authenticated may do it, and no policy takes that away
    NeedsNoPermissionOfUsers, ///< the same, of users and the root user
    FixedByAws, ///< nobody but AWS changes such a thing
    ResourcePolicyDecides, ///< policies of identities count only as far as the resource's own policy lets them
    BeyondResourceControl, ///< resource control policies do not reach it
};

/// `service` and `name` of the action in lower case.
[[nodiscard]] bool applies(
    ServiceRule rule, std::string_view service, std::string_view name, std::string_view resource);

} // namespace glacis
