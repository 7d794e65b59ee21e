// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/rows.h"

namespace glacis {

// What is to be said of what an identity may do to a store; parts of factsOf().

[[nodiscard]] Heading accessHeading(const Answers& answers, const subject::Access& access);
/// For each level the result, what it holds under, the statements that speak of it, and those that could deny.
void addAccessField(Rows& rows, const Answers& answers, const subject::Access& access);
/// The entries of the first identity and the first store.
[[nodiscard]] std::vector<const StoreAccess*> entriesOf(const Answers& answers, const subject::Access& access);

} // namespace glacis
