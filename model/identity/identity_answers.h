// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/escalation.h"

namespace glacis {

/// What identities can do, by the engines of all providers together. Lists are sorted: access by store, principal and
/// level, escalations by from, to and technique, administrators by node.
struct IdentityAnswers {
    std::vector<StoreAccess> access;
    std::vector<Escalation> escalations;
    std::vector<std::pair<NodeId, Decision>> administrators;
};

} // namespace glacis
