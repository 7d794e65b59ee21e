// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/status_line.h"

#include "document/answers.h"
#include "theme/glyphs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTimerEvent>
#include <QToolButton>

namespace glacis {

namespace {

constexpr int pollEvery = 90;
constexpr int toldFor = 4000;

/// A label that gives way instead of making the window wide.
class ElidingLabel final : public QLabel {
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override { return {40, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(
            rect(), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }
};

} // namespace

StatusLine::StatusLine(QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 1, 6, 1);
    row->setSpacing(10);
    m_summary = new ElidingLabel(this);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setObjectName(QStringLiteral("statusSummary"));
    row->addWidget(m_summary, 3);
    m_work = new ElidingLabel(this);
    m_work->setTextFormat(Qt::PlainText);
    m_work->setProperty("role", QStringLiteral("muted"));
    row->addWidget(m_work, 2);
    m_bar = new QProgressBar(this);
    m_bar->setFixedWidth(150);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    row->addWidget(m_bar);
    m_cancel = new QToolButton(this);
    m_cancel->setObjectName(QStringLiteral("cancelWork"));
    m_cancel->setProperty("flat", true);
    m_cancel->setIcon(icon(Glyph::Close));
    m_cancel->setToolTip(tr("Cancel what runs (Esc)"));
    m_cancel->setAccessibleName(tr("Cancel what runs"));
    row->addWidget(m_cancel);
    m_missing = new QToolButton(this);
    m_missing->setObjectName(QStringLiteral("missingExports"));
    m_missing->setProperty("flat", true);
    m_missing->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_missing->setIcon(icon(Glyph::Question));
    m_missing->setToolTip(tr("What could not be said, and the commands that make the exports that would"));
    row->addWidget(m_missing);
    connect(m_cancel, &QToolButton::clicked, this, &StatusLine::cancelWanted);
    connect(m_missing, &QToolButton::clicked, this, &StatusLine::missingWanted);
    setBusy(false, {});
    setMissing(0);
}

void StatusLine::setSummary(const QString& text)
{
    m_lasting = text;
    if (!m_told.isActive())
        m_summary->setText(text);
}

QString StatusLine::summary() const
{
    return m_lasting;
}

void StatusLine::tell(const QString& sentence)
{
    m_summary->setText(sentence);
    m_told.start(toldFor, this);
}

void StatusLine::setMissing(int exports)
{
    m_missing->setVisible(exports > 0);
    m_missing->setText(tr("%Ln export(s) missing", nullptr, exports));
    m_missing->setAccessibleName(m_missing->text());
}

void StatusLine::setBusy(bool busy, std::function<Progress::Snapshot()> ask)
{
    m_ask = std::move(ask);
    for (QWidget* part : {static_cast<QWidget*>(m_work), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        part->setVisible(busy);
    if (busy) {
        showProgress();
        m_poll.start(pollEvery, this);
    } else {
        m_poll.stop();
    }
}

void StatusLine::showProgress()
{
    if (!m_ask)
        return;
    const Progress::Snapshot now = m_ask();
    QString text = shown(now.stage);
    if (now.total > 0)
        text += tr(" · %L1 of %L2").arg(now.done).arg(now.total);
    else if (now.done > 0)
        text += tr(" · %L1").arg(now.done);
    if (!now.detail.empty())
        text += QStringLiteral(" · ") + shown(now.detail);
    m_work->setText(text);
    // A bar counts in int, and work in more than that holds.
    m_bar->setRange(0, now.total > 0 ? 1000 : 0);
    if (now.total > 0)
        m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(1000, now.done * 1000 / now.total)));
}

void StatusLine::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_poll.timerId()) {
        showProgress();
    } else if (event->timerId() == m_told.timerId()) {
        m_told.stop();
        m_summary->setText(m_lasting);
    } else {
        QWidget::timerEvent(event);
    }
}

} // namespace glacis
