// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "identity/access.h"

#include <cstdint>
#include <string>
#include <vector>

namespace glacis {

/// Something about an identity that least privilege would not leave so.
struct PrivilegeNote {
    enum class What : std::uint8_t {
        Administrator, ///< may do everything
        WildcardAction, ///< a policy of the account's own allows every action, or every action of a service
        WithoutBoundary, ///< changes policies or roles, and no permissions boundary limits it
        TrustsOutside, ///< a role that another account may assume
        TrustsAnyone, ///< a role whose trust policy lets in everyone, under no condition
        LongTermKey, ///< a user with an access key that is on
        KeyNotRotated, ///< a key that is older than 90 days
        KeyUnused, ///< a key that is on and was not used for 90 days
        ConsoleWithoutFactor, ///< a user with a console password and no second factor
        RootWithoutFactor, ///< the account's root user has no second factor
        RootFactorVirtual, ///< the root user's second factor is a program, not a device of its own
        RootKeys, ///< the account's root user has access keys
        Unused, ///< a role or user that was not used for 90 days
        UnusedService, ///< is allowed a service that it did not use for 90 days, or never since AWS keeps count
    };
    What what{};
    NodeId of = noNode; ///< user, role, or the account for its root user
    std::string text; ///< one plain sentence
    std::vector<Reason> because;
};
[[nodiscard]] std::string_view name(PrivilegeNote::What what); ///< "administrator", "wildcard_action" …
/// How much it matters by itself, whatever the identity may reach.
[[nodiscard]] Risk riskOf(PrivilegeNote::What what);

/// What an export tells of least privilege, sorted by identity and kind. What it does not tell (no credential report,
/// no last use) adds nothing. Ages count from the newest moment that the export names, so that the same export always
/// gives the same notes. Sources: "Security best practices in IAM", "Refine permissions in AWS using last accessed
/// information", "Update access keys", "AWS account root user", IAM User Guide.
[[nodiscard]] std::vector<PrivilegeNote> reviewPrivileges(
    const Estate& estate, const Access& access, Progress& progress);

} // namespace glacis
