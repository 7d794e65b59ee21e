// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace glacis {

/// A uniform grid over rectangles: what lies in a part of the scene, without looking at the rest. Built in linear time.
class RectGrid {
public:
    RectGrid() = default;

    explicit RectGrid(std::vector<QRectF> rects) : m_rects(std::move(rects))
    {
        QRectF all;
        for (const QRectF& rect : m_rects)
            all = all.isNull() ? rect : all.united(rect);
        const double perCell = 6;
        const double cells = std::max(1.0, static_cast<double>(m_rects.size()) / perCell);
        const double aspect = all.height() > 0 ? all.width() / all.height() : 1;
        m_columns = std::clamp(static_cast<int>(std::sqrt(cells * aspect)), 1, 1024);
        m_rows = std::clamp(static_cast<int>(cells / m_columns), 1, 1024);
        m_origin = all.topLeft();
        m_cell = {std::max(all.width() / m_columns, 1e-6), std::max(all.height() / m_rows, 1e-6)};
        fill();
    }

    [[nodiscard]] const QRectF& rect(int index) const { return m_rects[static_cast<std::size_t>(index)]; }
    [[nodiscard]] int size() const { return static_cast<int>(m_rects.size()); }

    /// Calls visit(index) once for each rectangle that meets `area`.
    template <typename Visit> void visit(const QRectF& area, Visit visit) const
    {
        if (m_rects.empty())
            return;
        const Span wanted = span(area);
        for (int row = wanted.top; row <= wanted.bottom; ++row) {
            for (int column = wanted.left; column <= wanted.right; ++column) {
                const auto cell = static_cast<std::size_t>(row * m_columns + column);
                for (std::uint32_t at = m_starts[cell]; at < m_starts[cell + 1]; ++at) {
                    const std::uint32_t index = m_items[at];
                    const Span own = span(m_rects[index]);
                    // Of all cells that hold it, the first one of the wanted area speaks for it.
                    if (column == std::max(own.left, wanted.left) && row == std::max(own.top, wanted.top)
                        && meets(m_rects[index], area))
                        visit(static_cast<int>(index));
                }
            }
        }
    }

private:
    struct Span {
        int left, top, right, bottom;
    };

    static bool meets(const QRectF& a, const QRectF& b)
    {
        return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() && b.top() <= a.bottom();
    }

    [[nodiscard]] Span span(const QRectF& rect) const
    {
        const auto column = [this](double x) {
            return static_cast<int>(std::clamp(std::floor((x - m_origin.x()) / m_cell.width()), 0.0, m_columns - 1.0));
        };
        const auto row = [this](double y) {
            return static_cast<int>(std::clamp(std::floor((y - m_origin.y()) / m_cell.height()), 0.0, m_rows - 1.0));
        };
        return {column(rect.left()), row(rect.top()), column(rect.right()), row(rect.bottom())};
    }

    template <typename Visit> void eachCell(const QRectF& rect, Visit visit) const
    {
        const Span own = span(rect);
        for (int row = own.top; row <= own.bottom; ++row) {
            for (int column = own.left; column <= own.right; ++column)
                visit(static_cast<std::size_t>(row * m_columns + column));
        }
    }

    void fill()
    {
        m_starts.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows) + 1, 0);
        for (const QRectF& rect : m_rects)
            eachCell(rect, [this](std::size_t cell) { ++m_starts[cell + 1]; });
        for (std::size_t cell = 1; cell < m_starts.size(); ++cell)
            m_starts[cell] += m_starts[cell - 1];
        m_items.resize(m_starts.back());
        std::vector<std::uint32_t> next(m_starts.begin(), m_starts.end() - 1);
        for (std::size_t index = 0; index < m_rects.size(); ++index) {
            eachCell(
                m_rects[index], [&](std::size_t cell) { m_items[next[cell]++] = static_cast<std::uint32_t>(index); });
        }
    }

    std::vector<QRectF> m_rects;
    std::vector<std::uint32_t> m_starts;
    std::vector<std::uint32_t> m_items;
    QPointF m_origin;
    QSizeF m_cell = {1, 1};
    int m_columns = 1;
    int m_rows = 1;
};

} // namespace glacis
