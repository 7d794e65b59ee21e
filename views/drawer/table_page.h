// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drawer/list_page.h"
#include "drawer/table_model.h"

#include <QSortFilterProxyModel>

class QTableView;

namespace glacis {

/// One table: sorted by its headers, filtered by words, copied as tab-separated text.
class TablePage : public ListPage {
    Q_OBJECT
public:
    explicit TablePage(QWidget* parent = nullptr);

    /// `empty` is what stands there when the table has no row.
    void setTable(TableModel::Table table, const QString& title, const QString& empty);
    void setSelected(const Selected& selected);
    [[nodiscard]] QTableView& view() { return *m_view; }
    [[nodiscard]] int rows() const { return m_model.rowCount(); }

Q_SIGNALS:
    /// Del was pressed on a row of the table.
    void removeWanted(int row);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& words) override;
    [[nodiscard]] QModelIndexList allRows() const override;
    void pick();
    void countRows();

    TableModel m_model;
    QSortFilterProxyModel m_sorted;
    QTableView* m_view = nullptr;
    bool m_telling = false;
    bool m_sized = false;
};

} // namespace glacis
