// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/selected.h"
#include "navigator/estate_tree_model.h"
#include "navigator/found_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;
class QTreeView;

namespace glacis {

/// The tree of the estate, and what a filter leaves of it as a list. The keyboard's way to everything.
class Navigator : public QWidget {
    Q_OBJECT
public:
    explicit Navigator(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setSelected(const Selected& selected);
    [[nodiscard]] EstateTreeModel& tree() { return m_tree; }
    [[nodiscard]] const FoundModel& found() const { return m_found; }

Q_SIGNALS:
    void picked(const glacis::Selected& selected);

private:
    void filter(const QString& text);
    void openUpperLevels();
    /// The things whose rows are open, by id.
    [[nodiscard]] std::vector<std::string> openThings() const;
    void openAgain(const std::vector<std::string>& ids);
    void pickFromTree();
    void pickFromList();
    void reveal(NodeId node);

    std::shared_ptr<const Estate> m_estate;
    int m_document = 0, m_reading = 0; ///< whose tree stands
    EstateTreeModel m_tree;
    FoundModel m_found;
    QLineEdit* m_filter = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTreeView* m_treeView = nullptr;
    QListView* m_listView = nullptr;
    QLabel* m_empty = nullptr;
    bool m_telling = false; ///< what changes now was not done by the user
};

} // namespace glacis
