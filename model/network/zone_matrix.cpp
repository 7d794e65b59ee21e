// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/zone_matrix.h"

#include <algorithm>

namespace glacis {

namespace {

bool holds(Crossing wanted, bool crossing)
{
    return wanted == Crossing::Any || (wanted == Crossing::Different) == crossing;
}

/// How closely a row speaks of a pair; 0: not at all.
int nearness(const ZoneMatrix::Row& row, std::string_view from, std::string_view to, bool crossing)
{
    const bool fits = (row.from == from || row.from == "*") && (row.to == to || row.to == "*");
    if (!fits || !holds(row.environments, crossing))
        return 0;
    return 1 + (row.from == from ? 2 : 0) + (row.to == to ? 1 : 0) + (row.environments == Crossing::Any ? 0 : 4);
}

} // namespace

std::vector<IpPrefix> blocksOf(const MatrixZone& zone, const Estate& estate)
{
    std::vector<IpPrefix> blocks = zone.blocks;
    if (zone.prefixLists.empty())
        return blocks;
    for (const NodeId list : estate.ofKind(Kind::PrefixList)) {
        const auto isIt = [&](const std::string& named) {
            return named == estate.id(list) || named == estate.name(list);
        };
        if (std::ranges::none_of(zone.prefixLists, isIt))
            continue;
        for (const auto& entry : estate.prefixes(list))
            blocks.push_back(entry.block);
    }
    return blocks;
}

ZoneMatrix::Answer ZoneMatrix::between(std::string_view from, std::string_view to, bool crossing) const
{
    int best = 0;
    for (const Row& row : rows)
        best = std::max(best, nearness(row, from, to, crossing));
    Answer answer;
    answer.severity = defaultSeverity;
    if (best == 0) {
        bool spoken = false, allowed = allowByDefault;
        for (const Fallback& one : fallbacks) {
            if ((one.sameZone && *one.sameZone != (from == to)) || !holds(one.environments, crossing))
                continue;
            // Of several the denial holds, and of several denials the worst.
            if (!spoken || (allowed && !one.allow) || (allowed == one.allow && one.severity > answer.severity)) {
                answer.severity = one.severity;
                answer.why = one.why;
            }
            allowed = spoken ? allowed && one.allow : one.allow;
            spoken = true;
        }
        answer.allowed = allowed ? allPorts() : PortSet{};
        return answer;
    }
    // Several rows may speak of one pair: what any allows is allowed, what one denies is taken away again.
    PortSet denied;
    bool first = true, onlyDenied = true;
    for (const Row& row : rows) {
        if (nearness(row, from, to, crossing) != best)
            continue;
        const PortSet& ports = row.ports.empty() ? allPorts() : row.ports;
        onlyDenied = onlyDenied && !row.allow;
        if (row.allow) {
            answer.allowed = unionOf(answer.allowed, ports);
            answer.needs.groupReference = answer.needs.groupReference || row.needs.groupReference;
            answer.needs.narrowest = std::max(answer.needs.narrowest, row.needs.narrowest);
        } else {
            denied = unionOf(denied, ports);
        }
        answer.severity = first ? row.severity : std::max(answer.severity, row.severity);
        answer.row = row.from + " → " + row.to;
        if (!row.id.empty())
            answer.ids.push_back(row.id);
        first = false;
    }
    if (onlyDenied)
        answer.allowed = allPorts();
    answer.allowed = difference(answer.allowed, denied);
    return answer;
}

} // namespace glacis
