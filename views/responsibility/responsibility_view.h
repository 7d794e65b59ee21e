// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "marks/canvas_view.h"

class QToolButton;

namespace glacis {

/// Services as columns, layers as rows: what the provider does and what is left to do.
class ResponsibilityView : public CanvasView {
    Q_OBJECT
public:
    explicit ResponsibilityView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;

protected:
    [[nodiscard]] Selected selectedOf(const QVector<MarkId>& ids) const override;
    [[nodiscard]] QVector<MarkId> idsOf(const Selected& selected) const override;

private:
    void rebuild(Canvas::KeepCamera keep);

    Answers m_answers;
    QToolButton* m_allModels;
};

} // namespace glacis
