// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/tables.h"

#include "document/labels.h"
#include "document/told_labels.h"
#include "document/what_if.h"
#include "marks/marks.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>

namespace glacis {

namespace {

class Tables {
    Q_DECLARE_TR_FUNCTIONS(Tables)
public:
    static TableModel::Table findings(const Answers& answers);
    static TableModel::Table toldFindings(const Answers& answers);
    static TableModel::Table violations(const Answers& answers);
    static TableModel::Table paths(const Answers& answers);
    static TableModel::Table privileges(const Answers& answers);
    static TableModel::Table changes(const Answers& answers);
    static TableModel::Table missing(const Answers& answers);
};

std::size_t at(int row)
{
    return static_cast<std::size_t>(row);
}

/// Fails worst first, then what is not known.
std::vector<std::uint32_t> openResults(const PostureReport& report)
{
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < report.results.size(); ++i) {
        if (report.results[i].verdict != CheckVerdict::Pass)
            rows.push_back(i);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        const CheckResult &one = report.results[a], &other = report.results[b];
        if (one.verdict != other.verdict)
            return one.verdict == CheckVerdict::Fail;
        return report.check(one).severity > report.check(other).severity;
    });
    return rows;
}

/// Where the selected one stands among the rows: −1 when it is none of them, or the selection is of another kind.
template <typename Subject>
std::function<int(const Selected&)> rowAmong(const std::shared_ptr<const std::vector<std::uint32_t>>& rows)
{
    return [rows](const Selected& selected) {
        const auto* one = selected.as<Subject>();
        const auto found = one ? std::find(rows->begin(), rows->end(), one->at) : rows->end();
        return found == rows->end() ? -1 : static_cast<int>(found - rows->begin());
    };
}

/// The same where each row stands at its own position.
template <typename Subject> int ownRow(const Selected& selected)
{
    const auto* one = selected.as<Subject>();
    return one ? static_cast<int>(one->at) : -1;
}

TableModel::Table Tables::findings(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.posture)
        return table;
    const auto rows = std::make_shared<const std::vector<std::uint32_t>>(openResults(*answers.posture));
    const auto result = [answers, rows](
                            int row) -> const CheckResult& { return answers.posture->results[(*rows)[at(row)]]; };
    const auto check = [answers, result](int row) -> const Check& { return answers.posture->check(result(row)); };
    const auto fails = [result](int row) { return result(row).verdict == CheckVerdict::Fail; };
    table.rows = static_cast<int>(rows->size());
    table.columns = {
        {tr("Severity"), 90, [=](int row) { return fails(row) ? titleOf(check(row).severity) : tr("not known"); },
            [=](int row) { return fails(row) ? static_cast<int>(check(row).severity) + 1 : 0; },
            [=](int row) { return fails(row) ? stateOf(check(row).severity) : MarkState::Unknown; }},
        {tr("Finding"), 380, [=](int row) { return shown(fails(row) ? check(row).fails : check(row).title); }},
        {tr("Thing"), 190, [=](int row) { return nameOf(*answers.estate, result(row).node); }},
        {tr("Kind"), 130, [=](int row) { return titleOf(answers.estate->kind(result(row).node)); }},
        {tr("Where"), 240, [=](int row) { return placeOf(*answers.estate, result(row).node); }},
        {tr("Check"), 170, [=](int row) { return shown(check(row).id); }},
    };
    table.selected = [=](int row) { return Selected::finding(answers, (*rows)[at(row)]); };
    table.rowOf = rowAmong<subject::Finding>(rows);
    return table;
}

TableModel::Table Tables::toldFindings(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.estate)
        return table;
    auto told = std::make_shared<std::vector<ToldFinding>>(glacis::toldFindings(*answers.estate));
    sortWorstFirst(*told);
    const auto found = [told](int row) -> const ToldFinding& { return (*told)[at(row)]; };
    const auto column = [=](const QString& title, int width, std::string ToldFinding::*which) {
        return TableModel::Column{title, width, [=](int row) { return shown(found(row).*which); }};
    };
    table.rows = static_cast<int>(told->size());
    table.columns = {
        {tr("State"), 110, [=](int row) { return titleOf(found(row).state); },
            [=](int row) { return -static_cast<int>(found(row).state); }, [=](int row) { return stateOf(found(row)); }},
        {tr("Severity"), 110, [=](int row) { return shown(found(row).severity); },
            [=](int row) { return rankOf(found(row)); }},
        column(tr("Program"), 150, &ToldFinding::tool),
        column(tr("Finding"), 380, &ToldFinding::title),
        {tr("Thing"), 190, [=](int row) { return nameOf(*answers.estate, found(row).of); }},
        column(tr("Status"), 120, &ToldFinding::status),
        column(tr("In its words"), 380, &ToldFinding::words),
        column(tr("Its rule"), 220, &ToldFinding::rule),
    };
    table.selected = [=](int row) { return Selected::thing(found(row).of); };
    table.rowOf = [=](const Selected& selected) {
        const auto first = std::find_if(told->begin(), told->end(), [&](const ToldFinding& one) {
            return selected.as<subject::Things>() && selected.things == std::vector{one.of};
        });
        return first == told->end() ? -1 : static_cast<int>(first - told->begin());
    };
    return table;
}

