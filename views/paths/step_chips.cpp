// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/step_chips.h"

#include <QGridLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace glacis {

namespace {

QString titleOfChip(std::size_t chip)
{
    switch (chip) {
    case static_cast<std::size_t>(StepKind::Reach):
        return StepChips::tr("Connections");
    case static_cast<std::size_t>(StepKind::UseRole):
        return StepChips::tr("Roles of machines");
    case static_cast<std::size_t>(StepKind::Escalate):
        return StepChips::tr("Escalations");
    case static_cast<std::size_t>(StepKind::Administer):
        return StepChips::tr("Administration");
    case static_cast<std::size_t>(StepKind::Access):
        return StepChips::tr("Access to stores");
    default:
        return StepChips::tr("Open conditions");
    }
}

} // namespace

StepChips::StepChips(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        auto* chip = new QToolButton(this);
        chip->setObjectName(at == m_open ? QStringLiteral("openConditions") : QStringLiteral("stepKind-%1").arg(at));
        chip->setToolTip(at == m_open ? tr("Whether paths may use steps for which something must hold besides")
                                      : tr("Whether paths may use such steps"));
        chip->setCheckable(true);
        chip->setChecked(true);
        chip->setProperty("chip", true);
        grid->addWidget(chip, static_cast<int>(at) / 2, static_cast<int>(at) % 2);
        connect(chip, &QToolButton::toggled, this, &StepChips::changed);
        m_chips[at] = chip;
    }
    setGraph(nullptr);
}

void StepChips::setGraph(const AttackGraph* graph)
{
    std::array<std::size_t, m_kinds + 1> counts{};
    for (std::size_t at = 0; graph && at < graph->edges().size(); ++at) {
        const AttackGraph::Edge& edge = graph->edges()[at];
        // That an account's administrators have its stores is not a step that one looks for.
        if (!edge.isStep() || edge.source == AttackGraph::EdgeSource::AccountStore)
            continue;
        ++counts[static_cast<std::size_t>(edge.kind)];
        counts[m_open] += edge.open ? 1 : 0;
    }
    for (std::size_t at = 0; at < m_chips.size(); ++at)
        m_chips[at]->setText(QStringLiteral("%1  %L2").arg(titleOfChip(at)).arg(counts[at]));
}

StepFilter StepChips::filter() const
{
    StepFilter filter;
    unsigned without = 0;
    for (std::size_t kind = 0; kind < m_kinds; ++kind)
        without |= m_chips[kind]->isChecked() ? 0U : 1U << kind;
    filter.without = static_cast<std::uint8_t>(without);
    filter.unconditional = !m_chips[m_open]->isChecked();
    return filter;
}

int StepChips::off() const
{
    return static_cast<int>(std::ranges::count_if(m_chips, [](const QToolButton* chip) { return !chip->isChecked(); }));
}

void StepChips::turnAllOn()
{
    {
        const QSignalBlocker quiet(this);
        for (QToolButton* chip : m_chips)
            chip->setChecked(true);
    }
    Q_EMIT changed();
}

} // namespace glacis
