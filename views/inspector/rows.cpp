// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/rows.h"

#include "document/labels.h"
#include "marks/marks.h"

#include <utility>

namespace glacis {

void Rows::heading(const QString& text)
{
    FactRow row;
    row.kind = FactRow::Kind::Heading;
    row.text = text;
    m_rows.push_back(row);
}

void Rows::fact(const QString& name, const QString& value, EvidenceId evidence)
{
    if (value.isEmpty())
        return;
    FactRow row;
    row.kind = FactRow::Kind::Fact;
    row.name = name;
    row.text = value;
    row.evidence = evidence;
    m_rows.push_back(row);
}

void Rows::note(const QString& text)
{
    FactRow row;
    row.kind = FactRow::Kind::Note;
    row.text = text;
    m_rows.push_back(row);
}

void Rows::command(const QString& decides, const QString& command)
{
    FactRow row;
    row.kind = FactRow::Kind::Command;
    row.name = decides;
    row.text = command;
    m_rows.push_back(row);
}

FactRow& Rows::line(const QString& text, Glyph glyph)
{
    FactRow row;
    row.text = text;
    row.glyph = glyph;
    return m_rows.emplace_back(std::move(row));
}

void Rows::thing(NodeId node, const QString& after)
{
    const Estate& estate = *m_answers.estate;
    const QString name = nameOf(estate, node);
    FactRow& row = line(after.isEmpty() ? name : tr("%1 — %2").arg(name, after), glyphOf(estate.kind(node)));
    row.leadsTo = Selected::thing(node);
}

void Rows::things(const QString& title, const std::vector<NodeId>& nodes)
{
    if (nodes.empty())
        return;
    heading(nodes.size() == 1 ? title : tr("%1 (%L2)").arg(title).arg(nodes.size()));
    for (std::size_t at = 0; at < nodes.size() && goesOn(at, nodes.size()); ++at)
        thing(nodes[at], titleOf(m_answers.estate->kind(nodes[at])));
}

bool Rows::goesOn(std::size_t position, std::size_t total)
{
    if (position < mostRows)
        return true;
    note(tr("and %Ln more", nullptr, static_cast<int>(total - position)));
    return false;
}

void Rows::hops(const std::vector<Hop>& hops)
{
    if (hops.empty())
        return;
    heading(tr("Controls on the way"));
    for (std::size_t at = 0; at < hops.size() && goesOn(at, hops.size()); ++at) {
        const Hop& hop = hops[at];
        FactRow& row = line(shown(hop.why), hop.passed ? Glyph::Check : Glyph::Cross);
        row.good = hop.passed;
        row.state = hop.passed ? MarkState::Normal : MarkState::Violation;
        row.name = shown(hop.control) + (hop.rule.empty() ? QString() : QStringLiteral(" · ") + shown(hop.rule));
        row.evidence = hop.evidence;
        if (hop.node != noNode)
            row.leadsTo = Selected::thing(hop.node);
    }
}

void Rows::reasons(const std::vector<Reason>& because)
{
    for (std::size_t at = 0; at < because.size() && goesOn(at, because.size()); ++at) {
        FactRow& row = line(shown(because[at].text), Glyph::Policy);
        row.evidence = because[at].evidence;
        if (because[at].of != noNode)
            row.leadsTo = Selected::thing(because[at].of);
    }
}

void Rows::privileges(NodeId of, std::uint32_t but)
{
    if (!m_answers.privileges)
        return;
    const std::vector<PrivilegeNote>& notes = *m_answers.privileges;
    bool titled = false;
    for (std::uint32_t at = 0; at < notes.size(); ++at) {
        if (notes[at].of != of || at == but)
            continue;
        if (!std::exchange(titled, true))
            heading(but == ~0U ? tr("More than least privilege") : tr("And besides"));
        FactRow& row = line(shown(notes[at].text), Glyph::Warning);
        row.name = titleOf(notes[at].what);
        row.state = stateOf(riskOf(notes[at].what));
        row.leadsTo = Selected::privilege(m_answers, at);
    }
}

void Rows::open(const std::vector<std::string>& conditions)
{
    for (const std::string& condition : conditions) {
        FactRow& row = line(tr("only if %1").arg(shown(condition)), Glyph::Question);
        row.state = MarkState::Latent;
    }
}

void Rows::decision(const Decision& decision)
{
    open(decision.open);
    reasons(decision.because);
}

void Rows::step(const AttackStep& step, int number)
{
    FactRow& row = line(tr("%1. %2").arg(number).arg(shown(step.sentence)));
    row.leadsTo = Selected::step(std::make_shared<const AttackStep>(step));
    if (step.kind == StepKind::Reach)
        row.glyph = Glyph::Tiers;
    else
        row.glyph = step.kind == StepKind::Access ? Glyph::Stores : Glyph::Role;
    open(step.open);
}

void Rows::finding(std::uint32_t at)
{
    const CheckResult& result = m_answers.posture->results[at];
    const Check& check = m_answers.posture->check(result);
    const bool fails = result.verdict == CheckVerdict::Fail;
    const QString text = fails ? shown(check.fails) : tr("Not known: %1").arg(shown(check.title));
    FactRow& row = line(text, fails ? Glyph::Warning : Glyph::Question);
    row.name = fails ? titleOf(check.severity) : QString();
    row.state = fails ? stateOf(check.severity) : MarkState::Unknown;
    row.leadsTo = Selected::finding(m_answers, at);
}

void Rows::violation(std::uint32_t at)
{
    const Violation& violation = m_answers.segmentation->violations[at];
    FactRow& row = line(shown(violation.sentence), Glyph::Tiers);
    row.name = titleOf(violation.severity);
    row.state = stateOf(violation.severity);
    row.leadsTo = Selected::violation(m_answers, at);
}

void Rows::path(const AttackPath& path)
{
    if (path.steps.empty())
        return;
    const Estate& estate = *m_answers.estate;
    FactRow& row = line(tr("%1 → %2, %n step(s)", nullptr, static_cast<int>(path.steps.size()))
                            .arg(nameOf(estate, path.steps.front().from), nameOf(estate, path.steps.back().to)),
        Glyph::Paths);
    row.leadsTo = Selected::path(std::make_shared<const AttackPath>(path));
}

} // namespace glacis
