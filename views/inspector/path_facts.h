// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/rows.h"

namespace glacis {

// What is to be said of attack paths, their steps, and what is tried out against them; parts of factsOf().

[[nodiscard]] Heading pathHeading(const Estate& estate, const AttackPath& path);
/// The steps as an attacker would take them, each with what would show it and what takes it away.
void addPath(Rows& rows, const Answers& answers, const AttackPath& path);

[[nodiscard]] Heading stepHeading(const Estate& estate, const AttackStep& step);
void addStep(Rows& rows, const Answers& answers, const AttackStep& step);

[[nodiscard]] Heading trialHeading(const WhatIf& whatIf, std::size_t at);
void addTrial(Rows& rows, const Answers& answers, std::size_t at);

} // namespace glacis
