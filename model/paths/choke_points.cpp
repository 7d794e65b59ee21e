// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/choke_points.h"

#include "paths/search.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace glacis {

namespace {

// Compressed rows have no degree() that the algorithm's concept check asks for.
using TwoWay = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

/// The part of the attack graph that can be reached from the starts, with one more vertex that leads to all of them.
/// An edge out of what can't be reached would spoil the dominators (Boost 1.74).
TwoWay withOneStart(const AttackGraph& graph, const std::vector<NodeId>& from)
{
    std::vector<std::uint32_t> starts;
    starts.reserve(from.size());
    for (const NodeId start : from)
        starts.push_back(index(start));
    const Distances reached = distances(searchGraph(graph, Along::Edges), starts);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    ends.reserve(graph.edges().size() + from.size());
    for (const AttackGraph::Edge& edge : graph.edges()) {
        if (reached.reaches(edge.from))
            ends.emplace_back(edge.from, edge.to);
    }
    const auto root = static_cast<std::uint32_t>(graph.vertexCount());
    for (const NodeId start : from)
        ends.emplace_back(root, index(start));
    return {ends.begin(), ends.end(), graph.vertexCount() + 1};
}

/// The edge of a step by which an attacker is stopped: the flow between classes, or the step itself.
std::vector<std::uint32_t> decidingEdges(const AttackGraph& graph, const AttackPath& path)
{
    std::vector<std::uint32_t> edges;
    for (const std::uint32_t edge : path.walk) {
        if (graph.edges()[edge].source != AttackGraph::EdgeSource::Member)
            edges.push_back(edge);
    }
    return edges;
}

} // namespace

std::vector<ChokePoint> chokePoints(
    const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to)
{
    const TwoWay searched = withOneStart(graph, from);
    const std::size_t root = graph.vertexCount();
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> dominator(graph.vertexCount() + 1, none);
    boost::lengauer_tarjan_dominator_tree(searched, root,
        boost::make_iterator_property_map(dominator.begin(), boost::get(boost::vertex_index, searched)));
    std::vector<std::size_t> targets(graph.vertexCount());
    for (const NodeId target : to) {
        for (std::size_t at = dominator[index(target)]; at != none && at != root; at = dominator[at])
            ++targets[at];
    }
    const std::set<NodeId> starts(from.begin(), from.end());
    std::vector<ChokePoint> points;
    for (std::uint32_t vertex = 0; vertex < graph.facts().estate.nodeCount(); ++vertex) {
        const NodeId node = idAt<NodeId>(vertex);
        if (targets[vertex] > 0 && starts.count(node) == 0)
            points.push_back({node, targets[vertex]});
    }
    std::stable_sort(
        points.begin(), points.end(), [](const ChokePoint& a, const ChokePoint& b) { return a.targets > b.targets; });
    return points;
}

std::vector<Fix> fixesOf(const AttackGraph& graph, const std::vector<AttackPath>& paths, Progress& progress)
{
    const SearchGraph search = searchGraph(graph, Along::Edges);
    std::map<std::uint32_t, std::pair<std::size_t, std::size_t>> firstUse; // edge → path, step
    std::map<std::uint32_t, std::vector<std::size_t>> users;
    for (std::size_t p = 0; p < paths.size(); ++p) {
        std::size_t step = 0;
        for (const std::uint32_t edge : decidingEdges(graph, paths[p])) {
            firstUse.emplace(edge, std::pair(p, step++));
            users[edge].push_back(p);
        }
    }
    progress.begin("Weighing fixes", users.size());
    std::vector<Fix> fixes;
    for (const auto& [edge, usedBy] : users) {
        if (progress.cancelled())
            return fixes;
        progress.advance();
        std::vector<bool> barred(graph.edges().size());
        barred[edge] = true;
        std::map<NodeId, Distances> without;
        std::size_t removed = 0;
        for (const std::size_t p : usedBy) {
            const NodeId start = paths[p].steps.front().from;
            const auto [found, isNew] = without.try_emplace(start);
            if (isNew)
                found->second = distances(search, {index(start)}, barred);
            removed += found->second.reaches(index(paths[p].steps.back().to)) ? 0 : 1;
        }
        if (removed == 0)
            continue;
        const auto [p, step] = firstUse[edge];
        const AttackStep& taken = paths[p].steps[step];
        fixes.push_back({taken.fix, taken, removed});
    }
    std::stable_sort(
        fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) { return a.removesPaths > b.removesPaths; });
    return fixes;
}

} // namespace glacis
