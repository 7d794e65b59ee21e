// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/what_if_bar.h"

#include "document/reread.h"

#include <QPushButton>

namespace glacis {

QString whatIfSentence(const Answers& answers)
{
    if (!answers.whatIf)
        return {};
    return WhatIfBar::tr("What-if, %n change(s): %1", nullptr, static_cast<int>(answers.whatIf->trials.size()))
        .arg(countsSentence(answers.whatIf->before, answers));
}

WhatIfBar::WhatIfBar(QWidget* parent) : ChangeBar(Glyph::WhatIf, QStringLiteral("whatIfBar"), parent)
{
    connect(addButton(tr("List"), tr("Each change and what it did"), "whatIfList"), &QPushButton::clicked, this,
        &WhatIfBar::listWanted);
    connect(addButton(tr("Undo"), tr("Takes the last change back"), "whatIfUndo"), &QPushButton::clicked, this,
        &WhatIfBar::undoWanted);
    connect(addButton(tr("Reset"), tr("Takes all changes back"), "whatIfReset"), &QPushButton::clicked, this,
        &WhatIfBar::resetWanted);
}

void WhatIfBar::setAnswers(const Answers& answers)
{
    say(whatIfSentence(answers));
}

} // namespace glacis
