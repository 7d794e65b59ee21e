// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame.h"

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

/// Scenes with fewer links also show the lines that only pass through the view.
constexpr int fewLinks = 400;

bool isEndIn(const Scene& scene, Scene::End end, const QRectF& visible)
{
    if (end.kind == Scene::End::Kind::Free)
        return true;
    const QRectF rect = rectOf(scene, end);
    return rect.left() <= visible.right() && visible.left() <= rect.right() && rect.top() <= visible.bottom()
        && visible.top() <= rect.bottom();
}

bool meets(const QRectF& a, const QRectF& b)
{
    return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() && b.top() <= a.bottom();
}

double widthNow(const Frame& frame, const Scene::Link& link)
{
    return linkWidth(link.style, link.weight) * std::clamp(frame.scale, 0.6, 1.6);
}

void drawArrow(Frame& frame, QPointF tip, QPointF from, const QColor& colour, double width)
{
    const QLineF shaft(tip, from);
    const double length = std::clamp(7 * frame.scale, 3.5, 10.0) + width * 1.3;
    if (shaft.length() < 1e-6)
        return;
    const QPointF along = (from - tip) / shaft.length();
    const QPointF across(-along.y(), along.x());
    const QPolygonF head{tip, tip + along * length + across * length * 0.42, tip + along * length * 0.78,
        tip + along * length - across * length * 0.42};
    frame.painter.setPen(Qt::NoPen);
    frame.painter.setBrush(colour);
    frame.painter.drawPolygon(head);
}

/// The point of a route a little before its end, so that an arrow points along the curve and not along its last chord.
QPointF before(const QPolygonF& route, bool atEnd, double distance)
{
    const QPointF tip = atEnd ? route.back() : route.front();
    for (qsizetype step = 1; step < route.size(); ++step) {
        const QPointF point = atEnd ? route[route.size() - 1 - step] : route[step];
        if (QLineF(tip, point).length() >= distance)
            return point;
    }
    return atEnd ? route.front() : route.back();
}

/// The pieces of a route that are in view, as polylines in view pixels, each with its distance from the route's start.
struct Run {
    QPolygonF points;
    double start = 0;
};

std::vector<Run> runsInView(const Frame& frame, const QPolygonF& route, double margin)
{
    const double pad = margin / frame.scale;
    const QRectF area = frame.visible.adjusted(-pad, -pad, pad, pad);
    std::vector<Run> runs;
    double travelled = 0;
    bool open = false;
    for (qsizetype at = 1; at < route.size(); ++at) {
        const QLineF piece(route[at - 1], route[at]);
        const auto inside = clipped(piece, area);
        if (!inside) {
            open = false;
        } else {
            if (!open)
                runs.push_back(
                    {{frame.map(inside->p1())}, (travelled + QLineF(piece.p1(), inside->p1()).length()) * frame.scale});
            runs.back().points.append(frame.map(inside->p2()));
            open = inside->p2() == piece.p2();
        }
        travelled += piece.length();
    }
    return runs;
}

void strokeRoute(Frame& frame, const LinkGeometry& geometry, int link, QPen pen)
{
    frame.painter.setBrush(Qt::NoBrush);
    const bool isWhole = frame.visible.contains(geometry.bounds(link));
    if (isWhole && !frame.isRaster) {
        QTransform toView = QTransform::fromScale(frame.scale, frame.scale);
        toView = QTransform::fromTranslate(-frame.visible.left(), -frame.visible.top()) * toView;
        frame.painter.setPen(pen);
        frame.painter.drawPath(toView.map(geometry.path(link)));
        return;
    }
    for (const Run& run : runsInView(frame, geometry.route(link), pen.widthF() * 8 + 16)) {
        // Dashes keep their place while the picture is panned.
        if (pen.style() == Qt::CustomDashLine)
            pen.setDashOffset(run.start / pen.widthF());
        frame.painter.setPen(pen);
        frame.painter.drawPolyline(run.points);
    }
}

void paintLink(Frame& frame, const LinkGeometry& geometry, int link, double extraWidth)
{
    const Scene::Link& row = frame.scene.links.at(link);
    const double width = widthNow(frame, row) + extraWidth;
    strokeRoute(frame, geometry, link, linkPen(frame.theme, row.style, width));
    const QPolygonF& route = geometry.route(link);
    const double reach = 8;
    const QColor colour = linkColour(frame.theme, row.style);
    if (row.arrow && route.size() > 1)
        drawArrow(frame, frame.map(route.back()), frame.map(before(route, true, reach)), colour, width);
    if (row.bothWays && route.size() > 1)
        drawArrow(frame, frame.map(route.front()), frame.map(before(route, false, reach)), colour, width);
}

bool isLinkDimmed(const Frame& frame, const Scene::Link& link)
{
    if (!frame.isDimming() || frame.emphasis.highlighted.contains(link.id))
        return false;
    if (link.id != 0)
        return true;
    const auto endLit = [&](Scene::End end) {
        return end.kind == Scene::End::Kind::Mark
            && frame.emphasis.highlighted.contains(frame.scene.marks.at(end.index).id);
    };
    return !endLit(link.from) || !endLit(link.to);
}

/// The links of what is in view, each once, in the order of the scene.
std::vector<int> linksInView(const Frame& frame, const LinkFrame& links)
{
    std::vector<int> found;
    const auto count = static_cast<int>(frame.scene.links.size());
    const auto isCandidate = [&](int link) {
        return (frame.level.linkBundled.empty() || !frame.level.linkBundled[static_cast<std::size_t>(link)])
            && meets(links.geometry.bounds(link).adjusted(-4, -4, 4, 4), frame.visible);
    };
    for (int link = 0; link < count; ++link) {
        if (!isCandidate(link))
            continue;
        const Scene::Link& row = frame.scene.links.at(link);
        if (count <= fewLinks || isEndIn(frame.scene, row.from, frame.visible)
            || isEndIn(frame.scene, row.to, frame.visible))
            found.push_back(link);
        else
            ++frame.report.linesPassingThrough;
    }
    return found;
}

