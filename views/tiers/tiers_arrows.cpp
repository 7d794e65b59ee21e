// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_arrows.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace glacis {

namespace {

using Place = TiersOutline::Place;

/// What a bundle is drawn between: a box, or a group that stands in none.
struct Container {
    bool isBox = false;
    int position = -1;
    auto operator<=>(const Container&) const = default;
};

class Bundler {
public:
    Bundler(const Segmentation& segmentation, const ZoneMatrix& matrix, const TiersOutline& outline,
        const TiersOptions& options)
        : m_segmentation(segmentation), m_matrix(matrix), m_outline(outline), m_options(options)
    {
        m_made.violationWithin.resize(outline.groups.size() + outline.boxes.size());
    }

    TiersArrows bundled()
    {
        findPlaces();
        for (std::uint32_t flow = 0; flow < m_segmentation.flows.flows.size(); ++flow)
            add(flow);
        addWaysIn();
        if (m_options.side != TiersSide::Open && m_options.wanted)
            addUnused();
        for (auto& [key, bundle] : m_bundles)
            m_made.arrows.push_back(arrowOf(key, bundle));
        return std::move(m_made);
    }

private:
    struct Part {
        Loudness loudness{};
        PortSet ports;
        std::uint32_t violation = ~0u;
    };
    enum class Sort : std::uint8_t { Wanted, Unused, Loud };
    struct Key {
        Container from;
        Container to;
        Sort sort{};
        auto operator<=>(const Key&) const = default;
    };
    struct Bundle {
        std::array<PortSet, 5> ports; ///< by loudness
        Loudness loudest = Loudness::Wanted;
        std::vector<std::uint32_t> flows;
        std::vector<std::uint32_t> waysIn;
        std::set<int> fromGroups; ///< the drawn groups that take part
        std::set<int> toGroups;
    };

    void findPlaces()
    {
        m_places.resize(m_segmentation.flows.classes.size());
        for (std::uint32_t cls = 0; cls < m_places.size(); ++cls) {
            for (const NodeId thing : m_segmentation.flows.classes[cls].things) {
                const Place place = m_outline.placeOf[index(thing)];
                if (place.group < 0 && place.box < 0)
                    continue;
                auto& places = m_places[cls];
                // The things of a class stand together, so the last place is the likely one.
                if (places.empty() || (places.back() != place && std::ranges::find(places, place) == places.end()))
                    places.push_back(place);
            }
        }
    }

    [[nodiscard]] Container containerOf(const Place& place) const
    {
        const int box = place.group >= 0 ? m_outline.groups[at(place.group)].box : place.box;
        return box >= 0 ? Container{true, box} : Container{false, place.group};
    }
    [[nodiscard]] std::uint32_t laneOf(const Container& one) const
    {
        return one.isBox ? m_outline.boxes[at(one.position)].lane : m_outline.groups[at(one.position)].lane;
    }
    [[nodiscard]] int rowOf(const Container& one) const
    {
        return one.isBox ? m_outline.boxes[at(one.position)].row : m_outline.groups[at(one.position)].row;
    }

    [[nodiscard]] bool hasZone(std::uint32_t lane) const { return lane < m_segmentation.tiers.zones.size(); }

    [[nodiscard]] ZoneMatrix::Answer between(std::uint32_t from, std::uint32_t to) const
    {
        const auto& zones = m_segmentation.tiers.zones;
        return m_matrix.between(zones[from].id, zones[to].id);
    }

    /// What of a flow the matrix does not want between these two zones.
    [[nodiscard]] PortSet unwanted(
        const Flow& flow, const Violation& violation, std::uint32_t from, std::uint32_t to) const
    {
        if (violation.fromZone == from && violation.toZone == to)
            return intersectionOf(flow.ports, violation.ports);
        if (!hasZone(from) || !hasZone(to))
            return {};
        const PortSet allowed = between(from, to).allowed;
        return allowed == allPorts() ? PortSet{} : difference(flow.ports, allowed);
    }

