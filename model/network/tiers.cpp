// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/tiers.h"

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
        return {zone, "it is a " + lowered(info(m_estate.kind(node)).title), firstEvidence(node)};
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

    std::vector<NodeId> interfacesOf(NodeId node) const
    {
        std::vector<NodeId> found;
        for (const NodeId source : m_estate.sources(node, EdgeKind::AttachedTo)) {
            if (m_estate.kind(source) == Kind::NetworkInterface)
                found.push_back(source);
        }
        return found;
    }
    std::vector<NodeId> groupsOf(NodeId node) const
    {
        std::vector<NodeId> groups = m_estate.targets(node, EdgeKind::GuardedBy);
        for (const NodeId one : interfacesOf(node)) {
            const auto more = m_estate.targets(one, EdgeKind::GuardedBy);
            groups.insert(groups.end(), more.begin(), more.end());
        }
        return groups;
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

    EvidenceId firstEvidence(NodeId node) const
    {
        const auto seen = m_estate.evidence(node);
        return seen.empty() ? noEvidence : seen.front();
    }

    const Estate& m_estate;
    const ZoneTable& m_table;
    std::map<NodeId, std::string> m_overrides;
    mutable std::optional<NetworkModel> m_model;
};

} // namespace

Tiers inferTiers(const Estate& estate, const std::vector<TierOverride>& overrides)
{
    Tiers tiers;
    tiers.zones = ZoneTable::builtIn().zones;
    tiers.of.resize(estate.nodeCount());
    Inference inference(estate, overrides);
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId node = idAt<NodeId>(i);
        if (!hasTier(estate.kind(node)) || (estate.node(node).outside && estate.kind(node) != Kind::Internet))
            continue;
        tiers.of[i] = inference.place(node);
        tiers.placed.push_back(node);
        tiers.unassigned += tiers.of[i].zone == Placement::unassigned ? 1 : 0;
    }
    return tiers;
}

} // namespace glacis
