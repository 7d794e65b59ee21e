// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QLineF>
#include <QPainterPath>
#include <QPolygonF>

#include <optional>
#include <vector>

namespace glacis {

/// The points where a straight line between the middles of two rectangles leaves the first and meets the second.
[[nodiscard]] QLineF lineBetween(const QRectF& from, const QRectF& to);

/// The part of a line that lies in `area`, or nothing. Source: Liang, Barsky, "A New Concept and Method for Line
/// Clipping" (1984).
[[nodiscard]] std::optional<QLineF> clipped(const QLineF& line, const QRectF& area);

/// Routes of the links of one scene, flattened when first asked for.
class LinkGeometry {
public:
    explicit LinkGeometry(const Scene& scene);

    /// The route as straight pieces in scene units; curves are cut fine enough for 400 %.
    [[nodiscard]] const QPolygonF& route(int link) const;
    /// The route as a path with its curves, for vector output.
    [[nodiscard]] QPainterPath path(int link) const;
    [[nodiscard]] const QRectF& bounds(int link) const { return m_bounds[static_cast<std::size_t>(link)]; }
    /// Distance of a point to the route, in scene units; infinite when further than `within`.
    [[nodiscard]] double distance(int link, QPointF point, double within) const;
    /// The point at a share 0 … 1 of the route's length.
    [[nodiscard]] QPointF along(int link, double share) const;

    /// Links with an end at a mark; at a box.
    [[nodiscard]] const std::vector<int>& ofMark(int mark) const { return m_ofMark[static_cast<std::size_t>(mark)]; }
    [[nodiscard]] const std::vector<int>& ofBox(int box) const { return m_ofBox[static_cast<std::size_t>(box)]; }

private:
    [[nodiscard]] QVector<QPointF> pointsOf(const Scene::Link& link) const;

    const Scene& m_scene;
    std::vector<QRectF> m_bounds;
    std::vector<std::vector<int>> m_ofMark;
    std::vector<std::vector<int>> m_ofBox;
    mutable std::vector<QPolygonF> m_routes;
};

} // namespace glacis
