// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/minimap.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace glacis {

namespace {

constexpr double widest = 188;
constexpr double highest = 124;
constexpr double padding = 8;

} // namespace

Minimap::Minimap(Canvas* canvas) : QWidget(canvas), m_canvas(canvas)
{
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Map of the whole picture"));
    setToolTip(tr("Click or drag to move the view"));
}

void Minimap::refresh()
{
    m_picture = {};
    updateGeometry();
    update();
}

bool Minimap::isUseful() const
{
    const QRectF extent = m_canvas->painter().extent();
    return !extent.isEmpty() && !m_canvas->camera().visible(m_canvas->size()).adjusted(-1, -1, 1, 1).contains(extent);
}

QSize Minimap::sizeHint() const
{
    const QRectF extent = m_canvas->painter().extent();
    if (extent.isEmpty())
        return {};
    const double scale = std::min(widest / extent.width(), highest / extent.height());
    return QSizeF(
        std::max(extent.width() * scale, 24.0) + 2 * padding, std::max(extent.height() * scale, 24.0) + 2 * padding)
        .toSize();
}

Camera Minimap::mapCamera() const
{
    return Camera::fitting(m_canvas->painter().extent(), size(), padding, 1);
}

void Minimap::paintEvent(QPaintEvent*)
{
    const Theme& colours = currentTheme();
    const double ratio = devicePixelRatioF();
    const Camera camera = mapCamera();
    if (m_picture.isNull() || m_picture.size() != size() * ratio) {
        m_picture = QPixmap(size() * ratio);
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(Qt::transparent);
        QPainter onPicture(&m_picture);
        m_canvas->painter().paint(onPicture, {camera.visible(size()), camera.scale, true});
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = colours.surface;
    ground.setAlphaF(0.94F);
    painter.setBrush(ground);
    painter.setPen(QPen(colours.border, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.drawPixmap(0, 0, m_picture);

    const QRectF seen = m_canvas->camera().visible(m_canvas->size());
    const QRectF frame = QRectF(camera.toView(seen.topLeft(), size()), camera.toView(seen.bottomRight(), size()))
                             .intersected(QRectF(rect()).adjusted(2, 2, -2, -2));
    QColor fill = colours.accent;
    fill.setAlphaF(0.12F);
    painter.setBrush(fill);
    painter.setPen(QPen(colours.accent, 1.5));
    painter.drawRoundedRect(frame, 3, 3);
}

void Minimap::go(QPointF point)
{
    Camera camera = m_canvas->camera();
    camera.centre = mapCamera().toScene(point, size());
    m_canvas->setCamera(camera);
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        go(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        go(event->position());
}

} // namespace glacis
