// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QPainterPath>
#include <QPen>

class QPainter;

namespace glacis {

// The vocabulary of the pictures: how a state, a line and a kind look. Shared by the painter and the legend.

[[nodiscard]] QColor stateColour(const Theme& theme, MarkState state);
[[nodiscard]] QColor linkColour(const Theme& theme, LinkStyle style);

/// The border of a state: solid, dashed or dotted. `quiet` is the colour of the normal state.
[[nodiscard]] QPen statePen(const Theme& theme, MarkState state, const QColor& quiet, double width = 1);
[[nodiscard]] QPen linkPen(const Theme& theme, LinkStyle style, double width);
/// The quiet border of boxes without a hue, and the fill of a tile that counts.
[[nodiscard]] QColor frameBorder(const Theme& theme);
[[nodiscard]] QColor tileFill(const Theme& theme, ZoneHue hue);
/// Width of a line at 100 % for a weight of the scene.
[[nodiscard]] double linkWidth(LinkStyle style, double weight);

/// The outline that stands for a kind, filling `rect`.
[[nodiscard]] QPainterPath plateOutline(MarkShape shape, const QRectF& rect);
/// Where the glyph goes on such a plate.
[[nodiscard]] QRectF plateGlyphRect(MarkShape shape, const QRectF& rect);
/// A plate in its hue with its glyph.
void drawPlate(QPainter& painter, const Theme& theme, MarkShape shape, Glyph glyph, ZoneHue hue, const QRectF& rect);

/// The small sign of a state ("!", "?", …), so that colour is never alone. Nothing for the normal state.
void drawStateSign(QPainter& painter, const Theme& theme, MarkState state, QPointF centre, double radius);
[[nodiscard]] bool hasStateSign(MarkState state);
[[nodiscard]] MarkState signOf(LinkStyle style);

} // namespace glacis
