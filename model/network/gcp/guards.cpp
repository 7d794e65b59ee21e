// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/gcp/translation.h"

#include <algorithm>

namespace glacis::gcp {

namespace {

using Row = FirewallRow<NodeId>;

/// "VPC firewall rules": ports of TCP, UDP and SCTP; every other protocol is taken as a whole.
PortSet servicesOf(const Row& row)
{
    constexpr std::int16_t sctp = 132;
    if (row.protocol == -1)
        return allPorts();
    if (!(hasPorts(row.protocol) || row.protocol == sctp) || row.from < 0)
        return {{row.protocol, -1, -1}};
    return {{row.protocol, row.from, row.to}};
}

/// Rules of one interface: those of hierarchical policies, of its network, and of network policies.
class Rules {
public:
    Rules(Translation& into, NodeId network, NodeId region, const std::vector<NodeId>& groups)
        : m_into(into), m_estate(into.estate), m_network(network), m_region(region), m_groups(groups)
    {
    }

    /// "Policy and rule evaluation order", Cloud Next Generation Firewall: policies of the organisation and of folders
    /// from the outside in, then the network's rules and its policies, in the order that the network says, and what the
    /// network implies.
    GateId gate(Direction direction)
    {
        Gate gate;
        gate.control = "firewall";
        gate.node = m_network;
        for (const NodeId container : around())
            addPolicies(container, direction, gate);
        const bool policyFirst = m_estate.word(m_network, "firewall_order") == "BEFORE_CLASSIC_FIREWALL";
        if (policyFirst)
            addPolicies(m_network, direction, gate);
        gate.layers.push_back({{networkRules(direction)}, Effect::Pass, {}, {}});
        if (!policyFirst)
            addPolicies(m_network, direction, gate);
        Layer& implied = gate.layers.emplace_back();
        implied.otherwise = direction == Direction::In ? Effect::Deny : Effect::Allow;
        implied.why = direction == Direction::In ? "no rule allows it, and the network denies what comes in"
                                                 : "no rule denies it, and the network allows what goes out";
        if (!m_estate.flag(m_network, "read:firewall-rules").value_or(false) && networkRuleNodes().empty())
            implied.missing = "the firewall rules of " + std::string(m_estate.name(m_network))
                + " (gcloud compute firewall-rules list --format json)";
        return NetworkModel::add<GateId>(m_into.model.gates, std::move(gate));
    }

private:
    /// The organisation, folders and project around the network, outermost first.
    [[nodiscard]] std::vector<NodeId> around() const
    {
        constexpr std::size_t deepest = 16; // folders nest at most ten deep
        std::vector<NodeId> containers;
        for (NodeId at = m_estate.node(m_network).account; at != noNode && containers.size() < deepest;
             at = m_estate.node(at).parent)
            containers.push_back(at);
        std::ranges::reverse(containers);
        return containers;
    }

    [[nodiscard]] std::vector<NodeId> networkRuleNodes() const
    {
        std::vector<NodeId> rules = m_estate.targets(m_network, EdgeKind::GuardedBy);
        std::erase_if(rules, [&](NodeId node) { return m_estate.kind(node) != Kind::SecurityGroup; });
        return rules;
    }

    /// A global policy goes before that of the region.
    void addPolicies(NodeId holder, Direction direction, Gate& gate)
    {
        std::vector<NodeId> global, regional;
        for (const NodeId policy : m_estate.targets(holder, EdgeKind::GuardedBy)) {
            if (m_estate.kind(policy) != Kind::NetworkFirewall)
                continue;
            const std::string_view region = m_estate.word(policy, "region");
            if (region.empty())
                global.push_back(policy);
            else if (m_region != noNode && region == m_estate.name(m_region))
                regional.push_back(policy);
        }
        global.insert(global.end(), regional.begin(), regional.end());
        for (const NodeId policy : global) {
            std::vector<const Row*> rows;
            addRows(policy, direction, rows);
            // What no rule of a policy matches goes on to the next: "implied rules" of policies.
            gate.layers.push_back({{filterOf(std::move(rows))}, Effect::Pass, {}, {}});
        }
    }