TableModel::Table Tables::violations(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.segmentation)
        return table;
    const auto violation = [answers](int row) -> const Violation& { return answers.segmentation->violations[at(row)]; };
    const auto zone = [answers](std::uint32_t position) {
        return position == Placement::unassigned ? tr("unassigned")
                                                 : shown(answers.segmentation->tiers.zones[position].title);
    };
    table.rows = static_cast<int>(answers.segmentation->violations.size());
    table.columns = {
        {tr("Severity"), 90, [=](int row) { return titleOf(violation(row).severity); },
            [=](int row) { return static_cast<int>(violation(row).severity); },
            [=](int row) { return stateOf(violation(row).severity); }},
        {tr("Violation"), 420, [=](int row) { return shown(violation(row).sentence); }},
        {tr("Zones"), 160,
            [=](int row) { return tr("%1 → %2").arg(zone(violation(row).fromZone), zone(violation(row).toZone)); }},
        {tr("From"), 170, [=](int row) { return namesOf(*answers.estate, violation(row).from, 2); }},
        {tr("To"), 170, [=](int row) { return namesOf(*answers.estate, violation(row).to, 2); }},
        {tr("Ports"), 120, [=](int row) { return shown(describe(violation(row).ports)); }},
        {tr("Smallest fix"), 300, [=](int row) { return shown(violation(row).fix); }},
    };
    table.selected = [=](int row) { return Selected::violation(answers, static_cast<std::uint32_t>(row)); };
    table.rowOf = ownRow<subject::Violation>;
    return table;
}

TableModel::Table Tables::paths(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.paths)
        return table;
    const auto path = [answers](int row) -> const AttackPath& { return answers.paths->paths[at(row)]; };
    const auto end = [answers, path](int row, bool first) {
        const auto& steps = path(row).steps;
        return steps.empty() ? QString() : nameOf(*answers.estate, first ? steps.front().from : steps.back().to);
    };
    table.rows = static_cast<int>(answers.paths->paths.size());
    table.columns = {
        {tr("Cost"), 70, [=](int row) { return QLocale().toString(path(row).cost, 'f', 1); },
            [=](int row) { return path(row).cost; }, {}, true},
        {tr("From"), 180, [=](int row) { return end(row, true); }},
        {tr("To"), 220, [=](int row) { return end(row, false); }},
        {tr("Steps"), 70, [=](int row) { return QLocale().toString(static_cast<qulonglong>(path(row).steps.size())); },
            [=](int row) { return static_cast<int>(path(row).steps.size()); }, {}, true},
        {tr("Open conditions"), 130,
            [=](int row) {
                const auto& steps = path(row).steps;
                const auto open = std::count_if(
                    steps.begin(), steps.end(), [](const AttackStep& step) { return !step.open.empty(); });
                return open == 0 ? tr("none") : tr("%n step(s)", nullptr, static_cast<int>(open));
            }},
        {tr("Last step"), 420,
            [=](int row) { return path(row).steps.empty() ? QString() : shown(path(row).steps.back().sentence); }},
    };
    table.selected = [=](int row) {
        // Shares the answer's own path and keeps all of it.
        return Selected::path(std::shared_ptr<const AttackPath>(answers.paths, &path(row)));
    };
    table.rowOf = [=](const Selected& selected) {
        const auto* one = selected.as<subject::Path>();
        if (!one)
            return -1;
        const auto& all = answers.paths->paths;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const AttackPath& row) { return sameWay(row, *one->path); });
        return found == all.end() ? -1 : static_cast<int>(found - all.begin());
    };
    return table;
}

