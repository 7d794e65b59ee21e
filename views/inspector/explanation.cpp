// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/explanation.h"

#include "document/labels.h"
#include "inspector/access_facts.h"
#include "inspector/path_facts.h"
#include "inspector/thing_facts.h"
#include "marks/marks.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace glacis {

namespace {

class Explainer {
    Q_DECLARE_TR_FUNCTIONS(Explainer)
public:
    Explainer(const Answers& answers, const Selected& selected)
        : m_answers(answers), m_selected(selected), m_rows(answers)
    {
    }

    Heading heading() const
    {
        return std::visit([this](const auto& subject) { return headingFor(subject); }, m_selected.subject);
    }

    std::vector<FactRow> facts(Aspect aspect)
    {
        if (m_selected.isEmpty())
            return {};
        if (aspect == Aspect::Summary) {
            std::visit([this](const auto& subject) { summarise(subject); }, m_selected.subject);
        } else if (m_selected.things.size() == 1) {
            addAspect(aspect, m_selected.things.front());
        } else if (m_selected.things.empty()) {
            m_rows.note(tr("Select a thing to see this."));
        } else {
            // Of several only what each says itself; the first few are enough to choose from.
            for (std::size_t at = 0; at < std::min<std::size_t>(m_selected.things.size(), 12); ++at) {
                m_rows.heading(nameOf(estate(), m_selected.things[at]));
                addAspect(aspect, m_selected.things[at]);
            }
            if (m_selected.things.size() > 12)
                m_rows.note(tr("and %Ln more", nullptr, static_cast<int>(m_selected.things.size()) - 12));
        }
        return m_rows.take();
    }

    std::vector<Quote> quotes()
    {
        std::visit([this](const auto& subject) { quote(subject); }, m_selected.subject);
        return std::move(m_quotes);
    }

private:
    const Estate& estate() const { return *m_answers.estate; }

    void addAspect(Aspect aspect, NodeId node)
    {
        switch (aspect) {
        case Aspect::Summary:
            return addSummary(m_rows, m_answers, node);
        case Aspect::Access:
            return addAccess(m_rows, m_answers, node);
        case Aspect::Reach:
            return addReach(m_rows, m_answers, node);
        case Aspect::Paths:
            return addPaths(m_rows, m_answers, node);
        case Aspect::Findings:
            return addFindings(m_rows, m_answers, node);
        }
    }

    // ---- things
    Heading headingFor(const subject::Things&) const
    {
        if (m_selected.things.empty())
            return {};
        const NodeId first = m_selected.things.front();
        Heading heading;
        heading.glyph = glyphOf(estate().kind(first));
        heading.shape = shapeOf(estate().kind(first));
        if (m_selected.things.size() == 1) {
            heading.title = nameOf(estate(), first);
            heading.kind = titleOf(estate().kind(first));
            heading.place = placeOf(estate(), first);
            heading.state = estate().node(first).outside ? MarkState::Outside : MarkState::Normal;
            return heading;
        }
        heading.title = namesOf(estate(), m_selected.things, 2);
        const bool alike = std::all_of(m_selected.things.begin(), m_selected.things.end(),
            [&](NodeId node) { return estate().kind(node) == estate().kind(first); });
        //: %1 is a kind: "Virtual machine ×3"
        heading.kind = alike ? tr("%1 ×%L2").arg(titleOf(estate().kind(first))).arg(m_selected.things.size())
                             : tr("%Ln things", nullptr, static_cast<int>(m_selected.things.size()));
        return heading;
    }
    void summarise(const subject::Things&)
    {
        if (m_selected.things.size() == 1)
            addSummary(m_rows, m_answers, m_selected.things.front());
        else
            m_rows.things(tr("Selected"), m_selected.things);
    }
    void quote(const subject::Things&)
    {
        for (const NodeId node : m_selected.things) {
            for (const EvidenceId at : estate().evidence(node))
                addQuote(at, {}, m_selected.things.size() > 1 ? nameOf(estate(), node) : tr("describes it"));
            for (const auto& policy : estate().policies(node))
                addQuote(policy.evidence, {}, tr("policy %1").arg(shown(estate().text(policy.name))));
            if (m_quotes.size() >= mostRows)
                break;
        }
    }

