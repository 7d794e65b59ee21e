// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"
#include "identity/technique.h"

namespace glacis {

struct Escalation {
    NodeId from = noNode; ///< a principal or a workload
    NodeId to = noNode; ///< a principal or a workload; the account's node when the way leads to administration of it
    std::uint32_t technique = 0; ///< position in techniques()
    Decision decision; ///< Allowed or Conditional, of all that the technique needs together
};

/// All escalations within AWS, assume-role and the use of a workload's own role (workload → role) included; sorted by
/// from, to, technique. Principals and targets of which the same statements speak are asked about once, so that the
/// work grows with what is different. The same for any number of threads; 0: as many as the machine has.
[[nodiscard]] std::vector<Escalation> escalations(
    const Estate& estate, const Access& access, Progress& progress, unsigned threads = 0);

/// A way that one layer alone closes: without it, it would be an escalation.
struct NearMiss {
    NodeId from = noNode;
    NodeId to = noNode;
    std::uint32_t technique = 0;
    std::string
        blockedBy; ///< "explicit deny", "permissions boundary", "service control policy", "trust policy", "condition"
    std::vector<Reason> because; ///< the statements that deny, or whose conditions can't hold
};
/// Sorted like escalations.
[[nodiscard]] std::vector<NearMiss> nearMisses(
    const Estate& estate, const Access& access, Progress& progress, unsigned threads = 0);

} // namespace glacis
