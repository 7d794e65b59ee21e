// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QWidget>

class QPainter;

namespace glacis {

/// Height that a legend needs in `width`, in view pixels; its entries flow from left to right and down.
[[nodiscard]] QSizeF legendSize(const QVector<Scene::LegendEntry>& entries, double width);
void paintLegend(QPainter& painter, const Theme& theme, const QVector<Scene::LegendEntry>& entries, const QRectF& rect);

/// The legend along the foot of the canvas.
class LegendOverlay final : public QWidget {
    Q_OBJECT
public:
    explicit LegendOverlay(QWidget* parent);

    void setEntries(const QVector<Scene::LegendEntry>& entries);
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }
    /// What it takes where it may be `width` wide.
    [[nodiscard]] QSize sizeIn(int width) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<Scene::LegendEntry> m_entries;
};

} // namespace glacis
