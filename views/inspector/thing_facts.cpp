// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/thing_facts.h"

#include "catalog/catalog.h"
#include "data/data_class.h"
#include "document/labels.h"
#include "document/told_labels.h"
#include "marks/marks.h"

#include <QLocale>

#include <algorithm>

namespace glacis {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("ThingFacts", text);
}

QString valueOf(const Estate& estate, const PropertyRow<NodeId>& property)
{
    if (const bool* flag = std::get_if<bool>(&property.value))
        return *flag ? words(QT_TRANSLATE_NOOP("ThingFacts", "yes")) : words(QT_TRANSLATE_NOOP("ThingFacts", "no"));
    if (const std::int64_t* number = std::get_if<std::int64_t>(&property.value))
        return QLocale().toString(static_cast<qlonglong>(*number));
    return shown(estate.text(std::get<StringId>(property.value)));
}

QString settingTitle(std::string_view key, Kind kind)
{
    if (const Catalog::Setting* setting = Catalog::builtIn().setting(key, kind))
        return shown(setting->title);
    QString title = shown(key);
    title.replace(QLatin1Char('_'), QLatin1Char(' '));
    return title;
}

/// What is known to bind two things, in words: of the edge's source, then of its target.
struct BondWords {
    EdgeKind kind;
    const char* outgoing;
    const char* incoming;
};
constexpr BondWords bondWords[] = {
    {EdgeKind::MemberOf, QT_TRANSLATE_NOOP("ThingFacts", "member of"), QT_TRANSLATE_NOOP("ThingFacts", "member")},
    {EdgeKind::HasPolicy, QT_TRANSLATE_NOOP("ThingFacts", "has the policy"),
        QT_TRANSLATE_NOOP("ThingFacts", "attached to")},
    {EdgeKind::BoundedBy, QT_TRANSLATE_NOOP("ThingFacts", "bounded by"),
        QT_TRANSLATE_NOOP("ThingFacts", "is the boundary of")},
    {EdgeKind::RunsAs, QT_TRANSLATE_NOOP("ThingFacts", "runs as"), QT_TRANSLATE_NOOP("ThingFacts", "used by")},
    {EdgeKind::ProfileRole, QT_TRANSLATE_NOOP("ThingFacts", "hands out the role"),
        QT_TRANSLATE_NOOP("ThingFacts", "handed out by")},
    {EdgeKind::Mentions, QT_TRANSLATE_NOOP("ThingFacts", "its policy names"),
        QT_TRANSLATE_NOOP("ThingFacts", "named by the policy of")},
    {EdgeKind::AttachedTo, QT_TRANSLATE_NOOP("ThingFacts", "attached to"), QT_TRANSLATE_NOOP("ThingFacts", "carries")},
    {EdgeKind::GuardedBy, QT_TRANSLATE_NOOP("ThingFacts", "guarded by"), QT_TRANSLATE_NOOP("ThingFacts", "guards")},
    {EdgeKind::RoutedBy, QT_TRANSLATE_NOOP("ThingFacts", "routed by"), QT_TRANSLATE_NOOP("ThingFacts", "routes")},
    {EdgeKind::InSubnet, QT_TRANSLATE_NOOP("ThingFacts", "stands in"), QT_TRANSLATE_NOOP("ThingFacts", "holds")},
    {EdgeKind::ForwardsTo, QT_TRANSLATE_NOOP("ThingFacts", "forwards to"),
        QT_TRANSLATE_NOOP("ThingFacts", "receives from")},
    {EdgeKind::Targets, QT_TRANSLATE_NOOP("ThingFacts", "sends to"), QT_TRANSLATE_NOOP("ThingFacts", "receives from")},
    {EdgeKind::Connects, QT_TRANSLATE_NOOP("ThingFacts", "connects"), QT_TRANSLATE_NOOP("ThingFacts", "connected by")},
    {EdgeKind::EncryptedWith, QT_TRANSLATE_NOOP("ThingFacts", "encrypted with"),
        QT_TRANSLATE_NOOP("ThingFacts", "encrypts")},
    {EdgeKind::LogsTo, QT_TRANSLATE_NOOP("ThingFacts", "logs to"), QT_TRANSLATE_NOOP("ThingFacts", "keeps the log of")},
    {EdgeKind::Watches, QT_TRANSLATE_NOOP("ThingFacts", "watches"), QT_TRANSLATE_NOOP("ThingFacts", "watched by")},
    {EdgeKind::NotifiesOn, QT_TRANSLATE_NOOP("ThingFacts", "notifies"), QT_TRANSLATE_NOOP("ThingFacts", "notified by")},
    {EdgeKind::CopyOf, QT_TRANSLATE_NOOP("ThingFacts", "copy of"), QT_TRANSLATE_NOOP("ThingFacts", "copied to")},
};

