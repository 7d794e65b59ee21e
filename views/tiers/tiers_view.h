// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "marks/canvas_view.h"
#include "tiers_view/tiers_scene.h"

class QToolButton;

namespace glacis {

/// Zones as lanes and flows as arrows, judged against the matrix.
class TiersView : public CanvasView {
    Q_OBJECT
public:
    explicit TiersView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;

protected:
    [[nodiscard]] Selected selectedOf(const QVector<MarkId>& ids) const override;
    [[nodiscard]] QVector<MarkId> idsOf(const Selected& selected) const override;

private:
    QToolButton* filter(const QString& text, const QString& hint, bool TiersOptions::*option);
    void rebuild(Canvas::KeepCamera keep);

    Answers m_answers;
    TiersOptions m_options;
    TiersPicture m_picture;
};

} // namespace glacis
