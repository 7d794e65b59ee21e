// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/legend.h"

#include "canvas/drawing.h"
#include "canvas/text_cache.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

constexpr int textPixels = 11;
constexpr double swatchWidth = 26;
constexpr double swatchGap = 8;
constexpr double entryGap = 18;
constexpr double rowHeight = 21;
constexpr int overlayPadding = 12;
constexpr int overlayRise = 4; ///< above and below the rows

bool isText(const Scene::LegendEntry& entry)
{
    return entry.kind == Scene::LegendEntry::Kind::Text;
}

QFont::Weight weightOf(const Scene::LegendEntry& entry)
{
    return isText(entry) ? QFont::DemiBold : QFont::Normal;
}

double widthOf(const Scene::LegendEntry& entry)
{
    const double words = pictureFont(textPixels, weightOf(entry)).metrics.horizontalAdvance(entry.text) + 2;
    return words + (isText(entry) ? 0 : swatchWidth + swatchGap);
}

struct PlacedEntry {
    QRectF rect;
    const Scene::LegendEntry* entry;
};

std::vector<PlacedEntry> placed(const QVector<Scene::LegendEntry>& entries, double width)
{
    std::vector<PlacedEntry> rows;
    double x = 0;
    double y = 0;
    for (const Scene::LegendEntry& entry : entries) {
        const double own = std::min(widthOf(entry), width);
        if (x > 0 && x + own > width) {
            x = 0;
            y += rowHeight;
        }
        rows.push_back({QRectF(x, y, own, rowHeight), &entry});
        x += own + entryGap;
    }
    return rows;
}

void drawHue(QPainter& painter, const Theme& theme, const Scene::LegendEntry& entry, const QRectF& rect)
{
    const HueColours& hue = theme.hue(entry.hue);
    QPainterPath outline;
    outline.addRoundedRect(rect, 3, 3);
    painter.fillPath(outline, hue.ink);
    if (entry.kind == Scene::LegendEntry::Kind::SplitHue) {
        QPainterPath lower;
        lower.addPolygon(QPolygonF{rect.topRight(), rect.bottomRight(), rect.bottomLeft()});
        painter.fillPath(outline.intersected(lower), theme.hue(entry.secondHue).ink);
    }
}

void drawSwatch(QPainter& painter, const Theme& theme, const Scene::LegendEntry& entry, const QRectF& rect)
{
    const QPointF middle = rect.center();
    const QRectF square(middle.x() - 7.5, middle.y() - 7.5, 15, 15);
    painter.setBrush(Qt::NoBrush);
    switch (entry.kind) {
    case Scene::LegendEntry::Kind::Hue:
    case Scene::LegendEntry::Kind::SplitHue:
        drawHue(painter, theme, entry, square.adjusted(-2, 1, 2, -1));
        break;
    case Scene::LegendEntry::Kind::Shape:
        drawPlate(painter, theme, entry.shape, entry.glyph, entry.hue, square.adjusted(-0.5, -0.5, 0.5, 0.5));
        break;
    case Scene::LegendEntry::Kind::State:
        painter.setPen(statePen(theme, entry.state, theme.borderStrong, 1.2));
        painter.drawRoundedRect(square.adjusted(-4, 1, 4, -1), 3, 3);
        drawStateSign(painter, theme, entry.state, square.topRight() + QPointF(4, 2), 4.6);
        break;
    case Scene::LegendEntry::Kind::Link:
        painter.setPen(linkPen(theme, entry.link, linkWidth(entry.link, 1)));
        painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()));
        break;
    case Scene::LegendEntry::Kind::Ring:
        painter.setPen(QPen(theme.text, 1.6));
        painter.drawRoundedRect(square.adjusted(-3.5, 0, 3.5, 0), 5, 5);
        painter.setPen(QPen(theme.borderStrong, 1));
        painter.drawRoundedRect(square.adjusted(-0.5, 3, 0.5, -3), 2.5, 2.5);
        break;
    case Scene::LegendEntry::Kind::Glyph:
        drawGlyph(painter, entry.glyph, square, entry.hue == ZoneHue::Neutral ? theme.text : theme.hue(entry.hue).text);
        break;
    case Scene::LegendEntry::Kind::Boundary:
        painter.setPen(QPen(theme.text, 3));
        painter.drawPolyline(QPolygonF{{rect.left(), middle.y() + 3}, {middle.x(), middle.y() + 3},
            {middle.x(), middle.y() - 3}, {rect.right(), middle.y() - 3}});
        break;
    case Scene::LegendEntry::Kind::Text:
        break;
    }
}

} // namespace

QSizeF legendSize(const QVector<Scene::LegendEntry>& entries, double width)
{
    QSizeF size(0, 0);
    for (const PlacedEntry& row : placed(entries, width))
        size = size.expandedTo({row.rect.right(), row.rect.bottom()});
    return size;
}

void paintLegend(QPainter& painter, const Theme& theme, const QVector<Scene::LegendEntry>& entries, const QRectF& rect)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    TextCache texts;
    for (const PlacedEntry& row : placed(entries, rect.width())) {
        QRectF place = row.rect.translated(rect.topLeft());
        if (!isText(*row.entry)) {
            drawSwatch(painter, theme, *row.entry, QRectF(place.left(), place.top(), swatchWidth, place.height()));
            place.setLeft(place.left() + swatchWidth + swatchGap);
        }
        texts.draw(painter, place.adjusted(0, 0, 2, 0),
            {0, row.entry->text, textPixels, weightOf(*row.entry), isText(*row.entry) ? theme.textMuted : theme.text});
    }
    painter.restore();
}

LegendOverlay::LegendOverlay(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
}

void LegendOverlay::setEntries(const QVector<Scene::LegendEntry>& entries)
{
    m_entries = entries;
    QStringList texts;
    for (const Scene::LegendEntry& entry : entries)
        texts << entry.text;
    setAccessibleDescription(texts.join(QLatin1String(", ")));
    update();
}

QSize LegendOverlay::sizeIn(int width) const
{
    const QSizeF inner = legendSize(m_entries, width - 2 * overlayPadding);
    return {static_cast<int>(std::ceil(inner.width())) + 2 * overlayPadding,
        static_cast<int>(std::ceil(inner.height())) + 2 * overlayRise};
}

void LegendOverlay::paintEvent(QPaintEvent*)
{
    const Theme& colours = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = colours.surface;
    ground.setAlphaF(0.94F);
    painter.setBrush(ground);
    painter.setPen(QPen(colours.border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    paintLegend(painter, colours, m_entries,
        QRectF(rect()).adjusted(overlayPadding, overlayRise, -overlayPadding, -overlayRise));
}

} // namespace glacis