/// Worst first, so that one administrator is not lost among a thousand old keys.
std::vector<std::uint32_t> worstFirst(const std::vector<PrivilegeNote>& notes)
{
    std::vector<std::uint32_t> rows(notes.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::stable_sort(rows.begin(), rows.end(),
        [&](std::uint32_t a, std::uint32_t b) { return riskOf(notes[a].what) > riskOf(notes[b].what); });
    return rows;
}

TableModel::Table Tables::privileges(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.privileges)
        return table;
    const auto rows = std::make_shared<const std::vector<std::uint32_t>>(worstFirst(*answers.privileges));
    const auto note = [answers, rows](
                          int row) -> const PrivilegeNote& { return (*answers.privileges)[(*rows)[at(row)]]; };
    table.rows = static_cast<int>(rows->size());
    table.columns = {
        {tr("Severity"), 90, [=](int row) { return titleOf(riskOf(note(row).what)); },
            [=](int row) { return static_cast<int>(riskOf(note(row).what)); },
            [=](int row) { return stateOf(riskOf(note(row).what)); }},
        {tr("Identity"), 190, [=](int row) { return nameOf(*answers.estate, note(row).of); }},
        {tr("What"), 190, [=](int row) { return titleOf(note(row).what); }},
        {tr("In a sentence"), 460, [=](int row) { return shown(note(row).text); }},
        {tr("Kind"), 110, [=](int row) { return titleOf(answers.estate->kind(note(row).of)); }},
        {tr("Where"), 200, [=](int row) { return placeOf(*answers.estate, note(row).of); }},
    };
    table.selected = [=](int row) { return Selected::privilege(answers, (*rows)[at(row)]); };
    table.rowOf = rowAmong<subject::Privilege>(rows);
    return table;
}

TableModel::Table Tables::changes(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.whatIf)
        return table;
    const auto trial = [answers](int row) -> const Trial& { return answers.whatIf->trials[at(row)]; };
    const auto effect = [answers](int row) -> const ChangeEffect& { return answers.whatIf->effects[at(row)]; };
    const auto column = [=](const QString& title, Difference ChangeEffect::*which) {
        return TableModel::Column{title, 110, [=](int row) { return textOf(effect(row).*which); },
            [=](int row) { return (effect(row).*which).came - (effect(row).*which).gone; },
            [=](int row) { return (effect(row).*which).came > 0 ? MarkState::Violation : MarkState::Normal; }, true};
    };
    table.rows = static_cast<int>(answers.whatIf->trials.size());
    table.columns = {
        {tr("Change"), 330, [=](int row) { return trial(row).title; }, {}, [](int) { return MarkState::Changed; }},
        column(tr("Paths"), &ChangeEffect::paths),
        column(tr("Violations"), &ChangeEffect::violations),
        column(tr("Findings"), &ChangeEffect::findings),
        {tr("What is changed (Del takes it back)"), 620,
            [=](int row) {
                QStringList lines;
                for (const Change& change : trial(row).changes)
                    lines << shown(describe(change));
                return lines.join(QStringLiteral("; "));
            }},
    };
    table.selected = [=](int row) { return Selected::trial(answers, static_cast<std::uint32_t>(row)); };
    table.rowOf = ownRow<subject::Trial>;
    return table;
}

TableModel::Table Tables::missing(const Answers& answers)
{
    TableModel::Table table;
    if (!answers.posture)
        return table;
    const auto row = [answers](int position) -> const MissingExport& { return answers.posture->missing[at(position)]; };
    auto decides = std::make_shared<std::map<std::uint32_t, int>>();
    for (const CheckResult& result : answers.posture->results) {
        for (const std::uint32_t missing : result.missing)
            ++(*decides)[missing];
    }
    const auto count = [decides](int position) {
        const auto found = decides->find(static_cast<std::uint32_t>(position));
        return found == decides->end() ? 0 : found->second;
    };
    const auto decided = [=](int position) {
        const auto& engines = answers.posture->forEngines;
        const auto engine = engines.find(static_cast<std::uint32_t>(position));
        const QString checks = tr("%n check(s)", nullptr, count(position));
        if (engine == engines.end())
            return checks;
        const QString what = QCoreApplication::translate("Need", engine->second.c_str());
        return count(position) == 0 ? what : tr("%1, %2").arg(what, checks);
    };
    table.rows = static_cast<int>(answers.posture->missing.size());
    table.columns = {
        {tr("Export"), 230, [=](int position) { return shown(row(position).name); }},
        {tr("Account"), 130, [=](int position) { return shown(row(position).account); }},
        {tr("Would decide"), 220, decided, [=](int position) { return count(position); }},
        {tr("Read-only command"), 620, [=](int position) { return shown(row(position).command); }},
    };
    table.selected = [](int position) { return Selected::missing(static_cast<std::uint32_t>(position)); };
    table.rowOf = ownRow<subject::Missing>;
    return table;
}

} // namespace

TableModel::Table findingsTable(const Answers& answers)
{
    return Tables::findings(answers);
}

TableModel::Table toldFindingsTable(const Answers& answers)
{
    return Tables::toldFindings(answers);
}

TableModel::Table violationsTable(const Answers& answers)
{
    return Tables::violations(answers);
}

TableModel::Table pathsTable(const Answers& answers)
{
    return Tables::paths(answers);
}

TableModel::Table privilegesTable(const Answers& answers)
{
    return Tables::privileges(answers);
}

TableModel::Table changesTable(const Answers& answers)
{
    return Tables::changes(answers);
}

TableModel::Table missingTable(const Answers& answers)
{
    return Tables::missing(answers);
}

} // namespace glacis
