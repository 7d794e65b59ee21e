// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/import_rows.h"

#include "core/text.h"
#include "marks/marks.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace glacis {

namespace {

constexpr std::size_t mostKinds = 4;

class ImportWords {
    Q_DECLARE_TR_FUNCTIONS(ImportWords)
public:
    static QString state(ImportRow::State state)
    {
        switch (state) {
        case ImportRow::State::Read:
            return tr("read");
        case ImportRow::State::LeftOut:
            return tr("part left out");
        case ImportRow::State::NotRecognised:
            return tr("not recognised");
        case ImportRow::State::PartlyRead:
            return tr("partly read");
        case ImportRow::State::NotRead:
            break;
        }
        return tr("not read");
    }

    static QString source(const LedgerRow& row)
    {
        const QString tool = row.format.empty() ? tr("Not recognised") : shown(toolOf(row.format));
        const std::string_view folder = before(row.file, '/');
        return folder.size() == row.file.size() ? tool : tr("%1 · %2").arg(tool, shown(folder));
    }

    static QString kinds(const std::map<Kind, std::size_t>& counts)
    {
        std::vector<std::pair<std::size_t, Kind>> most;
        for (const auto& [kind, count] : counts)
            most.emplace_back(count, kind);
        std::ranges::sort(most, std::greater());
        QStringList words;
        for (std::size_t i = 0; i < most.size() && i < mostKinds; ++i)
            words << tr("%L1 × %2").arg(most[i].first).arg(titleOf(most[i].second));
        if (most.size() > mostKinds)
            words << QStringLiteral("…");
        return words.join(QStringLiteral(", "));
    }

    static QString leftOut(const LedgerRow& row)
    {
        QStringList words;
        for (const Diagnostic& problem : row.problems)
            words << (problem.place.line > 0 ? tr("line %L1: %2").arg(problem.place.line).arg(shown(problem.sentence))
                                             : shown(problem.sentence));
        for (const LeftOut& item : row.leftOut)
            words << (item.count > 1 ? tr("%1 × %L2 (%3)").arg(shown(item.what)).arg(item.count).arg(shown(item.why))
                                     : tr("%1 (%2)").arg(shown(item.what), shown(item.why)));
        return words.join(QStringLiteral("; "));
    }

private:
    /// "AWS CLI" of "AWS CLI describe-vpcs".
    static std::string_view toolOf(std::string_view format)
    {
        const std::size_t space = format.rfind(' ');
        const bool isCall = space != std::string_view::npos && format.find('-', space) != std::string_view::npos;
        return isCall ? format.substr(0, space) : format;
    }
};

ImportRow::State stateOf(const LedgerRow& row)
{
    using State = ImportRow::State;
    const bool wrong = std::ranges::any_of(
        row.problems, [](const Diagnostic& problem) { return problem.severity == Severity::Error; });
    if (wrong)
        return row.facts > 0 ? State::PartlyRead : State::NotRead;
    if (row.format.empty())
        return State::NotRecognised;
    return row.leftOut.empty() && row.problems.empty() ? State::Read : State::LeftOut;
}

struct Held {
    std::map<Kind, std::size_t> kinds;
    std::size_t things = 0;
    std::size_t unknown = 0;
};

/// Terraform's "${aws_s3_bucket.logs.arn}"; the variables of a policy are none.
bool isSymbolic(std::string_view text)
{
    const std::size_t at = text.find("${");
    return at != std::string_view::npos && text.substr(at + 2, 4) != "aws:";
}

/// What each file describes, by the file's name.
std::unordered_map<std::string_view, Held> heldBy(const Estate& estate, Progress& progress)
{
    std::unordered_map<std::string_view, Held> files;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        if (progress.cancelled())
            break;
        const auto node = idAt<NodeId>(i);
        const auto places = estate.evidence(node);
        if (estate.node(node).outside || places.empty())
            continue;
        Held& held = files[estate.file(estate.evidence(places.front()).file)];
        ++held.things;
        ++held.kinds[estate.kind(node)];
    }
    for (const auto& row : estate.facts().properties) {
        const auto* text = std::get_if<StringId>(&row.value);
        if (text && row.evidence != noEvidence && isSymbolic(estate.text(*text)))
            ++files[estate.file(estate.evidence(row.evidence).file)].unknown;
    }
    return files;
}

