// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/check_test.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::int64_t secondsInDay = 86400;

void take(CheckOutcome& into, CheckOutcome&& from)
{
    into.because.insert(into.because.end(), from.because.begin(), from.because.end());
    into.missing.merge(from.missing);
}

/// All passes if every part passes; Any is the same with pass and fail exchanged. Only what decided is kept.
CheckOutcome joined(
    const std::vector<CheckTest>& parts, CheckVerdict deciding, NodeId node, const CheckContext& context)
{
    CheckOutcome all;
    all.verdict = deciding == CheckVerdict::Fail ? CheckVerdict::Pass : CheckVerdict::Fail;
    for (const CheckTest& part : parts) {
        CheckOutcome outcome = evaluate(part, node, context);
        if (outcome.verdict == deciding) {
            outcome.missing.clear();
            return outcome;
        }
        if (outcome.verdict == CheckVerdict::Unknown)
            all.verdict = CheckVerdict::Unknown;
        take(all, std::move(outcome));
    }
    if (all.verdict != CheckVerdict::Unknown)
        all.missing.clear();
    return all;
}

NodeId askedNode(const CheckTest& test, NodeId node, const Estate& estate)
{
    switch (test.on) {
    case CheckTest::On::Account:
        return estate.kind(node) == Kind::Account ? node : estate.node(node).account;
    case CheckTest::On::Region:
        return estate.kind(node) == Kind::Region ? node : estate.node(node).region;
    case CheckTest::On::Self:
        break;
    }
    return node;
}

CheckVerdict verdictOf(bool holds)
{
    return holds ? CheckVerdict::Pass : CheckVerdict::Fail;
}

CheckVerdict ageVerdict(std::int64_t moment, std::int64_t days, const CheckContext& context)
{
    if (context.asOf)
        return verdictOf(*context.asOf - moment <= days * secondsInDay);
    // Without the day of the export only too old is certain: the export is as old as what it speaks of, or younger.
    return context.notBefore - moment > days * secondsInDay ? CheckVerdict::Fail : CheckVerdict::Unknown;
}

std::optional<CheckVerdict> settingVerdict(const CheckTest& test, NodeId node, const CheckContext& context)
{
    const Estate& estate = context.estate;
    switch (test.op) {
    case CheckTest::Op::Flag:
        if (const auto flag = estate.flag(node, test.key))
            return verdictOf(*flag == test.wanted);
        break;
    case CheckTest::Op::Word:
        if (const auto word = estate.word(node, test.key); !word.empty())
            return verdictOf(std::find(test.words.begin(), test.words.end(), word) != test.words.end());
        break;
    case CheckTest::Op::AtLeast:
        if (const auto number = estate.number(node, test.key))
            return verdictOf(*number >= test.bound);
        break;
    case CheckTest::Op::AtMostDays:
        if (const auto moment = estate.number(node, test.key))
            return ageVerdict(*moment, test.bound, context);
        break;
    default:
        break;
    }
    return std::nullopt;
}

CheckOutcome setting(const CheckTest& test, NodeId node, const CheckContext& context)
{
    CheckOutcome outcome;
    const NodeId asked = askedNode(test, node, context.estate);
    if (asked == noNode)
        return outcome;
    if (const auto verdict = settingVerdict(test, asked, context)) {
        outcome.verdict = *verdict;
        if (const auto* row = context.estate.property(asked, test.key); row && row->evidence != noEvidence)
            outcome.because.push_back(row->evidence);
        if (*verdict == CheckVerdict::Unknown)
            outcome.missing.insert({"the day on which the export was made", "", ""});
        return outcome;
    }
    if (auto missing = context.catalog.exportOf(context.estate, asked, test.key))
        outcome.missing.insert(std::move(*missing));
    return outcome;
}

/// What shows that every thing of a kind in the place is in the export: it says so, or lists one of them.
std::optional<EvidenceId> listedBy(Kind kind, NodeId place, const std::string& call, const Estate& estate)
{
    if (const auto* mark = estate.property(place, std::string(readMark) + call))
        return mark->evidence;
    const bool isRegion = estate.kind(place) == Kind::Region;
    for (const NodeId node : estate.ofKind(kind)) {
        const NodeRow& row = estate.node(node);
        const auto seen = estate.evidence(node);
        if (!row.outside && !seen.empty() && (isRegion ? row.region : row.account) == place)
            return seen.front();
    }
    return std::nullopt;
}

