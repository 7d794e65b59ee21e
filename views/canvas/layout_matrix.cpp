// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/layout_matrix.h"

#include <algorithm>

namespace glacis {

namespace {

struct Span {
    double begin = 0;
    double end = 0;
};

std::vector<Span> columnsOf(const MatrixInput& input)
{
    std::vector<Span> columns;
    double x = input.rowHeaderWidth + input.gap;
    for (int column = 0; column < input.columns; ++column) {
        const auto at = static_cast<std::size_t>(column);
        const bool hasOwn = input.columnWidths.size() == static_cast<std::size_t>(input.columns);
        const double width = hasOwn ? input.columnWidths[at] : input.cellWidth;
        columns.push_back({x, x + width});
        const bool groupEnds =
            std::find(input.groupEnds.begin(), input.groupEnds.end(), column) != input.groupEnds.end();
        x += width + (groupEnds ? input.groupGap : input.gap);
    }
    return columns;
}

std::vector<Span> rowsOf(const MatrixInput& input)
{
    std::vector<Span> rows;
    double y = input.columnHeaderHeight + input.gap;
    for (int row = 0; row < input.rows; ++row) {
        const bool hasOwn = input.rowHeights.size() == static_cast<std::size_t>(input.rows);
        const double height = hasOwn ? input.rowHeights[static_cast<std::size_t>(row)] : input.cellHeight;
        rows.push_back({y, y + height});
        y += height + input.gap;
    }
    return rows;
}

QVector<QPointF> boundaryOf(const MatrixInput& input, const std::vector<Span>& columns, const std::vector<Span>& rows)
{
    QVector<QPointF> points;
    if (input.above.size() != columns.size() || columns.empty() || rows.empty())
        return points;
    const auto levelOf = [&](std::size_t column) {
        const int above = std::clamp(input.above[column], 0, static_cast<int>(rows.size()));
        return above == 0 ? rows.front().begin - input.gap / 2
                          : rows[static_cast<std::size_t>(above) - 1].end + input.gap / 2;
    };
    points.append({columns.front().begin - input.gap / 2, levelOf(0)});
    for (std::size_t column = 1; column < columns.size(); ++column) {
        if (levelOf(column) == levelOf(column - 1))
            continue;
        const double x = (columns[column - 1].end + columns[column].begin) / 2;
        points.append({x, levelOf(column - 1)});
        points.append({x, levelOf(column)});
    }
    points.append({columns.back().end + input.gap / 2, levelOf(columns.size() - 1)});
    return points;
}

} // namespace

MatrixPlan layoutMatrix(const MatrixInput& input)
{
    const std::vector<Span> columns = columnsOf(input);
    const std::vector<Span> rows = rowsOf(input);
    MatrixPlan plan;
    for (const Span& column : columns)
        plan.columnHeaders.emplace_back(column.begin, 0, column.end - column.begin, input.columnHeaderHeight);
    for (const Span& row : rows)
        plan.rowHeaders.emplace_back(0, row.begin, input.rowHeaderWidth, row.end - row.begin);
    for (const Span& row : rows) {
        for (const Span& column : columns)
            plan.cells.emplace_back(column.begin, row.begin, column.end - column.begin, row.end - row.begin);
    }
    plan.boundary = boundaryOf(input, columns, rows);
    const double right = columns.empty() ? input.rowHeaderWidth : columns.back().end;
    const double bottom = rows.empty() ? input.columnHeaderHeight : rows.back().end;
    plan.extent = QRectF(0, 0, right, bottom);
    return plan;
}

} // namespace glacis
