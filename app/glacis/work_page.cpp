// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/work_page.h"

#include "document/answers.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis {

WorkPage::WorkPage(QWidget* parent) : QWidget(parent)
{
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    const auto addLabel = [&](const char* role) {
        auto* label = new QLabel(this);
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setProperty("role", QString::fromLatin1(role));
        column->addWidget(label);
        return label;
    };
    m_title = addLabel("title");
    m_stage = addLabel("");
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(380);
    m_bar->setAccessibleName(tr("Progress"));
    column->addWidget(m_bar, 0, Qt::AlignHCenter);
    m_detail = addLabel("muted");
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelReading"));
    column->addWidget(cancel, 0, Qt::AlignHCenter);
    connect(cancel, &QPushButton::clicked, this, &WorkPage::cancelWanted);
    outer->addLayout(column);
    outer->addStretch(3);
}

void WorkPage::watch(const QString& title, std::function<Progress::Snapshot()> ask)
{
    m_title->setText(title);
    m_ask = std::move(ask);
    refresh();
}

void WorkPage::refresh()
{
    if (!m_ask)
        return;
    const Progress::Snapshot now = m_ask();
    m_stage->setText(now.total > 0 ? tr("%1, %L2 of %L3").arg(shown(now.stage)).arg(now.done).arg(now.total)
            : now.done > 0         ? tr("%1, %L2 so far").arg(shown(now.stage)).arg(now.done)
                                   : shown(now.stage));
    m_bar->setRange(0, now.total > 0 ? 1000 : 0);
    if (now.total > 0)
        m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(1000, now.done * 1000 / now.total)));
    m_detail->setText(fontMetrics().elidedText(shown(now.detail), Qt::ElideMiddle, std::max(200, width() - 80)));
}

void WorkPage::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_poll.timerId())
        refresh();
    else
        QWidget::timerEvent(event);
}

void WorkPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_poll.start(90, this);
}

void WorkPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
}

} // namespace glacis
