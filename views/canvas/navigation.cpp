// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/navigation.h"

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

struct Item {
    ElementRef element;
    QRectF rect;
};

/// Sorts into rows: what begins before the middle of a row's first element stands in that row.
void sortAsRead(std::vector<Item>& items)
{
    std::stable_sort(
        items.begin(), items.end(), [](const Item& a, const Item& b) { return a.rect.top() < b.rect.top(); });
    for (auto row = items.begin(); row != items.end();) {
        const double middle = row->rect.top() + std::min(row->rect.height(), 60.0) / 2;
        const auto next = std::find_if(row, items.end(), [&](const Item& item) { return item.rect.top() > middle; });
        std::stable_sort(row, next, [](const Item& a, const Item& b) { return a.rect.left() < b.rect.left(); });
        row = next;
    }
}

class ReadingOrder {
public:
    explicit ReadingOrder(const Scene& scene)
        : m_scene(scene), m_inBox(static_cast<std::size_t>(scene.boxes.size())) { }

    QVector<ElementRef> run()
    {
        addAll(ElementRef::Kind::Lane, m_scene.lanes);
        addAll(ElementRef::Kind::Cell, m_scene.cells);
        addAll(ElementRef::Kind::Label, m_scene.labels);
        addAll(ElementRef::Kind::Boundary, m_scene.boundaries);
        for (int box = 0; box < m_scene.boxes.size(); ++box)
            into(m_scene.boxes.at(box).parent).push_back({{ElementRef::Kind::Box, box}, m_scene.boxes.at(box).rect});
        for (int mark = 0; mark < m_scene.marks.size(); ++mark)
            into(m_scene.marks.at(mark).box).push_back({{ElementRef::Kind::Mark, mark}, m_scene.marks.at(mark).rect()});
        append(m_loose);
        for (int link = 0; link < m_scene.links.size(); ++link)
            appendOne({ElementRef::Kind::Link, link});
        return std::move(m_order);
    }

private:
    std::vector<Item>& into(int box) { return box < 0 ? m_loose : m_inBox[static_cast<std::size_t>(box)]; }

    template <typename Rows> void addAll(ElementRef::Kind kind, const Rows& rows)
    {
        for (int index = 0; index < rows.size(); ++index) {
            const ElementRef element{kind, index};
            m_loose.push_back({element, rectOf(m_scene, element)});
        }
    }

    void appendOne(ElementRef element)
    {
        if (idOf(m_scene, element) != 0)
            m_order.push_back(element);
    }

    void append(std::vector<Item>& items)
    {
        sortAsRead(items);
        for (const Item& item : items) {
            appendOne(item.element);
            if (item.element.kind == ElementRef::Kind::Box)
                append(m_inBox[static_cast<std::size_t>(item.element.index)]);
        }
    }

    const Scene& m_scene;
    std::vector<Item> m_loose;
    std::vector<std::vector<Item>> m_inBox;
    QVector<ElementRef> m_order;
};

bool isAncestor(const Scene& scene, int box, ElementRef of)
{
    int parent = of.kind == ElementRef::Kind::Mark ? scene.marks.at(of.index).box
        : of.kind == ElementRef::Kind::Box         ? scene.boxes.at(of.index).parent
                                                   : -1;
    while (parent >= 0) {
        if (parent == box)
            return true;
        parent = scene.boxes.at(parent).parent;
    }
    return false;
}

double gapBetween(double lowA, double highA, double lowB, double highB)
{
    return std::max({0.0, lowB - highA, lowA - highB});
}

