// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/condition.h"
#include "identity/decision.h"

#include <optional>

namespace glacis {

/// A document in the place where it applies. `tag` is the caller's: it comes back with the statements that decided.
struct PlacedPolicy {
    const PolicyDocument* document = nullptr;
    std::uint32_t tag = 0;
};
using PolicyLayer = std::vector<PlacedPolicy>;

/// All policies that apply to a request. A layer that is absent does not limit; one that is there and empty does.
struct PolicyStack {
    PolicyLayer identity;
    std::optional<PolicyLayer> resource;
    PolicyLayer grants; ///< what a resource grants beside its policy: the grants of a key, an access control list
    std::optional<PolicyLayer> boundary;
    std::optional<PolicyLayer> session;
    std::optional<PolicyLayer> endpoint;
    std::vector<PolicyLayer> serviceControl; ///< a layer for each level, from the root of the organisation down
    std::vector<PolicyLayer> resourceControl; ///< the same; that everything is allowed by default goes without saying
};

struct Decider {
    std::uint32_t tag = 0;
    const Statement* statement = nullptr;
};

struct Evaluation {
    Verdict verdict = Verdict::ImplicitDeny;
    Residual open; ///< when Conditional
    std::vector<Decider> because;
    std::string_view stoppedBy; ///< "permissions boundary", "service control policy" …; empty when nothing but a lack
                                ///< of permission
};

/// The answer by the published order of evaluation, within an account and between accounts.
///
/// Within an account a resource policy grants by itself, and permissions boundary and session policy do not limit what
/// it grants, but for one case: when it names a role, not a session or everyone. Naming the account only lets the
/// account's own policies decide. Between accounts both sides must allow, and everything limits.
/// Sources: "Policy evaluation logic", "Policy evaluation for requests within a single account", "Cross-account policy
/// evaluation logic", "Permissions boundaries for IAM entities", "AWS JSON policy elements: NotPrincipal", IAM User
/// Guide; "Service control policies (SCPs)" and "Resource control policies (RCPs)", AWS Organizations User Guide, by
/// which service-linked roles are held by neither; "Default key policy" and "Grants in AWS KMS", AWS KMS Developer
/// Guide, by which whoever a grant names needs no other permission, in another account either.
[[nodiscard]] Evaluation evaluate(const PolicyRequest& request, const PolicyStack& stack);

/// Whether a statement speaks of an action; case is not looked at.
[[nodiscard]] bool actionMatches(const Statement& statement, std::string_view action);

} // namespace glacis
