// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/flows.h"

#include "network/endpoint_classes.h"
#include "network/kubernetes/pod_flows.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

/// Networks from which there may be a way to each other: a superset of those that can talk.
class Joined {
public:
    explicit Joined(const NetworkModel& model)
    {
        for (const Segment& segment : model.segments) {
            if (segment.table == noId<TableId>)
                continue;
            for (const Route& route : model[segment.table].routes) {
                for (const NodeId far : route.networks) {
                    m_with[segment.network].insert(far);
                    m_with[far].insert(segment.network);
                }
            }
        }
        // Hubs may be peered with each other, so all that hang on any hub are candidates.
        std::set<NodeId> onHubs;
        for (const Hub& hub : model.hubs) {
            for (const Attachment& attachment : hub.attachments) {
                if (attachment.network != noNode)
                    onHubs.insert(attachment.network);
            }
        }
        for (const NodeId one : onHubs)
            m_with[one].insert(onHubs.begin(), onHubs.end());
    }

    /// The network itself included.
    [[nodiscard]] std::set<NodeId> around(NodeId network) const
    {
        std::set<NodeId> networks = {network};
        if (const auto found = m_with.find(network); found != m_with.end())
            networks.insert(found->second.begin(), found->second.end());
        return networks;
    }

private:
    std::map<NodeId, std::set<NodeId>> m_with;
};

class Finder {
public:
    Finder(const Estate& estate, const Reachability& reachability, Progress& progress)
        : m_estate(estate),
          m_reachability(reachability),
          m_model(reachability.model()),
          m_progress(progress),
          m_flows(endpointClasses(estate, m_model, progress)),
          m_joined(m_model)
    {
    }

    Flows found()
    {
        indexClasses();
        m_progress.begin("Finding what can talk", m_flows.classes.size());
        for (std::uint32_t to = 1; to < m_flows.classes.size() && !m_progress.cancelled(); ++to, m_progress.advance()) {
            if (m_opens[to])
                judge(to, 0, allPorts(), false);
            if (!m_accepts[to])
                continue;
            const PortSet listens = listensOn(m_estate, first(to)).value_or(allPorts());
            judge(0, to, listens, true);
            fromNamedBlocks(to, listens);
            for (const std::uint32_t from : whoMayReach(to)) {
                if (m_progress.cancelled())
                    break;
                // A class of one does not talk to itself.
                if (from != to || m_flows.classes[from].things.size() > 1)
                    judge(from, to, listens, false);
            }
        }
        for (std::uint32_t from = 1; from < m_flows.classes.size() && !m_progress.cancelled(); ++from)
            toTargets(from);
        kubernetes::addPodFlows(m_estate, kubernetes::PodReach(m_estate), m_flows, m_progress);
        std::ranges::stable_sort(m_flows.flows, [](const Flow& a, const Flow& b) {
            return std::tie(a.from, a.to, a.verdict, a.ports) < std::tie(b.from, b.to, b.verdict, b.ports);
        });
        std::ranges::stable_sort(m_flows.fromBlocks, [](const BlockFlow& a, const BlockFlow& b) {
            return std::tie(a.block, a.flow.to) < std::tie(b.block, b.flow.to);
        });
        return std::move(m_flows);
    }

private:
    [[nodiscard]] NodeId first(std::uint32_t cls) const { return m_flows.classes[cls].things.front(); }

    void indexClasses()
    {
        m_interfaces.resize(m_flows.classes.size());
        m_opens.resize(m_flows.classes.size());
        m_accepts.resize(m_flows.classes.size());
        for (std::uint32_t cls = 1; cls < m_flows.classes.size(); ++cls) {
            m_interfaces[cls] = m_model.at(first(cls));
            std::set<Label> labels;
            std::set<NodeId> networks;
            for (const Interface* at : m_interfaces[cls]) {
                m_opens[cls] = m_opens[cls] || at->opens;
                m_accepts[cls] = m_accepts[cls] || at->accepts;
                labels.insert(m_model[at->guard].labels.begin(), m_model[at->guard].labels.end());
                networks.insert(m_model[at->segment].network);
            }
            if (!m_opens[cls])
                continue;
            for (const Label label : labels)
                m_byLabel[label].push_back(cls);
            for (const NodeId network : networks)
                m_byNetwork[network].push_back(cls);
        }
    }