QString bondOf(EdgeKind kind, bool outgoing)
{
    for (const BondWords& row : bondWords) {
        if (row.kind == kind)
            return words(outgoing ? row.outgoing : row.incoming);
    }
    return shown(name(kind));
}

void addBonds(Rows& rows, const Answers& answers, NodeId node)
{
    const Estate& estate = *answers.estate;
    const auto out = estate.out(node);
    const auto in = estate.in(node);
    if (out.empty() && in.empty())
        return;
    rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "Bound to")));
    const auto add = [&](NodeId other, EdgeKind kind, bool outgoing, EvidenceId evidence) {
        FactRow& row = rows.line(nameOf(estate, other), glyphOf(estate.kind(other)));
        row.name = bondOf(kind, outgoing);
        row.leadsTo = Selected::thing(other);
        row.evidence = evidence;
    };
    const std::size_t total = out.size() + in.size();
    std::size_t position = 0;
    for (const auto& edge : out) {
        if (!rows.goesOn(position++, total))
            return;
        add(edge.to, edge.kind, true, edge.evidence);
    }
    for (const EdgeId id : in) {
        if (!rows.goesOn(position++, total))
            return;
        add(estate.edge(id).from, estate.edge(id).kind, false, estate.edge(id).evidence);
    }
}

QString zoneTitle(const Tiers& tiers, std::uint32_t zone)
{
    return zone == Placement::unassigned ? words(QT_TRANSLATE_NOOP("ThingFacts", "unassigned"))
                                         : shown(tiers.zones[zone].title);
}

void waiting(Rows& rows, const Answers& answers)
{
    rows.note(answers.busy
            ? words(QT_TRANSLATE_NOOP("ThingFacts", "This is being computed."))
            : words(QT_TRANSLATE_NOOP("ThingFacts", "This was not computed. View ▸ Compute again does it.")));
}

} // namespace

void addSummary(Rows& rows, const Answers& answers, NodeId node)
{
    const Estate& estate = *answers.estate;
    const NodeRow& row = estate.node(node);
    if (row.outside) {
        rows.note(words(QT_TRANSLATE_NOOP("ThingFacts",
            "Only mentioned by what was imported; it is not part of the export, so little is known of it.")));
    }
    rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Id")), shown(estate.id(node)));
    rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Type")), shown(estate.text(row.type)));
    if (answers.segmentation && index(node) < answers.segmentation->tiers.of.size()) {
        const Placement& placement = answers.segmentation->tiers.of[index(node)];
        if (!placement.reason.empty()) {
            rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Zone")),
                words(QT_TRANSLATE_NOOP("ThingFacts", "%1, inferred: %2"))
                    .arg(zoneTitle(answers.segmentation->tiers, placement.zone), shown(placement.reason)),
                placement.evidence);
            rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Against it")), shown(placement.conflict));
        }
    }
    if (holdsData(row.kind)) {
        const Classified classified = dataClassOf(estate, node);
        const QString title = shown(name(classified.dataClass));
        const QString reason = shown(classified.reason);
        rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Data class")),
            reason.isEmpty()          ? title
                : classified.inferred ? words(QT_TRANSLATE_NOOP("ThingFacts", "%1, inferred: %2")).arg(title, reason)
                                      : words(QT_TRANSLATE_NOOP("ThingFacts", "%1: %2")).arg(title, reason));
    }
    for (const auto& address : estate.addresses(node)) {
        if (address.hasInside)
            rows.fact(
                words(QT_TRANSLATE_NOOP("ThingFacts", "Address")), shown(toString(address.inside)), address.evidence);
        if (address.hasOutside)
            rows.fact(words(QT_TRANSLATE_NOOP("ThingFacts", "Public address")), shown(toString(address.outside)),
                address.evidence);
    }
    for (const auto& block : estate.blocks(node))
        rows.fact(
            words(QT_TRANSLATE_NOOP("ThingFacts", "Address block")), shown(toString(block.block)), block.evidence);
    const auto isSetting = [&](const auto& setting) { return estate.text(setting.key) != toldFindingKey; };
    if (const auto settings = estate.properties(node); std::any_of(settings.begin(), settings.end(), isSetting)) {
        rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "Settings")));
        for (const auto& setting : settings) {
            if (isSetting(setting))
                rows.fact(settingTitle(estate.text(setting.key), row.kind), valueOf(estate, setting), setting.evidence);
        }
    }
    if (const auto tags = estate.tags(node); !tags.empty()) {
        rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "Tags")));
        for (const auto& tag : tags)
            rows.fact(shown(estate.text(tag.key)), shown(estate.text(tag.value)));
    }
    addBonds(rows, answers, node);
    const auto children = estate.children(node);
    rows.things(words(QT_TRANSLATE_NOOP("ThingFacts", "Holds")), {children.begin(), children.end()});
}