/// Nothing was found: certain when the listing was read, else unknown with the call that would list.
CheckOutcome nothingFound(Kind kind, NodeId node, const CheckContext& context)
{
    const Estate& estate = context.estate;
    const NodeRow& row = estate.node(node);
    const bool isPlace = row.kind == Kind::Region || row.kind == Kind::Account;
    const NodeId place = isPlace ? node : row.region != noNode ? row.region : row.account;
    CheckOutcome outcome;
    auto missing = context.catalog.listingOf(estate, node, kind);
    if (place == noNode || !missing)
        return outcome;
    if (const auto listing = listedBy(kind, place, missing->name, estate)) {
        outcome.verdict = CheckVerdict::Fail;
        const auto seen = estate.evidence(node);
        outcome.because.assign(seen.begin(), seen.end());
        outcome.because.push_back(*listing);
    } else {
        outcome.missing.insert(std::move(*missing));
    }
    return outcome;
}

/// One of several things is enough; when none will do, an unknown one leaves it open.
class OneOf {
public:
    explicit OneOf(const CheckTest& test) : m_test(test) { }
    /// True when the search is over.
    bool offer(NodeId other, EvidenceId evidence, const CheckContext& context)
    {
        m_offered = true;
        CheckOutcome outcome;
        outcome.verdict = CheckVerdict::Pass;
        if (!m_test.parts.empty())
            outcome = evaluate(m_test.parts.front(), other, context);
        if (evidence != noEvidence)
            outcome.because.push_back(evidence);
        if (outcome.verdict == CheckVerdict::Pass) {
            m_outcome = std::move(outcome);
            return true;
        }
        m_unknown = m_unknown || outcome.verdict == CheckVerdict::Unknown;
        take(m_outcome, std::move(outcome));
        return false;
    }
    [[nodiscard]] bool offered() const { return m_offered; }
    [[nodiscard]] CheckOutcome outcome()
    {
        if (m_outcome.verdict != CheckVerdict::Pass)
            m_outcome.verdict = m_unknown ? CheckVerdict::Unknown : CheckVerdict::Fail;
        return std::move(m_outcome);
    }

private:
    const CheckTest& m_test;
    CheckOutcome m_outcome;
    bool m_offered = false;
    bool m_unknown = false;
};

CheckOutcome edge(const CheckTest& test, NodeId node, const CheckContext& context)
{
    const Estate& estate = context.estate;
    OneOf search(test);
    const auto offer = [&](NodeId other, const EdgeRow<NodeId>& row) {
        const bool fits = row.kind == test.edge && (test.kind == Kind::Other || estate.kind(other) == test.kind);
        return fits && search.offer(other, row.evidence, context);
    };
    if (test.inward) {
        for (const EdgeId id : estate.in(node)) {
            if (offer(estate.edge(id).from, estate.edge(id)))
                return search.outcome();
        }
    } else {
        for (const EdgeRow<NodeId>& row : estate.out(node)) {
            if (offer(row.to, row))
                return search.outcome();
        }
    }
    if (search.offered())
        return search.outcome();
    if (test.inward)
        return nothingFound(test.kind, node, context);
    // What a thing itself names is in its own description: read, and not there.
    CheckOutcome outcome;
    outcome.verdict = estate.node(node).outside ? CheckVerdict::Unknown : CheckVerdict::Fail;
    const auto seen = estate.evidence(node);
    outcome.because.assign(seen.begin(), seen.end());
    return outcome;
}

CheckOutcome holds(const CheckTest& test, NodeId node, const CheckContext& context)
{
    const Estate& estate = context.estate;
    const bool isRegion = estate.kind(node) == Kind::Region;
    OneOf search(test);
    for (const NodeId other : estate.ofKind(test.kind)) {
        const NodeRow& row = estate.node(other);
        if (row.outside || (isRegion ? row.region : row.account) != node)
            continue;
        const auto seen = estate.evidence(other);
        if (search.offer(other, seen.empty() ? noEvidence : seen.front(), context))
            return search.outcome();
    }
    return search.offered() ? search.outcome() : nothingFound(test.kind, node, context);
}

} // namespace

std::string_view name(CheckVerdict verdict)
{
    switch (verdict) {
    case CheckVerdict::Pass:
        return "pass";
    case CheckVerdict::Fail:
        return "fail";
    case CheckVerdict::Unknown:
        break;
    }
    return "unknown";
}

CheckOutcome evaluate(const CheckTest& test, NodeId node, const CheckContext& context)
{
    switch (test.op) {
    case CheckTest::Op::All:
        return joined(test.parts, CheckVerdict::Fail, node, context);
    case CheckTest::Op::Any:
        return joined(test.parts, CheckVerdict::Pass, node, context);
    case CheckTest::Op::Not: {
        CheckOutcome outcome = evaluate(test.parts.front(), node, context);
        if (outcome.verdict != CheckVerdict::Unknown)
            outcome.verdict = verdictOf(outcome.verdict == CheckVerdict::Fail);
        return outcome;
    }
    case CheckTest::Op::Edge:
        return edge(test, node, context);
    case CheckTest::Op::Holds:
        return holds(test, node, context);
    default:
        return setting(test, node, context);
    }
}

} // namespace glacis
