// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "document/selected.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace glacis {

/// A table over a list of the answers. One row of `columns` says all of a column; nothing is copied out of the answers.
class TableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int sortRole = Qt::UserRole;

    struct Column {
        QString title;
        int width = 120; ///< in average letters times eight: view pixels at 100 %
        std::function<QString(int row)> text;
        std::function<QVariant(int row)> sortKey = {}; ///< none: by text
        std::function<MarkState(int row)> state = {}; ///< colours the text, with a glyph beside it
        bool number = false;
    };
    struct Table {
        std::vector<Column> columns;
        int rows = 0;
        std::function<Selected(int row)> selected;
        std::function<int(const Selected&)> rowOf; ///< −1: not here
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(Table table);
    [[nodiscard]] const Table& table() const { return m_table; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Table m_table;
};

} // namespace glacis
