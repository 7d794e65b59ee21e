// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/tiers.h"

#include "core/matching.h"
#include "core/text.h"
#include "network/reach.h"
#include "network/zone_table.h"

#include <algorithm>
#include <map>
#include <optional>

namespace glacis {

namespace {

/// What one rule of inference says of a thing.
struct Opinion {
    std::uint32_t zone = Placement::unassigned;
    std::string reason;
    EvidenceId evidence = noEvidence;
};

/// Whether a thing of this kind stands in a tier at all.
bool hasTier(Kind kind)
{
    const Shape shape = info(kind).shape;
    if (shape == Shape::Workload)
        return kind != Kind::ContainerCluster;
    return kind == Kind::Internet || ZoneTable::builtIn().zoneOfKind(kind) != Placement::unassigned;
}

class Inference {
public:
    Inference(const Estate& estate, const std::vector<TierOverride>& overrides)
        : m_estate(estate), m_table(ZoneTable::builtIn())
    {
        for (const TierOverride& one : overrides) {
            if (const auto node = estate.find(one.node))
                m_overrides[*node] = one.zone;
        }
    }

    Placement place(NodeId node)
    {
        const Opinion opinions[] = {byUser(node), byTag(node), byKind(node), byName(node), byPort(node), byRoute(node)};
        Placement placed;
        std::size_t chosen = std::size(opinions);
        for (std::size_t i = 0; i < std::size(opinions); ++i) {
            const Opinion& opinion = opinions[i];
            if (opinion.zone == Placement::unassigned)
                continue;
            if (placed.zone == Placement::unassigned) {
                chosen = i;
                placed.zone = opinion.zone;
                placed.reason = opinion.reason;
                placed.evidence = opinion.evidence;
            } else if (chosen <= byTagAt && i <= byNameAt && opinion.zone != placed.zone && placed.conflict.empty()) {
                // Only what somebody wrote down can be contradicted: by what the thing is, or how it is named.
                placed.conflict = opinion.reason + ", which speaks for " + m_table.zones[opinion.zone].title;
            }
        }
        return placed;
    }

    [[nodiscard]] std::vector<NodeId> interfacesOf(NodeId node) const
    {
        std::vector<NodeId> found;
        for (const NodeId source : m_estate.sources(node, EdgeKind::AttachedTo)) {
            if (m_estate.kind(source) == Kind::NetworkInterface)
                found.push_back(source);
        }
        return found;
    }
    [[nodiscard]] std::vector<NodeId> groupsOf(NodeId node) const
    {
        std::vector<NodeId> groups = m_estate.targets(node, EdgeKind::GuardedBy);
        for (const NodeId one : interfacesOf(node)) {
            const auto more = m_estate.targets(one, EdgeKind::GuardedBy);
            groups.insert(groups.end(), more.begin(), more.end());
        }
        return groups;
    }
    [[nodiscard]] EvidenceId firstEvidence(NodeId node) const
    {
        const auto seen = m_estate.evidence(node);
        return seen.empty() ? noEvidence : seen.front();
    }

private:
    static constexpr std::size_t byTagAt = 1;
    static constexpr std::size_t byNameAt = 3;

    Opinion byUser(NodeId node) const
    {
        const auto found = m_overrides.find(node);
        if (found == m_overrides.end())
            return {};
        return {m_table.zoneNamed(found->second), "you placed it here", noEvidence};
    }

    Opinion byTag(NodeId node) const
    {
        for (const std::string& key : m_table.tagKeys) {
            const std::string_view value = m_estate.tag(node, key);
            if (value.empty())
                continue;
            std::uint32_t zone = m_table.zoneNamed(lowered(value));
            if (zone == Placement::unassigned)
                zone = m_table.zoneOfWords(value);
            if (zone != Placement::unassigned)
                return {zone, "tag " + key + " is " + std::string(value), firstEvidence(node)};
        }
        return {};
    }

    Opinion byKind(NodeId node) const
    {
        const std::uint32_t zone = m_table.zoneOfKind(m_estate.kind(node));
        if (zone == Placement::unassigned)
            return {};
        return {zone, "its kind is " + lowered(info(m_estate.kind(node)).title), firstEvidence(node)};
    }

    Opinion byName(NodeId node)
    {
        for (const NodeId group : groupsOf(node)) {
            const std::uint32_t zone = m_table.zoneOfWords(m_estate.name(group));
            if (zone != Placement::unassigned)
                return {zone, "its security group is named " + std::string(m_estate.name(group)), firstEvidence(group)};
        }
        const std::uint32_t zone = m_table.zoneOfWords(m_estate.name(node));
        if (zone == Placement::unassigned)
            return {};
        return {zone, "its name is " + std::string(m_estate.name(node)), firstEvidence(node)};
    }