    [[nodiscard]] std::vector<Part> partsOf(std::uint32_t position, std::uint32_t from, std::uint32_t to) const
    {
        const Flow& flow = m_segmentation.flows.flows[position];
        const std::uint32_t violation = m_segmentation.violationOf[position];
        if (flow.verdict == Reach::Unknown)
            return {{Loudness::Unknown, flow.ports, ~0u}};
        if (flow.verdict == Reach::Latent)
            return {{Loudness::Latent, flow.ports, violation}};
        if (violation == ~0u)
            return {{Loudness::Wanted, flow.ports, ~0u}};
        PortSet bad = unwanted(flow, m_segmentation.violations[violation], from, to);
        if (bad.empty())
            return {{Loudness::Wanted, flow.ports, ~0u}};
        PortSet rest = difference(flow.ports, bad);
        std::vector<Part> parts{{Loudness::Violation, std::move(bad), violation}};
        if (!rest.empty())
            parts.push_back({Loudness::Wanted, std::move(rest), ~0u});
        return parts;
    }

    [[nodiscard]] bool isShown(const Part& part) const
    {
        if (part.loudness == Loudness::Wanted)
            return m_options.wanted && m_options.side != TiersSide::Difference;
        if (m_options.side == TiersSide::Wanted)
            return false;
        if (m_options.side == TiersSide::Difference && part.loudness != Loudness::Violation)
            return false;
        if (part.loudness == Loudness::Violation ? !m_options.violations : !m_options.latent)
            return false;
        if (part.violation == ~0u)
            return m_options.violationKind.empty();
        const Violation& violation = m_segmentation.violations[part.violation];
        return violation.severity >= m_options.leastSeverity
            && (m_options.violationKind.empty() || violation.kind == m_options.violationKind);
    }

    void add(std::uint32_t position)
    {
        const Flow& flow = m_segmentation.flows.flows[position];
        bool shown = false;
        for (const Place& from : m_places[flow.from]) {
            for (const Place& to : m_places[flow.to]) {
                const Container a = containerOf(from), b = containerOf(to);
                for (const Part& part : partsOf(position, laneOf(a), laneOf(b))) {
                    if (part.loudness == Loudness::Wanted && (rowOf(a) == rowOf(b) || rowOf(a) < 0 || rowOf(b) < 0))
                        m_open.insert({std::max(rowOf(a), rowOf(b)), laneOf(a), laneOf(b)});
                    if (!isShown(part))
                        continue;
                    shown = true;
                    addTo(bundle(from, to, part), &Bundle::flows, position);
                }
            }
        }
        ++(shown ? m_made.shownFlows : m_made.hiddenFlows);
    }

    /// What the internet may do without a connection of things: violations that no flow carries.
    void addWaysIn()
    {
        std::vector<bool> carried(m_segmentation.violations.size());
        for (const std::uint32_t violation : m_segmentation.violationOf) {
            if (violation != ~0u)
                carried[violation] = true;
        }
        const Place internet = m_outline.placeOf.front();
        for (std::uint32_t position = 0; position < carried.size(); ++position) {
            const Violation& violation = m_segmentation.violations[position];
            const Part part{violation.verdict == Reach::Unknown ? Loudness::Unknown
                    : violation.verdict == Reach::Latent        ? Loudness::Latent
                                                                : Loudness::Violation,
                violation.ports, position};
            if (carried[position] || violation.from != std::vector{NodeId{0}} || !isShown(part))
                continue;
            for (const NodeId thing : violation.to) {
                const Place to = m_outline.placeOf[index(thing)];
                if (to.group >= 0 || to.box >= 0)
                    addTo(bundle(internet, to, part), &Bundle::waysIn, position);
            }
        }
    }

    static void addTo(Bundle* bundle, std::vector<std::uint32_t> Bundle::*list, std::uint32_t position)
    {
        if (bundle && ((bundle->*list).empty() || (bundle->*list).back() != position))
            (bundle->*list).push_back(position);
    }

    /// Null when it stays within one box.
    Bundle* bundle(const Place& from, const Place& to, const Part& part)
    {
        const Container a = containerOf(from), b = containerOf(to);
        if (a == b && (from == to || part.loudness != Loudness::Violation)) {
            if (part.loudness == Loudness::Violation)
                m_made.violationWithin[at(
                    a.isBox ? static_cast<int>(m_outline.groups.size()) + a.position : a.position)] = true;
            return nullptr;
        }
        const Sort sort = part.loudness == Loudness::Wanted ? Sort::Wanted : Sort::Loud;
        Bundle& bundle = m_bundles[{a, b, sort}];
        PortSet& ports = bundle.ports[static_cast<std::size_t>(part.loudness)];
        ports = unionOf(ports, part.ports);
        bundle.loudest = std::max(bundle.loudest, part.loudness);
        bundle.fromGroups.insert(from.group);
        bundle.toGroups.insert(to.group);
        return &bundle;
    }