void addAccess(Rows& rows, const Answers& answers, NodeId node)
{
    if (!answers.identity)
        return waiting(rows, answers);
    const Estate& estate = *answers.estate;
    const std::size_t before = rows.size();
    const auto list = [&](const QString& title, auto keep, auto other) {
        std::size_t position = 0, total = 0;
        for (const StoreAccess& access : answers.identity->access)
            total += keep(access) ? 1 : 0;
        if (total == 0)
            return;
        rows.heading(title);
        for (const StoreAccess& access : answers.identity->access) {
            if (!keep(access))
                continue;
            if (!rows.goesOn(position++, total))
                return;
            FactRow& row = rows.line(nameOf(estate, other(access)), glyphOf(estate.kind(other(access))));
            row.name = shown(name(access.level));
            row.leadsTo = Selected::thing(other(access));
            row.state = access.decision.verdict == Verdict::Conditional ? MarkState::Latent : MarkState::Normal;
            rows.decision(access.decision);
        }
    };
    list(
        words(QT_TRANSLATE_NOOP("ThingFacts", "Who has access")), [&](const auto& row) { return row.store == node; },
        [](const auto& row) { return row.principal; });
    list(
        words(QT_TRANSLATE_NOOP("ThingFacts", "Has access to")), [&](const auto& row) { return row.principal == node; },
        [](const auto& row) { return row.store; });
    rows.privileges(node);
    bool titled = false;
    for (const Escalation& escalation : answers.identity->escalations) {
        if (escalation.from != node && escalation.to != node)
            continue;
        if (!std::exchange(titled, true))
            rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "May become")));
        const NodeId other = escalation.from == node ? escalation.to : escalation.from;
        FactRow& row = rows.line(escalation.from == node
                ? words(QT_TRANSLATE_NOOP("ThingFacts", "may become %1")).arg(nameOf(estate, other))
                : words(QT_TRANSLATE_NOOP("ThingFacts", "%1 may become this")).arg(nameOf(estate, other)),
            Glyph::Role);
        row.name = shown(techniques()[escalation.technique].title);
        row.state = MarkState::Violation;
        row.leadsTo = Selected::thing(other);
        rows.decision(escalation.decision);
    }
    for (const auto& [administrator, decision] : answers.identity->administrators) {
        if (administrator != node)
            continue;
        rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "Administrator")));
        rows.decision(decision);
    }
    if (rows.size() == before)
        rows.note(words(QT_TRANSLATE_NOOP("ThingFacts", "No access to or from it was found in what was imported.")));
}

void addReach(Rows& rows, const Answers& answers, NodeId node)
{
    if (!answers.segmentation)
        return waiting(rows, answers);
    const Flows& flows = answers.segmentation->flows;
    const std::uint32_t own = index(node) < flows.classOf.size() ? flows.classOf[index(node)] : ~0u;
    if (own == ~0u) {
        return rows.note(
            words(QT_TRANSLATE_NOOP("ThingFacts", "It has no place in a network, so no connection leads to it.")));
    }
    const auto list = [&](const QString& title, std::uint32_t Flow::*here, std::uint32_t Flow::*there) {
        std::vector<std::uint32_t> found;
        for (std::uint32_t at = 0; at < flows.flows.size(); ++at) {
            if (flows.flows[at].*here == own)
                found.push_back(at);
        }
        rows.heading(title);
        if (found.empty())
            rows.note(words(QT_TRANSLATE_NOOP("ThingFacts", "nothing")));
        for (std::size_t at = 0; at < found.size() && rows.goesOn(at, found.size()); ++at) {
            const Flow& flow = flows.flows[found[at]];
            FactRow& row = rows.line(namesOf(*answers.estate, flows.classes[flow.*there].things), Glyph::Tiers);
            row.name = shown(describe(flow.ports));
            if (flow.verdict != Reach::Reachable)
                row.name += QStringLiteral(" · ") + shown(name(flow.verdict));
            const bool wrong = answers.segmentation->violationOf[found[at]] != ~0u;
            row.state = wrong                    ? MarkState::Violation
                : flow.verdict == Reach::Unknown ? MarkState::Unknown
                                                 : MarkState::Normal;
            row.leadsTo = Selected::flows(answers, {found[at]});
        }
    };
    list(words(QT_TRANSLATE_NOOP("ThingFacts", "Can be reached from")), &Flow::to, &Flow::from);
    list(words(QT_TRANSLATE_NOOP("ThingFacts", "Can reach")), &Flow::from, &Flow::to);
}

