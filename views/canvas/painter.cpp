// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/painter.h"

#include "canvas/frame.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPaintEngine>

#include <algorithm>

namespace glacis {

namespace {

/// Lines of selected things that are drawn stronger, at most.
constexpr int strongLinesCap = 600;

template <typename Rows> std::vector<QRectF> rectsOf(const Rows& rows)
{
    std::vector<QRectF> rects;
    rects.reserve(static_cast<std::size_t>(rows.size()));
    for (const auto& row : rows) {
        if constexpr (requires { row.rect(); })
            rects.push_back(row.rect());
        else
            rects.push_back(row.rect);
    }
    return rects;
}

class PainterTexts {
    Q_DECLARE_TR_FUNCTIONS(ScenePainter)
};

} // namespace

struct ScenePainter::Parts {
    Parts(std::shared_ptr<const Scene> shown, const Theme& colours)
        : scene(std::move(shown)),
          theme(colours),
          extent(scene->extent()),
          marks(rectsOf(scene->marks)),
          cells(rectsOf(scene->cells)),
          geometry(*scene),
          statistics(statisticsOf(*scene))
    {
        index();
    }

    void index()
    {
        const auto add = [this](ElementRef::Kind kind, const auto& rows) {
            for (int row = 0; row < rows.size(); ++row) {
                if (rows.at(row).id != 0)
                    byId.emplace_back(rows.at(row).id, ElementRef{kind, row});
            }
        };
        add(ElementRef::Kind::Lane, scene->lanes);
        add(ElementRef::Kind::Box, scene->boxes);
        add(ElementRef::Kind::Mark, scene->marks);
        add(ElementRef::Kind::Link, scene->links);
        add(ElementRef::Kind::Label, scene->labels);
        add(ElementRef::Kind::Cell, scene->cells);
        add(ElementRef::Kind::Boundary, scene->boundaries);
        std::sort(byId.begin(), byId.end());
    }

    const LevelOfDetail& levelAt(double scale)
    {
        if (level.scale != scale)
            level = levelOfDetail(*scene, statistics, scale);
        return level;
    }

    const LinkLabels& labels()
    {
        if (!linkLabels)
            linkLabels = placeLinkLabels(*scene, geometry, marks);
        return *linkLabels;
    }

    Frame frame(QPainter& painter, const PaintView& view, const Emphasis& emphasis, PaintReport& report)
    {
        const bool isRaster = painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster;
        return {painter, *scene, theme, emphasis, levelAt(view.scale), view.visible, view.scale, isRaster, view.isMap,
            texts, plates, report};
    }

    LinkFrame linkFrame() { return {geometry, labels()}; }

    /// The element itself, or the tile that counts it.
    ElementRef shownFor(ElementRef element, double scale)
    {
        const LevelOfDetail& now = levelAt(scale);
        int box = -1;
        if (element.kind == ElementRef::Kind::Box) {
            box = element.index;
        } else if (element.kind == ElementRef::Kind::Mark) {
            if (now.isMarkShown(scene->marks.at(element.index)))
                return element;
            box = scene->marks.at(element.index).box;
        } else {
            return element;
        }
        while (box >= 0 && now.boxes[static_cast<std::size_t>(box)] == LevelOfDetail::BoxLevel::Hidden)
            box = scene->boxes.at(box).parent;
        return box >= 0 ? ElementRef{ElementRef::Kind::Box, box} : ElementRef{};
    }

