// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/reread_bar.h"

#include "document/labels.h"
#include "document/reread.h"

#include <QPushButton>

namespace glacis {

namespace {

constexpr std::size_t mostNamed = 12;

/// What came, changed and went by name, for the tool tip.
QString namesIn(const Answers& answers)
{
    const Reread& reread = *answers.reread;
    const Estate& now = *answers.estate;
    QStringList lines;
    const auto add = [&](const QString& sign, const Estate& estate, const std::vector<NodeId>& things) {
        for (std::size_t i = 0; i < things.size() && i < mostNamed; ++i)
            lines << sign + QLatin1Char(' ') + nameOf(estate, things[i]);
        if (things.size() > mostNamed)
            lines << sign + QStringLiteral(" …");
    };
    add(QStringLiteral("+"), now, reread.difference.added);
    add(QStringLiteral("~"), now, reread.difference.changed);
    add(QStringLiteral("−"), *reread.before.estate, reread.difference.removed);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString heldSentence(const Answers& answers)
{
    if (!answers.reread || answers.reread->held.empty())
        return {};
    const HeldFile& first = answers.reread->held.front();
    const auto others = static_cast<int>(answers.reread->held.size()) - 1;
    const QString name =
        others == 0 ? shown(first.file) : RereadBar::tr("%1 and %n more", nullptr, others).arg(shown(first.file));
    return RereadBar::tr("%1 can't be read as it stands and is shown as it was before: %2").arg(name, shown(first.why));
}

RereadBar::RereadBar(QWidget* parent) : ChangeBar(Glyph::Import, QStringLiteral("rereadBar"), parent)
{
    connect(addButton(tr("Show"), tr("Selects what came and changed"), "rereadShow"), &QPushButton::clicked, this,
        &RereadBar::showWanted);
    connect(addButton(tr("Compare from here"), tr("Takes what stands now as what later saves are held against"),
                "rereadStart"),
        &QPushButton::clicked, this, &RereadBar::startWanted);
}

void RereadBar::setAnswers(const Answers& answers)
{
    const QString sentence = rereadSentence(answers);
    say(sentence, sentence.isEmpty() ? QString() : namesIn(answers));
}

} // namespace glacis
