// SPDX-License-Identifier: GPL-3.0-or-later
// A document that is read again when its files are saved: what is shown stays until the new answers are there.
#include "estate/link.h"
#include "session/session.h"
#include "session/trials.h"

#include <algorithm>

namespace glacis {

/// What another reading of the source gave.
struct Session::Again {
    Answers imported;
    Answers shown; ///< with what is tried out; the same as `imported` when nothing is
    std::vector<Trial> trials; ///< that still have something to change
    QStringList dropped; ///< titles of those that have not
    std::shared_ptr<const SourceTexts> texts;
    std::vector<HeldFile> held;
    bool readable = false;
    std::vector<Trial> wanted; ///< when the reading began
    int words = 0; ///< of the user on the network, when the reading began
};

namespace {

/// Positions of steps are those of the estate before: a change stands for itself from now on.
Trial withoutStep(Trial trial)
{
    trial.cuts.reset();
    return trial;
}

bool hasEffect(const Estate& estate, const Trial& trial)
{
    return changed(estate, trial.changes).withoutEffect.size() < trial.changes.size();
}

} // namespace

void Session::readAgain()
{
    const Answers& imported = asImported(m_answers);
    if (!isOpen() || imported.source.paths.empty() || imported.partial)
        return;
    // A reading beside is made anew; everything else that runs has to end first.
    if (m_answers.busy || m_analysing.isRunning() || (m_reading.isRunning() && !m_beside)) {
        m_readAgain = true;
        return;
    }
    m_readAgain = false;
    m_beside = true;
    m_reading.setKeepsPart(false);
    m_reading.run([imported, wanted = m_wanted, texts = m_texts](
                      Progress& progress) { return readBeside(imported, wanted, texts, progress); },
        [this, wanted = m_wanted, words = m_words](Again again, bool cancelled) {
            m_beside = false;
            if (cancelled)
                return;
            again.wanted = wanted;
            again.words = words;
            takeAgain(std::move(again));
        });
}

Session::Again Session::readBeside(const Answers& imported, const std::vector<Trial>& wanted,
    const std::shared_ptr<const SourceTexts>& texts, Progress& progress)
{
    Again again;
    SourceReading reading = readSource(imported.source, texts, progress);
    again.readable = reading.imported.ledger.anythingRead();
    again.texts = std::move(reading.texts);
    again.held = std::move(reading.held);
    if (!again.readable || progress.cancelled())
        return again;
    Answers known = imported;
    known.ledger = std::make_shared<const Ledger>(std::move(reading.imported.ledger));
    ++known.reading;
    progress.begin("Linking", 0);
    auto estate = std::make_shared<const Estate>(link(std::move(reading.imported.inventory), progress));
    again.imported = answered(known, estate, progress);
    for (const Trial& trial : wanted) {
        if (hasEffect(*estate, trial))
            again.trials.push_back(withoutStep(trial));
        else
            again.dropped << trial.title;
    }
    again.shown = again.trials.empty() ? again.imported : tried(again.imported, again.trials, progress).answers;

    auto reread = std::make_shared<Reread>();
    reread->before = imported.reread ? imported.reread->before : imported;
    reread->difference = differenceOf(*reread->before.estate, *estate);
    reread->marked = reread->difference.added;
    const auto& changed = reread->difference.changed;
    reread->marked.insert(reread->marked.end(), changed.begin(), changed.end());
    std::ranges::sort(reread->marked);
    reread->touched = touchedBy(*estate, reread->marked);
    reread->held = again.held;
    again.imported.reread = again.shown.reread = reread;
    return again;
}

void Session::takeAgain(Again again)
{
    if (!again.readable)
        return;
    // What the user did meanwhile is not in it.
    if (m_analysing.isRunning() || again.wanted != m_wanted || again.words != m_words) {
        readAgain();
        return;
    }
    m_texts = std::move(again.texts);
    const bool sameAsShown = again.imported.reread->difference.isNone() && !m_answers.reread && again.held.empty();
    if (sameAsShown && again.dropped.isEmpty())
        return;
    if (!again.trials.empty()) {
        WhatIf whatIf{again.imported, again.trials, {}, effectOf(again.imported, again.shown)};
        // What each change did when it was made was told then; the total is that of today.
        const std::vector<Trial>& before = shownTrials();
        for (const Trial& trial : again.trials) {
            const auto same = std::ranges::find(before, trial);
            whatIf.effects.push_back(same == before.end() || !m_answers.whatIf
                    ? whatIf.total
                    : m_answers.whatIf->effects[static_cast<std::size_t>(same - before.begin())]);
        }
        again.shown.whatIf = std::make_shared<const WhatIf>(std::move(whatIf));
    }
    m_tried.clear();
    layOut(again.trials);
    publish(std::move(again.shown));
    Q_EMIT readAgainDone(again.dropped);
}

void Session::takeAsStart()
{
    if (!m_answers.reread || m_answers.busy)
        return;
    Answers imported = asImported(m_answers);
    imported.reread.reset();
    if (!m_answers.whatIf) {
        publish(std::move(imported));
        return;
    }
    WhatIf whatIf = *m_answers.whatIf;
    whatIf.before = imported;
    Answers shown = m_answers;
    shown.reread.reset();
    shown.whatIf = std::make_shared<const WhatIf>(std::move(whatIf));
    m_tried.clear();
    publish(std::move(shown));
}

} // namespace glacis
