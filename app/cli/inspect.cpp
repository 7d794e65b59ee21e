// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "core/json.h"
#include "estate/told_finding.h"
#include "posture/posture.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

namespace glacis::cli {

namespace {

using Ordered = nlohmann::ordered_json;

Ordered ledgerJson(const LedgerRow& row)
{
    Ordered leftOut = Ordered::array(), problems = Ordered::array();
    for (const LeftOut& item : row.leftOut)
        leftOut.push_back({{"what", item.what}, {"why", item.why}, {"count", item.count}});
    for (const Diagnostic& problem : row.problems)
        problems.push_back({{"place", describe(problem.place)}, {"message", problem.sentence}});
    return {{"file", row.file}, {"format", row.format}, {"facts", row.facts}, {"left_out", leftOut},
        {"problems", problems}};
}

Ordered nodeCounts(const Estate& estate)
{
    Ordered counts = Ordered::object();
    for (const KindInfo& kind : allKinds()) {
        if (const auto nodes = estate.ofKind(kind.kind); !nodes.empty())
            counts[std::string(kind.name)] = nodes.size();
    }
    return counts;
}

Ordered edgeCounts(const Estate& estate)
{
    std::map<EdgeKind, std::size_t> counted;
    for (const auto& edge : estate.facts().edges)
        ++counted[edge.kind];
    Ordered counts = Ordered::object();
    for (const auto& [kind, count] : counted)
        counts[std::string(name(kind))] = count;
    return counts;
}

/// What other programs found, in their words.
Ordered foundElsewhere(const Estate& estate)
{
    Ordered list = Ordered::array();
    for (const ToldFinding& found : toldFindings(estate)) {
        const Evidence& at = estate.evidence(found.evidence);
        list.push_back({{"source", found.tool}, {"id", found.id}, {"rule", found.rule}, {"state", name(found.state)},
            {"severity", found.severity}, {"status", found.status}, {"title", found.title}, {"words", found.words},
            {"resource", estate.id(found.of)}, {"only_mentioned", estate.node(found.of).outside},
            {"file", estate.file(at.file)}, {"pointer", estate.text(at.pointer)}, {"line", at.line}});
    }
    return list;
}

/// An export that is missing, once however many things need it.
struct MissingRow {
    const MissingExport* first = nullptr;
    std::size_t commands = 0; ///< each for another thing
    std::size_t open = 0; ///< answers of checks
    std::set<std::string> decides;
};

void tell(MissingRow& row, const PostureReport& report, std::uint32_t position)
{
    if (!row.first)
        row.first = &report.missing[position];
    ++row.commands;
    if (const auto engine = report.forEngines.find(position); engine != report.forEngines.end())
        row.decides.insert(engine->second);
}

/// What would turn most unknowns into answers first.
Ordered missing(const Estate& estate)
{
    Progress progress;
    const PostureReport report = posture(estate, {}, progress);
    std::map<std::pair<std::string, std::string>, MissingRow> rows; // by name, account
    std::vector<MissingRow*> rowOf;
    rowOf.reserve(report.missing.size());
    for (std::uint32_t i = 0; i < report.missing.size(); ++i) {
        MissingRow& row = rows[{report.missing[i].name, report.missing[i].account}];
        tell(row, report, i);
        rowOf.push_back(&row);
    }
    for (const CheckResult& result : report.results) {
        for (const std::uint32_t position : result.missing) {
            ++rowOf[position]->open;
            rowOf[position]->decides.insert(report.check(result).title);
        }
    }
    std::vector<const MissingRow*> order;
    order.reserve(rows.size());
    for (const auto& [key, row] : rows)
        order.push_back(&row);
    std::ranges::stable_sort(order, std::greater(), [](const MissingRow* row) { return row->open; });
    Ordered list = Ordered::array();
    for (const MissingRow* row : order) {
        std::string sentence;
        for (const std::string& one : row->decides)
            sentence += (sentence.empty() ? "" : "; ") + one;
        list.push_back({{"export", row->first->name}, {"command", row->first->command},
            {"account", row->first->account}, {"commands", row->commands}, {"would_decide", sentence}});
    }
    return list;
}

void printText(const Estate& estate, const Ledger& ledger)
{
    for (const LedgerRow& row : ledger.rows) {
        std::cout << row.file << "\n    " << (row.format.empty() ? "not recognised" : row.format) << ", " << row.facts
                  << " facts\n";
        for (const LeftOut& item : row.leftOut)
            std::cout << "    left out: " << item.what << " ×" << item.count << " (" << item.why << ")\n";
        for (const Diagnostic& problem : row.problems)
            std::cout << "    problem: " << describe(problem.place) << ": " << problem.sentence << '\n';
    }
    std::cout << "\nNodes\n";
    // Named first: items() refers to the object, which must outlive the loop.
    const Ordered nodes = nodeCounts(estate), edges = edgeCounts(estate);
    for (const auto& [kind, count] : nodes.items())
        std::cout << "    " << kind << ' ' << count << '\n';
    std::cout << "Edges\n";
    for (const auto& [kind, count] : edges.items())
        std::cout << "    " << kind << ' ' << count << '\n';
    std::map<std::pair<std::string, std::string_view>, std::size_t> told; // by program, state
    for (const ToldFinding& found : toldFindings(estate))
        ++told[{found.tool, name(found.state)}];
    for (const auto& [key, count] : told)
        std::cout << "Findings of " << key.first << ", " << key.second << ' ' << count << '\n';
    for (const auto& row : missing(estate))
        std::cout << "Missing: " << row["export"].get<std::string>() << " (" << row["command"].get<std::string>() << ")"
                  << (row["commands"] == 1 ? std::string() : " ×" + row["commands"].dump()) << '\n';
}

} // namespace

int inspect(const Arguments& arguments)
{
    // The ledger says why nothing was read, so it is told in every case.
    const Opened opened = open(arguments);
    if (opened.exit == Usage)
        return opened.exit;
    if (arguments.format() == Format::Text) {
        printText(opened.estate, opened.ledger);
        return opened.exit;
    }
    Ordered sources = Ordered::array();
    for (const LedgerRow& row : opened.ledger.rows)
        sources.push_back(ledgerJson(row));
    const Ordered document = {{"format", 1}, {"sources", sources}, {"nodes", nodeCounts(opened.estate)},
        {"edges", edgeCounts(opened.estate)}, {"findings_from_outside", foundElsewhere(opened.estate)},
        {"missing", missing(opened.estate)}};
    std::cout << document.dump(
        arguments.format() == Format::JsonLines ? -1 : 2, ' ', false, Ordered::error_handler_t::replace)
              << '\n';
    return opened.exit;
}

} // namespace glacis::cli