    /// Classes that open connections and that a rule on the target's side may admit.
    [[nodiscard]] std::set<std::uint32_t> whoMayReach(std::uint32_t to) const
    {
        std::set<std::uint32_t> found;
        for (const Interface* at : m_interfaces[to]) {
            const std::set<NodeId> networks = m_joined.around(m_model[at->segment].network);
            const std::vector<GateId>& gates = m_model[at->guard].in;
            if (gates.empty())
                addAll(networks, found);
            for (const GateId gate : gates) {
                for (const Layer& layer : m_model[gate].layers) {
                    if (layer.otherwise == Effect::Allow)
                        addAll(networks, found);
                    for (const FilterId filter : layer.filters)
                        addAdmitted(m_model[filter], networks, found);
                }
            }
        }
        return found;
    }

    void addAll(const std::set<NodeId>& networks, std::set<std::uint32_t>& found) const
    {
        for (const NodeId network : networks) {
            if (const auto classes = m_byNetwork.find(network); classes != m_byNetwork.end())
                found.insert(classes->second.begin(), classes->second.end());
        }
    }

    void addAdmitted(const Filter& filter, const std::set<NodeId>& networks, std::set<std::uint32_t>& found) const
    {
        for (const FilterRule& rule : filter.rules) {
            if (rule.effect != Effect::Allow)
                continue;
            for (const Label label : rule.other.labels) {
                if (const auto classes = m_byLabel.find(label); classes != m_byLabel.end())
                    found.insert(classes->second.begin(), classes->second.end());
            }
            if (!rule.other.anyone && rule.other.blocks.empty())
                continue;
            for (const NodeId network : networks) {
                const auto classes = m_byNetwork.find(network);
                if (classes == m_byNetwork.end())
                    continue;
                for (const std::uint32_t cls : classes->second) {
                    if (std::ranges::any_of(
                            m_interfaces[cls], [&](const Interface* at) { return holds(rule.other, {at->inside}); }))
                        found.insert(cls);
                }
            }
        }
    }

    void toTargets(std::uint32_t from)
    {
        const Balancer* balancer = m_model.balancer(first(from));
        if (!balancer)
            return;
        std::map<std::uint32_t, NodeId> targets; // one of each class
        for (const Listener& listener : balancer->listeners) {
            for (const Backend& backend : listener.backends) {
                for (const NodeId target : targetsOf(*balancer, backend)) {
                    if (m_flows.classOf[index(target)] != ~0u)
                        targets.emplace(m_flows.classOf[index(target)], target);
                }
            }
        }
        for (const auto& [to, target] : targets)
            keep(m_flows.flows, from, to, m_reachability.fromBalancer(balancer->thing, target), false);
    }

    [[nodiscard]] std::vector<NodeId> targetsOf(const Balancer& balancer, const Backend& backend) const
    {
        if (backend.target != noNode)
            return {backend.target};
        std::vector<NodeId> found;
        const auto own = m_model.at(balancer.sender == noNode ? balancer.thing : balancer.sender);
        for (const Interface* at : m_model.withInside(backend.address)) {
            if (!own.empty() && m_model[own.front()->segment].network == m_model[at->segment].network)
                found.push_back(at->thing);
        }
        return found;
    }

    [[nodiscard]] std::vector<End> endsOf(std::uint32_t cls, bool second) const
    {
        if (cls == 0)
            return {{nullptr, anyone4(), NodeId{0}}, {nullptr, anyone6(), NodeId{0}}};
        std::vector<End> ends;
        const NodeId thing = second ? m_flows.classes[cls].things[1] : first(cls);
        for (const Interface* at : second ? m_model.at(thing) : m_interfaces[cls])
            ends.push_back({at, {}, thing});
        return ends;
    }

    void judge(std::uint32_t from, std::uint32_t to, const PortSet& asked, bool keepLatent)
    {
        BestOutcomes best;
        // Two things of one class talk to each other.
        for (const End& source : endsOf(from, from == to)) {
            for (const End& target : endsOf(to, false)) {
                if (isV6(source) != isV6(target))
                    continue;
                for (Outcome& one : m_reachability.between(source, target, asked))
                    best.take(std::move(one));
            }
        }
        keep(m_flows.flows, from, to, best.kept(), keepLatent);
    }