    Opinion byPort(NodeId node)
    {
        for (const NodeId group : groupsOf(node)) {
            for (const auto& rule : m_estate.firewall(group)) {
                if (rule.direction != Direction::In || rule.protocol != 6 || rule.from < 0 || rule.from != rule.to)
                    continue;
                const std::uint32_t zone = m_table.zoneOfPort(rule.from);
                if (zone != Placement::unassigned)
                    return {zone, "its security group admits tcp/" + std::to_string(rule.from), rule.evidence};
            }
        }
        return {};
    }

    Opinion byRoute(NodeId node)
    {
        for (const NodeId subnet : subnetsOf(node)) {
            const std::uint32_t tagged = m_table.zoneOfWords(m_estate.tag(subnet, "Tier"));
            if (tagged != Placement::unassigned)
                return {tagged, "its subnet's tag Tier is " + std::string(m_estate.tag(subnet, "Tier")),
                    firstEvidence(subnet)};
            const SegmentId segment = model().segment(subnet);
            if (segment == noId<SegmentId> || model()[segment].table == noId<TableId>)
                continue;
            const ForwardingTable& table = model()[model()[segment].table];
            const Route* out = bestRoute(table, anyone4());
            const std::string name(m_estate.name(subnet));
            if (!out || out->next == Next::Drop || out->next == Next::Local)
                return {
                    m_table.isolated, "subnet " + name + " has no route out of the network", firstEvidence(table.node)};
            if (out->next == Next::Internet)
                return {m_table.reachable, "subnet " + name + " leads to an internet gateway", out->evidence};
            return {m_table.hidden, "subnet " + name + " leads out through a NAT gateway or a like", out->evidence};
        }
        return {};
    }

    std::vector<NodeId> subnetsOf(NodeId node) const
    {
        std::vector<NodeId> subnets = m_estate.targets(node, EdgeKind::InSubnet);
        if (const auto subnet = m_estate.within(node, Kind::Subnet))
            subnets.push_back(*subnet);
        for (const NodeId one : interfacesOf(node)) {
            if (const auto subnet = m_estate.within(one, Kind::Subnet))
                subnets.push_back(*subnet);
        }
        return subnets;
    }

    /// Only asked for when nothing better speaks, so only then made.
    const NetworkModel& model() const
    {
        if (!m_model)
            m_model = networkModel(m_estate);
        return *m_model;
    }

    const Estate& m_estate;
    const ZoneTable& m_table;
    std::map<NodeId, std::string> m_overrides;
    mutable std::optional<NetworkModel> m_model;
};

/// Places things in the zones of a matrix.
class MatrixPlacement {
public:
    MatrixPlacement(const Estate& estate, Inference& inference, const std::vector<MatrixZone>& zones,
        const std::vector<TierOverride>& overrides)
        : m_estate(estate), m_inference(inference)
    {
        for (const MatrixZone& zone : zones) {
            if (zone.isRest)
                continue;
            m_zones.push_back(&zone);
            m_blocks.push_back(blocksOf(zone, estate));
        }
        for (std::uint32_t at = 0; at < m_zones.size(); ++at)
            takesBuiltIn(at);
        for (const TierOverride& one : overrides) {
            const auto zone = std::ranges::find(m_zones, one.zone, &MatrixZone::id);
            if (const auto node = estate.find(one.node); node && zone != m_zones.end())
                m_overrides[*node] = static_cast<std::uint32_t>(zone - m_zones.begin());
        }
    }

    [[nodiscard]] std::vector<Zone> zones() const
    {
        std::vector<Zone> made;
        made.reserve(m_zones.size());
        for (const MatrixZone* zone : m_zones)
            made.push_back({zone->id, zone->title});
        return made;
    }