void addPaths(Rows& rows, const Answers& answers, NodeId node)
{
    if (!answers.paths)
        return waiting(rows, answers);
    std::size_t position = 0;
    for (const AttackPath& path : answers.paths->paths) {
        const bool through = std::any_of(path.steps.begin(), path.steps.end(),
            [node](const AttackStep& step) { return step.from == node || step.to == node; });
        if (through && rows.goesOn(position++, answers.paths->paths.size()))
            rows.path(path);
    }
    if (position == 0)
        rows.note(words(QT_TRANSLATE_NOOP("ThingFacts", "None of the cheapest attack paths leads through it.")));
    for (const ChokePoint& point : answers.paths->chokePoints) {
        if (point.node == node) {
            rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "Choke point")));
            rows.line(QCoreApplication::translate("ThingFacts", "%n target(s) can be reached only through it.", nullptr,
                          static_cast<int>(point.targets)),
                Glyph::Cut);
        }
    }
}

namespace {

void addToldFinding(Rows& rows, const ToldFinding& found)
{
    FactRow& row = rows.line(shown(found.title),
        found.state == ToldState::Open            ? Glyph::Warning
            : found.state == ToldState::Undecided ? Glyph::Question
                                                  : Glyph::Check);
    row.name = found.severity.empty() ? shown(found.tool)
                                      : QStringLiteral("%1, %2").arg(shown(found.tool), shown(found.severity));
    row.state = stateOf(found);
    row.evidence = found.evidence;
    if (found.words != found.title && !found.words.empty())
        rows.note(shown(found.words));
}

/// Apart from our own, and after them.
void addToldFindings(Rows& rows, const Answers& answers, NodeId node)
{
    std::vector<ToldFinding> told = toldFindings(*answers.estate, node);
    if (told.empty())
        return;
    sortWorstFirst(told);
    rows.heading(words(QT_TRANSLATE_NOOP("ThingFacts", "From other programs")));
    const auto settled = std::find_if(told.begin(), told.end(),
        [](const ToldFinding& one) { return one.state == ToldState::Closed || one.state == ToldState::Passed; });
    const auto open = static_cast<std::size_t>(settled - told.begin());
    for (std::size_t at = 0; at < open && rows.goesOn(at, open); ++at)
        addToldFinding(rows, told[at]);
    if (const int passed = static_cast<int>(told.size() - open); passed > 0)
        rows.note(QCoreApplication::translate("ThingFacts", "%n passed or closed there.", nullptr, passed));
}

} // namespace

void addFindings(Rows& rows, const Answers& answers, NodeId node)
{
    if (!answers.posture)
        return waiting(rows, answers);
    int passed = 0;
    const std::size_t before = rows.size();
    const auto& results = answers.posture->results;
    for (const CheckVerdict wanted : {CheckVerdict::Fail, CheckVerdict::Unknown}) {
        for (std::uint32_t at = 0; at < results.size(); ++at) {
            if (results[at].node == node && results[at].verdict == wanted)
                rows.finding(at);
        }
    }
    for (const CheckResult& result : results)
        passed += result.node == node && result.verdict == CheckVerdict::Pass ? 1 : 0;
    if (answers.segmentation) {
        const auto& violations = answers.segmentation->violations;
        for (std::uint32_t at = 0; at < violations.size(); ++at) {
            const auto involves = [node](const std::vector<NodeId>& side) {
                return std::find(side.begin(), side.end(), node) != side.end();
            };
            if (involves(violations[at].from) || involves(violations[at].to))
                rows.violation(at);
        }
    }
    if (rows.size() == before)
        rows.note(words(QT_TRANSLATE_NOOP("ThingFacts", "Nothing was found against it.")));
    if (passed > 0)
        rows.note(QCoreApplication::translate("ThingFacts", "%n check(s) passed.", nullptr, passed));
    addToldFindings(rows, answers, node);
}

} // namespace glacis
