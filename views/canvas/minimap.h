// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas.h"

namespace glacis {

/// The whole scene small, in a corner of its canvas, with a frame around what is in view. Click and drag go there.
class Minimap final : public QWidget {
    Q_OBJECT
public:
    explicit Minimap(Canvas* canvas);

    /// The scene or its colours changed.
    void refresh();
    /// Whether the scene is larger than the view, so that a map helps.
    [[nodiscard]] bool isUseful() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] Camera mapCamera() const;
    void go(QPointF point);

    Canvas* m_canvas;
    QPixmap m_picture;
};

} // namespace glacis