    // ---- connections
    Heading headingFor(const subject::Flows& subject) const
    {
        const Flows& flows = m_answers.segmentation->flows;
        Heading heading;
        heading.glyph = Glyph::Tiers;
        heading.kind = subject.flows.size() == 1
            ? tr("Connection")
            : tr("%Ln connections", nullptr, static_cast<int>(subject.flows.size()));
        if (subject.flows.empty())
            return heading;
        const Flow& flow = flows.flows[subject.flows.front()];
        heading.title = tr("%1 → %2").arg(
            namesOf(estate(), flows.classes[flow.from].things, 2), namesOf(estate(), flows.classes[flow.to].things, 2));
        heading.place = shown(describe(flow.ports));
        for (const std::uint32_t at : subject.flows) {
            if (m_answers.segmentation->violationOf[at] != ~0u)
                heading.state = MarkState::Violation;
        }
        return heading;
    }
    void summarise(const subject::Flows& subject)
    {
        const Segmentation& segmentation = *m_answers.segmentation;
        std::set<std::uint32_t> violations;
        for (std::size_t at = 0; at < subject.flows.size() && m_rows.goesOn(at, subject.flows.size()); ++at) {
            const std::uint32_t position = subject.flows[at];
            const Flow& flow = segmentation.flows.flows[position];
            if (subject.flows.size() > 1) {
                m_rows.heading(tr("%1 → %2").arg(namesOf(estate(), segmentation.flows.classes[flow.from].things, 2),
                    namesOf(estate(), segmentation.flows.classes[flow.to].things, 2)));
            }
            m_rows.fact(tr("Ports"), shown(describe(flow.ports)));
            m_rows.fact(tr("Verdict"), shown(name(flow.verdict)));
            m_rows.fact(tr("Missing"), shown(flow.missing));
            const std::uint32_t violation = segmentation.violationOf[position];
            if (violation == ~0u)
                m_rows.fact(tr("Matrix"), tr("wanted"));
            else if (violations.insert(violation).second)
                m_rows.violation(violation);
            m_rows.hops(flow.hops);
            if (subject.flows.size() == 1) {
                m_rows.things(tr("From"), segmentation.flows.classes[flow.from].things);
                m_rows.things(tr("To"), segmentation.flows.classes[flow.to].things);
            }
        }
    }
    void quote(const subject::Flows& subject)
    {
        for (const std::uint32_t at : subject.flows)
            addHops(m_answers.segmentation->flows.flows[at].hops);
    }

    Heading headingFor(const subject::Violation& subject) const
    {
        const Violation& violation = m_answers.segmentation->violations[subject.at];
        Heading heading;
        heading.title = tr("%1 → %2").arg(namesOf(estate(), violation.from, 2), namesOf(estate(), violation.to, 2));
        heading.kind = tr("Segmentation violation, %1").arg(titleOf(violation.severity));
        heading.place = shown(describe(violation.ports));
        heading.sentence = shown(violation.sentence);
        heading.glyph = Glyph::Warning;
        heading.state = name(violation.verdict) == "latent" ? MarkState::Latent : MarkState::Violation;
        return heading;
    }
    void summarise(const subject::Violation& subject)
    {
        const Violation& violation = m_answers.segmentation->violations[subject.at];
        m_rows.fact(tr("Ports"), shown(describe(violation.ports)));
        m_rows.fact(tr("Verdict"), shown(name(violation.verdict)));
        m_rows.fact(tr("Matrix"), violation.row.empty() ? tr("no row allows this") : shown(violation.row));
        m_rows.fact(tr("Smallest fix"), shown(violation.fix));
        m_rows.hops(violation.hops);
        m_rows.things(tr("From"), violation.from);
        m_rows.things(tr("To"), violation.to);
    }
    void quote(const subject::Violation& subject) { addHops(m_answers.segmentation->violations[subject.at].hops); }

