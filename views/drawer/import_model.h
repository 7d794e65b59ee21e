// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "drawer/import_rows.h"

#include <QAbstractItemModel>

#include <memory>

namespace glacis {

/// The files of an import below their sources. It looks up and computes nothing: what is shown, and in which order, was
/// arranged before, so that any number of files can be scrolled.
class ImportModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    void show(std::shared_ptr<const ImportRows> all, std::vector<ImportGroup> groups);
    /// The file of a row; null for a source.
    [[nodiscard]] const ImportRow* fileAt(const QModelIndex& index) const;
    /// The row of a ledger's file; invalid when it is not shown.
    [[nodiscard]] QModelIndex indexOf(std::uint32_t ledgerRow) const;
    [[nodiscard]] int files() const { return m_files; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOfSource(const ImportGroup& group, int column) const;
    [[nodiscard]] static QString textOfFile(const ImportRow& row, int column);
    [[nodiscard]] QString text(const QModelIndex& index) const;

    std::shared_ptr<const ImportRows> m_all;
    std::vector<ImportGroup> m_groups;
    int m_files = 0;
};

} // namespace glacis
