// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/task.h"
#include "marks/canvas_view.h"
#include "paths_view/paths_scene.h"

#include <QBasicTimer>

class QComboBox;
class QLabel;
class QListView;
class QListWidget;
class QSpinBox;
class QToolButton;

namespace glacis {

class PathList;

/// Ways from where an attacker starts to what they are after: ranked on the left, drawn from left to right beside it,
/// the one in hand explained step by step.
class PathsView : public CanvasView {
    Q_OBJECT
public:
    explicit PathsView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;

    /// Asks for the ways between what two selectors name; empty for the usual starts and targets.
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
    void search();
    void take(std::vector<AttackPath> paths);
    void rebuild(Canvas::KeepCamera keep);
    void holdPath(int row, int step);
    void fillSteps();
    void play();
    void advance();

    Answers m_answers;
    PathsPicture m_picture;
    Task* m_task;
    PathList* m_paths;
    QListView* m_list;
    QListWidget* m_steps;
    QComboBox* m_from;
    QComboBox* m_to;
    QSpinBox* m_most;
    QToolButton* m_play;
    QLabel* m_message;
    QBasicTimer m_pace;
    int m_inHand = -1; ///< row of the path that is explained
    int m_step = -1;
    bool m_quiet = false; ///< the lists are being set, not used
};

} // namespace glacis
