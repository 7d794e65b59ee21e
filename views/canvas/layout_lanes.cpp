// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/layout_lanes.h"

#include "canvas/lane_routes.h"

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

constexpr double frameInset = 8; ///< of a frame's border from that of the frame around it, and from the lane's
constexpr double laneInset = 12; ///< of what lies in a lane from its sides
constexpr double widestStretch = 1.5; ///< cards grow to this share of their size to fill a box
constexpr double widestLabelGap = 200;

struct Grid {
    int columns = 1;
    int rows = 0;
    QSizeF cell;
};

class Lanes {
public:
    Lanes(const LanesInput& input, int mostColumns) : m_input(input), m_mostColumns(mostColumns) { }

    /// Everything but the routes.
    LanesPlan placed()
    {
        m_plan.lanes.resize(m_input.lanes.size());
        m_plan.frames.resize(m_input.frames.size());
        m_plan.boxes.resize(m_input.boxes.size());
        m_plan.marks.resize(m_input.marks.size());
        sortIn();
        setColumns();
        placeFrames();
        placeOutside();
        setLaneHeights();
        setExtent();
        return std::move(m_plan);
    }

private:
    /// What one row holds in one lane.
    struct Field {
        std::vector<int> boxes;
        std::vector<int> marks;
    };

    [[nodiscard]] static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    Field& field(int frame, int lane) { return m_fields[at(frame) * m_input.lanes.size() + at(lane)]; }

    void sortIn()
    {
        m_fields.resize(m_input.frames.size() * m_input.lanes.size());
        m_marksOfBox.resize(m_input.boxes.size());
        m_outside.resize(m_input.lanes.size());
        m_children.resize(m_input.frames.size());
        m_depth.assign(m_input.frames.size(), 0);
        for (int frame = 0; frame < static_cast<int>(m_input.frames.size()); ++frame) {
            const int parent = m_input.frames[at(frame)].parent;
            if (parent < 0) {
                m_roots.push_back(frame);
            } else {
                m_children[at(parent)].push_back(frame);
                m_depth[at(frame)] = m_depth[at(parent)] + 1;
            }
            m_levels = std::max(m_levels, m_depth[at(frame)] + 1);
        }
        for (int box = 0; box < static_cast<int>(m_input.boxes.size()); ++box) {
            const LanesInput::Box& row = m_input.boxes[at(box)];
            field(row.frame, row.lane).boxes.push_back(box);
        }
        for (int mark = 0; mark < static_cast<int>(m_input.marks.size()); ++mark) {
            const LanesInput::Mark& row = m_input.marks[at(mark)];
            if (row.box >= 0)
                m_marksOfBox[at(row.box)].push_back(mark);
            else if (row.frame >= 0)
                field(row.frame, row.lane).marks.push_back(mark);
            else
                m_outside[at(row.lane)].push_back(mark);
        }
    }

    [[nodiscard]] QSizeF largest(const std::vector<int>& marks) const
    {
        QSizeF size(0, 0);
        for (const int mark : marks)
            size = size.expandedTo(m_input.marks[at(mark)].size);
        return size;
    }

    /// The grid that marks would like: one column for a few, about square for many.
    [[nodiscard]] Grid wantedGrid(const std::vector<int>& marks) const
    {
        Grid grid;
        grid.cell = largest(marks);
        if (marks.empty())
            return grid;
        const auto count = static_cast<double>(marks.size());
        int columns = 1;
        if (count > 4) {
            const double square = std::sqrt(count * grid.cell.height() * 1.6 / std::max(grid.cell.width(), 1.0));
            columns = std::max(2, static_cast<int>(std::lround(square)));
            if (count <= 12.0 * m_mostColumns)
                columns = std::min(columns, m_mostColumns);
        }
        grid.columns = columns;
        grid.rows = static_cast<int>(std::ceil(count / columns));
        return grid;
    }

    [[nodiscard]] double widthOf(const Grid& grid) const
    {
        return grid.columns * grid.cell.width() + (grid.columns - 1) * m_input.gap;
    }

    /// The grid in the width that the lane has: more columns when they fit, then wider cards.
    [[nodiscard]] Grid gridFor(const std::vector<int>& marks, double width) const
    {
        Grid grid = wantedGrid(marks);
        if (marks.empty())
            return grid;
        const double step = grid.cell.width() + m_input.gap;
        const int fitting = std::max(1, static_cast<int>((width + m_input.gap + 0.01) / step));
        grid.columns = std::clamp(fitting, 1, static_cast<int>(marks.size()));
        const double share = (width - (grid.columns - 1) * m_input.gap) / grid.columns;
        grid.cell.setWidth(std::min(share, grid.cell.width() * widestStretch));
        grid.rows = (static_cast<int>(marks.size()) + grid.columns - 1) / grid.columns;
        return grid;
    }