void keepLoudest(Frame& frame, std::vector<int>& links)
{
    if (links.size() <= lineCap)
        return;
    frame.report.linesLeftOut += static_cast<int>(links.size()) - lineCap;
    const auto isLouder = [&](int a, int b) {
        const Scene::Link& one = frame.scene.links.at(a);
        const Scene::Link& other = frame.scene.links.at(b);
        if (one.style != other.style)
            return one.style > other.style;
        return one.weight != other.weight ? one.weight > other.weight : a < b;
    };
    std::nth_element(links.begin(), links.begin() + lineCap, links.end(), isLouder);
    links.resize(lineCap);
    std::sort(links.begin(), links.end());
}

void paintBundles(Frame& frame)
{
    int room = lineCap - frame.report.lines;
    for (const LevelOfDetail::Bundle& bundle : frame.level.bundles) {
        const auto inside = clipped(QLineF(bundle.from, bundle.to), frame.visible);
        const bool passesThrough = frame.level.bundles.size() > fewLinks && !frame.visible.contains(bundle.from)
            && !frame.visible.contains(bundle.to);
        if (!inside)
            continue;
        if (passesThrough) {
            ++frame.report.linesPassingThrough;
            continue;
        }
        if (--room < 0) {
            ++frame.report.linesLeftOut;
            continue;
        }
        ++frame.report.lines;
        const double width = std::clamp(0.8 + 0.5 * std::log2(bundle.links), 0.8, 5.0);
        QPen pen = linkPen(frame.theme, bundle.loudest, width);
        QColor colour = pen.color();
        colour.setAlphaF(bundle.loudest <= LinkStyle::Unused ? 0.45F : 0.8F);
        pen.setColor(colour);
        frame.painter.setPen(pen);
        frame.painter.drawLine(frame.map(inside->p1()), frame.map(inside->p2()));
    }
}

} // namespace

bool isLinkShown(
    const Scene& scene, const LevelOfDetail& level, const LinkGeometry& geometry, int link, const QRectF& visible)
{
    if (!level.linkBundled.empty() && level.linkBundled[static_cast<std::size_t>(link)])
        return false;
    if (!meets(geometry.bounds(link).adjusted(-4, -4, 4, 4), visible))
        return false;
    const Scene::Link& row = scene.links.at(link);
    return scene.links.size() <= fewLinks || isEndIn(scene, row.from, visible) || isEndIn(scene, row.to, visible);
}

std::vector<int> paintLinks(Frame& frame, const LinkFrame& links)
{
    std::vector<int> inView = linksInView(frame, links);
    keepLoudest(frame, inView);
    // The loud ones on top.
    std::stable_sort(inView.begin(), inView.end(),
        [&](int a, int b) { return frame.scene.links.at(a).style < frame.scene.links.at(b).style; });
    for (const int link : inView) {
        const Dimming dimming(frame.painter, isLinkDimmed(frame, frame.scene.links.at(link)));
        paintLink(frame, links.geometry, link, 0);
        ++frame.report.lines;
    }
    paintBundles(frame);
    return inView;
}

void paintLinkLabels(Frame& frame, const LinkFrame& links, const std::vector<int>& drawn)
{
    const int pixels = frame.fontPixels(linkLabelUnits);
    if (pixels < legiblePixels)
        return;
    for (const int link : drawn) {
        const Scene::Link& row = frame.scene.links.at(link);
        const QRectF& place = links.labels.rects[static_cast<std::size_t>(link)];
        if (place.isNull() || row.label.isEmpty() || !frame.sees(place))
            continue;
        const Dimming dimming(frame.painter, isLinkDimmed(frame, row));
        QRectF rect = frame.map(place);
        const bool isQuiet = row.style <= LinkStyle::Unused;
        const QColor colour = linkColour(frame.theme, row.style);
        frame.painter.setPen(QPen(isQuiet ? frame.theme.border : colour, 1));
        frame.painter.setBrush(frame.theme.surface);
        const double radius = std::min(rect.height() / 2, 6.0);
        frame.painter.drawRoundedRect(rect, radius, radius);
        rect.adjust(5 * frame.scale, 0, -5 * frame.scale, 0);
        const MarkState sign = signOf(row.style);
        if (hasStateSign(sign)) {
            const double signRadius = pixels * 0.52;
            drawStateSign(
                frame.painter, frame.theme, sign, QPointF(rect.left() + signRadius, rect.center().y()), signRadius);
            rect.setLeft(rect.left() + signRadius * 2 + pixels * 0.3);
        }
        frame.write(rect.adjusted(-1, 0, 2, 0),
            {textKey(ElementRef::Kind::Link, link, 0), row.label, pixels, QFont::Medium,
                isQuiet ? frame.theme.textMuted : colour, Qt::AlignCenter, Qt::ElideRight});
    }
}

void paintStrongLink(Frame& frame, const LinkFrame& links, int link, bool selected)
{
    const Scene::Link& row = frame.scene.links.at(link);
    if (selected) {
        QColor halo = frame.theme.accent;
        halo.setAlphaF(0.3F);
        strokeRoute(frame, links.geometry, link,
            QPen(halo, widthNow(frame, row) + 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    paintLink(frame, links.geometry, link, selected ? 0.8 : 0.5);
}

} // namespace glacis
