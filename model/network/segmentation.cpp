// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/segmentation.h"

#include "core/text.h"
#include "network/environment.h"
#include "network/hygiene.h"
#include "network/zone_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

using Zones = std::map<std::uint32_t, std::vector<NodeId>>;

class Judge {
public:
    Judge(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix) : m_estate(estate), m_matrix(matrix)
    {
        m_made.tiers = std::move(tiers);
        m_made.flows = std::move(flows);
        m_made.violationOf.assign(m_made.flows.flows.size(), ~0u);
    }

    Segmentation judged()
    {
        for (const Flow& flow : m_made.flows.flows) {
            if (flow.from == 0 && (flow.verdict == Reach::Reachable || flow.verdict == Reach::Partial))
                m_fromInternet.insert(flow.to);
        }
        for (std::uint32_t at = 0; at < m_made.flows.flows.size(); ++at)
            judge(at);
        for (Violation& violation : hygieneOf(m_estate, m_made.tiers))
            m_made.violations.push_back(std::move(violation));
        sortWorstFirst();
        return std::move(m_made);
    }

private:
    [[nodiscard]] Zones zonesOf(std::uint32_t cls) const
    {
        Zones zones;
        for (const NodeId thing : m_made.flows.classes[cls].things)
            zones[m_made.tiers.of[index(thing)].zone].push_back(thing);
        return zones;
    }

    [[nodiscard]] std::string_view id(std::uint32_t zone) const
    {
        return zone == Placement::unassigned ? std::string_view("unassigned") : m_made.tiers.zones[zone].id;
    }
    [[nodiscard]] std::string title(std::uint32_t zone) const
    {
        return zone == Placement::unassigned ? "a thing without a tier" : m_made.tiers.zones[zone].title;
    }

    void judge(std::uint32_t at)
    {
        const Flow& flow = m_made.flows.flows[at];
        if (flow.verdict == Reach::Unknown)
            return;
        const bool open = flow.verdict != Reach::Latent;
        for (const auto& [fromZone, from] : zonesOf(flow.from)) {
            for (const auto& [toZone, to] : zonesOf(flow.to)) {
                const std::size_t pairs = from.size() * to.size();
                const bool inside = flow.from != 0 && flow.to != 0;
                const ZoneMatrix::Answer wanted = m_matrix.between(id(fromZone), id(toZone));
                // What has no tier is not judged: unknown beats wrong.
                const bool judged = fromZone != Placement::unassigned && toZone != Placement::unassigned;
                // "any" is any protocol, also one without ports, which a list of ports can't hold.
                const bool anything = wanted.allowed == allPorts();
                const PortSet unwanted = judged && !anything ? difference(flow.ports, wanted.allowed) : PortSet{};
                if (inside && open) {
                    m_made.pairsThatTalk += pairs;
                    m_made.pairsWanted += judged && unwanted.empty() ? pairs : 0;
                }
                if (!unwanted.empty())
                    add(at, fromZone, from, toZone, to, unwanted, wanted);
            }
        }
    }

    void add(std::uint32_t at, std::uint32_t fromZone, const std::vector<NodeId>& from, std::uint32_t toZone,
        const std::vector<NodeId>& to, const PortSet& ports, const ZoneMatrix::Answer& wanted)
    {
        const Flow& flow = m_made.flows.flows[at];
        const auto [kind, severity] = kindOf(flow, fromZone, toZone, from, to, ports, wanted.severity);
        const Hop* opened = openedBy(flow.hops);
        // One rule that opens the same between many classes is one violation.
        const auto key = std::tuple(kind, fromZone, toZone, ports, opened ? opened->node : noNode,
            opened ? opened->rule : std::string(), flow.verdict);
        const auto [found, isNew] = m_byCause.try_emplace(key, static_cast<std::uint32_t>(m_made.violations.size()));
        if (isNew) {
            Violation violation;
            violation.kind = kind;
            violation.severity = severity;
            violation.fromZone = fromZone;
            violation.toZone = toZone;
            violation.ports = ports;
            violation.verdict = flow.verdict;
            violation.hops = flow.hops;
            violation.row = wanted.row;
            m_made.violations.push_back(std::move(violation));
        }
        Violation& violation = m_made.violations[found->second];
        addOnce(violation.from, from);
        addOnce(violation.to, to);
        violation.severity = std::max(violation.severity, severity);
        violation.sentence = sentenceOf(violation);
        violation.fix = fixOf(violation, opened);
        const std::uint32_t before = m_made.violationOf[at];
        if (before == ~0u || m_made.violations[before].severity < violation.severity)
            m_made.violationOf[at] = found->second;
    }

