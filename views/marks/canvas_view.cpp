// SPDX-License-Identifier: GPL-3.0-or-later
#include "marks/canvas_view.h"

#include <QHBoxLayout>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

namespace glacis {

CanvasView::CanvasView(QWidget* parent)
    : View(parent),
      m_canvas(new Canvas(this)),
      m_bar(new QHBoxLayout),
      m_body(new QHBoxLayout),
      m_barWidget(new QWidget(this))
{
    m_barWidget->setLayout(m_bar);
    m_barWidget->hide();
    m_bar->setContentsMargins(12, 8, 12, 8);
    m_bar->setSpacing(8);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    m_body->addWidget(m_canvas, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_barWidget);
    column->addLayout(m_body, 1);
    setFocusProxy(m_canvas);
    connect(m_canvas, &Canvas::selectionChanged, this, [this](const QVector<MarkId>& ids) { pick(selectedOf(ids)); });
}

QHBoxLayout& CanvasView::bar()
{
    m_barWidget->show();
    return *m_bar;
}

void CanvasView::setSelected(const Selected& selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    mark();
    if (const QVector<MarkId> ids = m_canvas->selection(); !ids.isEmpty() && !m_staysPut)
        m_canvas->ensureVisible(ids.front());
    selectionShown(m_selected);
}

void CanvasView::showScene(Scene scene, Canvas::KeepCamera keep)
{
    const QSignalBlocker quiet(m_canvas);
    if (std::exchange(m_keepsPlace, false) && !m_canvas->scene().isEmpty())
        keep = Canvas::KeepCamera::Yes;
    m_unmarked = m_changed.empty() ? Scene() : scene;
    markChanged(scene);
    m_canvas->setScene(std::move(scene), keep);
    mark();
}

void CanvasView::showChanged()
{
    if (!m_unmarked.isEmpty())
        showScene(std::move(m_unmarked), Canvas::KeepCamera::Yes);
}

void CanvasView::readAgain(const Answers& answers, const Selected& selected)
{
    m_keepsPlace = true;
    m_staysPut = true;
    View::readAgain(answers, selected);
    m_staysPut = false;
}

/// Violations stay what they are: a mark says the worst of its thing.
void CanvasView::markChanged(Scene& scene) const
{
    if (m_changed.empty() || scene.isEmpty())
        return;
    const QVector<MarkId> ids = idsOf(Selected::of(m_changed));
    const QSet<MarkId> changed(ids.begin(), ids.end());
    bool any = false;
    const auto colour = [&](auto& elements) {
        for (auto& element : elements) {
            if (element.state == MarkState::Violation || !changed.contains(element.id))
                continue;
            element.state = MarkState::Changed;
            any = true;
        }
    };
    colour(scene.boxes);
    colour(scene.marks);
    colour(scene.cells);
    if (!any)
        return;
    Scene::LegendEntry entry;
    entry.kind = Scene::LegendEntry::Kind::State;
    entry.state = MarkState::Changed;
    entry.text = tr("Changed since it was opened");
    scene.legend.push_back(entry);
}

void CanvasView::pick(const Selected& selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    selectionShown(m_selected);
    Q_EMIT picked(m_selected);
}

void CanvasView::mark()
{
    const QSignalBlocker quiet(m_canvas);
    m_canvas->select(idsOf(m_selected));
}

} // namespace glacis