/// How far a rectangle is in a direction, sideways counted threefold; infinite when it lies the other way.
double cost(const QRectF& from, const QRectF& to, Direction direction)
{
    const bool isAcross = direction == Direction::Left || direction == Direction::Right;
    const double sign = direction == Direction::Left || direction == Direction::Up ? -1 : 1;
    const QPointF way = (to.center() - from.center()) * sign;
    const double ahead = isAcross ? way.x() : way.y();
    if (ahead < 1)
        return 1e300;
    const double along = isAcross ? gapBetween(from.left(), from.right(), to.left(), to.right())
                                  : gapBetween(from.top(), from.bottom(), to.top(), to.bottom());
    const double aside = isAcross ? gapBetween(from.top(), from.bottom(), to.top(), to.bottom())
                                  : gapBetween(from.left(), from.right(), to.left(), to.right());
    const double offCentre = std::abs(isAcross ? way.y() : way.x());
    // Much further aside than ahead is another direction.
    if (aside > 2.5 * ahead)
        return 1e300;
    return along + 3 * aside + 0.15 * offCentre + 0.05 * ahead;
}

ElementRef endOfLink(const Scene& scene, const Scene::Link& link, bool atFrom)
{
    const Scene::End end = atFrom ? link.from : link.to;
    const ElementRef::Kind kind = end.kind == Scene::End::Kind::Mark ? ElementRef::Kind::Mark : ElementRef::Kind::Box;
    const ElementRef element{kind, end.index};
    return end.kind == Scene::End::Kind::Free || idOf(scene, element) == 0 ? ElementRef{} : element;
}

} // namespace

QVector<ElementRef> readingOrderOf(const Scene& scene)
{
    return ReadingOrder(scene).run();
}

ElementRef neighbourOf(
    const ScenePainter& painter, const QVector<ElementRef>& order, ElementRef from, Direction direction, double scale)
{
    const Scene& scene = painter.scene();
    if (from.kind == ElementRef::Kind::Link && (direction == Direction::Left || direction == Direction::Right))
        return endOfLink(scene, scene.links.at(from.index), direction == Direction::Left);
    const QRectF start = rectOf(scene, from);
    const bool fromContainer = from.kind == ElementRef::Kind::Box || from.kind == ElementRef::Kind::Lane;
    ElementRef best;
    double least = 1e299;
    for (const ElementRef element : order) {
        if (element == from || element.kind == ElementRef::Kind::Link || element.kind == ElementRef::Kind::Lane
            || !painter.isShown(element, scale))
            continue;
        if (element.kind == ElementRef::Kind::Box) {
            // Within a container one goes from mark to mark; containers are for those who stand on one.
            const bool isLeaf = scene.boxes.at(element.index).collapsed;
            if ((!fromContainer && !isLeaf) || isAncestor(scene, element.index, from))
                continue;
        }
        if (from.kind == ElementRef::Kind::Box && isAncestor(scene, from.index, element))
            continue;
        const double own = cost(start, rectOf(scene, element), direction);
        if (own < least) {
            least = own;
            best = element;
        }
    }
    return best;
}

std::pair<int, int> placeAmongNeighbours(const Scene& scene, ElementRef element)
{
    const auto count = [element](const auto& rows, auto isNeighbour) {
        std::pair<int, int> place{0, 0};
        for (int index = 0; index < rows.size(); ++index) {
            if (rows.at(index).id == 0 || !isNeighbour(rows.at(index)))
                continue;
            ++place.second;
            if (index == element.index)
                place.first = place.second;
        }
        return place;
    };
    const auto all = [](const auto&) { return true; };
    switch (element.kind) {
    case ElementRef::Kind::Mark: {
        const int box = scene.marks.at(element.index).box;
        return count(scene.marks, [box](const Scene::Mark& mark) { return mark.box == box; });
    }
    case ElementRef::Kind::Box: {
        const int parent = scene.boxes.at(element.index).parent;
        return count(scene.boxes, [parent](const Scene::Box& box) { return box.parent == parent; });
    }
    case ElementRef::Kind::Lane:
        return count(scene.lanes, all);
    case ElementRef::Kind::Link:
        return count(scene.links, all);
    case ElementRef::Kind::Label:
        return count(scene.labels, all);
    case ElementRef::Kind::Cell:
        return count(scene.cells, all);
    case ElementRef::Kind::Boundary:
        return count(scene.boundaries, all);
    case ElementRef::Kind::None:
        break;
    }
    return {0, 0};
}

} // namespace glacis
