// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/table_model.h"

#include "canvas/drawing.h"
#include "theme/theme.h"

namespace glacis {

void TableModel::setTable(Table table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int TableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.rows;
}

int TableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Column& column = m_table.columns[static_cast<std::size_t>(index.column())];
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return column.text(row);
    case Qt::ToolTipRole:
        // A tool tip would read markup of an export as such.
        return column.text(row).toHtmlEscaped();
    case sortRole:
        return column.sortKey ? column.sortKey(row) : column.text(row);
    case Qt::ForegroundRole:
        if (column.state && column.state(row) != MarkState::Normal)
            return stateColour(currentTheme(), column.state(row));
        return {};
    case Qt::TextAlignmentRole:
        return QVariant(column.number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        return QString(column.title + QStringLiteral(": ") + column.text(row));
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = m_table.columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return QVariant(column.number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace glacis
