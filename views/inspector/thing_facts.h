// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/rows.h"

namespace glacis {

// What is to be said of one thing; parts of factsOf().

void addSummary(Rows& rows, const Answers& answers, NodeId node);
void addAccess(Rows& rows, const Answers& answers, NodeId node);
void addReach(Rows& rows, const Answers& answers, NodeId node);
void addPaths(Rows& rows, const Answers& answers, NodeId node);
void addFindings(Rows& rows, const Answers& answers, NodeId node);

} // namespace glacis
