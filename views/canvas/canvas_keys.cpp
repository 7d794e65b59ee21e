// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas.h"
#include "canvas/navigation.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>

namespace glacis {

namespace {

constexpr double panStep = 80; ///< view pixels
constexpr double zoomStep = 1.25;

std::optional<Direction> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return Direction::Left;
    case Qt::Key_Right:
        return Direction::Right;
    case Qt::Key_Up:
        return Direction::Up;
    case Qt::Key_Down:
        return Direction::Down;
    default:
        return std::nullopt;
    }
}

QPointF stepOf(Direction direction)
{
    switch (direction) {
    case Direction::Left:
        return {-1, 0};
    case Direction::Right:
        return {1, 0};
    case Direction::Up:
        return {0, -1};
    case Direction::Down:
        break;
    }
    return {0, 1};
}

} // namespace

void Canvas::keyPressEvent(QKeyEvent* event)
{
    m_focusRing = true;
    if (handleCameraKey(event) || handleElementKey(event)) {
        event->accept();
        update();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool Canvas::handleCameraKey(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (const auto direction = directionOf(event->key()); direction && modifiers == Qt::ShiftModifier) {
        Camera camera = m_camera;
        camera.centre += stepOf(*direction) * panStep / m_camera.scale;
        setCamera(camera);
        return true;
    }
    // On many keyboards + is a shifted key; Ctrl with it is what browsers taught.
    if (modifiers & ~(Qt::ShiftModifier | Qt::ControlModifier))
        return false;
    if (m_emphasis.focused.kind == ElementRef::Kind::Box && !modifiers.testFlag(Qt::ControlModifier)) {
        const Scene::Box& box = m_scene->boxes.at(m_emphasis.focused.index);
        const bool opens = event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal;
        if (box.canOpen && box.collapsed == opens && (opens || event->key() == Qt::Key_Minus)) {
            Q_EMIT openRequested(box.id, opens);
            return true;
        }
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(zoomStep);
        return true;
    case Qt::Key_Minus:
        zoomBy(1 / zoomStep);
        return true;
    case Qt::Key_0:
        if (modifiers == Qt::ControlModifier)
            fit();
        else if (modifiers == Qt::NoModifier)
            zoomTo(1);
        else
            return false;
        return true;
    case Qt::Key_F:
        if (modifiers != Qt::NoModifier)
            return false;
        fit();
        return true;
    default:
        return false;
    }
}

bool Canvas::handleElementKey(QKeyEvent* event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && directionOf(event->key()))
        return moveFocus(static_cast<Qt::Key>(event->key()));
    if (event->key() == Qt::Key_Space && !(modifiers & ~Qt::ShiftModifier)) {
        if (m_emphasis.focused.isNull())
            return moveFocusInOrder(1);
        clickOn(m_emphasis.focused, modifiers == Qt::ShiftModifier);
        return true;
    }
    if (modifiers != Qt::NoModifier)
        return false;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(m_emphasis.focused);
        return !m_emphasis.focused.isNull();
    case Qt::Key_Backspace:
        Q_EMIT upRequested();
        return true;
    case Qt::Key_H:
        if (m_emphasis.selected.isEmpty() && !m_emphasis.focused.isNull())
            Q_EMIT hideRequested({focusedId()});
        else if (!m_emphasis.selected.isEmpty())
            Q_EMIT hideRequested(selection());
        return true;
    case Qt::Key_Escape:
        if (m_emphasis.selected.isEmpty())
            return false;
        setSelection({});
        return true;
    case Qt::Key_Menu: {
        const QPoint middle = rect().center();
        QContextMenuEvent menu(QContextMenuEvent::Keyboard, middle, mapToGlobal(middle));
        QCoreApplication::sendEvent(this, &menu);
        return true;
    }
    default:
        return false;
    }
}

bool Canvas::moveFocus(Qt::Key key)
{
    const auto direction = directionOf(key);
    if (!direction)
        return false;
    if (m_emphasis.focused.isNull())
        return moveFocusInOrder(1);
    const ElementRef next = neighbourOf(*m_painter, readingOrder(), m_emphasis.focused, *direction, m_camera.scale);
    if (!next.isNull())
        setFocusedElement(next);
    return true;
}

bool Canvas::moveFocusInOrder(int step)
{
    const QVector<ElementRef>& order = readingOrder();
    qsizetype at = order.indexOf(m_emphasis.focused);
    if (at < 0)
        at = step > 0 ? -1 : order.size();
    for (at += step; at >= 0 && at < order.size(); at += step) {
        if (m_painter->isShown(order[at], m_camera.scale)) {
            setFocusedElement(order[at]);
            return true;
        }
    }
    return false;
}

bool Canvas::focusNextPrevChild(bool next)
{
    if (hasFocus()) {
        m_focusRing = true;
        if (moveFocusInOrder(next ? 1 : -1))
            return true;
        // Out at the end; who comes back starts anew.
        m_emphasis.focused = {};
    }
    return QWidget::focusNextPrevChild(next);
}

} // namespace glacis
