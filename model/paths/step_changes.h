// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/change.h"
#include "paths/attack_graph.h"

#include <optional>
#include <vector>

namespace glacis {

/// The changes of the estate, to be made together, that take away what makes a step true: the statements that allow it,
/// the attachment of a policy that its provider wrote, a workload's role, the rule of a firewall that lets it through.
/// Where several parties must allow, what the one who acts was granted goes. Empty when the step follows from no single
/// fact, as that an account's administrators can have all that is in it.
[[nodiscard]] std::vector<Change> changesThatCut(const Estate& estate, const AttackStep& step);

/// The step of this graph between the same things by the same technique; nothing when it is not there (any more).
[[nodiscard]] std::optional<AttackStep> sameStepIn(const AttackGraph& graph, const AttackStep& step);

} // namespace glacis
