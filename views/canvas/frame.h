// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/drawing.h"
#include "canvas/level_of_detail.h"
#include "canvas/link_geometry.h"
#include "canvas/painter.h"
#include "canvas/plate_cache.h"
#include "canvas/rect_grid.h"
#include "canvas/text_cache.h"

#include <QPainter>

#include <cmath>

namespace glacis {

/// What the parts of the painter share while one picture is drawn.
struct Frame {
    QPainter& painter;
    const Scene& scene;
    const Theme& theme;
    const Emphasis& emphasis;
    const LevelOfDetail& level;
    QRectF visible;
    double scale;
    bool isRaster; ///< pixmaps may stand for drawings
    bool isMap;
    TextCache& texts;
    PlateCache& plates;
    PaintReport& report;

    [[nodiscard]] QPointF map(QPointF point) const { return (point - visible.topLeft()) * scale; }
    [[nodiscard]] QRectF map(const QRectF& rect) const { return {map(rect.topLeft()), rect.size() * scale}; }
    [[nodiscard]] int fontPixels(double units) const { return static_cast<int>(std::lround(units * scale)); }
    [[nodiscard]] bool sees(const QRectF& rect) const
    {
        return rect.left() <= visible.right() && visible.left() <= rect.right() && rect.top() <= visible.bottom()
            && visible.top() <= rect.bottom();
    }

    [[nodiscard]] bool isDimming() const { return !emphasis.highlighted.isEmpty(); }
    [[nodiscard]] bool isDimmed(MarkId id) const { return isDimming() && !emphasis.highlighted.contains(id); }

    /// Writes one line, if it is high enough to be read.
    QRectF write(const QRectF& rect, const TextLine& line) const
    {
        if (isMap || line.pixels < legiblePixels)
            return {};
        const QRectF written = texts.draw(painter, rect, line);
        if (!written.isNull())
            ++report.texts;
        return written;
    }
};

/// Names one text of one element for the text cache.
[[nodiscard]] inline std::uint64_t textKey(ElementRef::Kind kind, int index, int slot)
{
    return (static_cast<std::uint64_t>(kind) << 40 | static_cast<std::uint64_t>(slot) << 36
               | static_cast<std::uint64_t>(static_cast<std::uint32_t>(index)))
        + 1;
}

constexpr double dimmedOpacity = 0.22;
/// Sizes of text in scene units.
constexpr double linkLabelUnits = 10.5;
constexpr double subtitleUnits = 10.5;

/// A share of the painter's opacity for as long as it lives.
class Dimming {
public:
    Dimming(QPainter& painter, bool dimmed) : m_painter(painter), m_before(painter.opacity())
    {
        if (dimmed)
            m_painter.setOpacity(m_before * dimmedOpacity);
    }
    ~Dimming() { m_painter.setOpacity(m_before); }
    Dimming(const Dimming&) = delete;
    Dimming& operator=(const Dimming&) = delete;

private:
    QPainter& m_painter;
    double m_before;
};

/// A small text on a rounded plate; `rect` is filled wholly.
void drawPill(Frame& frame, const QRectF& rect, const TextLine& line, const QColor& fill, const QColor& border);
/// Width that a pill needs, in view pixels.
[[nodiscard]] double pillWidth(const QString& text, int pixels);

void paintLanes(Frame& frame);
void paintBoxes(Frame& frame, const SceneStatistics& statistics);
void paintPatches(Frame& frame);
void paintCells(Frame& frame, const RectGrid& cells);
void paintLabels(Frame& frame);
void paintBoundaries(Frame& frame);
void paintMarks(Frame& frame, const RectGrid& marks);

/// Outline of a mark as it is selected: the card, or the plate of an icon; scene units.
[[nodiscard]] QRectF markBody(const Scene::Mark& mark);

/// Where the labels of the links go; scene units, null for links without a label or without room.
struct LinkLabels {
    std::vector<QRectF> rects;
};

/// Places the labels one after the other, the loud styles first, where they cover neither marks nor each other if such
/// a place is on their route.
[[nodiscard]] LinkLabels placeLinkLabels(const Scene& scene, const LinkGeometry& geometry, const RectGrid& marks);

struct LinkFrame {
    const LinkGeometry& geometry;
    const LinkLabels& labels;
};

/// Draws the links and returns those that are drawn by themselves, for their labels.
std::vector<int> paintLinks(Frame& frame, const LinkFrame& links);
void paintLinkLabels(Frame& frame, const LinkFrame& links, const std::vector<int>& drawn);
/// One link, heavier, for the emphasis.
void paintStrongLink(Frame& frame, const LinkFrame& links, int link, bool selected);
/// Whether the link is drawn by itself when `visible` is in view.
[[nodiscard]] bool isLinkShown(
    const Scene& scene, const LevelOfDetail& level, const LinkGeometry& geometry, int link, const QRectF& visible);

} // namespace glacis
