// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/selected.h"
#include "document/task.h"
#include "drawer/import_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace glacis {

/// What became of each file of an import, by source, and which exports would answer what stayed open.
class ImportPage : public QWidget {
    Q_OBJECT
public:
    explicit ImportPage(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setSelected(const Selected& selected);
    void setFilter(const QString& words);
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] const ImportModel& model() const { return m_model; }
    /// Rows are being made or arranged.
    [[nodiscard]] bool isBusy() const { return m_task.isRunning(); }
    /// Titles and the chosen rows, or all rows when none is chosen.
    [[nodiscard]] QString asText() const;
    /// The commands that make the missing exports, each once, with the account to run them in.
    [[nodiscard]] QString missingCommands() const;

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    /// Double click or Enter: the file's place is wanted.
    void opened(const glacis::Selected& selected);
    void missingWanted();
    void shownChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeBar(class QVBoxLayout& column);
    void makeView();
    void makeMissing();
    void arrange();
    void take(std::shared_ptr<const ImportRows> all, std::vector<ImportGroup> groups);
    void refreshMissing();
    void sayEmpty(const QString& sentence);

    Answers m_answers;
    std::shared_ptr<const ImportRows> m_all;
    ImportOrder m_order;
    Task m_task;
    ImportModel m_model;
    Selected m_selected;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_stack = nullptr;
    QTreeView* m_view = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_missing = nullptr;
    QLabel* m_missingText = nullptr;
    bool m_telling = false; ///< what changes now was not done by the user
};

} // namespace glacis
