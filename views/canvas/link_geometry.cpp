// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace glacis {

namespace {

constexpr double cornerRadius = 10;

QPointF cubicAt(const QPointF& p0, const QPointF& p1, const QPointF& p2, const QPointF& p3, double t)
{
    const double u = 1 - t;
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

void flattenCubics(const QVector<QPointF>& points, QPolygonF& route)
{
    route.append(points.front());
    for (qsizetype at = 0; at + 3 < points.size(); at += 3) {
        const double reach = QLineF(points[at], points[at + 1]).length()
            + QLineF(points[at + 1], points[at + 2]).length() + QLineF(points[at + 2], points[at + 3]).length();
        const int pieces = std::clamp(static_cast<int>(reach / 8), 6, 40);
        for (int piece = 1; piece <= pieces; ++piece) {
            route.append(cubicAt(
                points[at], points[at + 1], points[at + 2], points[at + 3], static_cast<double>(piece) / pieces));
        }
    }
}

/// Where the rounding of the corner `at` begins and ends.
std::pair<QPointF, QPointF> roundedCorner(const QVector<QPointF>& points, qsizetype at)
{
    const QLineF in(points[at], points[at - 1]);
    const QLineF out(points[at], points[at + 1]);
    const double radius = std::min({cornerRadius, in.length() / 2, out.length() / 2});
    if (radius <= 0)
        return {points[at], points[at]};
    return {in.pointAt(radius / in.length()), out.pointAt(radius / out.length())};
}

void flattenRounded(const QVector<QPointF>& points, QPolygonF& route)
{
    route.append(points.front());
    for (qsizetype at = 1; at + 1 < points.size(); ++at) {
        const auto [begin, end] = roundedCorner(points, at);
        for (int piece = 0; piece <= 5; ++piece) {
            const double t = piece / 5.0;
            route.append((1 - t) * (1 - t) * begin + 2 * (1 - t) * t * points[at] + t * t * end);
        }
    }
    route.append(points.back());
}

double distanceToPiece(QPointF point, QPointF a, QPointF b)
{
    const QPointF along = b - a;
    const double length2 = QPointF::dotProduct(along, along);
    const double t = length2 > 0 ? std::clamp(QPointF::dotProduct(point - a, along) / length2, 0.0, 1.0) : 0;
    return QLineF(point, a + t * along).length();
}

QRectF hullOf(const QVector<QPointF>& points)
{
    QPointF low = points.front();
    QPointF high = low;
    for (const QPointF& point : points) {
        low = {std::min(low.x(), point.x()), std::min(low.y(), point.y())};
        high = {std::max(high.x(), point.x()), std::max(high.y(), point.y())};
    }
    return {low, high};
}

QPointF leaving(const QRectF& rect, QPointF towards)
{
    const QPointF centre = rect.center();
    const QPointF way = towards - centre;
    const double across = std::abs(way.x()) > 0 ? rect.width() / 2 / std::abs(way.x()) : 1e9;
    const double down = std::abs(way.y()) > 0 ? rect.height() / 2 / std::abs(way.y()) : 1e9;
    const double share = std::min({across, down, 1.0});
    return centre + share * way;
}

} // namespace

QLineF lineBetween(const QRectF& from, const QRectF& to)
{
    return {leaving(from, to.center()), leaving(to, from.center())};
}

std::optional<QLineF> clipped(const QLineF& line, const QRectF& area)
{
    double enter = 0;
    double exit = 1;
    const auto cut = [&](double direction, double distance) {
        if (direction == 0)
            return distance >= 0;
        const double t = distance / direction;
        if (direction < 0)
            enter = std::max(enter, t);
        else
            exit = std::min(exit, t);
        return enter <= exit;
    };
    if (!cut(-line.dx(), line.x1() - area.left()) || !cut(line.dx(), area.right() - line.x1())
        || !cut(-line.dy(), line.y1() - area.top()) || !cut(line.dy(), area.bottom() - line.y1()))
        return std::nullopt;
    return QLineF(line.pointAt(enter), line.pointAt(exit));
}

LinkGeometry::LinkGeometry(const Scene& scene) : m_scene(scene)
{
    m_ofMark.resize(static_cast<std::size_t>(scene.marks.size()));
    m_ofBox.resize(static_cast<std::size_t>(scene.boxes.size()));
    m_routes.resize(static_cast<std::size_t>(scene.links.size()));
    m_bounds.reserve(m_routes.size());
    for (int index = 0; index < scene.links.size(); ++index) {
        const Scene::Link& link = scene.links.at(index);
        m_bounds.push_back(hullOf(pointsOf(link)));
        for (const Scene::End end : {link.from, link.to}) {
            if (end.kind == Scene::End::Kind::Mark)
                m_ofMark[static_cast<std::size_t>(end.index)].push_back(index);
            else if (end.kind == Scene::End::Kind::Box)
                m_ofBox[static_cast<std::size_t>(end.index)].push_back(index);
        }
    }
}

QVector<QPointF> LinkGeometry::pointsOf(const Scene::Link& link) const
{
    if (!link.points.isEmpty())
        return link.points;
    const QLineF line = lineBetween(rectOf(m_scene, link.from), rectOf(m_scene, link.to));
    return {line.p1(), line.p2()};
}

const QPolygonF& LinkGeometry::route(int link) const
{
    QPolygonF& route = m_routes[static_cast<std::size_t>(link)];
    if (!route.isEmpty())
        return route;
    const Scene::Link& row = m_scene.links.at(link);
    const QVector<QPointF> points = pointsOf(row);
    if (row.curve == LinkCurve::Cubic && points.size() >= 4)
        flattenCubics(points, route);
    else if (row.curve == LinkCurve::Rounded && points.size() >= 3)
        flattenRounded(points, route);
    else
        route = QPolygonF(points);
    return route;
}

QPainterPath LinkGeometry::path(int link) const
{
    const Scene::Link& row = m_scene.links.at(link);
    const QVector<QPointF> points = pointsOf(row);
    QPainterPath path(points.front());
    if (row.curve == LinkCurve::Cubic && points.size() >= 4) {
        for (qsizetype at = 0; at + 3 < points.size(); at += 3)
            path.cubicTo(points[at + 1], points[at + 2], points[at + 3]);
    } else if (row.curve == LinkCurve::Rounded && points.size() >= 3) {
        for (qsizetype at = 1; at + 1 < points.size(); ++at) {
            const auto [begin, end] = roundedCorner(points, at);
            path.lineTo(begin);
            path.quadTo(points[at], end);
        }
        path.lineTo(points.back());
    } else {
        for (const QPointF& point : points)
            path.lineTo(point);
    }
    return path;
}

double LinkGeometry::distance(int link, QPointF point, double within) const
{
    double nearest = std::numeric_limits<double>::infinity();
    if (!bounds(link).adjusted(-within, -within, within, within).contains(point))
        return nearest;
    const QPolygonF& line = route(link);
    for (qsizetype at = 1; at < line.size(); ++at)
        nearest = std::min(nearest, distanceToPiece(point, line[at - 1], line[at]));
    return nearest <= within ? nearest : std::numeric_limits<double>::infinity();
}

QPointF LinkGeometry::along(int link, double share) const
{
    const QPolygonF& line = route(link);
    double length = 0;
    for (qsizetype at = 1; at < line.size(); ++at)
        length += QLineF(line[at - 1], line[at]).length();
    double left = length * share;
    for (qsizetype at = 1; at < line.size(); ++at) {
        const QLineF piece(line[at - 1], line[at]);
        if (left <= piece.length() && piece.length() > 0)
            return piece.pointAt(left / piece.length());
        left -= piece.length();
    }
    return line.isEmpty() ? QPointF() : line.back();
}

} // namespace glacis
