// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/flows.h"

#include "network/endpoint_classes.h"
#include "network/filters.h"

#include <algorithm>
#include <map>
#include <set>

namespace glacis {

namespace {

const IpAddress anyone4 = *parseIpAddress("9.9.9.9");
const IpAddress anyone6 = *parseIpAddress("2620:fe::fe");

/// The ports that a rule speaks of, whatever its effect.
PortSet portsOf(const FirewallRow<NodeId>& rule)
{
    if (rule.protocol == -1)
        return allPorts();
    if (rule.protocol != 6 && rule.protocol != 17)
        return {{rule.protocol, -1, -1}};
    return {{rule.protocol, std::max(rule.from, 0), rule.to < 0 ? lastPort : rule.to}};
}

/// Where the answer may change within a protocol: the ends of all ranges on the way.
class Cuts {
public:
    void add(const FirewallRow<NodeId>& rule)
    {
        for (const PortRange& range : portsOf(rule)) {
            if (range.from < 0)
                continue;
            m_starts[range.protocol].insert(range.from);
            m_starts[range.protocol].insert(range.to + 1);
        }
    }
    /// The pieces of a set within which every control answers alike.
    [[nodiscard]] PortSet pieces(const PortSet& ports) const
    {
        PortSet made;
        for (PortRange range : ports) {
            const auto starts = m_starts.find(range.protocol);
            if (starts != m_starts.end()) {
                for (auto at = starts->second.upper_bound(range.from); at != starts->second.end() && *at <= range.to;
                     ++at) {
                    made.push_back({range.protocol, range.from, *at - 1});
                    range.from = *at;
                }
            }
            made.push_back(range);
        }
        return made;
    }

private:
    std::map<std::int16_t, std::set<std::int32_t>> m_starts;
};

class Finder {
public:
    Finder(const Estate& estate, const Reachability& reachability, Progress& progress)
        : m_estate(estate),
          m_reachability(reachability),
          m_endpoints(estate),
          m_progress(progress),
          m_flows(endpointClasses(estate, m_endpoints, progress))
    {
    }

    Flows found()
    {
        indexClasses();
        connectNetworks();
        m_progress.begin("Finding what can talk", m_flows.classes.size());
        for (std::uint32_t to = 0; to < m_flows.classes.size() && !m_progress.cancelled(); ++to, m_progress.advance()) {
            if (to == 0)
                continue;
            toInternet(to);
            if (m_estate.kind(first(to)) == Kind::Function)
                continue; // "Lambda networking": nothing connects to a function's interface
            fromInternet(to);
            fromOthers(to);
        }
        for (std::uint32_t from = 1; from < m_flows.classes.size() && !m_progress.cancelled(); ++from) {
            if (m_estate.kind(first(from)) == Kind::LoadBalancer)
                toTargets(from);
        }
        std::ranges::sort(m_flows.flows, [](const Flow& a, const Flow& b) {
            return std::tie(a.from, a.to, a.verdict, a.ports) < std::tie(b.from, b.to, b.verdict, b.ports);
        });
        return std::move(m_flows);
    }

private:
    [[nodiscard]] NodeId first(std::uint32_t cls) const { return m_flows.classes[cls].things.front(); }

    void indexClasses()
    {
        for (std::uint32_t cls = 1; cls < m_flows.classes.size(); ++cls) {
            for (const NodeId group : m_flows.classes[cls].groups)
                m_byGroup[group].push_back(cls);
            m_byNetwork[m_flows.classes[cls].network].push_back(cls);
            for (const Attachment& at : m_endpoints.of(first(cls))) {
                if (at.hasInside)
                    m_addresses[cls].push_back(at.inside);
            }
        }
    }

    /// Networks that a peering or a transit gateway may join: a superset of those that can talk.
    void connectNetworks()
    {
        std::map<NodeId, std::set<NodeId>> ofHub;
        for (const NodeId peering : m_estate.ofKind(Kind::NetworkPeering)) {
            const auto ends = m_estate.targets(peering, EdgeKind::Connects);
            for (const NodeId a : ends)
                m_joined[a].insert(ends.begin(), ends.end());
        }
        for (const NodeId attachment : m_estate.ofKind(Kind::TransitAttachment)) {
            for (const NodeId end : m_estate.targets(attachment, EdgeKind::Connects))
                ofHub[noNode].insert(end);
        }
        // Hubs may be peered with each other, so all that hang on any hub are candidates.
        for (const auto& [hub, networks] : ofHub) {
            for (const NodeId a : networks)
                m_joined[a].insert(networks.begin(), networks.end());
        }
    }

    /// "Customer-managed prefix lists", Amazon VPC User Guide: a list may hold the whole internet.
    [[nodiscard]] bool speaksOfAnyone(const FirewallRow<NodeId>& rule) const
    {
        const auto anyone = [](const IpPrefix& block) { return block.contains(anyone4) || block.contains(anyone6); };
        if (!rule.byPeer)
            return anyone(rule.block);
        return m_estate.kind(rule.peer) == Kind::PrefixList
            && std::ranges::any_of(m_estate.prefixes(rule.peer), [&](const auto& row) { return anyone(row.block); });
    }

