// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace glacis {

/// Where the canvas looks: the scene point in the middle of the view, and view pixels for a scene unit.
struct Camera {
    QPointF centre;
    double scale = 1;

    static constexpr double smallest = 0.002;
    static constexpr double largest = 8;

    [[nodiscard]] QRectF visible(QSizeF viewSize) const;
    [[nodiscard]] QPointF toView(QPointF scenePoint, QSizeF viewSize) const;
    [[nodiscard]] QPointF toScene(QPointF viewPoint, QSizeF viewSize) const;

    /// The same camera with another scale, so that the scene point under `viewPoint` stays there.
    [[nodiscard]] Camera zoomedAt(QPointF viewPoint, QSizeF viewSize, double newScale) const;

    /// Shows the whole of `extent` with a margin of `margin` view pixels, at most at `largestScale`.
    [[nodiscard]] static Camera fitting(
        const QRectF& extent, QSizeF viewSize, double margin = 32, double largestScale = 1.25);

    friend bool operator==(const Camera& a, const Camera& b) = default;
};

} // namespace glacis
