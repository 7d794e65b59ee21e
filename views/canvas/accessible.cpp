// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>

#include <map>

namespace glacis {

namespace {

/// One element of the picture for assistive tools.
class ElementAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ElementAccessible(Canvas* canvas, std::shared_ptr<const Scene> scene, ElementRef element)
        : m_canvas(canvas), m_scene(std::move(scene)), m_element(element)
    {
    }

    [[nodiscard]] ElementRef element() const { return m_element; }

    bool isValid() const override { return m_canvas && m_canvas->sharedScene() == m_scene; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override
    {
        return isValid() && m_canvas->window() ? m_canvas->window()->windowHandle() : nullptr;
    }
    QAccessibleInterface* parent() const override
    {
        return isValid() ? QAccessible::queryAccessibleInterface(m_canvas) : nullptr;
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        switch (kind) {
        case QAccessible::Name:
            return nameOf(*m_scene, m_element);
        case QAccessible::Description:
            return description();
        case QAccessible::Value:
            return stateTextOf(*m_scene, m_element);
        default:
            return {};
        }
    }
    void setText(QAccessible::Text, const QString&) override { }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inView = m_canvas->viewRectOf(m_element).toAlignedRect();
        return {m_canvas->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::Role role() const override
    {
        switch (m_element.kind) {
        case ElementRef::Kind::Lane:
        case ElementRef::Kind::Box:
            return QAccessible::Grouping;
        case ElementRef::Kind::Link:
            return QAccessible::Link;
        case ElementRef::Kind::Label:
            return QAccessible::StaticText;
        case ElementRef::Kind::Cell:
            return QAccessible::Cell;
        default:
            return QAccessible::ListItem;
        }
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = state.selectable = state.multiSelectable = true;
        state.focused = m_canvas->hasFocus() && m_canvas->focusedElement() == m_element;
        state.selected = m_canvas->selection().contains(idOf(*m_scene, m_element));
        if (m_element.kind == ElementRef::Kind::Box && m_scene->boxes.at(m_element.index).canOpen) {
            state.expandable = true;
            state.collapsed = m_scene->boxes.at(m_element.index).collapsed;
            state.expanded = !state.collapsed;
        }
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& action) override
    {
        if (!isValid())
            return;
        if (action == setFocusAction()) {
            m_canvas->setFocus();
            m_canvas->setFocusedElement(m_element);
        } else if (action == pressAction()) {
            const QVector<MarkId> ids{idOf(*m_scene, m_element)};
            m_canvas->select(ids);
            Q_EMIT m_canvas->selectionChanged(ids);
        }
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    /// "Object store, violation, 3 of 14".
    QString description() const
    {
        QStringList parts{kindTextOf(*m_scene, m_element)};
        if (const QString state = stateTextOf(*m_scene, m_element); !state.isEmpty())
            parts << state;
        const auto [place, count] = m_canvas->placeOf(m_element);
        parts << QCoreApplication::translate("Canvas", "%1 of %2").arg(place).arg(count);
        return parts.join(QLatin1String(", "));
    }

    QPointer<Canvas> m_canvas;
    std::shared_ptr<const Scene> m_scene;
    ElementRef m_element;
};

/// The canvas for assistive tools: its children are the elements in view.
class CanvasAccessible final : public QAccessibleWidget {
public:
    explicit CanvasAccessible(Canvas* canvas) : QAccessibleWidget(canvas, QAccessible::List) { }
    ~CanvasAccessible() override { forget(); }

    int childCount() const override { return static_cast<int>(canvas()->accessibleElements().size()); }

    QAccessibleInterface* child(int index) const override
    {
        const QVector<ElementRef>& elements = canvas()->accessibleElements();
        return index >= 0 && index < elements.size() ? interfaceOf(elements[index]) : nullptr;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* element = dynamic_cast<const ElementAccessible*>(child);
        return element ? static_cast<int>(canvas()->accessibleElements().indexOf(element->element())) : -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        const ElementRef element = canvas()->elementAt(canvas()->mapFromGlobal(QPoint(x, y)));
        return element.isNull() ? nullptr : interfaceOf(element);
    }

    QAccessibleInterface* focusChild() const override
    {
        const ElementRef focused = canvas()->focusedElement();
        return canvas()->hasFocus() && !focused.isNull() ? interfaceOf(focused) : nullptr;
    }

    QAccessibleInterface* interfaceOf(ElementRef element) const
    {
        if (m_scene != canvas()->sharedScene()) {
            forget();
            m_scene = canvas()->sharedScene();
        }
        const auto [found, isNew] = m_ids.try_emplace(element, 0);
        if (isNew)
            found->second = QAccessible::registerAccessibleInterface(new ElementAccessible(canvas(), m_scene, element));
        return QAccessible::accessibleInterface(found->second);
    }

private:
    Canvas* canvas() const { return static_cast<Canvas*>(widget()); }

    void forget() const
    {
        for (const auto& [element, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
        m_ids.clear();
    }

    mutable std::shared_ptr<const Scene> m_scene;
    mutable std::map<ElementRef, QAccessible::Id> m_ids;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<Canvas*>(object);
    return canvas ? new CanvasAccessible(canvas) : nullptr;
}

} // namespace

void installCanvasAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled);
}

void Canvas::announceFocus()
{
    if (!QAccessible::isActive() || m_emphasis.focused.isNull())
        return;
    auto* own = dynamic_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(this));
    if (!own)
        return;
    QAccessibleEvent event(own->interfaceOf(m_emphasis.focused), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void Canvas::announceElements()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

} // namespace glacis