    FilterId networkRules(Direction direction)
    {
        std::vector<const Row*> rows;
        for (const NodeId rule : networkRuleNodes())
            addRows(rule, direction, rows);
        return filterOf(std::move(rows));
    }

    void addRows(NodeId of, Direction direction, std::vector<const Row*>& rows) const
    {
        for (const Row& row : m_estate.firewall(of)) {
            if (row.direction == direction && isAimedHere(row))
                rows.push_back(&row);
        }
    }

    /// "Priority": the lowest number first, and of the same number a denial before an allowance.
    FilterId filterOf(std::vector<const Row*> rows)
    {
        const auto key = [](const Row* row) {
            return std::pair(row->priority, row->effect == RuleEffect::Deny ? 0 : 1);
        };
        std::ranges::stable_sort(rows, {}, key);
        Filter filter;
        for (const Row* row : rows) {
            FilterRule rule;
            rule.effect = row->effect == RuleEffect::Allow ? Effect::Allow
                : row->effect == RuleEffect::Deny          ? Effect::Deny
                                                           : Effect::Pass;
            rule.services = servicesOf(*row);
            rule.other = otherEnd(*row);
            if (row->byNearBlock)
                rule.own = {false, {row->nearBlock}, {}, {}, {}};
            if (isAimedPerhaps(*row))
                rule.other = {false, {}, {},
                    "which machines bear " + std::string(m_estate.id(row->nearPeer))
                        + " (no export that is read tells it)",
                    {}};
            rule.of = row->of;
            rule.name = row->rule;
            rule.evidence = row->evidence;
            filter.rules.push_back(std::move(rule));
        }
        return NetworkModel::add<FilterId>(m_into.model.filters, std::move(filter));
    }

    /// "Target specification": all machines of the network, or those with a tag or a service account.
    [[nodiscard]] bool isAimedHere(const Row& row) const
    {
        return !row.byNearPeer || row.nearPeer == m_network || std::ranges::binary_search(m_groups, row.nearPeer)
            || isAimedPerhaps(row);
    }
    [[nodiscard]] bool isAimedPerhaps(const Row& row) const
    {
        return row.byNearPeer && m_estate.kind(row.nearPeer) == Kind::AddressGroup
            && m_estate.node(row.nearPeer).outside && !std::ranges::binary_search(m_groups, row.nearPeer);
    }

    /// "Sources": blocks, or the addresses that machines with a tag or service account have within the network.
    EndSet otherEnd(const Row& row) const
    {
        EndSet ends;
        if (!row.byPeer) {
            ends.blocks = {row.block};
            return ends;
        }
        if (m_estate.kind(row.peer) == Kind::AddressGroup)
            ends.labels = {m_into.label(row.peer)};
        if (m_estate.kind(row.peer) != Kind::AddressGroup || m_estate.node(row.peer).outside)
            ends.missing = "which addresses " + std::string(m_estate.id(row.peer))
                + " stands for (gcloud compute network-firewall-policies describe)";
        return ends;
    }

    Translation& m_into;
    const Estate& m_estate;
    NodeId m_network, m_region;
    const std::vector<NodeId>& m_groups;
};

} // namespace

GuardId guardFor(Translation& into, NodeId interface, NodeId subnet, NodeId network)
{
    std::vector<NodeId> groups = into.estate.targets(interface, EdgeKind::MemberOf);
    std::ranges::sort(groups);
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    const NodeId region = into.estate.node(subnet).region;
    std::vector<NodeId> key = {network, region};
    key.insert(key.end(), groups.begin(), groups.end());
    const auto [found, isNew] = into.guardOf.try_emplace(std::move(key), GuardId{});
    if (!isNew)
        return found->second;
    Rules rules(into, network, region, groups);
    Guard guard;
    guard.out = {rules.gate(Direction::Out)};
    guard.in = {rules.gate(Direction::In)};
    for (const NodeId group : groups)
        guard.labels.push_back(into.label(group));
    std::ranges::sort(guard.labels);
    found->second = NetworkModel::add<GuardId>(into.model.guards, std::move(guard));
    return found->second;
}

} // namespace glacis::gcp
