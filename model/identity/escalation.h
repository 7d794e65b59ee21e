// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"
#include "identity/technique.h"

namespace glacis {

struct Escalation {
    NodeId from = noNode; ///< a principal or a workload
    NodeId to =
        noNode; ///< a principal or a workload; the account's node when the way leads to administration of the account
    std::uint32_t technique = 0; ///< position in techniques()
    Decision decision; ///< Allowed or Conditional, of all that the technique needs together
};

/// All escalations within AWS, assume-role and the use of a workload's own role (workload → role) included; sorted by
/// from, to, technique. Grouped by equal permissions, so that the cost grows with the number of different principals.
[[nodiscard]] std::vector<Escalation> escalations(const Estate& estate, const Access& access, Progress& progress);

} // namespace glacis
