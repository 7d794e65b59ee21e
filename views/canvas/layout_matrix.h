// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QVector>

#include <vector>

namespace glacis {

struct MatrixInput {
    int rows = 0;
    int columns = 0;
    double cellWidth = 168;
    double cellHeight = 64;
    double rowHeaderWidth = 180;
    double columnHeaderHeight = 64;
    double gap = 6;
    std::vector<double> columnWidths; ///< instead of cellWidth, when as many as columns
    std::vector<double> rowHeights; ///< instead of cellHeight, when as many as rows
    /// For each column the number of rows above the boundary; empty for no boundary.
    std::vector<int> above;
    /// Column after which a wider gap stands, to part groups; −1 for none.
    std::vector<int> groupEnds;
    double groupGap = 28;
};

struct MatrixPlan {
    std::vector<QRectF> rowHeaders;
    std::vector<QRectF> columnHeaders;
    std::vector<QRectF> cells; ///< row by row
    QVector<QPointF> boundary; ///< one stepped line across all columns, in the gaps between the cells
    QRectF extent;

    [[nodiscard]] const QRectF& cell(int row, int column) const
    {
        return cells[static_cast<std::size_t>(row) * columnHeaders.size() + static_cast<std::size_t>(column)];
    }
};

[[nodiscard]] MatrixPlan layoutMatrix(const MatrixInput& input);

} // namespace glacis