    /// Parts of the outside that the target's own rules name. Anyone speaks for the rest.
    void fromNamedBlocks(std::uint32_t to, const PortSet& asked)
    {
        std::set<IpPrefix> blocks;
        for (const Interface* at : m_interfaces[to]) {
            for (const GateId gate : m_model[at->guard].in) {
                for (const Layer& layer : m_model[gate].layers) {
                    for (const FilterId filter : layer.filters)
                        addOutside(m_model[filter], blocks);
                }
            }
        }
        for (const IpPrefix& block : blocks) {
            BestOutcomes best;
            for (const End& target : endsOf(to, false)) {
                if (isV6(target) != block.address.v6)
                    continue;
                for (Outcome& one : m_reachability.between({nullptr, block.address, NodeId{0}}, target, asked))
                    best.take(std::move(one));
            }
            std::vector<Flow> flows;
            keep(flows, 0, to, best.kept(), false);
            for (Flow& flow : flows)
                m_flows.fromBlocks.push_back({block, std::move(flow)});
        }
    }

    void addOutside(const Filter& filter, std::set<IpPrefix>& blocks) const
    {
        for (const FilterRule& rule : filter.rules) {
            if (rule.effect != Effect::Allow)
                continue;
            for (const IpPrefix& block : rule.other.blocks) {
                const bool known = std::ranges::any_of(m_model.networks, [&](const Network& network) {
                    return std::ranges::any_of(
                        network.blocks, [&](const IpPrefix& own) { return own.overlaps(block); });
                });
                if (block.length > 0 && !known)
                    blocks.insert(block);
            }
        }
    }

    static bool isV6(const End& end) { return end.interface ? end.interface->inside.v6 : end.address.v6; }

    /// A flow for each verdict and each rule that opened it.
    void keep(std::vector<Flow>& into, std::uint32_t from, std::uint32_t to, std::vector<Outcome> outcomes,
        bool keepLatent) const
    {
        std::map<std::tuple<Reach, NodeId, std::string>, Flow> byRule;
        for (Outcome& one : outcomes) {
            if (one.verdict == Reach::Blocked || (!keepLatent && one.verdict == Reach::Latent))
                continue;
            const Hop* opened = openedBy(one.hops);
            Flow& flow = byRule[{one.verdict, opened ? opened->node : noNode, opened ? opened->rule : std::string()}];
            addEntries(one, flow);
            if (flow.ports.empty()) {
                flow.from = from;
                flow.to = to;
                flow.verdict = one.verdict;
                flow.ports = std::move(one.ports);
                flow.hops = std::move(one.hops);
                flow.missing = std::move(one.missing);
            } else {
                flow.ports = unionOf(flow.ports, one.ports);
            }
        }
        for (auto& [rule, flow] : byRule)
            into.push_back(std::move(flow));
    }

    void addEntries(const Outcome& one, Flow& flow) const
    {
        for (const Hop& hop : one.hops) {
            if (!hop.passed || hop.rule.empty() || hop.node == noNode || m_estate.kind(hop.node) != Kind::NetworkAcl)
                continue;
            const auto known = std::ranges::find_if(
                flow.entries, [&](const Flow::Entry& entry) { return entry.of == hop.node && entry.rule == hop.rule; });
            if (known == flow.entries.end())
                flow.entries.push_back({hop.node, hop.rule, hop.evidence, one.ports});
            else
                known->ports = unionOf(known->ports, one.ports);
        }
    }

    const Estate& m_estate;
    const Reachability& m_reachability;
    const NetworkModel& m_model;
    Progress& m_progress;
    Flows m_flows;
    Joined m_joined;
    std::vector<std::vector<const Interface*>> m_interfaces; ///< of the first thing of each class
    std::vector<bool> m_opens, m_accepts;
    std::map<Label, std::vector<std::uint32_t>> m_byLabel; ///< those that open connections
    std::map<NodeId, std::vector<std::uint32_t>> m_byNetwork; ///< those that open connections
};

} // namespace

const Hop* openedBy(const std::vector<Hop>& hops)
{
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        if (hop->passed && !hop->rule.empty() && hop->control == "security group")
            return &*hop;
    }
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        if (hop->passed && !hop->rule.empty())
            return &*hop;
    }
    return hops.empty() ? nullptr : &hops.back();
}

Flows findFlows(const Estate& estate, const Reachability& reachability, Progress& progress)
{
    return Finder(estate, reachability, progress).found();
}

} // namespace glacis
