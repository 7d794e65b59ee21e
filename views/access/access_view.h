// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "access_view/access_matrix.h"
#include "document/task.h"
#include "marks/canvas_view.h"

#include <array>

class QLabel;
class QLineEdit;
class QToolButton;

namespace glacis {

/// Identities × stores: who may read, write and administer what. A field opens its evidence.
class AccessView : public CanvasView {
    Q_OBJECT
public:
    explicit AccessView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] const AccessMatrix& matrix() const { return m_matrix; }

protected:
    [[nodiscard]] Selected selectedOf(const QVector<MarkId>& ids) const override;
    [[nodiscard]] QVector<MarkId> idsOf(const Selected& selected) const override;

private:
    void makeBar();
    void compute(Canvas::KeepCamera keep);
    void take(AccessMatrix matrix, Canvas::KeepCamera keep);
    void turn(MarkId id);
    void sayWhyEmpty();

    Answers m_answers;
    AccessFilter m_filter;
    AccessMatrix m_matrix;
    Task* m_task;
    QLineEdit* m_words;
    std::array<QToolButton*, 3> m_levels{};
    QToolButton* m_conditional;
};

} // namespace glacis