    // ---- findings
    Heading headingFor(const subject::Finding& subject) const
    {
        const CheckResult& result = m_answers.posture->results[subject.at];
        const Check& check = m_answers.posture->check(result);
        const bool fails = result.verdict == CheckVerdict::Fail;
        Heading heading;
        heading.title = nameOf(estate(), result.node);
        heading.place = placeOf(estate(), result.node);
        heading.glyph = fails ? Glyph::Warning : result.verdict == CheckVerdict::Pass ? Glyph::Check : Glyph::Question;
        heading.state = fails                         ? stateOf(check.severity)
            : result.verdict == CheckVerdict::Unknown ? MarkState::Unknown
                                                      : MarkState::Normal;
        heading.kind = fails                       ? tr("Finding, %1").arg(titleOf(check.severity))
            : result.verdict == CheckVerdict::Pass ? tr("Check passed")
                                                   : tr("Not known");
        heading.sentence = shown(fails ? check.fails : check.title);
        return heading;
    }
    void summarise(const subject::Finding& subject)
    {
        const CheckResult& result = m_answers.posture->results[subject.at];
        const Check& check = m_answers.posture->check(result);
        m_rows.fact(tr("Why it matters"), shown(check.why));
        m_rows.fact(tr("What to do"), shown(check.fix));
        m_rows.fact(tr("Rule"), tr("%1 (%2)").arg(shown(check.title), shown(check.id)));
        m_rows.fact(tr("Source"), tr("“%1”, %2").arg(shown(check.source), shown(check.publisher)));
        if (!result.missing.empty())
            m_rows.heading(tr("What would decide it"));
        for (const std::uint32_t at : result.missing)
            command(m_answers.posture->missing[at]);
        m_rows.heading(tr("Where"));
        m_rows.thing(result.node, titleOf(estate().kind(result.node)));
    }
    void quote(const subject::Finding& subject)
    {
        const CheckResult& result = m_answers.posture->results[subject.at];
        for (const EvidenceId at : result.because)
            addQuote(at, {}, tr("decided the check"));
        if (m_quotes.empty()) {
            for (const EvidenceId at : estate().evidence(result.node))
                addQuote(at, {}, tr("describes the thing; what the check asks for is not in it"));
        }
    }

    // ---- ways
    static const AttackStep* stepOf(const subject::Path& subject)
    {
        const auto& steps = subject.path->steps;
        return subject.step >= 0 && subject.step < static_cast<int>(steps.size())
            ? &steps[static_cast<std::size_t>(subject.step)]
            : nullptr;
    }
    Heading headingFor(const subject::Path& subject) const
    {
        const AttackStep* step = stepOf(subject);
        if (!step)
            return pathHeading(estate(), *subject.path);
        Heading heading = stepHeading(estate(), *step);
        heading.kind = tr("Step %1 of %2").arg(subject.step + 1).arg(subject.path->steps.size());
        return heading;
    }
    void summarise(const subject::Path& subject)
    {
        if (const AttackStep* step = stepOf(subject))
            addStep(m_rows, m_answers, *step);
        else
            addPath(m_rows, m_answers, *subject.path);
    }
    void quote(const subject::Path& subject)
    {
        if (const AttackStep* step = stepOf(subject))
            return quote(*step);
        for (const AttackStep& step : subject.path->steps)
            quote(step);
    }

    Heading headingFor(const subject::Step& subject) const { return stepHeading(estate(), *subject.step); }
    void summarise(const subject::Step& subject) { addStep(m_rows, m_answers, *subject.step); }
    void quote(const subject::Step& subject) { quote(*subject.step); }
    void quote(const AttackStep& step)
    {
        for (const Reason& reason : step.because)
            addQuote(reason.evidence, reason.pointer, shown(reason.text));
        addHops(step.hops);
    }