    void fromInternet(std::uint32_t to)
    {
        const EndpointClass& target = m_flows.classes[to];
        PortSet candidates;
        Cuts cuts;
        bool described = target.groups.empty();
        for (const NodeId group : target.groups) {
            described = described || !m_estate.node(group).outside;
            for (const auto& rule : m_estate.firewall(group)) {
                if (rule.direction != Direction::In || !speaksOfAnyone(rule))
                    continue;
                candidates = unionOf(candidates, portsOf(rule));
                cuts.add(rule);
            }
        }
        if (target.groups.empty() && m_estate.kind(first(to)) == Kind::LoadBalancer)
            candidates = listensOn(m_estate, first(to)).value_or(PortSet{});
        if (!described) {
            Flow flow;
            flow.to = to;
            flow.ports = allPorts();
            flow.verdict = Reach::Unknown;
            flow.missing = "the security groups of " + std::string(m_estate.name(first(to)))
                + " (aws ec2 describe-security-groups)";
            m_flows.flows.push_back(std::move(flow));
            return;
        }
        addAclCuts(cuts, target.subnet);
        judge(0, to, "internet", m_estate.id(first(to)), candidates, cuts, true);
        if (hasV6(to))
            judge(0, to, "internet6", m_estate.id(first(to)), candidates, cuts, true);
    }

    void toInternet(std::uint32_t from)
    {
        const EndpointClass& source = m_flows.classes[from];
        if (!opensConnections(from))
            return;
        PortSet candidates;
        Cuts cuts;
        for (const NodeId group : source.groups) {
            for (const auto& rule : m_estate.firewall(group)) {
                if (rule.direction == Direction::Out && speaksOfAnyone(rule)) {
                    candidates = unionOf(candidates, portsOf(rule));
                    cuts.add(rule);
                }
            }
        }
        addAclCuts(cuts, source.subnet);
        judge(from, 0, m_estate.id(first(from)), "internet", candidates, cuts, false);
        if (hasV6(from))
            judge(from, 0, m_estate.id(first(from)), "internet6", candidates, cuts, false);
    }

    void fromOthers(std::uint32_t to)
    {
        std::map<std::uint32_t, PortSet> candidates;
        Cuts cuts;
        const EndpointClass& target = m_flows.classes[to];
        for (const NodeId group : target.groups) {
            for (const auto& rule : m_estate.firewall(group)) {
                if (rule.direction != Direction::In)
                    continue;
                cuts.add(rule);
                for (const std::uint32_t from : sourcesOf(rule, target.network)) {
                    if (opensConnections(from))
                        candidates[from] = unionOf(candidates[from], portsOf(rule));
                }
            }
        }
        withoutGroups(to, candidates);
        addAclCuts(cuts, target.subnet);
        for (const auto& [from, ports] : candidates) {
            if (m_progress.cancelled())
                return;
            Cuts both = cuts;
            addAclCuts(both, m_flows.classes[from].subnet);
            for (const NodeId group : m_flows.classes[from].groups) {
                for (const auto& rule : m_estate.firewall(group)) {
                    if (rule.direction == Direction::Out)
                        both.add(rule);
                }
            }
            // Two things of one class talk to each other; a class of one does not talk to itself.
            const auto& things = m_flows.classes[from].things;
            if (from == to && things.size() < 2)
                continue;
            const NodeId source = from == to ? things[1] : things[0];
            judge(from, to, m_estate.id(source), m_estate.id(first(to)), ports, both, false);
        }
    }

    /// The network itself and those from which there may be a way to it.
    [[nodiscard]] std::set<NodeId> networksAround(NodeId network) const
    {
        std::set<NodeId> networks = {network};
        if (const auto joined = m_joined.find(network); joined != m_joined.end())
            networks.insert(joined->second.begin(), joined->second.end());
        return networks;
    }

    /// "Security groups for your Network Load Balancer", Elastic Load Balancing: one without groups answers to all.
    void withoutGroups(std::uint32_t to, std::map<std::uint32_t, PortSet>& candidates) const
    {
        if (m_estate.kind(first(to)) != Kind::LoadBalancer || !m_flows.classes[to].groups.empty())
            return;
        for (const NodeId network : networksAround(m_flows.classes[to].network)) {
            const auto classes = m_byNetwork.find(network);
            if (classes == m_byNetwork.end())
                continue;
            for (const std::uint32_t from : classes->second) {
                if (opensConnections(from))
                    candidates[from] = listensOn(m_estate, first(to)).value_or(PortSet{});
            }
        }
    }