    /// What the matrix allows between two zones of a network, or with the internet, and nothing opens.
    void addUnused()
    {
        std::map<std::pair<int, std::uint32_t>, std::vector<Container>> standing;
        for (int box = 0; box < static_cast<int>(m_outline.boxes.size()); ++box)
            standing[{m_outline.boxes[at(box)].row, m_outline.boxes[at(box)].lane}].push_back({true, box});
        for (int group = 1; group < static_cast<int>(m_outline.groups.size()); ++group) {
            const TiersOutline::Group& one = m_outline.groups[at(group)];
            // What is beside the networks opens no connection of theirs.
            if (one.box < 0 && (one.mixed || m_outline.rows[at(one.row)].node != noNode))
                standing[{one.row, one.lane}].push_back({false, group});
        }
        const std::vector<Container> internet{{false, 0}};
        for (const auto& [here, containers] : standing) {
            const std::uint32_t outside = m_outline.groups.front().lane;
            addUnused(here.first, outside, internet, here.second, containers);
            addUnused(here.first, here.second, containers, outside, internet);
            for (auto other = standing.lower_bound({here.first, 0}); other != standing.end(); ++other) {
                if (other->first.first != here.first)
                    break;
                if (other->first.second != here.second)
                    addUnused(here.first, here.second, containers, other->first.second, other->second);
            }
        }
    }

    void addUnused(int row, std::uint32_t fromLane, const std::vector<Container>& from, std::uint32_t toLane,
        const std::vector<Container>& to)
    {
        if (!hasZone(fromLane) || !hasZone(toLane) || m_open.count({row, fromLane, toLane}) > 0)
            return;
        const PortSet allowed = between(fromLane, toLane).allowed;
        if (allowed.empty())
            return;
        // Zones, not pairs, are allowed: subnets of the same place in their order stand for theirs.
        for (std::size_t order = 0; order < std::max(from.size(), to.size()); ++order) {
            Bundle& bundle =
                m_bundles[{from[std::min(order, from.size() - 1)], to[std::min(order, to.size() - 1)], Sort::Unused}];
            bundle.loudest = Loudness::Unused;
            bundle.ports[static_cast<std::size_t>(Loudness::Unused)] = allowed;
        }
    }

    [[nodiscard]] TiersArrow::End endOf(const Container& container, const std::set<int>& groups) const
    {
        if (!container.isBox)
            return {container.position, -1};
        return groups.size() == 1 && *groups.begin() >= 0 ? TiersArrow::End{*groups.begin(), -1}
                                                          : TiersArrow::End{-1, container.position};
    }

    [[nodiscard]] TiersArrow arrowOf(const Key& key, Bundle& bundle) const
    {
        TiersArrow arrow;
        arrow.from = endOf(key.from, bundle.fromGroups);
        arrow.to = endOf(key.to, bundle.toGroups);
        arrow.loudness = bundle.loudest;
        arrow.ports = std::move(bundle.ports[static_cast<std::size_t>(bundle.loudest)]);
        arrow.flows = std::move(bundle.flows);
        arrow.waysIn = std::move(bundle.waysIn);
        return arrow;
    }

    [[nodiscard]] static std::size_t at(int position) { return static_cast<std::size_t>(position); }

    const Segmentation& m_segmentation;
    const ZoneMatrix& m_matrix;
    const TiersOutline& m_outline;
    const TiersOptions& m_options;
    TiersArrows m_made;
    std::vector<std::vector<Place>> m_places; ///< by class
    std::map<Key, Bundle> m_bundles;
    std::set<std::tuple<int, std::uint32_t, std::uint32_t>> m_open; ///< row, from and to lane: something wanted is open
};

} // namespace

TiersArrows tiersArrows(const Segmentation& segmentation, const ZoneMatrix& matrix, const TiersOutline& outline,
    const TiersOptions& options)
{
    return Bundler(segmentation, matrix, outline, options).bundled();
}

} // namespace glacis
