// SPDX-License-Identifier: GPL-3.0-or-later
// What is tried out on a document: the undo stack is the list of changes, the estate is made again with them.
#include "session/trials.h"
#include "paths/step_changes.h"
#include "session/analyses.h"
#include "session/session.h"

#include <algorithm>

namespace glacis {

/// One step of the undo stack: the list of what is tried out, before and after.
class TrialCommand final : public QUndoCommand {
public:
    TrialCommand(Session& session, const QString& title, std::vector<Trial> before, std::vector<Trial> after)
        : QUndoCommand(title), m_session(session), m_before(std::move(before)), m_after(std::move(after))
    {
    }
    void undo() override { m_session.m_wanted = m_before; }
    void redo() override { m_session.m_wanted = m_after; }

private:
    Session& m_session;
    std::vector<Trial> m_before;
    std::vector<Trial> m_after;
};

namespace {

constexpr std::size_t mostKept = 4; ///< answers of earlier lists of changes
constexpr int mostRounds = 4; ///< of what may keep a step true after the first statement is gone

std::vector<Change> changesOf(const std::vector<Trial>& trials)
{
    std::vector<Change> all;
    for (const Trial& trial : trials)
        all.insert(all.end(), trial.changes.begin(), trial.changes.end());
    return all;
}

/// Lists that were made by the same wishes; a wish may have grown by more changes while it was computed.
bool sameWishes(const std::vector<Trial>& a, const std::vector<Trial>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Trial& one, const Trial& other) {
        return one.title == other.title && one.changes.front() == other.changes.front();
    });
}

} // namespace

/// Changes the estate, and goes on where another statement still makes true what the last change was to take away.
Tried tried(const Answers& imported, std::vector<Trial> trials, Progress& progress)
{
    Tried result;
    for (int round = 0; round < mostRounds && !progress.cancelled(); ++round) {
        const std::vector<Change> changes = changesOf(trials);
        ChangedEstate made = changed(*imported.estate, changes);
        result.hadEffect = made.withoutEffect.size() < changes.size() || result.hadEffect;
        result.answers = answered(imported, std::make_shared<const Estate>(std::move(made.estate)), progress);
        Trial& last = trials.back();
        if (!last.cuts || !result.answers.paths)
            break;
        const auto left = sameStepIn(*result.answers.paths->graph, *last.cuts);
        const std::vector<Change> more = left ? changesThatCut(*result.answers.estate, *left) : std::vector<Change>{};
        if (more.empty())
            break;
        last.changes.insert(last.changes.end(), more.begin(), more.end());
    }
    result.trials = std::move(trials);
    return result;
}

const std::vector<Trial>& Session::shownTrials() const
{
    static const std::vector<Trial> none;
    return m_answers.whatIf ? m_answers.whatIf->trials : none;
}

void Session::tryOut(const Trial& trial)
{
    if (!isOpen())
        return;
    if (trial.changes.empty()) {
        Q_EMIT trialFailed(trial.cuts && trial.cuts->kind == StepKind::Access
                ? tr("This step follows from administering the account, not from a permission of its own. Cut the "
                     "way to the account.")
                : tr("No single fact of the export makes this step true, so there is none to take away."));
        return;
    }
    std::vector<Trial> after = m_wanted;
    after.push_back(trial);
    m_undo.push(new TrialCommand(*this, trial.title, m_wanted, std::move(after)));
}

void Session::dropTrial(std::size_t at)
{
    if (at >= m_wanted.size())
        return;
    std::vector<Trial> after = m_wanted;
    after.erase(after.begin() + static_cast<std::ptrdiff_t>(at));
    m_undo.push(new TrialCommand(*this, tr("Take back: %1").arg(m_wanted[at].title), m_wanted, std::move(after)));
}

void Session::dropTrials()
{
    if (!m_wanted.empty())
        m_undo.push(new TrialCommand(*this, tr("Take all back"), m_wanted, {}));
}

void Session::tryNext()
{
    // While the document itself is being computed, a change has to wait for that.
    if (m_answers.busy || m_layingOut)
        return;
    if (sameWishes(m_wanted, shownTrials())) {
        m_shownAt = m_undo.index();
        if (m_analysing.isRunning())
            m_analysing.cancel();
        return;
    }
    if (m_wanted.empty()) {
        m_analysing.cancel();
        return publish(asImported(m_answers));
    }
    const auto known = std::find_if(m_tried.begin(), m_tried.end(),
        [this](const Answers& one) { return sameWishes(one.whatIf->trials, m_wanted); });
    if (known != m_tried.end()) {
        m_analysing.cancel();
        return publish(*known);
    }
    m_stage = tr("Trying it out");
    m_analysing.run([imported = asImported(m_answers), wanted = m_wanted](
                        Progress& progress) { return tried(imported, wanted, progress); },
        [this](Tried result, bool cancelled) {
            if (cancelled)
                return;
            if (!result.hadEffect) {
                forgetUnshown();
                Q_EMIT trialFailed(tr("There was nothing left to change."));
                return;
            }
            const Answers& imported = asImported(m_answers);
            WhatIf whatIf{imported, std::move(result.trials), {}, effectOf(imported, result.answers)};
            // Each line keeps what it did when it was made; that of the new one is the difference to what was shown.
            const std::vector<ChangeEffect> old =
                m_answers.whatIf ? m_answers.whatIf->effects : std::vector<ChangeEffect>{};
            for (const Trial& trial : whatIf.trials) {
                const auto& all = shownTrials();
                const auto at =
                    std::find_if(all.begin(), all.end(), [&](const Trial& one) { return sameWishes({one}, {trial}); });
                whatIf.effects.push_back(at != all.end() ? old[static_cast<std::size_t>(at - all.begin())]
                                                         : effectOf(m_answers, result.answers));
            }
            result.answers.whatIf = std::make_shared<const WhatIf>(std::move(whatIf));
            takeTried(std::move(result.answers));
        });
}

/// The undo stack anew, as if the changes had been made one after the other.
void Session::layOut(const std::vector<Trial>& trials)
{
    m_layingOut = true;
    m_undo.clear();
    m_wanted.clear();
    for (const Trial& trial : trials) {
        std::vector<Trial> after = m_wanted;
        after.push_back(trial);
        m_undo.push(new TrialCommand(*this, trial.title, m_wanted, std::move(after)));
    }
    m_layingOut = false;
}

void Session::takeTried(Answers tried)
{
    m_tried.push_back(tried);
    if (m_tried.size() > mostKept)
        m_tried.erase(m_tried.begin());
    publish(std::move(tried));
}

void Session::publish(Answers answers)
{
    m_answers = std::move(answers);
    m_answers.busy = false;
    m_shownAt = m_undo.index();
    Q_EMIT answersChanged();
}

/// After a cancel: what is wanted is what is shown again.
void Session::forgetUnshown()
{
    if (sameWishes(m_wanted, shownTrials()))
        return;
    m_undo.setIndex(m_shownAt);
    if (sameWishes(m_wanted, shownTrials()))
        return;
    // The way back was overwritten by what was cancelled.
    m_wanted = shownTrials();
    m_undo.clear();
}

} // namespace glacis
