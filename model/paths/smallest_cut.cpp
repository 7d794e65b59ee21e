// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/smallest_cut.h"

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/range/iterator_range.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace glacis {

namespace {

using Vertices = std::vector<std::uint32_t>;

/// Edges from all of some vertices to all of others.
struct Bundle {
    Vertices from;
    Vertices to;
};

/// Parts edges into bundles, as few as those of one end or of the other make.
std::vector<Bundle> bundled(const AttackGraph& graph, const std::vector<std::uint32_t>& edges)
{
    const auto byEnd = [&](auto near, auto far) {
        std::map<std::uint32_t, Vertices> farOf;
        for (const std::uint32_t edge : edges)
            farOf[near(graph.edges()[edge])].push_back(far(graph.edges()[edge]));
        std::map<Vertices, Vertices> nearOf;
        for (auto& [vertex, others] : farOf) {
            std::sort(others.begin(), others.end());
            others.erase(std::unique(others.begin(), others.end()), others.end());
            nearOf[std::move(others)].push_back(vertex);
        }
        return nearOf;
    };
    const auto from = [](const AttackGraph::Edge& edge) { return edge.from; };
    const auto to = [](const AttackGraph::Edge& edge) { return edge.to; };
    const std::map<Vertices, Vertices> byFrom = byEnd(from, to), byTo = byEnd(to, from);
    std::vector<Bundle> bundles;
    if (byFrom.size() <= byTo.size()) {
        for (const auto& [heads, tails] : byFrom)
            bundles.push_back({tails, heads});
    } else {
        for (const auto& [tails, heads] : byTo)
            bundles.push_back({tails, heads});
    }
    return bundles;
}

/// A network of capacities in which a flow is sought.
class Network {
public:
    static constexpr int unlimited = 1 << 29;

    explicit Network(std::uint32_t vertices) : m_vertices(vertices) { }

    std::uint32_t newVertex() { return m_vertices++; }
    void connect(std::uint32_t from, std::uint32_t to, int capacity) { m_pipes.push_back({from, to, capacity}); }
    /// The vertices on the side of the source once the flow is the largest there is.
    [[nodiscard]] std::vector<bool> sourceSide(std::uint32_t source, std::uint32_t sink) const;

private:
    using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
        boost::no_property, std::uint32_t, std::uint32_t>;
    using Pair = boost::graph_traits<Graph>::edge_descriptor;
    struct Pipe {
        std::uint32_t from;
        std::uint32_t to;
        int capacity;
    };

    std::uint32_t m_vertices;
    std::vector<Pipe> m_pipes;
};

std::vector<bool> Network::sourceSide(std::uint32_t source, std::uint32_t sink) const
{
    // Each pipe and, without capacity, its way back, by the vertex that they leave.
    std::vector<std::uint32_t> at(m_vertices + 1);
    for (const Pipe& pipe : m_pipes) {
        ++at[pipe.from + 1];
        ++at[pipe.to + 1];
    }
    std::partial_sum(at.begin(), at.end(), at.begin());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends(2 * m_pipes.size());
    std::vector<int> capacity(ends.size()), left(ends.size());
    std::vector<Pair> back(ends.size());
    for (const Pipe& pipe : m_pipes) {
        const std::uint32_t there = at[pipe.from]++, again = at[pipe.to]++;
        ends[there] = {pipe.from, pipe.to};
        ends[again] = {pipe.to, pipe.from};
        capacity[there] = pipe.capacity;
        back[there] = Pair(pipe.to, again);
        back[again] = Pair(pipe.from, there);
    }
    const Graph graph(boost::edges_are_sorted, ends.begin(), ends.end(), m_vertices);
    std::vector<Pair> before(m_vertices);
    std::vector<boost::default_color_type> colours(m_vertices);
    std::vector<std::uint32_t> distances(m_vertices);
    const auto vertices = boost::get(boost::vertex_index, graph);
    const auto edges = boost::get(boost::edge_index, graph);
    boost::boykov_kolmogorov_max_flow(graph, boost::make_iterator_property_map(capacity.begin(), edges),
        boost::make_iterator_property_map(left.begin(), edges), boost::make_iterator_property_map(back.begin(), edges),
        boost::make_iterator_property_map(before.begin(), vertices),
        boost::make_iterator_property_map(colours.begin(), vertices),
        boost::make_iterator_property_map(distances.begin(), vertices), vertices, source, sink);
    std::vector<bool> side(m_vertices);
    std::vector<std::uint32_t> open = {source};
    side[source] = true;
    while (!open.empty()) {
        const std::uint32_t vertex = open.back();
        open.pop_back();
        for (const Pair& edge : boost::make_iterator_range(boost::out_edges(vertex, graph))) {
            const std::uint32_t next = boost::target(edge, graph);
            if (left[boost::get(boost::edge_index, graph, edge)] > 0 && !side[next]) {
                side[next] = true;
                open.push_back(next);
            }
        }
    }
    return side;
}

class Search {
public:
    Search(const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to,
        const StepFilter& filter, Progress& progress)
        : m_graph(graph),
          m_admitted(graph, filter),
          m_starts(verticesOf(from)),
          m_targets(verticesOf(to)),
          m_edges((takeStartsFromTargets(), edgesBetween())),
          m_cuts(graph, m_edges, progress)
    {
    }

    SmallestCut found(Progress& progress)
    {
        SmallestCut result;
        result.standing = takeStanding();
        if (m_targets.empty() || progress.cancelled())
            return result;
        m_edges = edgesBetween();
        std::vector<std::uint32_t> chosen = minimumCut();
        if (m_overlap)
            dropNeedless(chosen, progress);
        for (const std::uint32_t cut : chosen)
            result.fixes.push_back(m_cuts.all()[cut]);
        return result;
    }

private:
    void takeStartsFromTargets()
    {
        const std::set<std::uint32_t> starts(m_starts.begin(), m_starts.end());
        std::erase_if(m_targets, [&](std::uint32_t target) { return starts.count(target) > 0; });
    }

    /// Those on ways from a start to a target.
    [[nodiscard]] std::vector<std::uint32_t> edgesBetween() const
    {
        const std::vector<bool> reached = reachedFrom(m_graph, m_admitted, m_starts);
        const std::vector<bool> leading = leadingTo(m_graph, m_admitted, m_targets);
        std::vector<std::uint32_t> edges;
        for (const AttackGraph::Edge& edge : m_graph.edges()) {
            if (reached[edge.from] && leading[edge.to] && m_admitted(m_graph.position(edge)))
                edges.push_back(m_graph.position(edge));
        }
        return edges;
    }

    /// The paths that no change takes away; their targets are given up.
    std::vector<AttackPath> takeStanding()
    {
        Admitted fixed = m_admitted;
        for (const std::uint32_t edge : m_edges) {
            if (m_cuts.of(edge) != Cuts::none)
                fixed.bar(edge);
        }
        Nearness nearness(m_graph, fixed, Measure::Cost, Along::Edges, m_starts);
        nearness.growAll();
        std::vector<AttackPath> standing;
        std::erase_if(m_targets, [&](std::uint32_t target) {
            if (!nearness.reaches(target))
                return false;
            Walk walk;
            for (std::uint32_t at = target; nearness.next(at) != Nearness::none; at = m_graph.edges()[walk.back()].from)
                walk.push_back(nearness.next(at));
            std::reverse(walk.begin(), walk.end());
            standing.push_back(pathAlong(m_graph, std::move(walk)));
            return true;
        });
        return standing;
    }

    [[nodiscard]] std::vector<std::uint32_t> minimumCut()
    {
        // Vertices of ways only, numbered in order.
        std::map<std::uint32_t, std::uint32_t> numbers;
        for (const std::uint32_t edge : m_edges) {
            numbers.emplace(m_graph.edges()[edge].from, 0);
            numbers.emplace(m_graph.edges()[edge].to, 0);
        }
        std::uint32_t count = 0;
        for (auto& [vertex, number] : numbers)
            number = count++;
        Network network(count + 2);
        const std::uint32_t source = count, sink = count + 1;
        for (const auto& [ends, isStart] : {std::pair(&m_starts, true), std::pair(&m_targets, false)}) {
            for (const std::uint32_t vertex : *ends) {
                const auto found = numbers.find(vertex);
                if (found == numbers.end())
                    continue;
                network.connect(isStart ? source : found->second, isStart ? found->second : sink, Network::unlimited);
            }
        }
        std::vector<std::vector<std::uint32_t>> edgesOf(m_cuts.all().size());
        for (const std::uint32_t edge : m_edges) {
            if (m_cuts.of(edge) != Cuts::none)
                edgesOf[m_cuts.of(edge)].push_back(edge);
            else
                network.connect(
                    numbers.at(m_graph.edges()[edge].from), numbers.at(m_graph.edges()[edge].to), Network::unlimited);
        }
        struct Gate {
            std::uint32_t cut;
            std::uint32_t from;
            std::uint32_t to;
        };
        std::vector<Gate> gates;
        for (std::uint32_t cut = 0; cut < edgesOf.size(); ++cut) {
            const std::vector<Bundle> bundles = bundled(m_graph, edgesOf[cut]);
            m_overlap = m_overlap || bundles.size() > 1 || m_cuts.all()[cut].changes.size() > 1;
            for (const Bundle& bundle : bundles) {
                const Gate gate{cut, network.newVertex(), network.newVertex()};
                network.connect(gate.from, gate.to, 1);
                for (const std::uint32_t vertex : bundle.from)
                    network.connect(numbers.at(vertex), gate.from, Network::unlimited);
                for (const std::uint32_t vertex : bundle.to)
                    network.connect(gate.to, numbers.at(vertex), Network::unlimited);
                gates.push_back(gate);
            }
        }
        const std::vector<bool> side = network.sourceSide(source, sink);
        std::set<std::uint32_t> chosen;
        for (const Gate& gate : gates) {
            if (side[gate.from] && !side[gate.to])
                chosen.insert(gate.cut);
        }
        return {chosen.begin(), chosen.end()};
    }

    /// Where a fix takes away more than one bundle, or also what another does, the others may be enough.
    void dropNeedless(std::vector<std::uint32_t>& chosen, const Progress& progress) const
    {
        for (std::size_t left = chosen.size(); left > 0 && !progress.cancelled(); --left) {
            Admitted without = m_admitted;
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                if (i == left - 1)
                    continue;
                for (const std::uint32_t edge : m_cuts.all()[chosen[i]].edges)
                    without.bar(edge);
            }
            const std::vector<bool> reached = reachedFrom(m_graph, without, m_starts);
            if (std::none_of(m_targets.begin(), m_targets.end(), [&](std::uint32_t target) { return reached[target]; }))
                chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(left) - 1);
        }
    }

    const AttackGraph& m_graph;
    Admitted m_admitted;
    std::vector<std::uint32_t> m_starts;
    std::vector<std::uint32_t> m_targets;
    std::vector<std::uint32_t> m_edges; ///< on ways from a start to a target
    Cuts m_cuts;
    bool m_overlap = false; ///< a fix may take away more than it was counted for
};

} // namespace

SmallestCut smallestCut(const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to,
    Progress& progress, const StepFilter& filter)
{
    return Search(graph, from, to, filter, progress).found(progress);
}

} // namespace glacis
