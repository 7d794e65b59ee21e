// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/copied_text.h"

#include <QStringList>

namespace glacis {

QString copiedRow(const QAbstractItemModel& model, const QModelIndex& row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(row.parent()); ++column) {
        QString cell = row.isValid() ? row.siblingAtColumn(column).data().toString()
                                     : model.headerData(column, Qt::Horizontal).toString();
        cell.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
        if (!cell.isEmpty() && QStringLiteral("=+-@").contains(cell.front()))
            cell.prepend(QLatin1Char('\''));
        cells << cell;
    }
    return cells.join(QLatin1Char('\t'));
}

} // namespace glacis
