// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drawer/table_model.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace glacis {

/// One table: sorted by its headers, filtered by words, copied as tab-separated text.
class TablePage : public QWidget {
    Q_OBJECT
public:
    explicit TablePage(QWidget* parent = nullptr);

    /// `empty` is what stands there when the table has no row.
    void setTable(TableModel::Table table, const QString& title, const QString& empty);
    void setSelected(const Selected& selected);
    [[nodiscard]] QTableView& view() { return *m_view; }
    [[nodiscard]] int rows() const { return m_model.rowCount(); }
    void setFilter(const QString& words);
    /// Titles and the chosen rows, or all rows when none is chosen.
    [[nodiscard]] QString asText() const;

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    /// Del was pressed on a row of the table.
    void removeWanted(int row);
    /// Double click or Enter: the row's lines of the input are wanted.
    void opened(const glacis::Selected& selected);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void pick();
    void countRows();

    TableModel m_model;
    QSortFilterProxyModel m_sorted;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_stack = nullptr;
    QTableView* m_view = nullptr;
    QLabel* m_empty = nullptr;
    bool m_telling = false;
    bool m_sized = false;
};

} // namespace glacis
