// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility_view/responsibility_view.h"

#include "marks/marks.h"
#include "responsibility_view/responsibility_scene.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace glacis {

ResponsibilityView::ResponsibilityView(QWidget* parent) : CanvasView(parent), m_allModels(new QToolButton(this))
{
    setObjectName(QStringLiteral("responsibility"));
    canvas().setObjectName(QStringLiteral("responsibilityCanvas"));
    canvas().setAccessibleName(tr("Shared responsibility"));
    canvas().setEmptyText(
        tr("No services yet"), tr("Import an export of an account to see who secures which layer of its services."));
    m_allModels->setText(tr("Compare all service models"));
    m_allModels->setToolTip(tr("Also shows service models of which nothing was imported"));
    m_allModels->setCheckable(true);
    m_allModels->setProperty("chip", true);
    bar().addWidget(m_allModels);
    bar().addStretch(1);
    connect(m_allModels, &QToolButton::toggled, this, [this] { rebuild(Canvas::KeepCamera::No); });
}

void ResponsibilityView::setAnswers(const Answers& answers)
{
    const bool same = answers.responsibility == m_answers.responsibility && answers.estate == m_answers.estate;
    m_answers = answers;
    if (!same)
        rebuild(Canvas::KeepCamera::No);
}

void ResponsibilityView::rebuild(Canvas::KeepCamera keep)
{
    showScene(m_answers.responsibility && m_answers.estate
            ? responsibilityScene(*m_answers.estate, *m_answers.responsibility, m_allModels->isChecked())
            : Scene{},
        keep);
    Q_EMIT summaryChanged();
}

QString ResponsibilityView::summary() const
{
    if (!m_answers.responsibility)
        return {};
    std::size_t things = 0, open = 0;
    for (const ResponsibilityColumn& column : m_answers.responsibility->picture.columns) {
        things += column.nodes.size();
        for (const ResponsibilityCell& cell : column.cells)
            open += cell.duty->side == Side::Provider ? 0 : cell.findings.size();
    }
    return tr("%1 things, %2 open findings on your side").arg(things).arg(open);
}

Selected ResponsibilityView::selectedOf(const QVector<MarkId>& ids) const
{
    return ids.isEmpty() ? Selected{} : responsibilitySelection(m_answers, ids.back());
}

QVector<MarkId> ResponsibilityView::idsOf(const Selected& selected) const
{
    if (!m_answers.responsibility)
        return {};
    const ResponsibilityPicture& picture = m_answers.responsibility->picture;
    if (const auto* cell = selected.as<subject::Cell>())
        return {responsibilityCellMark(picture, cell->column, cell->layer)};
    if (const auto* party = selected.as<subject::OutsideParty>())
        return {outsidePartyMark(party->at)};
    QVector<MarkId> ids;
    for (std::uint32_t party = 0; party < picture.parties.size(); ++party) {
        if (selected.has(picture.parties[party].node))
            ids.push_back(outsidePartyMark(party));
    }
    // A thing stands in the fields of its column where it has findings.
    for (std::uint32_t column = 0; column < picture.columns.size(); ++column) {
        for (std::uint32_t layer = 0; layer < picture.columns[column].cells.size(); ++layer) {
            const std::vector<std::size_t>& found = picture.columns[column].cells[layer].findings;
            if (std::any_of(found.begin(), found.end(),
                    [&](std::size_t at) { return selected.has(m_answers.responsibility->findings[at].node); }))
                ids.push_back(responsibilityCellMark(picture, column, layer));
        }
    }
    return ids;
}

} // namespace glacis
