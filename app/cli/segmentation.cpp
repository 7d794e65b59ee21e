// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "network/segmentation.h"
#include "paths/public_policies.h"

#include <fstream>
#include <iostream>
#include <sstream>

namespace glacis::cli {

namespace {

std::string zoneOf(const Tiers& tiers, std::uint32_t zone)
{
    return zone == Placement::unassigned ? "unassigned" : tiers.zones[zone].id;
}

const Hop* decidedBy(const Violation& violation)
{
    for (const Hop& hop : violation.hops) {
        if (!hop.passed)
            return &hop;
    }
    return violation.hops.empty() ? nullptr : &violation.hops.back();
}

Ordered violationJson(const Estate& estate, const Tiers& tiers, const Violation& violation)
{
    Ordered hops = Ordered::array();
    for (const Hop& hop : violation.hops)
        hops.push_back(asJson(estate, hop));
    const Hop* decided = decidedBy(violation);
    Ordered row = {{"kind", violation.kind}, {"severity", name(violation.severity)},
        {"verdict", name(violation.verdict)}, {"from_zone", zoneOf(tiers, violation.fromZone)},
        {"to_zone", zoneOf(tiers, violation.toZone)}, {"from", idsOf(estate, violation.from)},
        {"to", idsOf(estate, violation.to)},
        {"ports", violation.ports.empty() ? std::string() : describe(violation.ports)}, {"row", violation.row},
        {"text", violation.sentence}, {"decided_by", decided ? asJson(estate, *decided) : Ordered::object()},
        {"hops", hops}, {"fix", violation.fix}};
    if (!violation.fromBlock.empty())
        row["from_block"] = violation.fromBlock;
    if (violation.pairs > 0)
        row["pairs"] = violation.pairs;
    if (!violation.lapsed.empty())
        row["lapsed"] = violation.lapsed;
    return row;
}

Ordered exceptedJson(const Segmentation& found, const ZoneMatrix& matrix)
{
    Ordered rows = Ordered::array();
    for (const Excepted& one : found.excepted) {
        const ZoneMatrix::Exception& exception = matrix.exceptions[one.exception];
        rows.push_back({{"owner", exception.owner}, {"reason", exception.reason}, {"expires", exception.expires},
            {"flows", one.flows}});
    }
    return rows;
}

/// The matrix of --matrix, or the program's own. False when the file can't be used, which has been said.
bool readMatrix(const std::string& file, ZoneMatrix& matrix)
{
    if (file.empty()) {
        matrix = ZoneMatrix::builtIn();
        return true;
    }
    std::ifstream in(file);
    if (!in) {
        std::cerr << file << ": the zone matrix could not be opened.\n";
        return false;
    }
    std::stringstream text;
    text << in.rdbuf();
    Diagnostics notes;
    matrix = ZoneMatrix::from(text.str(), file, notes);
    for (const Diagnostic& note : notes.all())
        std::cerr << describe(note.place) << ": " << note.sentence << '\n';
    return !matrix.rows.empty();
}

} // namespace

int segmentation(const Arguments& arguments)
{
    const std::string wanted = arguments.one("--fail-on");
    const auto failOn = riskNamed(wanted);
    if (!wanted.empty() && !failOn) {
        std::cerr << "--fail-on takes info, low, medium, high or critical.\n";
        return Usage;
    }
    ZoneMatrix matrix;
    if (!readMatrix(arguments.one("--matrix"), matrix))
        return Usage;
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const Estate& estate = opened.estate;
    Progress progress;
    const Reachability reachability(estate);
    Segmentation found = glacis::segmentation(
        estate, inferTiers(estate, {}, matrix.zones), findFlows(estate, reachability, progress), matrix);
    addViolations(found, publicPolicies(estate, Access(estate), found.tiers, matrix));
    bool failed = false;
    Ordered violations = Ordered::array();
    for (const Violation& violation : found.violations) {
        failed = failed || (failOn && violation.severity >= *failOn);
        if (arguments.format() == Format::Text)
            std::cout << name(violation.severity) << "  " << violation.kind << ": " << violation.sentence
                      << "\n    fix: " << violation.fix << '\n';
        else
            violations.push_back(violationJson(estate, found.tiers, violation));
    }
    if (arguments.format() == Format::Text)
        std::cout << found.violations.size() << " violations; " << found.tiers.unassigned << " of "
                  << found.tiers.placed.size() << " things have no tier; of " << found.pairsThatTalk
                  << " pairs that can talk inside, the matrix wants " << found.pairsWanted << ".\n";
    else
        print({{"format", 1}, {"violations", violations}, {"unassigned", found.tiers.unassigned},
                  {"pairs_that_talk", found.pairsThatTalk}, {"pairs_wanted", found.pairsWanted},
                  {"excepted", exceptedJson(found, matrix)}},
            arguments.format() == Format::JsonLines);
    return failed ? FoundSome : Done;
}

} // namespace glacis::cli