    // ---- fields of the access matrix
    Heading headingFor(const subject::Access& subject) const { return accessHeading(m_answers, subject); }
    void summarise(const subject::Access& subject) { addAccessField(m_rows, m_answers, subject); }
    void quote(const subject::Access& subject)
    {
        for (const StoreAccess* entry : entriesOf(m_answers, subject)) {
            for (const Reason& reason : entry->decision.because)
                addQuote(reason.evidence, reason.pointer, shown(reason.text));
        }
    }

    // ---- more than least privilege
    Heading headingFor(const subject::Privilege& subject) const
    {
        const PrivilegeNote& note = (*m_answers.privileges)[subject.at];
        Heading heading;
        heading.title = nameOf(estate(), note.of);
        heading.place = placeOf(estate(), note.of);
        heading.glyph = Glyph::Warning;
        heading.state = stateOf(riskOf(note.what));
        heading.kind = tr("%1, %2").arg(titleOf(note.what), titleOf(riskOf(note.what)));
        heading.sentence = shown(note.text);
        return heading;
    }
    void summarise(const subject::Privilege& subject)
    {
        const PrivilegeNote& note = (*m_answers.privileges)[subject.at];
        m_rows.heading(tr("Why"));
        m_rows.reasons(note.because);
        m_rows.privileges(note.of, subject.at);
        m_rows.heading(tr("Where"));
        m_rows.thing(note.of, titleOf(estate().kind(note.of)));
    }
    void quote(const subject::Privilege& subject)
    {
        for (const Reason& reason : (*m_answers.privileges)[subject.at].because)
            addQuote(reason.evidence, reason.pointer, shown(reason.text));
    }

    // ---- what is tried out
    Heading headingFor(const subject::Trial& subject) const { return trialHeading(*m_answers.whatIf, subject.at); }
    void summarise(const subject::Trial& subject) { addTrial(m_rows, m_answers, subject.at); }
    void quote(const subject::Trial& subject)
    {
        if (const auto& cuts = m_answers.whatIf->trials[subject.at].cuts)
            quote(*cuts);
    }

    // ---- responsibility
    Heading headingFor(const subject::Cell& subject) const
    {
        const ResponsibilityPicture& picture = m_answers.responsibility->picture;
        const ResponsibilityColumn& column = picture.columns[subject.column];
        const Duty& duty = *column.cells[subject.layer].duty;
        Heading heading;
        heading.title = shown(picture.table->layers[subject.layer].title);
        heading.place = shown(picture.table->models[column.model].title);
        heading.kind = sideTitle(duty.side);
        heading.glyph = Glyph::Responsibility;
        heading.state = column.cells[subject.layer].findings.empty() ? MarkState::Normal
                                                                     : stateOf(column.cells[subject.layer].worst);
        return heading;
    }
    static QString sideTitle(Side side)
    {
        switch (side) {
        case Side::Provider:
            return tr("The provider's duty");
        case Side::Customer:
            return tr("Your duty");
        case Side::Shared:
            return tr("Shared duty");
        }
        return {};
    }
    void summarise(const subject::Cell& subject)
    {
        const ResponsibilityAnswers& answers = *m_answers.responsibility;
        const ResponsibilityColumn& column = answers.picture.columns[subject.column];
        const ResponsibilityCell& cell = column.cells[subject.layer];
        m_rows.fact(tr("You"), shown(cell.duty->customer));
        m_rows.fact(tr("The provider"), shown(cell.duty->provider));
        m_rows.fact(tr("Source"), tr("“%1”, %2").arg(shown(cell.duty->source), shown(cell.duty->publisher)));
        m_rows.fact(tr("Services"), shown(column.examples));
        if (!cell.findings.empty())
            m_rows.heading(tr("Open findings (%L1)").arg(cell.findings.size()));
        for (std::size_t at = 0; at < cell.findings.size() && m_rows.goesOn(at, cell.findings.size()); ++at) {
            const LayerFinding& finding = answers.findings[cell.findings[at]];
            FactRow& row =
                m_rows.line(tr("%1: %2").arg(nameOf(estate(), finding.node), shown(finding.title)), Glyph::Warning);
            row.name = titleOf(finding.severity);
            row.state = stateOf(finding.severity);
            row.leadsTo = Selected::thing(finding.node);
        }
        m_rows.things(tr("Your things here"), column.nodes);
    }
    void quote(const subject::Cell&) { quote(subject::Things{}); }

