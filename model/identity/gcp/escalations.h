// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "identity/escalation.h"
#include "identity/gcp/grants.h"

namespace glacis::gcp {

/// Every way of resources/techniques/gcp.json that the policies of an estate leave open. What a row gives:
/// - service_account, passed_account: to a service account; rights on it ("target") and on its project ("project")
/// - delegated_account: to a service account whose token another account ("delegate") may ask for
/// - workload_account: to the account that something of a kind runs as; rights on that ("workload"), on the account
/// - agent: to a service agent of a project, by its number and the domain that the fact "agent" tells
/// - container: to a project, folder or organisation of the kind that the fact tells
/// - own_role: to the project, folder or organisation where a custom role is held; rights on the role
/// - guardrail: to organisation policies; rights on what they bind
/// - api_key: to the API keys of a project
/// - runs_as, owner, contains: facts alone
[[nodiscard]] std::vector<Escalation> escalations(const Grants& grants, Progress& progress);

} // namespace glacis::gcp
