// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/what_if_bar.h"

#include "canvas/drawing.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace glacis {

namespace {

QString number(std::size_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

std::size_t failed(const Answers& answers)
{
    const auto& results = answers.posture->results;
    return static_cast<std::size_t>(std::count_if(
        results.begin(), results.end(), [](const CheckResult& one) { return one.verdict == CheckVerdict::Fail; }));
}

} // namespace

QString whatIfSentence(const Answers& answers)
{
    if (!answers.whatIf)
        return {};
    const Answers& before = answers.whatIf->before;
    QStringList counts;
    const auto add = [&](const QString& text, std::size_t was, std::size_t is) {
        counts << text.arg(number(was), number(is));
    };
    if (before.paths && answers.paths)
        add(WhatIfBar::tr("paths %1 → %2"), before.paths->ways.size(), answers.paths->ways.size());
    if (before.segmentation && answers.segmentation)
        add(WhatIfBar::tr("violations %1 → %2"), before.segmentation->violations.size(),
            answers.segmentation->violations.size());
    if (before.posture && answers.posture)
        add(WhatIfBar::tr("findings %1 → %2"), failed(before), failed(answers));
    return WhatIfBar::tr("What-if, %n change(s): %1", nullptr, static_cast<int>(answers.whatIf->trials.size()))
        .arg(counts.join(QStringLiteral(" · ")));
}

WhatIfBar::WhatIfBar(QWidget* parent) : QFrame(parent), m_sign(new QLabel(this)), m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("whatIfBar"));
    setProperty("card", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 6, 5);
    row->setSpacing(10);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    row->addWidget(m_sign);
    row->addWidget(m_text, 1);
    const auto button = [&](const QString& title, const QString& hint, const char* name) {
        auto* made = new QPushButton(title, this);
        made->setObjectName(QString::fromLatin1(name));
        made->setToolTip(hint);
        row->addWidget(made);
        return made;
    };
    connect(button(tr("List"), tr("Each change and what it did"), "whatIfList"), &QPushButton::clicked, this,
        &WhatIfBar::listWanted);
    connect(button(tr("Undo"), tr("Takes the last change back"), "whatIfUndo"), &QPushButton::clicked, this,
        &WhatIfBar::undoWanted);
    connect(button(tr("Reset"), tr("Takes all changes back"), "whatIfReset"), &QPushButton::clicked, this,
        &WhatIfBar::resetWanted);
    refreshSign();
    hide();
}

void WhatIfBar::setAnswers(const Answers& answers)
{
    m_text->setText(whatIfSentence(answers));
    setVisible(answers.whatIf != nullptr);
}

QString WhatIfBar::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void WhatIfBar::refreshSign()
{
    m_sign->setPixmap(icon(Glyph::WhatIf, stateColour(currentTheme(), MarkState::Changed)).pixmap(20, 20));
}

void WhatIfBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshSign();
    QFrame::changeEvent(event);
}

} // namespace glacis
