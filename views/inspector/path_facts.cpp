// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/path_facts.h"

#include "document/labels.h"
#include "marks/marks.h"

#include <QLocale>

#include <algorithm>

namespace glacis {

namespace {

class PathFacts {
    Q_DECLARE_TR_FUNCTIONS(PathFacts)
public:
    static Heading heading(const Estate& estate, const AttackPath& path)
    {
        Heading heading;
        heading.glyph = Glyph::Paths;
        heading.state = MarkState::Violation;
        if (path.steps.empty())
            return heading;
        heading.title = between(estate, path.steps.front().from, path.steps.back().to);
        heading.kind = tr("Attack path, %n step(s)", nullptr, static_cast<int>(path.steps.size()));
        heading.place = tr("cost to an attacker %L1").arg(path.cost, 0, 'f', 1);
        return heading;
    }

    static Heading heading(const Estate& estate, const AttackStep& step)
    {
        Heading heading;
        heading.title = between(estate, step.from, step.to);
        heading.kind = tr("Attack step");
        heading.sentence = shown(step.sentence);
        heading.glyph = Glyph::Paths;
        heading.state = step.open.empty() ? MarkState::Violation : MarkState::Latent;
        return heading;
    }

    static Heading heading(const WhatIf& whatIf, std::size_t at)
    {
        Heading heading;
        heading.title = whatIf.trials[at].title;
        heading.kind = tr("What-if");
        heading.glyph = Glyph::WhatIf;
        heading.state = MarkState::Changed;
        return heading;
    }

    static void path(Rows& rows, const Answers& answers, const AttackPath& path)
    {
        int number = 0;
        for (const AttackStep& step : path.steps) {
            rows.step(step, ++number);
            if (const Technique* technique = techniqueOf(step))
                rows.fact(tr("Would show it"), shown(technique->detect));
            rows.fact(tr("Takes it away"), shown(step.fix));
            cut(rows, answers, step);
        }
    }

    static void step(Rows& rows, const Answers& answers, const AttackStep& step)
    {
        const Technique* technique = techniqueOf(step);
        rows.fact(tr("Technique"), technique ? shown(technique->title) : shown(step.technique));
        if (technique)
            rows.fact(tr("ATT&CK"), shown(technique->attack));
        rows.fact(tr("Cost"), tr("%L1 (1 is one quiet call)").arg(step.cost, 0, 'f', 1));
        if (technique)
            rows.fact(tr("Would show it"), shown(technique->detect));
        rows.fact(tr("Takes it away"), shown(step.fix));
        if (technique)
            rows.fact(tr("Source"), tr("“%1”, %2").arg(shown(technique->source), shown(technique->publisher)));
        cut(rows, answers, step);
        if (!step.open.empty())
            rows.heading(tr("Holds only if"));
        rows.open(step.open);
        if (!step.because.empty())
            rows.heading(tr("Because"));
        rows.reasons(step.because);
        rows.hops(step.hops);
        rows.heading(tr("From and to"));
        rows.thing(step.from, titleOf(answers.estate->kind(step.from)));
        rows.thing(step.to, titleOf(answers.estate->kind(step.to)));
    }

    static void trial(Rows& rows, const Answers& answers, std::size_t at)
    {
        const Trial& trial = answers.whatIf->trials[at];
        const ChangeEffect& effect = answers.whatIf->effects[at];
        rows.fact(tr("Paths"), textOf(effect.paths));
        rows.fact(tr("Violations"), textOf(effect.violations));
        rows.fact(tr("Findings"), textOf(effect.findings));
        rows.heading(tr("What is changed"));
        for (const Change& change : trial.changes)
            rows.line(shown(describe(change)), Glyph::Cut).state = MarkState::Changed;
        if (trial.cuts) {
            rows.heading(tr("The step that it takes away"));
            rows.line(shown(trial.cuts->sentence), Glyph::Paths).leadsTo = Selected::step(trial.cuts);
        }
        rows.things(tr("Changed things"), changedThings(*answers.estate, {trial}));
        rows.note(tr("Nothing of this touches the import. Del in the table Changes takes it back, Ctrl+Z the last."));
    }

private:
    static QString between(const Estate& estate, NodeId from, NodeId to)
    {
        return tr("%1 → %2").arg(nameOf(estate, from), nameOf(estate, to));
    }

    static const Technique* techniqueOf(const AttackStep& step)
    {
        const auto& all = techniques();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Technique& one) { return one.id == step.technique; });
        return found == all.end() ? nullptr : &*found;
    }

    static void cut(Rows& rows, const Answers& answers, const AttackStep& step)
    {
        Trial trial = trialThatCuts(*answers.estate, step);
        if (trial.changes.empty())
            return;
        QStringList changes;
        for (const Change& change : trial.changes)
            changes << shown(describe(change));
        FactRow& row = rows.line(tr("Cut this and see what it changes"), Glyph::Cut);
        row.name = changes.join(QStringLiteral("; "));
        row.tries = std::move(trial);
    }
};

} // namespace

Heading pathHeading(const Estate& estate, const AttackPath& path)
{
    return PathFacts::heading(estate, path);
}

void addPath(Rows& rows, const Answers& answers, const AttackPath& path)
{
    PathFacts::path(rows, answers, path);
}

Heading stepHeading(const Estate& estate, const AttackStep& step)
{
    return PathFacts::heading(estate, step);
}

void addStep(Rows& rows, const Answers& answers, const AttackStep& step)
{
    PathFacts::step(rows, answers, step);
}

Heading trialHeading(const WhatIf& whatIf, std::size_t at)
{
    return PathFacts::heading(whatIf, at);
}

void addTrial(Rows& rows, const Answers& answers, std::size_t at)
{
    PathFacts::trial(rows, answers, at);
}

} // namespace glacis
