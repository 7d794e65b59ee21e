// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QPixmap>

#include <unordered_map>

class QPainter;

namespace glacis {

/// Plates as pixmaps, drawn once for each shape, glyph, hue, size and pixel ratio. For the screen only.
class PlateCache {
public:
    void draw(QPainter& painter, const Theme& theme, MarkShape shape, Glyph glyph, ZoneHue hue, const QRectF& rect);
    void drawGlyph(QPainter& painter, Glyph glyph, const QColor& colour, const QRectF& rect);

private:
    template <typename Draw>
    void drawKept(QPainter& painter, std::uint64_t what, std::uint32_t colour, const QRectF& rect, Draw draw);

    std::unordered_map<std::uint64_t, QPixmap> m_pixmaps;
};

} // namespace glacis