    Heading headingFor(const subject::OutsideParty& subject) const
    {
        const OutsideParty& party = m_answers.responsibility->picture.parties[subject.at];
        Heading heading = headingFor(subject::Things{});
        heading.kind = party.role == OutsideParty::Role::ForeignAccount ? tr("Foreign account")
            : party.role == OutsideParty::Role::IdentityProvider        ? tr("Identity provider")
                                                                        : tr("Foreign principal");
        return heading;
    }
    void summarise(const subject::OutsideParty& subject)
    {
        const OutsideParty& party = m_answers.responsibility->picture.parties[subject.at];
        addSummary(m_rows, m_answers, party.node);
        m_rows.things(tr("Named by"), party.namedBy);
    }
    void quote(const subject::OutsideParty& subject)
    {
        for (const NodeId node : m_answers.responsibility->picture.parties[subject.at].namedBy) {
            for (const auto& policy : estate().policies(node))
                addQuote(policy.evidence, {}, tr("policy of %1").arg(nameOf(estate(), node)));
        }
    }

    // ---- zones
    Heading headingFor(const subject::Zone& subject) const
    {
        const Tiers& tiers = m_answers.segmentation->tiers;
        Heading heading;
        heading.title =
            subject.zone == Placement::unassigned ? tr("Unassigned") : shown(tiers.zones[subject.zone].title);
        heading.kind = tr("Zone, %Ln thing(s)", nullptr, static_cast<int>(m_selected.things.size()));
        heading.glyph = Glyph::Tiers;
        heading.state = subject.zone == Placement::unassigned ? MarkState::Unknown : MarkState::Normal;
        return heading;
    }
    void summarise(const subject::Zone&)
    {
        const Tiers& tiers = m_answers.segmentation->tiers;
        const auto& things = m_selected.things;
        for (std::size_t at = 0; at < things.size() && m_rows.goesOn(at, things.size()); ++at)
            m_rows.thing(things[at], shown(tiers.of[index(things[at])].reason));
    }
    void quote(const subject::Zone&)
    {
        for (const NodeId node : m_selected.things) {
            const Placement& placement = m_answers.segmentation->tiers.of[index(node)];
            addQuote(placement.evidence, {}, shown(placement.reason));
        }
    }

    // ---- the import
    Heading headingFor(const subject::File& subject) const
    {
        const LedgerRow& row = m_answers.ledger->rows[subject.at];
        Heading heading;
        heading.title = shown(row.file);
        heading.kind = row.format.empty() ? tr("File, not recognised") : shown(row.format);
        heading.glyph = row.problems.empty() ? Glyph::Open : Glyph::Warning;
        heading.state = !row.problems.empty() ? MarkState::Violation
            : row.format.empty()              ? MarkState::Unknown
                                              : MarkState::Normal;
        return heading;
    }
    void summarise(const subject::File& subject)
    {
        const LedgerRow& row = m_answers.ledger->rows[subject.at];
        m_rows.fact(tr("Facts taken"), QLocale().toString(static_cast<qulonglong>(row.facts)));
        if (!row.problems.empty())
            m_rows.heading(tr("Problems"));
        for (std::size_t at = 0; at < row.problems.size() && m_rows.goesOn(at, row.problems.size()); ++at) {
            FactRow& line = m_rows.line(shown(row.problems[at].sentence), Glyph::Warning);
            line.name = shown(describe(row.problems[at].place));
            line.state = MarkState::Violation;
        }
        if (!row.leftOut.empty())
            m_rows.heading(tr("Left out"));
        for (std::size_t at = 0; at < row.leftOut.size() && m_rows.goesOn(at, row.leftOut.size()); ++at) {
            const LeftOut& item = row.leftOut[at];
            FactRow& line = m_rows.line(
                item.count > 1 ? tr("%1 ×%L2").arg(shown(item.what)).arg(item.count) : shown(item.what), Glyph::EyeOff);
            line.name = shown(item.why);
        }
        if (row.problems.empty() && row.leftOut.empty())
            m_rows.note(tr("Everything in it was read."));
    }
    void quote(const subject::File&) { }

