// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"
#include "identity/policies.h"

#include <string>
#include <vector>

namespace glacis {

/// A statement that speaks of an action, and why it does or does not decide.
struct TracedStatement {
    enum class Place : std::uint8_t { Identity, Resource, Boundary, ServiceControl, ResourceControl };
    /// Applies: it says what it says. OnlyIf: it does when `conditions` hold.
    enum class Outcome : std::uint8_t { Applies, OnlyIf, OtherResource, OtherPrincipal, ConditionsFail };
    Place place{};
    bool allows = false;
    Outcome outcome{};
    std::vector<std::string> conditions; ///< readable, of OnlyIf and ConditionsFail
    Reason where;
};
[[nodiscard]] std::string_view name(TracedStatement::Place place); ///< "permissions boundary"

/// All statements that speak of an action of a principal on a store, in the order of evaluation: what denies first.
/// They tell why a decision came out as it did; the decision itself is `Access::decide`'s.
[[nodiscard]] std::vector<TracedStatement> traceAccess(
    const Policies& policies, NodeId principal, NodeId store, std::string_view action, std::string_view resource);

/// A condition as people read it: "aws:SecureTransport Bool false".
[[nodiscard]] std::string textOf(const Condition& condition);

} // namespace glacis
