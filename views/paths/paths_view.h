// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/task.h"
#include "marks/canvas_view.h"
#include "paths_view/path_search.h"
#include "paths_view/paths_scene.h"

#include <QBasicTimer>

#include <optional>

class QComboBox;
class QLabel;
class QListView;
class QListWidget;
class QSpinBox;
class QToolButton;

namespace glacis {

class PathList;
class StepChips;

/// Ways from where an attacker starts to what they are after: ranked on the left, drawn from left to right beside it,
/// the one in hand explained step by step.
class PathsView : public CanvasView {
    Q_OBJECT
public:
    explicit PathsView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;

    /// What the view says of what it found, or did not.
    [[nodiscard]] QString message() const;
    /// Asks for the ways between what two selectors name; empty for the usual starts and targets, "anything" for
    /// whatever there is a way from, or to.
    void ask(const QString& from, const QString& to);

protected:
    [[nodiscard]] Selected selectedOf(const QVector<MarkId>& ids) const override;
    [[nodiscard]] QVector<MarkId> idsOf(const Selected& selected) const override;
    void selectionShown(const Selected& selected) override;
    void timerEvent(QTimerEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makePanel();
    void makeBar();
    void fillNames();
    void swapEnds();
    /// What the pickers and chips say; nothing when a text names nothing, and then the message says so.
    [[nodiscard]] std::optional<PathWish> wish();
    [[nodiscard]] QString nothingFound() const;
    void search();
    void take(PathsFound found);
    [[nodiscard]] QString reachedText(const Reached& reached) const;
    void rebuild(Canvas::KeepCamera keep);
    void holdPath(int row, int step);
    void fillSteps();
    void play();
    void advance();
    void cut();
    void cutBest();
    void cutAll();
    void showMenu(MarkId id, const QPoint& at);
    [[nodiscard]] const AttackStep* stepInHand() const;

    Answers m_answers;
    PathsPicture m_picture;
    Task* m_task;
    Task* m_cutting;
    PathList* m_paths;
    QListView* m_list;
    QListWidget* m_steps;
    QComboBox* m_from;
    QComboBox* m_to;
    QSpinBox* m_most;
    QToolButton* m_sideBySide;
    QToolButton* m_allKinds;
    StepChips* m_chips;
    QToolButton* m_play;
    QToolButton* m_cut;
    QLabel* m_message;
    QBasicTimer m_pace;
    std::size_t m_cutFrom = 0; ///< paths from here on stood before what is tried out
    int m_inHand = -1; ///< row of the path that is explained
    int m_step = -1;
    bool m_quiet = false; ///< the lists are being set, not used
};

} // namespace glacis
