// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "estate/told_finding.h"

#include <QString>

#include <vector>

namespace glacis {

// How findings of other programs are called and drawn, the same in the tables and the inspector.

[[nodiscard]] QString titleOf(ToldState state);
/// The state that a finding is drawn in; an open one whose severity says nothing to us as what is not known.
[[nodiscard]] MarkState stateOf(const ToldFinding& finding);
/// How bad its own word for the severity is, from 1; 0 when that says nothing to us.
[[nodiscard]] int rankOf(const ToldFinding& finding);
/// What is open comes first, and of that the worst.
void sortWorstFirst(std::vector<ToldFinding>& findings);

} // namespace glacis
