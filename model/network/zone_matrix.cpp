// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/segmentation.h"

#include "catalog/schema.h"

#include <algorithm>
#include <cassert>

namespace glacis {

namespace {

bool isAllow(std::string_view access)
{
    return access == "allow" || access == "allow_only" || access == "allow_all";
}

/// One row of a file: both spellings name from, to, services, access and severity.
ZoneMatrix::Row rowOf(const Json& json, const std::string& pointer, std::string_view file, Diagnostics& notes)
{
    ZoneMatrix::Row row;
    row.from = textOf(json, "from");
    row.to = textOf(json, "to");
    row.allow = isAllow(textOf(json, "access"));
    row.severity = riskNamed(textOf(json, "severity")).value_or(Risk::Medium);
    for (const Json& service : arrayOf(json, "services")) {
        const PortSet ports = portsNamed(asText(service));
        if (ports.empty())
            notes.note(Severity::Warning, {std::string(file), pointer, 0, 0},
                "The service " + asText(service) + " is not understood; write it as tcp/443, udp/1024-2048 or any.");
        row.ports = unionOf(row.ports, ports);
    }
    return row;
}

} // namespace

const ZoneMatrix& ZoneMatrix::builtIn()
{
    static const ZoneMatrix matrix = [] {
        const Table read = loadTable("network/matrix.json", "network/schema.json", "matrix");
        assert(read.faults.empty());
        Diagnostics notes;
        ZoneMatrix made = from(read.json.dump(), "network/matrix.json", notes);
        assert(notes.empty());
        return made;
    }();
    return matrix;
}

ZoneMatrix ZoneMatrix::from(std::string_view text, std::string_view file, Diagnostics& notes)
{
    ZoneMatrix made;
    const auto json = parseJson(text);
    if (!json || !json->is_object()) {
        notes.note(Severity::Error, {std::string(file), {}, 0, 0}, "The zone matrix is not a JSON object.");
        return made;
    }
    const Json& fallback = member(*json, "default");
    made.allowByDefault = isAllow(fallback.is_object() ? textOf(fallback, "verdict") : textOf(*json, "default"));
    made.defaultSeverity = riskNamed(textOf(fallback, "severity")).value_or(Risk::Medium);
    const std::string list = json->contains("rows") ? "rows" : "flows";
    std::size_t position = 0;
    for (const Json& item : arrayOf(*json, list)) {
        const std::string pointer = pointerTo(pointerTo("", list), position++);
        Row row = rowOf(item, pointer, file, notes);
        if (row.from.empty() || row.to.empty()) {
            notes.note(
                Severity::Warning, {std::string(file), pointer, 0, 0}, "A row needs both from and to; it is left out.");
            continue;
        }
        // No ports means any: a row of which no service was understood must not come to that.
        if (row.ports.empty() && !arrayOf(item, "services").empty())
            continue;
        made.rows.push_back(std::move(row));
    }
    if (made.rows.empty())
        notes.note(
            Severity::Error, {std::string(file), {}, 0, 0}, "The zone matrix has no rows; list them under \"rows\".");
    return made;
}

ZoneMatrix::Answer ZoneMatrix::between(std::string_view from, std::string_view to) const
{
    const auto nearness = [&](const Row& row) {
        const bool fromFits = row.from == from || row.from == "*", toFits = row.to == to || row.to == "*";
        return fromFits && toFits ? 1 + (row.from == from ? 2 : 0) + (row.to == to ? 1 : 0) : 0;
    };
    int best = 0;
    for (const Row& row : rows)
        best = std::max(best, nearness(row));
    Answer answer;
    answer.severity = defaultSeverity;
    if (best == 0) {
        answer.allowed = allowByDefault ? allPorts() : PortSet{};
        return answer;
    }
    // Several rows may speak of one pair: what any allows is allowed, what one denies is taken away again.
    PortSet denied;
    bool first = true, onlyDenied = true;
    for (const Row& row : rows) {
        if (nearness(row) != best)
            continue;
        const PortSet& ports = row.ports.empty() ? allPorts() : row.ports;
        onlyDenied = onlyDenied && !row.allow;
        if (row.allow)
            answer.allowed = unionOf(answer.allowed, ports);
        else
            denied = unionOf(denied, ports);
        answer.severity = first ? row.severity : std::max(answer.severity, row.severity);
        answer.row = row.from + " → " + row.to;
        first = false;
    }
    if (onlyDenied)
        answer.allowed = allPorts();
    answer.allowed = difference(answer.allowed, denied);
    return answer;
}

} // namespace glacis