bool fits(const ImportRow& row, const QStringList& words)
{
    return std::ranges::all_of(words, [&](const QString& word) {
        return row.file.contains(word, Qt::CaseInsensitive) || row.format.contains(word, Qt::CaseInsensitive)
            || row.kinds.contains(word, Qt::CaseInsensitive) || row.leftOut.contains(word, Qt::CaseInsensitive)
            || textOf(row.state).contains(word, Qt::CaseInsensitive);
    });
}

int compare(const ImportRow& a, const ImportRow& b, int column)
{
    const auto numbers = [](std::size_t one, std::size_t other) { return one < other ? -1 : one > other ? 1 : 0; };
    switch (column) {
    case ImportOrder::File:
        return QString::compare(a.file, b.file, Qt::CaseInsensitive);
    case ImportOrder::State:
        return numbers(static_cast<std::size_t>(a.state), static_cast<std::size_t>(b.state));
    case ImportOrder::Format:
        return QString::compare(a.format, b.format, Qt::CaseInsensitive);
    case ImportOrder::Facts:
        return numbers(a.facts, b.facts);
    case ImportOrder::Things:
        return numbers(a.things, b.things);
    case ImportOrder::LeftOut:
        return QString::compare(a.leftOut, b.leftOut, Qt::CaseInsensitive);
    default:
        return numbers(a.unknown, b.unknown);
    }
}

} // namespace

QString textOf(ImportRow::State state)
{
    return ImportWords::state(state);
}

ImportRows importRows(const Ledger& ledger, const Estate& estate, Progress& progress)
{
    ImportRows all;
    const auto held = heldBy(estate, progress);
    std::map<QString, std::uint32_t> sources;
    all.rows.reserve(ledger.rows.size());
    for (std::uint32_t at = 0; at < ledger.rows.size() && !progress.cancelled(); ++at) {
        const LedgerRow& file = ledger.rows[at];
        ImportRow row{at, 0, stateOf(file), file.facts, 0, 0, shown(file.file), shown(file.format), {},
            ImportWords::leftOut(file)};
        if (const auto found = held.find(file.file); found != held.end()) {
            row.things = found->second.things;
            row.unknown = found->second.unknown;
            row.kinds = ImportWords::kinds(found->second.kinds);
        }
        row.source =
            sources.emplace(ImportWords::source(file), static_cast<std::uint32_t>(sources.size())).first->second;
        all.rows.push_back(std::move(row));
    }
    // Numbered as they came; shown by name.
    std::vector<std::uint32_t> place(sources.size());
    for (const auto& [title, number] : sources) {
        place[number] = static_cast<std::uint32_t>(all.sources.size());
        all.sources.push_back(title);
    }
    for (ImportRow& row : all.rows)
        row.source = place[row.source];
    return all;
}

std::vector<ImportGroup> arranged(const ImportRows& all, const ImportOrder& order, Progress& progress)
{
    const QStringList words = order.filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<ImportGroup> groups(all.sources.size());
    for (std::uint32_t i = 0; i < all.rows.size() && !progress.cancelled(); ++i) {
        const ImportRow& row = all.rows[i];
        if (!fits(row, words))
            continue;
        ImportGroup& group = groups[row.source];
        group.source = row.source;
        group.rows.push_back(i);
        group.facts += row.facts;
        group.things += row.things;
        group.unknown += row.unknown;
        group.incomplete += row.state == ImportRow::State::Read ? 0 : 1;
    }
    std::erase_if(groups, [](const ImportGroup& group) { return group.rows.empty(); });
    for (ImportGroup& group : groups) {
        if (order.column < 0 || progress.cancelled())
            break;
        std::ranges::stable_sort(group.rows, [&](std::uint32_t a, std::uint32_t b) {
            const int sign = compare(all.rows[a], all.rows[b], order.column);
            return order.descending ? sign > 0 : sign < 0;
        });
    }
    return groups;
}

} // namespace glacis
