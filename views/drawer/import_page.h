// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/task.h"
#include "drawer/import_model.h"
#include "drawer/list_page.h"

class QLabel;
class QTreeView;

namespace glacis {

/// What became of each file of an import, by source, and which exports would answer what stayed open.
class ImportPage : public ListPage {
    Q_OBJECT
public:
    explicit ImportPage(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setSelected(const Selected& selected);
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] const ImportModel& model() const { return m_model; }
    /// Rows are being made or arranged.
    [[nodiscard]] bool isBusy() const { return m_task.isRunning(); }
    /// The commands that make the missing exports, each once, with the account to run them in.
    [[nodiscard]] QString missingCommands() const;

Q_SIGNALS:
    void missingWanted();
    void shownChanged();

private:
    void filter(const QString& words) override;
    [[nodiscard]] QModelIndexList allRows() const override;
    [[nodiscard]] bool isCopied(const QModelIndex& row) const override { return m_model.fileAt(row) != nullptr; }
    void makeView();
    void makeMissing();
    void arrange();
    void take(std::shared_ptr<const ImportRows> all, std::vector<ImportGroup> groups);
    void refreshMissing();

    Answers m_answers;
    std::shared_ptr<const ImportRows> m_all;
    ImportOrder m_order;
    Task m_task;
    ImportModel m_model;
    Selected m_selected;
    QTreeView* m_view = nullptr;
    QWidget* m_missing = nullptr;
    QLabel* m_missingText = nullptr;
    bool m_telling = false; ///< what changes now was not done by the user
};

} // namespace glacis
