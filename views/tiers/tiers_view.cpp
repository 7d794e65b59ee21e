// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_view.h"

#include "marks/marks.h"

#include <QHBoxLayout>
#include <QSet>
#include <QToolButton>

#include <algorithm>

namespace glacis {

TiersView::TiersView(QWidget* parent) : CanvasView(parent)
{
    setObjectName(QStringLiteral("tiers"));
    canvas().setObjectName(QStringLiteral("tiersCanvas"));
    canvas().setAccessibleName(tr("Network tiers"));
    canvas().setEmptyText(tr("No networks yet"),
        tr("Import the networks, security groups and machines of an account to see what can reach what."));
    bar().addWidget(filter(tr("Wanted"), tr("Flows that the matrix wants"), &TiersOptions::wanted));
    bar().addWidget(filter(tr("Violations"), tr("Flows that the matrix does not want"), &TiersOptions::violations));
    bar().addWidget(filter(tr("Latent and unknown"),
        tr("What one change would open, and what the export does not tell"), &TiersOptions::latent));
    bar().addStretch(1);
}

QToolButton* TiersView::filter(const QString& text, const QString& hint, bool TiersOptions::*option)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(hint);
    button->setCheckable(true);
    button->setChecked(m_options.*option);
    button->setProperty("chip", true);
    connect(button, &QToolButton::toggled, this, [this, option](bool on) {
        m_options.*option = on;
        rebuild(Canvas::KeepCamera::Yes);
    });
    return button;
}

void TiersView::setAnswers(const Answers& answers)
{
    const bool same = answers.segmentation == m_answers.segmentation && answers.estate == m_answers.estate;
    m_answers = answers;
    if (!same)
        rebuild(Canvas::KeepCamera::No);
}

void TiersView::rebuild(Canvas::KeepCamera keep)
{
    m_picture = m_answers.segmentation && m_answers.estate
        ? tiersPicture(*m_answers.estate, *m_answers.segmentation, m_options)
        : TiersPicture{};
    showScene(m_picture.scene, keep);
    Q_EMIT summaryChanged();
}

QString TiersView::summary() const
{
    if (!m_answers.segmentation)
        return {};
    QString text =
        tr("%1 flows, %2 violations").arg(m_picture.shownFlows).arg(m_answers.segmentation->violations.size());
    if (m_picture.hiddenFlows > 0)
        text += tr(", %1 flows hidden by filters").arg(m_picture.hiddenFlows);
    return text;
}

Selected TiersView::selectedOf(const QVector<MarkId>& ids) const
{
    std::vector<NodeId> things;
    std::vector<std::uint32_t> flows;
    for (const MarkId id : ids) {
        const std::uint32_t row = markRow(id);
        switch (markKind(id)) {
        case 0:
            things.push_back(idAt<NodeId>(row));
            break;
        case tiers_mark::group:
            things.insert(things.end(), m_picture.classes[row].begin(), m_picture.classes[row].end());
            break;
        case tiers_mark::arrow:
            flows.insert(flows.end(), m_picture.arrows[row].begin(), m_picture.arrows[row].end());
            break;
        case tiers_mark::zone:
            if (ids.size() == 1)
                return Selected::zone(
                    m_answers, row < m_answers.segmentation->tiers.zones.size() ? row : Placement::unassigned);
            break;
        default:
            break;
        }
    }
    return things.empty() && !flows.empty() ? Selected::flows(m_answers, std::move(flows))
                                            : Selected::of(std::move(things));
}

QVector<MarkId> TiersView::idsOf(const Selected& selected) const
{
    QVector<MarkId> ids;
    if (!m_answers.segmentation)
        return ids;
    const auto arrowsOf = [&](const std::vector<std::uint32_t>& flows) {
        for (std::uint32_t arrow = 0; arrow < m_picture.arrows.size(); ++arrow) {
            const auto& held = m_picture.arrows[arrow];
            if (std::any_of(held.begin(), held.end(),
                    [&](std::uint32_t flow) { return std::find(flows.begin(), flows.end(), flow) != flows.end(); }))
                ids.push_back(markOf(tiers_mark::arrow, arrow));
        }
    };
    if (const auto* flows = selected.as<subject::Flows>()) {
        arrowsOf(flows->flows);
        return ids;
    }
    if (const auto* zone = selected.as<subject::Zone>()) {
        const auto count = static_cast<std::uint32_t>(m_answers.segmentation->tiers.zones.size());
        return {markOf(tiers_mark::zone, std::min(zone->zone, count))};
    }
    if (const auto* violation = selected.as<subject::Violation>()) {
        std::vector<std::uint32_t> flows;
        const auto& of = m_answers.segmentation->violationOf;
        for (std::uint32_t flow = 0; flow < of.size(); ++flow) {
            if (of[flow] == violation->at)
                flows.push_back(flow);
        }
        arrowsOf(flows);
    }
    QSet<MarkId> seen;
    for (const NodeId thing : selected.things) {
        const auto found = m_picture.markOfThing.find(index(thing));
        const MarkId id = found == m_picture.markOfThing.end() ? markOf(thing) : found->second;
        if (!seen.contains(id)) {
            seen.insert(id);
            ids.push_back(id);
        }
    }
    return ids;
}

} // namespace glacis
