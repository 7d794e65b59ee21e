// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/told_finding.h"

#include "core/json.h"

#include <array>

namespace glacis {

namespace {

constexpr std::array<std::string_view, 4> stateNames = {"open", "undecided", "closed", "passed"};

struct Member {
    const char* key;
    std::string ToldFinding::*text;
};
constexpr Member members[] = {
    {"tool", &ToldFinding::tool},
    {"id", &ToldFinding::id},
    {"rule", &ToldFinding::rule},
    {"severity", &ToldFinding::severity},
    {"status", &ToldFinding::status},
    {"title", &ToldFinding::title},
    {"words", &ToldFinding::words},
};

void add(std::vector<ToldFinding>& findings, const Estate& estate, const PropertyRow<NodeId>& row)
{
    const auto* const text = std::get_if<StringId>(&row.value);
    const auto json = text ? parseJson(estate.text(*text)) : std::nullopt;
    if (!json)
        return;
    ToldFinding& made = findings.emplace_back();
    made.of = row.of;
    made.evidence = row.evidence;
    for (std::size_t i = 0; i < stateNames.size(); ++i) {
        if (textOf(*json, "state") == stateNames[i])
            made.state = static_cast<ToldState>(i);
    }
    for (const Member& each : members)
        made.*each.text = textOf(*json, each.key);
}

std::vector<ToldFinding> among(const Estate& estate, std::span<const PropertyRow<NodeId>> rows)
{
    std::vector<ToldFinding> findings;
    const StringId key = estate.strings().find(toldFindingKey);
    if (key == StringId::Empty)
        return findings;
    for (const auto& row : rows) {
        if (row.key == key)
            add(findings, estate, row);
    }
    return findings;
}

} // namespace

std::string_view name(ToldState state)
{
    return stateNames[static_cast<std::size_t>(state)];
}

void tell(Inventory& inventory, std::string_view thing, const ToldFinding& finding, EvidenceId seenAt)
{
    Json json = {{"state", name(finding.state)}};
    for (const Member& each : members) {
        if (!(finding.*each.text).empty())
            json[each.key] = finding.*each.text;
    }
    inventory.property(
        inventory.text(thing), toldFindingKey, json.dump(-1, ' ', false, Json::error_handler_t::replace), seenAt);
}

std::vector<ToldFinding> toldFindings(const Estate& estate, NodeId node)
{
    return among(estate, estate.properties(node));
}

std::vector<ToldFinding> toldFindings(const Estate& estate)
{
    return among(estate, estate.facts().properties);
}

} // namespace glacis