    [[nodiscard]] double heightOf(const Grid& grid) const
    {
        return grid.rows == 0 ? 0 : grid.rows * grid.cell.height() + (grid.rows - 1) * m_input.gap;
    }

    void placeGrid(const std::vector<int>& marks, const Grid& grid, QPointF corner)
    {
        for (std::size_t order = 0; order < marks.size(); ++order) {
            const auto column = static_cast<int>(order) % grid.columns;
            const auto row = static_cast<int>(order) / grid.columns;
            const QPointF offset(column * (grid.cell.width() + m_input.gap), row * (grid.cell.height() + m_input.gap));
            QRectF rect(corner + offset, grid.cell);
            const double own = m_input.marks[at(marks[order])].size.height();
            rect.setHeight(own);
            m_plan.marks[at(marks[order])] = rect;
        }
    }

    [[nodiscard]] bool isInside(int lane) const { return !m_input.lanes[at(lane)].outside; }

    [[nodiscard]] double widthWanted(int lane)
    {
        double width = m_input.lanes[at(lane)].minWidth - 2 * laneInset;
        width = std::max(width, widthOf(wantedGrid(m_outside[at(lane)])));
        for (int frame = 0; frame < static_cast<int>(m_input.frames.size()); ++frame) {
            const Field& here = field(frame, lane);
            width = std::max(width, widthOf(wantedGrid(here.marks)));
            for (const int box : here.boxes) {
                width = std::max(width, widthOf(wantedGrid(m_marksOfBox[at(box)])) + 2 * m_input.padding);
                width = std::max(width, m_input.boxes[at(box)].headerWidth);
            }
        }
        return width;
    }

    /// The gap after a lane: room for the labels of the links that begin or end beside it.
    [[nodiscard]] std::vector<double> gapsAfter() const
    {
        std::vector<double> gaps(m_input.lanes.size(), m_input.laneGap);
        for (const LanesInput::Link& link : m_input.links) {
            const int from = laneOf(link.from);
            const int to = laneOf(link.to);
            if (link.label.isEmpty())
                continue;
            const int beside = from == to ? from : std::min(from, to);
            const double room = std::min(link.label.width() + 36, widestLabelGap);
            gaps[at(beside)] = std::max(gaps[at(beside)], room);
        }
        return gaps;
    }

    [[nodiscard]] int laneOf(const LanesInput::End& end) const
    {
        switch (end.kind) {
        case LanesInput::End::Kind::Mark: {
            const LanesInput::Mark& mark = m_input.marks[at(end.index)];
            return mark.box >= 0 ? m_input.boxes[at(mark.box)].lane : mark.lane;
        }
        case LanesInput::End::Kind::Box:
            return m_input.boxes[at(end.index)].lane;
        case LanesInput::End::Kind::Frame:
            break;
        }
        return std::max(m_firstInside, 0);
    }

    void setColumns()
    {
        for (int lane = 0; lane < static_cast<int>(m_input.lanes.size()); ++lane) {
            if (!isInside(lane))
                continue;
            m_firstInside = m_firstInside < 0 ? lane : m_firstInside;
            m_lastInside = lane;
        }
        const std::vector<double> gaps = gapsAfter();
        const double frames = (m_levels + 0.5) * frameInset;
        double x = 0;
        for (int lane = 0; lane < static_cast<int>(m_input.lanes.size()); ++lane) {
            // The borders of the frames run within the first and the last of their lanes.
            const double left = laneInset + (lane == m_firstInside ? frames : 0);
            const double right = laneInset + (lane == m_lastInside ? frames : 0);
            const double content = widthWanted(lane);
            m_content.emplace_back(x + left, 0, content, 0);
            m_plan.lanes[at(lane)] = QRectF(x, 0, left + content + right, 0);
            x += left + content + right + gaps[at(lane)];
        }
    }