    /// Classes that a rule of a group may admit, of the networks from which there may be a way.
    [[nodiscard]] std::vector<std::uint32_t> sourcesOf(const FirewallRow<NodeId>& rule, NodeId network) const
    {
        if (rule.byPeer && m_estate.kind(rule.peer) != Kind::PrefixList) {
            const auto found = m_byGroup.find(rule.peer);
            return found == m_byGroup.end() ? std::vector<std::uint32_t>{} : found->second;
        }
        const auto admits = [&](const IpAddress& address) {
            if (!rule.byPeer)
                return rule.block.contains(address);
            return std::ranges::any_of(
                m_estate.prefixes(rule.peer), [&](const auto& entry) { return entry.block.contains(address); });
        };
        std::vector<std::uint32_t> found;
        for (const NodeId one : networksAround(network)) {
            const auto classes = m_byNetwork.find(one);
            if (classes == m_byNetwork.end())
                continue;
            for (const std::uint32_t cls : classes->second) {
                const auto addresses = m_addresses.find(cls);
                if (addresses != m_addresses.end() && std::ranges::any_of(addresses->second, admits))
                    found.push_back(cls);
            }
        }
        return found;
    }

    void toTargets(std::uint32_t from)
    {
        const NodeId balancer = first(from);
        std::map<std::uint32_t, PortSet> candidates;
        for (const NodeId listener : m_estate.targets(balancer, EdgeKind::ForwardsTo)) {
            for (const NodeId group : m_estate.targets(listener, EdgeKind::ForwardsTo)) {
                for (const NodeId target : m_estate.targets(group, EdgeKind::Targets)) {
                    const std::uint32_t cls = m_flows.classOf[index(target)];
                    for (const auto& row : m_estate.ports(group)) {
                        if (cls != ~0u)
                            candidates[cls].push_back({row.protocol, row.port, row.port});
                    }
                }
            }
        }
        for (auto& [to, ports] : candidates)
            judge(from, to, m_estate.id(balancer), m_estate.id(first(to)), normalised(std::move(ports)), {}, false);
    }

    /// Stores and balancers answer; balancers open connections to their targets only.
    [[nodiscard]] bool opensConnections(std::uint32_t cls) const
    {
        const Kind kind = m_estate.kind(first(cls));
        return !holdsData(kind) && kind != Kind::LoadBalancer;
    }

    [[nodiscard]] bool hasV6(std::uint32_t cls) const
    {
        const auto found = m_addresses.find(cls);
        return found != m_addresses.end()
            && std::ranges::any_of(found->second, [](const IpAddress& one) { return one.v6; });
    }

    void addAclCuts(Cuts& cuts, NodeId subnet) const
    {
        if (subnet == noNode)
            return;
        for (const NodeId acl : m_estate.targets(subnet, EdgeKind::GuardedBy)) {
            for (const auto& rule : m_estate.firewall(acl))
                cuts.add(rule);
        }
    }

    /// Asks once for each piece and keeps a flow for each verdict.
    void judge(std::uint32_t from, std::uint32_t to, std::string_view fromName, std::string_view toName,
        const PortSet& candidates, const Cuts& cuts, bool keepLatent)
    {
        PortSet wanted = candidates;
        if (const auto listens = to == 0 ? std::nullopt : listensOn(m_estate, first(to)))
            wanted = intersectionOf(wanted, *listens);
        std::map<Reach, Flow> byVerdict;
        for (const PortRange& piece : cuts.pieces(wanted)) {
            ReachAnswer answer =
                m_reachability.ask(fromName, toName, {piece.protocol, piece.from}, Reachability::Balancers::NotThrough);
            if (answer.verdict == Reach::Blocked || (!keepLatent && answer.verdict == Reach::Latent))
                continue;
            Flow& flow = byVerdict[answer.verdict];
            if (flow.ports.empty()) {
                flow.from = from;
                flow.to = to;
                flow.verdict = answer.verdict;
                flow.hops = std::move(answer.hops);
                flow.missing = std::move(answer.missing);
            }
            flow.ports.push_back(piece);
        }
        for (auto& [verdict, flow] : byVerdict) {
            flow.ports = normalised(std::move(flow.ports));
            keep(std::move(flow));
        }
    }

    /// The internet is asked by both families: what both say is one flow.
    void keep(Flow flow)
    {
        for (auto one = m_flows.flows.rbegin();
             one != m_flows.flows.rend() && one->from == flow.from && one->to == flow.to; ++one) {
            if (one->verdict == flow.verdict) {
                one->ports = unionOf(one->ports, flow.ports);
                return;
            }
        }
        m_flows.flows.push_back(std::move(flow));
    }

    const Estate& m_estate;
    const Reachability& m_reachability;
    Endpoints m_endpoints;
    Progress& m_progress;
    Flows m_flows;
    std::map<NodeId, std::vector<std::uint32_t>> m_byGroup;
    std::map<NodeId, std::vector<std::uint32_t>> m_byNetwork;
    std::map<std::uint32_t, std::vector<IpAddress>> m_addresses;
    std::map<NodeId, std::set<NodeId>> m_joined;
};

} // namespace

Flows findFlows(const Estate& estate, const Reachability& reachability, Progress& progress)
{
    return Finder(estate, reachability, progress).found();
}

} // namespace glacis
