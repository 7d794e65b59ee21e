// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace glacis {

namespace {

constexpr double widestLabel = 190;
/// Beyond this many labels, only the first ones look for a place; the rest is shown when its link is selected.
constexpr int mostPlaced = 3'000;

/// The labels placed so far, found by cells of 128 units.
class Placed {
public:
    void add(const QRectF& rect)
    {
        const auto index = m_rects.size();
        m_rects.push_back(rect);
        eachCell(rect, [&](std::int64_t cell) { m_cells[cell].push_back(index); });
    }

    [[nodiscard]] double overlap(const QRectF& rect) const
    {
        double area = 0;
        eachCell(rect, [&](std::int64_t cell) {
            const auto found = m_cells.find(cell);
            if (found == m_cells.end())
                return;
            for (const std::size_t index : found->second) {
                const QRectF common = m_rects[index].intersected(rect);
                area += common.width() * common.height();
            }
        });
        return area;
    }

private:
    template <typename Visit> static void eachCell(const QRectF& rect, Visit visit)
    {
        const auto cell = [](double at) { return static_cast<std::int64_t>(std::floor(at / 128)); };
        for (std::int64_t y = cell(rect.top()); y <= cell(rect.bottom()); ++y) {
            for (std::int64_t x = cell(rect.left()); x <= cell(rect.right()); ++x)
                visit((y << 32) ^ (x & 0xffffffff));
        }
    }

    std::vector<QRectF> m_rects;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> m_cells;
};

QSizeF labelSize(const Scene::Link& link)
{
    const double text = pictureFont(11, QFont::Medium).metrics.horizontalAdvance(link.label) * linkLabelUnits / 11;
    const double sign = hasStateSign(signOf(link.style)) ? 16 : 0;
    return {std::min(text + 12 + sign, widestLabel), 18};
}

double cost(const QRectF& rect, const Placed& placed, const RectGrid& marks)
{
    double covered = 3 * placed.overlap(rect.adjusted(-3, -3, 3, 3));
    marks.visit(rect, [&](int mark) {
        const QRectF common = marks.rect(mark).intersected(rect);
        covered += common.width() * common.height();
    });
    return covered;
}

QRectF bestPlace(const LinkGeometry& geometry, int link, QSizeF size, const Placed& placed, const RectGrid& marks)
{
    constexpr std::array shares{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82};
    constexpr std::array offsets{0.0, -14.0, 14.0};
    QRectF best;
    double least = 1e300;
    for (const double offset : offsets) {
        for (const double share : shares) {
            QRectF rect(QPointF(), size);
            rect.moveCenter(geometry.along(link, share) + QPointF(0, offset));
            const double covered = cost(rect, placed, marks) + std::abs(offset) * 0.5 + std::abs(share - 0.5) * 8;
            if (covered < least) {
                least = covered;
                best = rect;
            }
        }
        if (least < 10)
            break;
    }
    return best;
}

} // namespace

LinkLabels placeLinkLabels(const Scene& scene, const LinkGeometry& geometry, const RectGrid& marks)
{
    LinkLabels labels;
    labels.rects.resize(static_cast<std::size_t>(scene.links.size()));
    std::vector<int> order;
    Placed placed;
    for (int index = 0; index < scene.links.size(); ++index) {
        const Scene::Link& link = scene.links.at(index);
        if (!link.labelRect.isNull()) {
            labels.rects[static_cast<std::size_t>(index)] = link.labelRect;
            placed.add(link.labelRect);
        } else if (!link.label.isEmpty()) {
            order.push_back(index);
        }
    }
    std::stable_sort(
        order.begin(), order.end(), [&](int a, int b) { return scene.links.at(a).style > scene.links.at(b).style; });
    if (order.size() > mostPlaced)
        order.resize(mostPlaced);
    for (const int index : order) {
        const QRectF rect = bestPlace(geometry, index, labelSize(scene.links.at(index)), placed, marks);
        labels.rects[static_cast<std::size_t>(index)] = rect;
        placed.add(rect);
    }
    return labels;
}

} // namespace glacis
