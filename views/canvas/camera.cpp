// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/camera.h"

#include <algorithm>

namespace glacis {

namespace {

QPointF middle(QSizeF size)
{
    return {size.width() / 2, size.height() / 2};
}

} // namespace

QRectF Camera::visible(QSizeF viewSize) const
{
    const QSizeF size = viewSize / scale;
    return {centre - middle(size), size};
}

QPointF Camera::toView(QPointF scenePoint, QSizeF viewSize) const
{
    return (scenePoint - centre) * scale + middle(viewSize);
}

QPointF Camera::toScene(QPointF viewPoint, QSizeF viewSize) const
{
    return (viewPoint - middle(viewSize)) / scale + centre;
}

Camera Camera::zoomedAt(QPointF viewPoint, QSizeF viewSize, double newScale) const
{
    const QPointF fixed = toScene(viewPoint, viewSize);
    Camera camera;
    camera.scale = std::clamp(newScale, smallest, largest);
    camera.centre = fixed - (viewPoint - middle(viewSize)) / camera.scale;
    return camera;
}

Camera Camera::fitting(const QRectF& extent, QSizeF viewSize, double margin, double largestScale)
{
    Camera camera;
    if (extent.isEmpty() || viewSize.isEmpty())
        return camera;
    const double across = std::max(viewSize.width() - 2 * margin, viewSize.width() * 0.5) / extent.width();
    const double down = std::max(viewSize.height() - 2 * margin, viewSize.height() * 0.5) / extent.height();
    camera.scale = std::clamp(std::min({across, down, largestScale}), smallest, largest);
    camera.centre = extent.center();
    return camera;
}

} // namespace glacis
