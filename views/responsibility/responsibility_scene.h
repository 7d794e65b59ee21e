// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "document/selected.h"

namespace glacis {

/// Layers × service models: whose each field is, where the customer's side has open findings, the boundary as one
/// stepped line, and outside parties to the right. Models of which the estate has nothing are shown when asked for.
[[nodiscard]] Scene responsibilityScene(
    const Estate& estate, const ResponsibilityAnswers& answers, bool withEmptyModels = false);

/// The marks of a field and of an outside party in that scene.
[[nodiscard]] MarkId responsibilityCellMark(
    const ResponsibilityPicture& picture, std::uint32_t column, std::uint32_t layer);
[[nodiscard]] MarkId outsidePartyMark(std::uint32_t party);
/// What a mark stands for, and the other way.
[[nodiscard]] Selected responsibilitySelection(const Answers& answers, MarkId id);

} // namespace glacis
