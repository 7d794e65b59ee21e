// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QSet>

#include <memory>

class QPainter;

namespace glacis {

/// What stands out. Drawn on top of the picture, except for `highlighted`, which dims all the rest.
struct Emphasis {
    QSet<MarkId> selected;
    QSet<MarkId> highlighted; ///< when not empty, all other marks and links are dimmed
    ElementRef hovered;
    ElementRef focused; ///< gets the focus ring
};

/// The part of the scene to draw. The painter's origin is the top left of `visible`.
struct PaintView {
    QRectF visible; ///< scene units
    double scale = 1; ///< view pixels for a scene unit
    bool isMap = false; ///< a small map of the whole: shapes without a word
};

/// What was drawn, for tests and for the notice under the picture.
struct PaintReport {
    int boxes = 0;
    int marks = 0; ///< single marks
    int tiles = 0; ///< boxes and patches that stand for what they hold, as a count
    int things = 0; ///< things that the tiles count
    int lines = 0;
    int linesLeftOut = 0; ///< because of the cap
    int linesPassingThrough = 0; ///< left out because neither end is in view
    int texts = 0;
};

/// Most lines that one picture shows; the rest is said in a notice.
constexpr int lineCap = 4000;
/// Text lower than this on the screen isn't drawn.
constexpr double legiblePixels = 7;

/// Draws one scene, at any scale, to any painter. Builds its index once (linear in the size of the scene) and is then
/// proportional to what is visible. Not thread safe: it keeps elided texts and the level of detail of the last scale.
class ScenePainter {
public:
    ScenePainter(std::shared_ptr<const Scene> scene, const Theme& theme);
    ~ScenePainter();
    ScenePainter(const ScenePainter&) = delete;
    ScenePainter& operator=(const ScenePainter&) = delete;

    [[nodiscard]] const Scene& scene() const;
    [[nodiscard]] const Theme& theme() const;
    [[nodiscard]] QRectF extent() const;

    /// The picture without selection, hover and focus, so that it can be kept in a pixmap.
    PaintReport paint(QPainter& painter, const PaintView& view, const Emphasis& emphasis = {}) const;

    /// Selection, hover and focus, over what paint() drew. Lines of selected things are drawn even when they only pass
    /// through.
    void paintEmphasis(QPainter& painter, const PaintView& view, const Emphasis& emphasis) const;

    /// Names of the lanes whose header is above the view, at the top edge.
    void paintLaneNames(QPainter& painter, const PaintView& view) const;

    /// What is under a point of the scene at this scale, topmost first; elements with id 0 are looked through.
    [[nodiscard]] ElementRef elementAt(QPointF point, const PaintView& view) const;

    /// All elements with this id, in drawing order; empty when there is none.
    [[nodiscard]] QVector<ElementRef> elementsOf(MarkId id) const;

    /// Boxes, marks and cells with an id that are wholly inside the rectangle and shown at this scale.
    [[nodiscard]] QVector<ElementRef> elementsIn(const QRectF& rect, double scale) const;

    /// Whether the element is drawn by itself at this scale and not as part of a count.
    [[nodiscard]] bool isShown(ElementRef element, double scale) const;

    /// "4,000 of 12,480 lines are shown"; "12,480 things in 61 boxes"; empty when nothing was left out.
    [[nodiscard]] QString notice(const PaintReport& report) const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace glacis
