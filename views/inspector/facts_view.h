// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/explanation.h"

#include <QAbstractListModel>
#include <QListView>

namespace glacis {

class FactsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<FactRow> rows);
    [[nodiscard]] const FactRow& row(const QModelIndex& index) const
    {
        return m_rows[static_cast<std::size_t>(index.row())];
    }
    [[nodiscard]] const std::vector<FactRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<FactRow> m_rows;
};

/// The lines of an explanation: wrapped, plain text, by keyboard and mouse. A line that leads somewhere is followed by
/// a click or Enter; Ctrl+C copies.
class FactsView final : public QListView {
    Q_OBJECT
public:
    explicit FactsView(QWidget* parent = nullptr);

    void setRows(std::vector<FactRow> rows) { m_model.setRows(std::move(rows)); }
    [[nodiscard]] const FactsModel& facts() const { return m_model; }
    void follow(const QModelIndex& index);

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    void evidenceWanted(glacis::EvidenceId evidence);
    void copied(const QString& text);
    void trialWanted(const glacis::Trial& trial);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void copySelected();

    FactsModel m_model;
    QPersistentModelIndex m_pressed;
};

} // namespace glacis