    Heading headingFor(const subject::Missing& subject) const
    {
        const MissingExport& missing = m_answers.posture->missing[subject.at];
        Heading heading;
        heading.title = shown(missing.name);
        heading.kind = tr("Missing export");
        heading.place = missing.account.empty() ? QString() : tr("account %1").arg(shown(missing.account));
        heading.glyph = Glyph::Question;
        heading.state = MarkState::Unknown;
        return heading;
    }
    void summarise(const subject::Missing& subject)
    {
        command(m_answers.posture->missing[subject.at]);
        m_rows.heading(tr("It would decide"));
        const auto& engines = m_answers.posture->forEngines;
        if (const auto engine = engines.find(subject.at); engine != engines.end())
            m_rows.line(QCoreApplication::translate("Need", engine->second.c_str()), Glyph::Question);
        std::size_t position = 0;
        const auto& results = m_answers.posture->results;
        for (std::uint32_t at = 0; at < results.size(); ++at) {
            const auto& needs = results[at].missing;
            if (std::find(needs.begin(), needs.end(), subject.at) == needs.end())
                continue;
            if (!m_rows.goesOn(position++, results.size()))
                break;
            m_rows
                .line(tr("%1: %2").arg(
                          nameOf(estate(), results[at].node), shown(m_answers.posture->check(results[at]).title)),
                    Glyph::Question)
                .leadsTo = Selected::finding(m_answers, at);
        }
    }
    void quote(const subject::Missing&) { }

    void command(const MissingExport& missing)
    {
        if (missing.command.empty())
            m_rows.note(tr("No command makes the export %1.").arg(shown(missing.name)));
        else
            m_rows.command(missing.account.empty()
                    ? shown(missing.name)
                    : tr("%1, in account %2").arg(shown(missing.name), shown(missing.account)),
                shown(missing.command));
    }

    void addHops(const std::vector<Hop>& hops)
    {
        for (const Hop& hop : hops)
            addQuote(hop.evidence, {}, shown(hop.why));
    }
    void addQuote(EvidenceId evidence, std::string within, const QString& why)
    {
        if (evidence == noEvidence || m_quotes.size() >= mostRows)
            return;
        const auto same = [&](const Quote& quote) { return quote.evidence == evidence && quote.within == within; };
        if (std::none_of(m_quotes.begin(), m_quotes.end(), same))
            m_quotes.push_back({evidence, std::move(within), why});
    }

    const Answers& m_answers;
    const Selected& m_selected;
    Rows m_rows;
    std::vector<Quote> m_quotes;
};

} // namespace

Heading headingOf(const Answers& answers, const Selected& selected)
{
    return answers.ledger ? Explainer(answers, selected).heading() : Heading{};
}

std::vector<FactRow> factsOf(const Answers& answers, const Selected& selected, Aspect aspect)
{
    return answers.ledger ? Explainer(answers, selected).facts(aspect) : std::vector<FactRow>{};
}

std::vector<Quote> quotesOf(const Answers& answers, const Selected& selected)
{
    return answers.estate ? Explainer(answers, selected).quotes() : std::vector<Quote>{};
}

} // namespace glacis
