// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/zone_table.h"

#include "catalog/schema.h"
#include "core/text.h"

#include <algorithm>
#include <cassert>

namespace glacis {

const ZoneTable& ZoneTable::builtIn()
{
    static const ZoneTable table = [] {
        const Table read = loadTable("network/tiers.json", "network/schema.json", "tiers");
        assert(read.faults.empty());
        const Json& json = read.json;
        ZoneTable made;
        for (const Json& zone : arrayOf(json, "zones"))
            made.zones.push_back({std::string(textOf(zone, "id")), std::string(textOf(zone, "title"))});
        made.tagKeys = textsOf(json, "tagKeys");
        const Json& routes = member(json, "routes");
        made.reachable = made.zoneNamed(textOf(routes, "public"));
        made.hidden = made.zoneNamed(textOf(routes, "private"));
        made.isolated = made.zoneNamed(textOf(routes, "isolated"));
        const Json& wide = member(json, "wideBlocks");
        made.widePrivate = static_cast<int>(numberOf(wide, "private").value_or(0));
        made.widePublic = static_cast<int>(numberOf(wide, "public").value_or(0));
        for (const Json& port : arrayOf(json, "adminPorts"))
            made.adminPorts.insert(port.get<std::int32_t>());
        for (const Json& row : arrayOf(json, "kinds")) {
            for (const Json& kind : arrayOf(row, "kinds")) {
                if (const auto known = kindNamed(asText(kind)))
                    made.m_kinds.emplace(*known, made.zoneNamed(textOf(row, "zone")));
            }
        }
        for (const Json& row : arrayOf(json, "words")) {
            for (const Json& word : arrayOf(row, "words"))
                made.m_words.emplace_back(asText(word), made.zoneNamed(textOf(row, "zone")));
        }
        for (const Json& row : arrayOf(json, "kindWords")) {
            if (const auto kind = kindNamed(textOf(row, "kind")))
                made.m_kindWords.push_back({*kind, std::string(textOf(row, "type")), std::string(textOf(row, "word"))});
        }
        for (const Json& row : arrayOf(json, "ports")) {
            for (const Json& port : arrayOf(row, "ports"))
                made.m_ports.emplace(port.get<std::int32_t>(), made.zoneNamed(textOf(row, "zone")));
        }
        return made;
    }();
    return table;
}

std::uint32_t ZoneTable::zoneNamed(std::string_view id) const
{
    const auto found = std::ranges::find(zones, id, &Zone::id);
    return found == zones.end() ? Placement::unassigned : static_cast<std::uint32_t>(found - zones.begin());
}

std::uint32_t ZoneTable::zoneOfKind(Kind kind) const
{
    const auto found = m_kinds.find(kind);
    return found == m_kinds.end() ? Placement::unassigned : found->second;
}

std::vector<ZoneTest::KindWord> ZoneTable::kindsOfWord(std::string_view word) const
{
    const std::string wanted = lowered(word);
    std::vector<ZoneTest::KindWord> found;
    if (const auto kind = kindNamed(wanted))
        found.push_back({*kind, {}, wanted});
    std::ranges::copy_if(m_kindWords, std::back_inserter(found), [&](const auto& row) { return row.word == wanted; });
    return found;
}

std::uint32_t ZoneTable::zoneOfPort(std::int32_t port) const
{
    const auto found = m_ports.find(port);
    return found == m_ports.end() ? Placement::unassigned : found->second;
}

std::uint32_t ZoneTable::zoneOfWords(std::string_view name) const
{
    std::set<std::string, std::less<>> words;
    std::string word;
    for (const char c : lowered(name) + '-') {
        if ((c >= 'a' && c <= 'z')) {
            word += c;
        } else if (!word.empty()) {
            words.insert(std::move(word));
            word.clear();
        }
    }
    const auto found = std::ranges::find_if(m_words, [&](const auto& row) { return words.count(row.first) > 0; });
    return found == m_words.end() ? Placement::unassigned : found->second;
}

} // namespace glacis
