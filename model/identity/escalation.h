// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"

namespace glacis {

/// A way by which one identity becomes another, as resources/techniques describes it.
struct Technique {
    std::string id; ///< "aws-passrole-lambda"
    std::string title;
    std::string attack; ///< ATT&CK technique: "T1078.004"
    double cost = 1; ///< to an attacker: 1 is one quiet call
    std::string sentence; ///< with {from} and {to}: "{from} may pass {to} to a new function and run it"
    std::string detect;
    std::string fix;
    std::string source; ///< title of the public page
    std::string publisher;
};
[[nodiscard]] const std::vector<Technique>& techniques();

struct Escalation {
    NodeId from = noNode;
    NodeId to = noNode; ///< a principal; the account's node when the way leads to administration of the account
    std::uint32_t technique = 0; ///< position in techniques()
    Decision decision; ///< Allowed or Conditional, of all that the technique needs together
};

/// All escalations, assume-role and the use of a workload's own role (workload → role) included; sorted by from, to,
/// technique. Grouped by equal permissions, so that the cost grows with the number of different principals.
[[nodiscard]] std::vector<Escalation> escalations(const Estate& estate, const Access& access, Progress& progress);

} // namespace glacis
