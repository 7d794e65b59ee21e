// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/condition.h"

namespace glacis {

/// How a statement's Principal element speaks of who asks.
struct Naming {
    bool anyone = false; ///< "*"
    bool account = false; ///< its account, which lets the account's own policies decide
    bool role = false; ///< of a role or session: the role
    bool itself = false; ///< user, session, root user, service, provider: nobody else is meant
    std::string session; ///< another session of the role; whoever may assume it names the session as they like

    [[nodiscard]] bool any() const { return anyone || account || role || itself; }
};
/// Source: "AWS JSON policy elements: Principal", IAM User Guide.
[[nodiscard]] Naming namedBy(const PrincipalElement& element, const Principal& who);

/// Everyone but those named is meant. With Deny, whoever has a permissions boundary is always meant.
/// Source: "AWS JSON policy elements: NotPrincipal", IAM User Guide.
[[nodiscard]] bool meantByNotPrincipal(
    const PrincipalElement& element, const Principal& who, bool hasBoundary, bool denies);

} // namespace glacis
