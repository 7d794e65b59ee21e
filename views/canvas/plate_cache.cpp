// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/plate_cache.h"

#include "canvas/drawing.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

constexpr std::size_t pixmapCap = 2'000;

} // namespace

template <typename Draw>
void PlateCache::drawKept(QPainter& painter, std::uint64_t what, std::uint32_t colour, const QRectF& rect, Draw draw)
{
    const double ratio = painter.device()->devicePixelRatio();
    const int side = std::clamp(static_cast<int>(std::lround(std::min(rect.width(), rect.height()))), 1, 1024);
    const auto ratioPart = static_cast<std::uint64_t>(std::lround(ratio * 4)) & 0xf;
    const std::uint64_t key =
        what ^ static_cast<std::uint64_t>(side) << 20 ^ ratioPart << 16 ^ static_cast<std::uint64_t>(colour) << 32;
    if (m_pixmaps.size() > pixmapCap)
        m_pixmaps.clear();
    QPixmap& pixmap = m_pixmaps[key];
    if (pixmap.isNull()) {
        // One pixel more on each side, for the antialiased edge.
        const int wide = static_cast<int>(std::ceil((side + 2) * ratio));
        pixmap = QPixmap(wide, wide);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter onPixmap(&pixmap);
        draw(onPixmap, QRectF(1, 1, side, side));
    }
    const QPointF corner = rect.center() - QPointF(side, side) / 2.0 - QPointF(1, 1);
    painter.drawPixmap(QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), pixmap);
}

void PlateCache::draw(
    QPainter& painter, const Theme& theme, MarkShape shape, Glyph glyph, ZoneHue hue, const QRectF& rect)
{
    const auto what = static_cast<std::uint64_t>(shape) << 12 | static_cast<std::uint64_t>(glyph) << 4;
    const auto colour = static_cast<std::uint32_t>(hue) << 1 | 1U;
    drawKept(painter, what, colour, rect,
        [&](QPainter& onPixmap, const QRectF& area) { drawPlate(onPixmap, theme, shape, glyph, hue, area); });
}

void PlateCache::drawGlyph(QPainter& painter, Glyph glyph, const QColor& colour, const QRectF& rect)
{
    const auto what = static_cast<std::uint64_t>(glyph) << 4 | 1U;
    drawKept(painter, what, colour.rgba() & ~1U, rect,
        [&](QPainter& onPixmap, const QRectF& area) { glacis::drawGlyph(onPixmap, glyph, area, colour); });
}

} // namespace glacis