    Placement place(NodeId node)
    {
        if (const auto said = m_overrides.find(node); said != m_overrides.end())
            return {said->second, "you placed it here", {}, noEvidence};
        for (std::uint32_t at = 0; at < m_zones.size(); ++at) {
            const bool isInternet = m_zones[at]->isInternet && m_estate.kind(node) == Kind::Internet;
            if (std::string why = isInternet ? "it is the internet" : fits(at, node); !why.empty())
                return {at, std::move(why), {}, m_inference.firstEvidence(node)};
        }
        Placement placed = m_inference.place(node);
        if (placed.zone != Placement::unassigned)
            placed.zone = m_ofBuiltIn[placed.zone];
        return placed.zone == Placement::unassigned ? Placement{} : placed;
    }

private:
    /// A zone without tests stands for the built-in zone of its name, or for the one that a word of it speaks for.
    void takesBuiltIn(std::uint32_t at)
    {
        const ZoneTable& table = ZoneTable::builtIn();
        m_ofBuiltIn.resize(table.zones.size(), Placement::unassigned);
        const MatrixZone& zone = *m_zones[at];
        if (!zone.match.empty() || !zone.blocks.empty() || !zone.prefixLists.empty() || zone.isInternet)
            return;
        const std::uint32_t named = table.zoneNamed(zone.id);
        const std::uint32_t builtIn = named == Placement::unassigned ? table.zoneOfWords(zone.id) : named;
        if (builtIn != Placement::unassigned && m_ofBuiltIn[builtIn] == Placement::unassigned)
            m_ofBuiltIn[builtIn] = at;
    }

    /// Why the thing fits; empty when it does not.
    std::string fits(std::uint32_t zone, NodeId node) const
    {
        for (const ZoneTest& test : m_zones[zone]->match) {
            if (std::string why = fits(test, node); !why.empty())
                return why;
        }
        if (m_blocks[zone].empty())
            return {};
        std::vector<NodeId> holders = m_inference.interfacesOf(node);
        holders.push_back(node);
        for (const NodeId holder : holders) {
            for (const auto& row : m_estate.addresses(holder)) {
                for (const IpPrefix& block : m_blocks[zone]) {
                    if ((row.hasInside && block.contains(row.inside))
                        || (row.hasOutside && block.contains(row.outside)))
                        return "its address is in " + toString(block);
                }
            }
        }
        return {};
    }

    std::string fits(const ZoneTest& test, NodeId node) const
    {
        std::string why;
        const auto because = [&why](const std::string& reason) { why += (why.empty() ? "" : " and ") + reason; };
        if (!test.kinds.empty()) {
            const auto kind = std::ranges::find_if(test.kinds, [&](const ZoneTest::KindWord& one) {
                return one.kind == m_estate.kind(node)
                    && (one.type.empty() || one.type == m_estate.word(node, "lb_type"));
            });
            if (kind == test.kinds.end())
                return {};
            because("its kind is " + kind->word);
        }
        for (const auto& [key, pattern] : test.tags) {
            const std::string_view value = m_estate.tag(node, key);
            if (value.empty() || !wildcardMatchesIgnoringCase(pattern, value))
                return {};
            because("tag " + key + " is " + std::string(value));
        }
        if (!test.groupName.empty()) {
            const std::vector<NodeId> groups = m_inference.groupsOf(node);
            const auto group = std::ranges::find_if(
                groups, [&](NodeId one) { return wildcardMatchesIgnoringCase(test.groupName, m_estate.name(one)); });
            if (group == groups.end())
                return {};
            because("its security group is named " + std::string(m_estate.name(*group)));
        }
        if (!test.name.empty()) {
            if (!wildcardMatchesIgnoringCase(test.name, m_estate.name(node)))
                return {};
            because("its name is " + std::string(m_estate.name(node)));
        }
        if (!test.ids.empty()) {
            if (std::ranges::find(test.ids, m_estate.id(node)) == test.ids.end())
                return {};
            because("the matrix names it");
        }
        return why;
    }

    const Estate& m_estate;
    Inference& m_inference;
    std::vector<const MatrixZone*> m_zones;
    std::vector<std::vector<IpPrefix>> m_blocks; ///< by zone
    std::vector<std::uint32_t> m_ofBuiltIn; ///< by built-in zone
    std::map<NodeId, std::uint32_t> m_overrides;
};

} // namespace

Tiers inferTiers(const Estate& estate, const std::vector<TierOverride>& overrides, const std::vector<MatrixZone>& zones)
{
    Tiers tiers;
    tiers.of.resize(estate.nodeCount());
    Inference inference(estate, overrides);
    MatrixPlacement matrix(estate, inference, zones, overrides);
    tiers.zones = zones.empty() ? ZoneTable::builtIn().zones : matrix.zones();
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId node = idAt<NodeId>(i);
        if (!hasTier(estate.kind(node)) || (estate.node(node).outside && estate.kind(node) != Kind::Internet))
            continue;
        tiers.of[i] = zones.empty() ? inference.place(node) : matrix.place(node);
        tiers.placed.push_back(node);
        tiers.unassigned += tiers.of[i].zone == Placement::unassigned ? 1 : 0;
    }
    return tiers;
}

} // namespace glacis
