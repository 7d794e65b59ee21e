// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/tiers.h"

#include <map>
#include <set>

namespace glacis {

/// What speaks for which zone: resources/network/tiers.json as look-ups.
struct ZoneTable {
    std::vector<Zone> zones;
    std::vector<std::string> tagKeys;
    std::uint32_t reachable = Placement::unassigned; ///< zone of a subnet that leads to an internet gateway
    std::uint32_t hidden = Placement::unassigned; ///< … to a NAT gateway
    std::uint32_t isolated = Placement::unassigned; ///< … nowhere
    std::set<std::int32_t> adminPorts;
    int widePrivate = 0, widePublic = 0; ///< blocks of this length or shorter are wide

    [[nodiscard]] static const ZoneTable& builtIn();

    [[nodiscard]] std::uint32_t zoneNamed(std::string_view id) const;
    [[nodiscard]] std::uint32_t zoneOfKind(Kind kind) const;
    /// Kinds that a word of a matrix means: one of ours, or what a provider calls them ("rds", "nlb").
    [[nodiscard]] std::vector<ZoneTest::KindWord> kindsOfWord(std::string_view word) const;
    [[nodiscard]] std::uint32_t zoneOfPort(std::int32_t port) const;
    /// By whole words of a name ("web-sg-1"); the table's order decides between several.
    [[nodiscard]] std::uint32_t zoneOfWords(std::string_view name) const;

private:
    std::map<Kind, std::uint32_t> m_kinds;
    std::map<std::int32_t, std::uint32_t> m_ports;
    std::vector<ZoneTest::KindWord> m_kindWords;
    std::vector<std::pair<std::string, std::uint32_t>> m_words; ///< in the table's order
};

} // namespace glacis
