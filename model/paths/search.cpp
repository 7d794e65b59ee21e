// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/search.h"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>

#include <algorithm>

namespace glacis {

namespace {

struct NotBarred {
    const SearchGraph* graph = nullptr;
    const std::vector<bool>* edges = nullptr;
    const std::vector<bool>* vertices = nullptr;

    template <class Edge> bool operator()(const Edge& edge) const
    {
        if (!edges->empty() && (*edges)[(*graph)[edge].edge])
            return false;
        return vertices->empty() || !(*vertices)[boost::target(edge, *graph)];
    }
};

/// Keeps the edge by which a vertex was reached most cheaply: parallel edges are common, so the vertex before it is not
/// enough to say the way.
template <class Graph> struct KeepEdge : boost::default_dijkstra_visitor {
    KeepEdge(const SearchGraph& weights, std::vector<std::uint32_t>& reachedBy) : graph(&weights), by(&reachedBy) { }
    template <class Edge> void edge_relaxed(const Edge& edge, const Graph& /*searched*/)
    {
        (*by)[boost::target(edge, *graph)] = (*graph)[edge].edge;
    }
    const SearchGraph* graph;
    std::vector<std::uint32_t>* by;
};

} // namespace

SearchGraph searchGraph(const AttackGraph& graph, Along along)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<EdgeWeight> weights;
    ends.reserve(graph.edges().size());
    weights.reserve(graph.edges().size());
    std::uint32_t position = 0;
    for (const AttackGraph::Edge& edge : graph.edges()) {
        ends.emplace_back(along == Along::Edges ? std::pair(edge.from, edge.to) : std::pair(edge.to, edge.from));
        weights.push_back({edge.cost, position++});
    }
    return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(),
        static_cast<std::uint32_t>(graph.vertexCount())};
}

Distances distances(const SearchGraph& graph, const std::vector<std::uint32_t>& starts,
    const std::vector<bool>& barredEdges, const std::vector<bool>& barredVertices)
{
    Distances found;
    const std::size_t count = boost::num_vertices(graph);
    found.cost.assign(count, Distances::unreachable);
    found.by.assign(count, Distances::none);
    if (starts.empty())
        return found;
    using Filtered = boost::filtered_graph<SearchGraph, NotBarred>;
    const Filtered filtered(graph, NotBarred{&graph, &barredEdges, &barredVertices});
    const auto index = boost::get(boost::vertex_index, graph);
    const auto weight = boost::get(&EdgeWeight::weight, graph);
    const auto cost = boost::make_iterator_property_map(found.cost.begin(), index);
    std::vector<boost::default_color_type> colours(count, boost::white_color);
    for (const std::uint32_t start : starts)
        found.cost[start] = 0;
    // The version without initialisation lets several starts stand at cost 0 in one run.
    boost::dijkstra_shortest_paths_no_init(filtered, starts.begin(), starts.end(), boost::dummy_property_map(), cost,
        weight, index, std::less<float>(), boost::closed_plus<float>(Distances::unreachable), 0.0f,
        KeepEdge<Filtered>(graph, found.by), boost::make_iterator_property_map(colours.begin(), index));
    return found;
}

std::vector<std::uint32_t> walkTo(const AttackGraph& graph, const Distances& found, std::uint32_t vertex)
{
    std::vector<std::uint32_t> walk;
    while (found.by[vertex] != Distances::none) {
        walk.push_back(found.by[vertex]);
        vertex = graph.edges()[found.by[vertex]].from;
    }
    std::reverse(walk.begin(), walk.end());
    return walk;
}

} // namespace glacis