    static void addOnce(std::vector<NodeId>& nodes, const std::vector<NodeId>& more)
    {
        nodes.insert(nodes.end(), more.begin(), more.end());
        std::ranges::sort(nodes);
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    }

    std::pair<std::string, Risk> kindOf(const Flow& flow, std::uint32_t fromZone, std::uint32_t toZone,
        const std::vector<NodeId>& from, const std::vector<NodeId>& to, const PortSet& ports, Risk severity) const
    {
        if (flow.verdict == Reach::Latent)
            return {"latent_open_sg", std::min(severity, Risk::Low)};
        const bool toData = id(toZone) == "data";
        if (flow.from == 0 && toData)
            return {"internet_to_data", Risk::Critical};
        if (flow.from == 0) {
            const bool admin = std::ranges::any_of(ZoneTable::builtIn().adminPorts, [&](std::int32_t port) {
                return !intersectionOf(ports, {{6, port, port}}).empty();
            });
            return admin ? std::pair("admin_port_world", std::max(severity, Risk::High))
                         : std::pair("internet_exposed", severity);
        }
        if (flow.to == 0)
            return {id(fromZone) == "data" ? "unrestricted_data_egress" : "unwanted_egress", severity};
        if (toData && m_estate.kind(from.front()) == Kind::LoadBalancer && m_fromInternet.count(flow.from) > 0)
            return {"internet_to_data", Risk::Critical};
        const std::string_view here = environmentOf(m_estate, from.front());
        const std::string_view there = environmentOf(m_estate, to.front());
        if (!here.empty() && !there.empty() && !equalIgnoringCase(here, there))
            return {"prod_nonprod_crossing", std::max(severity, Risk::High)};
        if (fromZone == toZone)
            return {"lateral_same_tier", severity};
        return {ports == allPorts() ? "flat_east_west" : "tier_skip", severity};
    }

    [[nodiscard]] std::string nameOf(const std::vector<NodeId>& things) const
    {
        if (m_estate.kind(things.front()) == Kind::Internet)
            return "the internet";
        const std::string first(m_estate.name(things.front()));
        return things.size() == 1 ? first : first + " and " + std::to_string(things.size() - 1) + " more";
    }

    [[nodiscard]] std::string sentenceOf(const Violation& violation) const
    {
        const std::string ends = nameOf(violation.from) + " (" + title(violation.fromZone) + ")";
        const std::string other = nameOf(violation.to) + " (" + title(violation.toZone) + ")";
        if (violation.verdict == Reach::Latent) {
            std::string held;
            for (const Hop& hop : violation.hops) {
                if (!hop.passed)
                    held = hop.why;
            }
            return "Only one control keeps " + ends + " from opening " + describe(violation.ports) + " on " + other
                + ": " + held + '.';
        }
        return ends + " can open " + describe(violation.ports) + " on " + other + ", which the matrix does not want.";
    }

    [[nodiscard]] std::string fixOf(const Violation& violation, const Hop* opened) const
    {
        if (!opened || opened->node == noNode)
            return "Close " + describe(violation.ports) + " on this way.";
        const std::string rule = opened->rule.empty() ? std::string() : "rule " + opened->rule + " of ";
        return "Narrow " + rule + opened->control + ' ' + std::string(m_estate.name(opened->node))
            + " so that it does not admit " + describe(violation.ports) + " from " + title(violation.fromZone) + '.';
    }

    void sortWorstFirst()
    {
        std::vector<std::uint32_t> order(m_made.violations.size());
        for (std::uint32_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
            const Violation &one = m_made.violations[a], &other = m_made.violations[b];
            return std::tuple(other.severity, one.fromZone, one.toZone, one.kind)
                < std::tuple(one.severity, other.fromZone, other.toZone, other.kind);
        });
        std::vector<Violation> sorted;
        std::vector<std::uint32_t> placeOf(order.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            placeOf[order[i]] = i;
            sorted.push_back(std::move(m_made.violations[order[i]]));
        }
        m_made.violations = std::move(sorted);
        for (std::uint32_t& of : m_made.violationOf)
            of = of == ~0u ? of : placeOf[of];
    }

    using Cause = std::tuple<std::string, std::uint32_t, std::uint32_t, PortSet, NodeId, std::string, Reach>;

    const Estate& m_estate;
    const ZoneMatrix& m_matrix;
    Segmentation m_made;
    std::map<Cause, std::uint32_t> m_byCause;
    std::set<std::uint32_t> m_fromInternet; ///< classes that the internet reaches
};

} // namespace

Segmentation segmentation(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix)
{
    return Judge(estate, std::move(tiers), std::move(flows), matrix).judged();
}

} // namespace glacis