    std::shared_ptr<const Scene> scene;
    Theme theme;
    QRectF extent;
    RectGrid marks;
    RectGrid cells;
    LinkGeometry geometry;
    SceneStatistics statistics;
    std::vector<std::pair<MarkId, ElementRef>> byId;
    LevelOfDetail level;
    std::optional<LinkLabels> linkLabels;
    TextCache texts;
    PlateCache plates;
};

ScenePainter::ScenePainter(std::shared_ptr<const Scene> scene, const Theme& theme)
    : m_parts(std::make_unique<Parts>(std::move(scene), theme))
{
}

ScenePainter::~ScenePainter() = default;

const Scene& ScenePainter::scene() const
{
    return *m_parts->scene;
}

const Theme& ScenePainter::theme() const
{
    return m_parts->theme;
}

QRectF ScenePainter::extent() const
{
    return m_parts->extent;
}

PaintReport ScenePainter::paint(QPainter& painter, const PaintView& view, const Emphasis& emphasis) const
{
    PaintReport report;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    Frame frame = m_parts->frame(painter, view, emphasis, report);
    paintLanes(frame);
    paintBoxes(frame, m_parts->statistics);
    paintCells(frame, m_parts->cells);
    const LinkFrame links = m_parts->linkFrame();
    const std::vector<int> drawn = paintLinks(frame, links);
    paintPatches(frame);
    paintMarks(frame, m_parts->marks);
    paintLinkLabels(frame, links, drawn);
    paintBoundaries(frame);
    paintLabels(frame);
    painter.restore();
    return report;
}

namespace {

/// The outline of an element as it is selected or focused, in view pixels.
struct Outline {
    QRectF rect;
    double radius = 6;
};

Outline outlineOf(const Frame& frame, ElementRef element, double off)
{
    QRectF rect = rectOf(frame.scene, element);
    double radius = 8 * frame.scale;
    if (element.kind == ElementRef::Kind::Mark) {
        const Scene::Mark& mark = frame.scene.marks.at(element.index);
        rect = markBody(mark);
        if (mark.face == MarkFace::Icon && mark.shape == MarkShape::Identity)
            radius = rect.width() / 2 * frame.scale;
    }
    return {frame.map(rect).adjusted(-off, -off, off, off), std::min(radius + off, 14 + off)};
}

void drawOutline(Frame& frame, const Outline& outline, const QPen& pen)
{
    frame.painter.setBrush(Qt::NoBrush);
    frame.painter.setPen(pen);
    frame.painter.drawRoundedRect(outline.rect, outline.radius, outline.radius);
}

void drawFocusRing(Frame& frame, ElementRef element)
{
    const Theme& theme = frame.theme;
    // Two lines, one of them light and one dark, so that the ring is seen on anything.
    drawOutline(frame, outlineOf(frame, element, 5.5), QPen(theme.canvas, 5));
    drawOutline(frame, outlineOf(frame, element, 5.5), QPen(theme.text, 2));
}

} // namespace

void ScenePainter::paintEmphasis(QPainter& painter, const PaintView& view, const Emphasis& emphasis) const
{
    PaintReport report;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    Frame frame = m_parts->frame(painter, view, emphasis, report);
    const LinkFrame links = m_parts->linkFrame();

    QVector<ElementRef> selected;
    std::vector<int> strong;
    for (const MarkId id : emphasis.selected)
        selected += elementsOf(id);
    std::sort(selected.begin(), selected.end());
    for (const ElementRef element : selected) {
        const std::vector<int>* own = element.kind == ElementRef::Kind::Mark ? &m_parts->geometry.ofMark(element.index)
            : element.kind == ElementRef::Kind::Box                          ? &m_parts->geometry.ofBox(element.index)
                                                                             : nullptr;
        if (own && strong.size() < strongLinesCap && isShown(element, view.scale))
            strong.insert(strong.end(), own->begin(), own->end());
    }
    for (const int link : strong) {
        if (frame.level.linkBundled.empty() || !frame.level.linkBundled[static_cast<std::size_t>(link)])
            paintStrongLink(frame, links, link, false);
    }
    for (const ElementRef element : selected) {
        if (element.kind == ElementRef::Kind::Link) {
            paintStrongLink(frame, links, element.index, true);
            strong.push_back(element.index);
            continue;
        }
        const ElementRef shown = m_parts->shownFor(element, view.scale);
        if (!shown.isNull() && frame.sees(rectOf(frame.scene, shown)))
            drawOutline(frame, outlineOf(frame, shown, 2), QPen(frame.theme.accent, 2.6));
    }
    if (emphasis.hovered.kind == ElementRef::Kind::Link) {
        paintStrongLink(frame, links, emphasis.hovered.index, false);
        strong.push_back(emphasis.hovered.index);
    } else if (!emphasis.hovered.isNull() && !emphasis.selected.contains(idOf(frame.scene, emphasis.hovered))) {
        QColor soft = frame.theme.accent;
        soft.setAlphaF(0.6F);
        drawOutline(frame, outlineOf(frame, emphasis.hovered, 1.5), QPen(soft, 1.6));
    }
    paintLinkLabels(frame, links, strong);
    if (emphasis.focused.kind == ElementRef::Kind::Link)
        paintStrongLink(frame, links, emphasis.focused.index, true);
    else if (const ElementRef shown = m_parts->shownFor(emphasis.focused, view.scale); !shown.isNull())
        drawFocusRing(frame, shown);
    painter.restore();
}

void ScenePainter::paintLaneNames(QPainter& painter, const PaintView& view) const
{
    PaintReport report;
    const Emphasis none;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    Frame frame = m_parts->frame(painter, view, none, report);
    constexpr int pixels = 12;
    for (const Scene::Lane& lane : frame.scene.lanes) {
        const QRectF rect = frame.map(lane.rect);
        const QRectF inView = rect.intersected(QRectF(QPointF(), view.visible.size() * view.scale));
        const double wanted = pillWidth(lane.title, pixels) + 6;
        if (rect.top() > -34 * view.scale - 6 || inView.height() < 60 || inView.width() < wanted)
            continue;
        const QRectF pill(inView.center().x() - wanted / 2, 8, wanted, 24);
        const HueColours& hue = frame.theme.hue(lane.hue);
        drawPill(frame, pill, {0, lane.title, pixels, QFont::Bold, hue.text}, frame.theme.surface, hue.edge);
    }
    painter.restore();
}

ElementRef ScenePainter::elementAt(QPointF point, const PaintView& view) const
{
    const Scene& scene = *m_parts->scene;
    const LevelOfDetail& level = m_parts->levelAt(view.scale);
    ElementRef found;
    const auto take = [&found, &scene](ElementRef::Kind kind, int index) {
        const ElementRef element{kind, index};
        if (idOf(scene, element) != 0 && (found.kind != kind || index > found.index))
            found = element;
    };
    const double labelPixels = 10.5 * view.scale;
    if (labelPixels >= legiblePixels) {
        const LinkLabels& labels = m_parts->labels();
        for (int link = 0; link < scene.links.size(); ++link) {
            if (labels.rects[static_cast<std::size_t>(link)].contains(point)
                && isLinkShown(scene, level, m_parts->geometry, link, view.visible))
                take(ElementRef::Kind::Link, link);
        }
    }
    const QRectF spot(point, QSizeF(0, 0));
    if (found.isNull()) {
        m_parts->marks.visit(spot, [&](int index) {
            if (level.isMarkShown(scene.marks.at(index)))
                take(ElementRef::Kind::Mark, index);
        });
    }
    if (found.isNull())
        m_parts->cells.visit(spot, [&](int index) { take(ElementRef::Kind::Cell, index); });
    if (found.isNull()) {
        double nearest = 6 / view.scale;
        for (int link = 0; link < scene.links.size(); ++link) {
            const double distance = m_parts->geometry.distance(link, point, nearest);
            if (distance <= nearest && isLinkShown(scene, level, m_parts->geometry, link, view.visible)
                && scene.links.at(link).id != 0) {
                nearest = distance;
                found = {ElementRef::Kind::Link, link};
            }
        }
    }
    for (int index = static_cast<int>(scene.labels.size()) - 1; found.isNull() && index >= 0; --index) {
        if (scene.labels.at(index).rect.contains(point))
            take(ElementRef::Kind::Label, index);
    }
    for (int index = static_cast<int>(scene.boxes.size()) - 1; found.isNull() && index >= 0; --index) {
        if (scene.boxes.at(index).rect.contains(point)
            && level.boxes[static_cast<std::size_t>(index)] != LevelOfDetail::BoxLevel::Hidden)
            take(ElementRef::Kind::Box, index);
    }
    for (int index = static_cast<int>(scene.lanes.size()) - 1; found.isNull() && index >= 0; --index) {
        if (scene.lanes.at(index).rect.contains(point))
            take(ElementRef::Kind::Lane, index);
    }
    return found;
}

QVector<ElementRef> ScenePainter::elementsOf(MarkId id) const
{
    QVector<ElementRef> elements;
    if (id == 0)
        return elements;
    const auto& byId = m_parts->byId;
    auto at = std::lower_bound(byId.begin(), byId.end(), std::pair(id, ElementRef{}));
    for (; at != byId.end() && at->first == id; ++at)
        elements.push_back(at->second);
    return elements;
}

QVector<ElementRef> ScenePainter::elementsIn(const QRectF& rect, double scale) const
{
    QVector<ElementRef> elements;
    const Scene& scene = *m_parts->scene;
    const auto add = [&](ElementRef::Kind kind, int index, const QRectF& own) {
        const ElementRef element{kind, index};
        if (rect.contains(own) && idOf(scene, element) != 0 && isShown(element, scale))
            elements.push_back(element);
    };
    for (int index = 0; index < scene.boxes.size(); ++index)
        add(ElementRef::Kind::Box, index, scene.boxes.at(index).rect);
    m_parts->marks.visit(rect, [&](int index) { add(ElementRef::Kind::Mark, index, m_parts->marks.rect(index)); });
    m_parts->cells.visit(rect, [&](int index) { add(ElementRef::Kind::Cell, index, m_parts->cells.rect(index)); });
    std::sort(elements.begin(), elements.end());
    return elements;
}

bool ScenePainter::isShown(ElementRef element, double scale) const
{
    const LevelOfDetail& level = m_parts->levelAt(scale);
    switch (element.kind) {
    case ElementRef::Kind::None:
        return false;
    case ElementRef::Kind::Mark:
        return level.isMarkShown(m_parts->scene->marks.at(element.index));
    case ElementRef::Kind::Box:
        return level.boxes[static_cast<std::size_t>(element.index)] != LevelOfDetail::BoxLevel::Hidden;
    case ElementRef::Kind::Link:
        return level.linkBundled.empty() || !level.linkBundled[static_cast<std::size_t>(element.index)];
    default:
        return true;
    }
}

QString ScenePainter::notice(const PaintReport& report) const
{
    const QLocale locale;
    QStringList parts;
    if (report.tiles > 0) {
        parts << PainterTexts::tr("%1 things in %2 boxes; zoom or filter to see single things")
                     .arg(locale.toString(report.things), locale.toString(report.tiles));
    }
    if (report.linesLeftOut > 0) {
        parts << PainterTexts::tr("%1 of %2 lines are shown; zoom or filter to see the rest")
                     .arg(locale.toString(report.lines), locale.toString(report.lines + report.linesLeftOut));
    }
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace glacis