    double placeField(const Field& here, int lane, double top)
    {
        const QRectF& column = m_content[at(lane)];
        double y = top;
        for (const int box : here.boxes) {
            const double inner = column.width() - 2 * m_input.padding;
            const std::vector<int>& marks = m_marksOfBox[at(box)];
            const Grid grid = gridFor(marks, inner);
            const double content = marks.empty() ? 0 : heightOf(grid) + m_input.padding;
            const double height = m_input.boxHeader + (m_input.boxes[at(box)].collapsed ? 0 : content);
            m_plan.boxes[at(box)] = QRectF(column.left(), y, column.width(), height);
            placeGrid(marks, grid, {column.left() + m_input.padding, y + m_input.boxHeader});
            y += height + m_input.gap;
        }
        if (!here.marks.empty()) {
            const Grid grid = gridFor(here.marks, column.width());
            placeGrid(here.marks, grid, {column.left(), y});
            y += heightOf(grid) + m_input.gap;
        }
        return y > top ? y - m_input.gap : y;
    }

    bool hasOwnRow(int frame)
    {
        for (int lane = 0; lane < static_cast<int>(m_input.lanes.size()); ++lane) {
            const Field& here = field(frame, lane);
            if (!here.boxes.empty() || !here.marks.empty())
                return true;
        }
        return false;
    }

    double placeFrame(int frame, double top)
    {
        const double inset = frameInset * (m_depth[at(frame)] + 0.5);
        const double left = m_plan.lanes[at(m_firstInside)].left() + inset;
        const double right = m_plan.lanes[at(m_lastInside)].right() - inset;
        double y = top + m_input.boxHeader;
        if (!m_input.frames[at(frame)].collapsed) {
            if (hasOwnRow(frame)) {
                const double rowTop = y + 2;
                for (int lane = 0; lane < static_cast<int>(m_input.lanes.size()); ++lane)
                    y = std::max(y, placeField(field(frame, lane), lane, rowTop));
                y += m_input.padding;
            }
            for (const int child : m_children[at(frame)])
                y = placeFrame(child, y) + m_input.padding;
        }
        m_plan.frames[at(frame)] = QRectF(QPointF(left, top), QPointF(right, y));
        return y;
    }

    void placeFrames()
    {
        m_bottom = m_input.laneHeader;
        if (m_firstInside < 0)
            return;
        for (const int root : m_roots)
            m_bottom = placeFrame(root, m_bottom) + 1.5 * m_input.padding;
    }

    void placeOutside()
    {
        const double top = m_input.laneHeader;
        double lowest = m_bottom;
        for (int lane = 0; lane < static_cast<int>(m_input.lanes.size()); ++lane) {
            const std::vector<int>& marks = m_outside[at(lane)];
            const Grid grid = gridFor(marks, m_content[at(lane)].width());
            const double height = heightOf(grid);
            const double middle = std::max((top + m_bottom - height) / 2, top);
            placeGrid(marks, grid, {m_content[at(lane)].left(), middle});
            lowest = std::max(lowest, middle + height + m_input.padding);
        }
        m_bottom = lowest;
    }

    void setLaneHeights()
    {
        for (QRectF& lane : m_plan.lanes)
            lane.setBottom(m_bottom);
    }

    void setExtent()
    {
        for (const QRectF& lane : m_plan.lanes)
            m_plan.extent = m_plan.extent.isNull() ? lane : m_plan.extent.united(lane);
    }

    const LanesInput& m_input;
    int m_mostColumns; ///< marks side by side in a box, as long as they are few
    LanesPlan m_plan;
    std::vector<Field> m_fields; ///< by frame and lane
    std::vector<std::vector<int>> m_marksOfBox;
    std::vector<std::vector<int>> m_outside; ///< marks in no frame, by lane
    std::vector<std::vector<int>> m_children;
    std::vector<int> m_roots;
    std::vector<int> m_depth;
    std::vector<QRectF> m_content; ///< left and width of what lies in each lane
    int m_levels = 0;
    int m_firstInside = -1;
    int m_lastInside = -1;
    double m_bottom = 0;
};

} // namespace

LanesPlan layoutLanes(const LanesInput& input, double aspect)
{
    constexpr int mostTried = 4;
    constexpr std::size_t fewMarks = 4'000; ///< more are not placed several times
    LanesPlan best;
    double largest = -1;
    for (int columns = 1; columns <= mostTried; ++columns) {
        LanesPlan plan = Lanes(input, columns).placed();
        const double scale =
            std::min(aspect / std::max(plan.extent.width(), 1.0), 1 / std::max(plan.extent.height(), 1.0));
        if (scale > largest * 1.02) {
            largest = scale;
            best = std::move(plan);
        }
        if (input.marks.size() > fewMarks)
            break;
    }
    routeLaneLinks(input, best);
    return best;
}

} // namespace glacis
