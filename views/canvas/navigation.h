// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/painter.h"

namespace glacis {

/// All elements with an id in the order in which one reads: from top to bottom and from left to right, each container
/// followed by what is in it; links after all the rest.
[[nodiscard]] QVector<ElementRef> readingOrderOf(const Scene& scene);

enum class Direction : std::uint8_t { Left, Right, Up, Down };

/// The nearest element in a direction that is shown at this scale; null when there is none. From a link, left and right
/// lead to its ends.
[[nodiscard]] ElementRef neighbourOf(
    const ScenePainter& painter, const QVector<ElementRef>& order, ElementRef from, Direction direction, double scale);

/// Place of an element among those of its kind in the same container, from 1, and their number.
[[nodiscard]] std::pair<int, int> placeAmongNeighbours(const Scene& scene, ElementRef element);

} // namespace glacis
