// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/all/identities.h"

#include <iostream>

namespace glacis::cli {

namespace {

constexpr long long mostThreads = 256;

Ordered becauseJson(const Estate& estate, const std::vector<Reason>& reasons)
{
    Ordered because = Ordered::array();
    for (const Reason& reason : reasons)
        because.push_back(asJson(estate, reason));
    return because;
}

/// A member whose rows are written one at a time: there can be more than one would hold at once.
template <class Rows, class Json> void printMember(const char* name, const Rows& rows, bool asLine, Json asJson)
{
    std::cout << (asLine ? "\"" : "  \"") << name << "\":" << (asLine ? "[" : " [");
    const char* between = asLine ? "" : "\n    ";
    for (const auto& row : rows) {
        std::cout << between << asJson(row).dump(-1, ' ', false, Ordered::error_handler_t::replace);
        between = asLine ? "," : ",\n    ";
    }
    std::cout << (rows.empty() || asLine ? "]" : "\n  ]");
}

void printJson(const Estate& estate, const IdentityAnswers& identity, const std::vector<NearMiss>& misses, bool asLine)
{
    const char* const next = asLine ? "," : ",\n";
    std::cout << (asLine ? "{\"format\":1," : "{\n  \"format\": 1,\n");
    printMember("edges", identity.escalations, asLine, [&](const Escalation& row) {
        return Ordered{{"from", estate.id(row.from)}, {"to", estate.id(row.to)},
            {"technique", techniques()[row.technique].id}, {"condition", row.decision.open},
            {"because", becauseJson(estate, row.decision.because)}};
    });
    std::cout << next;
    printMember(
        "admins", identity.administrators, asLine, [&](const auto& row) { return Ordered(estate.id(row.first)); });
    std::cout << next;
    printMember("near_misses", misses, asLine, [&](const NearMiss& row) {
        return Ordered{{"from", estate.id(row.from)}, {"to", estate.id(row.to)},
            {"technique", techniques()[row.technique].id}, {"blocked_by", row.blockedBy},
            {"because", becauseJson(estate, row.because)}};
    });
    std::cout << (asLine ? "}\n" : "\n}\n");
}

} // namespace

int escalations(const Arguments& arguments)
{
    const std::string wanted = arguments.one("--threads");
    const auto threads = wanted.empty() ? std::optional(0LL) : integer(wanted);
    if (!threads || *threads < 0 || *threads > mostThreads) {
        std::cerr << "--threads takes a number up to " << mostThreads << ", not " << wanted << ".\n";
        return Usage;
    }
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const Estate& estate = opened.estate;
    Progress progress;
    const Access access(estate);
    const IdentityAnswers identity = identityAnswers(estate, access, progress, static_cast<unsigned>(*threads));
    const std::vector<NearMiss> misses = nearMisses(estate, access, progress, static_cast<unsigned>(*threads));
    if (arguments.format() == Format::Text) {
        for (const Escalation& row : identity.escalations) {
            std::cout << estate.name(row.from) << " → " << estate.name(row.to) << ": "
                      << techniques()[row.technique].title << '\n';
            for (const std::string& open : row.decision.open)
                std::cout << "    if: " << open << '\n';
        }
        for (const auto& [principal, decision] : identity.administrators)
            std::cout << "administrator: " << estate.name(principal) << '\n';
        return Done;
    }
    printJson(estate, identity, misses, arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace glacis::cli
