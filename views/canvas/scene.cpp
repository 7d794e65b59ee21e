// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/scene.h"

#include <QCoreApplication>

namespace glacis {

namespace {

class SceneTexts {
    Q_DECLARE_TR_FUNCTIONS(Scene)
};

QString joined(const QString& title, const QString& subtitle)
{
    if (subtitle.isEmpty())
        return title;
    return title.isEmpty() ? subtitle : title + QLatin1String(", ") + subtitle;
}

QRectF bounds(const QVector<QPointF>& points)
{
    if (points.isEmpty())
        return {};
    QPointF low = points.front();
    QPointF high = low;
    for (const QPointF& point : points) {
        low = {std::min(low.x(), point.x()), std::min(low.y(), point.y())};
        high = {std::max(high.x(), point.x()), std::max(high.y(), point.y())};
    }
    return {low, high};
}

QString stateText(MarkState state)
{
    switch (state) {
    case MarkState::Violation:
        return SceneTexts::tr("violation");
    case MarkState::Latent:
        return SceneTexts::tr("latent");
    case MarkState::Unknown:
        return SceneTexts::tr("unknown");
    case MarkState::Changed:
        return SceneTexts::tr("changed");
    case MarkState::Outside:
        return SceneTexts::tr("outside");
    case MarkState::Normal:
        break;
    }
    return {};
}

QString stateText(LinkStyle style)
{
    switch (style) {
    case LinkStyle::Violation:
        return SceneTexts::tr("violation");
    case LinkStyle::Latent:
        return SceneTexts::tr("latent");
    case LinkStyle::Unknown:
        return SceneTexts::tr("unknown");
    case LinkStyle::Changed:
        return SceneTexts::tr("changed");
    case LinkStyle::Unused:
        return SceneTexts::tr("not open");
    case LinkStyle::Path:
        return SceneTexts::tr("on the path");
    case LinkStyle::Normal:
        break;
    }
    return {};
}

QString titleOfEnd(const Scene& scene, Scene::End end)
{
    switch (end.kind) {
    case Scene::End::Kind::Mark:
        return scene.marks.at(end.index).title;
    case Scene::End::Kind::Box:
        return scene.boxes.at(end.index).title;
    case Scene::End::Kind::Free:
        break;
    }
    return {};
}

QString nameOfLink(const Scene& scene, const Scene::Link& link)
{
    if (!link.accessibleText.isEmpty())
        return link.accessibleText;
    const QString ends = SceneTexts::tr("%1 to %2").arg(titleOfEnd(scene, link.from), titleOfEnd(scene, link.to));
    return joined(ends, link.label);
}

QString orElse(const QString& text, const QString& other)
{
    return text.isEmpty() ? other : text;
}

} // namespace

QRectF Scene::extent() const
{
    QRectF all;
    const auto add = [&all](const QRectF& rect) { all = all.isNull() ? rect : all.united(rect); };
    for (const Lane& lane : lanes)
        add(lane.rect);
    for (const Box& box : boxes)
        add(box.rect);
    for (const Mark& mark : marks)
        add(mark.rect());
    for (const Cell& cell : cells)
        add(cell.rect);
    for (const Label& label : labels)
        add(label.rect);
    for (const Link& link : links) {
        if (!link.points.isEmpty())
            add(bounds(link.points));
        if (!link.labelRect.isNull())
            add(link.labelRect);
    }
    for (const Boundary& boundary : boundaries) {
        if (!boundary.points.isEmpty())
            add(bounds(boundary.points));
    }
    return all;
}

MarkId idOf(const Scene& scene, ElementRef element)
{
    switch (element.kind) {
    case ElementRef::Kind::Lane:
        return scene.lanes.at(element.index).id;
    case ElementRef::Kind::Box:
        return scene.boxes.at(element.index).id;
    case ElementRef::Kind::Mark:
        return scene.marks.at(element.index).id;
    case ElementRef::Kind::Link:
        return scene.links.at(element.index).id;
    case ElementRef::Kind::Label:
        return scene.labels.at(element.index).id;
    case ElementRef::Kind::Cell:
        return scene.cells.at(element.index).id;
    case ElementRef::Kind::Boundary:
        return scene.boundaries.at(element.index).id;
    case ElementRef::Kind::None:
        break;
    }
    return 0;
}

QString tooltipOf(const Scene& scene, ElementRef element)
{
    switch (element.kind) {
    case ElementRef::Kind::Lane:
        return scene.lanes.at(element.index).tooltip;
    case ElementRef::Kind::Box:
        return scene.boxes.at(element.index).tooltip;
    case ElementRef::Kind::Mark:
        return scene.marks.at(element.index).tooltip;
    case ElementRef::Kind::Link:
        return scene.links.at(element.index).tooltip;
    case ElementRef::Kind::Label:
        return scene.labels.at(element.index).tooltip;
    case ElementRef::Kind::Cell:
        return scene.cells.at(element.index).tooltip;
    case ElementRef::Kind::Boundary:
        return scene.boundaries.at(element.index).tooltip;
    case ElementRef::Kind::None:
        break;
    }
    return {};
}

QString nameOf(const Scene& scene, ElementRef element)
{
    const auto nameFrom = [](const auto& row) { return orElse(row.accessibleText, joined(row.title, row.subtitle)); };
    switch (element.kind) {
    case ElementRef::Kind::Lane:
        return nameFrom(scene.lanes.at(element.index));
    case ElementRef::Kind::Box:
        return nameFrom(scene.boxes.at(element.index));
    case ElementRef::Kind::Mark: {
        const Scene::Mark& mark = scene.marks.at(element.index);
        return orElse(mark.accessibleText, joined(joined(mark.title, mark.badge), mark.subtitle));
    }
    case ElementRef::Kind::Link:
        return nameOfLink(scene, scene.links.at(element.index));
    case ElementRef::Kind::Label:
        return scene.labels.at(element.index).text;
    case ElementRef::Kind::Cell: {
        const Scene::Cell& cell = scene.cells.at(element.index);
        return orElse(cell.accessibleText, joined(cell.text, cell.subtitle));
    }
    case ElementRef::Kind::Boundary:
        return scene.boundaries.at(element.index).label;
    case ElementRef::Kind::None:
        break;
    }
    return {};
}

QString kindTextOf(const Scene& scene, ElementRef element)
{
    switch (element.kind) {
    case ElementRef::Kind::Lane:
        return SceneTexts::tr("zone");
    case ElementRef::Kind::Box:
        return orElse(scene.boxes.at(element.index).kindText, SceneTexts::tr("container"));
    case ElementRef::Kind::Mark:
        return orElse(scene.marks.at(element.index).kindText, SceneTexts::tr("mark"));
    case ElementRef::Kind::Link:
        return SceneTexts::tr("connection");
    case ElementRef::Kind::Label:
        return SceneTexts::tr("text");
    case ElementRef::Kind::Cell:
        return orElse(scene.cells.at(element.index).kindText, SceneTexts::tr("cell"));
    case ElementRef::Kind::Boundary:
        return SceneTexts::tr("boundary");
    case ElementRef::Kind::None:
        break;
    }
    return {};
}

QString stateTextOf(const Scene& scene, ElementRef element)
{
    switch (element.kind) {
    case ElementRef::Kind::Box:
        return stateText(scene.boxes.at(element.index).state);
    case ElementRef::Kind::Mark: {
        const Scene::Mark& mark = scene.marks.at(element.index);
        const QString state = stateText(mark.state);
        return mark.ringed ? joined(state, SceneTexts::tr("choke point")) : state;
    }
    case ElementRef::Kind::Link:
        return stateText(scene.links.at(element.index).style);
    case ElementRef::Kind::Cell: {
        const Scene::Cell& cell = scene.cells.at(element.index);
        const QString state = stateText(cell.state);
        return cell.badge > 0 ? joined(state, QCoreApplication::translate("Canvas", "%n finding(s)", "", cell.badge))
                              : state;
    }
    default:
        return {};
    }
}

QRectF rectOf(const Scene& scene, ElementRef element)
{
    switch (element.kind) {
    case ElementRef::Kind::Lane:
        return scene.lanes.at(element.index).rect;
    case ElementRef::Kind::Box:
        return scene.boxes.at(element.index).rect;
    case ElementRef::Kind::Mark:
        return scene.marks.at(element.index).rect();
    case ElementRef::Kind::Link: {
        const Scene::Link& link = scene.links.at(element.index);
        return link.points.isEmpty() ? rectOf(scene, link.from).united(rectOf(scene, link.to)) : bounds(link.points);
    }
    case ElementRef::Kind::Label:
        return scene.labels.at(element.index).rect;
    case ElementRef::Kind::Cell:
        return scene.cells.at(element.index).rect;
    case ElementRef::Kind::Boundary:
        return bounds(scene.boundaries.at(element.index).points);
    case ElementRef::Kind::None:
        break;
    }
    return {};
}

QRectF rectOf(const Scene& scene, Scene::End end)
{
    switch (end.kind) {
    case Scene::End::Kind::Mark:
        return scene.marks.at(end.index).rect();
    case Scene::End::Kind::Box:
        return scene.boxes.at(end.index).rect;
    case Scene::End::Kind::Free:
        break;
    }
    return {};
}

} // namespace glacis
