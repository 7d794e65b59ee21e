// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_paths.h"

#include "paths/search.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

AttackPath pathAlong(const AttackGraph& graph, std::vector<std::uint32_t> walk)
{
    AttackPath path;
    for (const std::uint32_t edge : walk)
        path.cost += graph.edges()[edge].cost;
    path.steps = graph.steps(walk);
    path.walk = std::move(walk);
    return path;
}

bool isSimple(const AttackGraph& graph, const std::vector<std::uint32_t>& walk)
{
    std::set<std::uint32_t> seen;
    if (!walk.empty())
        seen.insert(graph.edges()[walk.front()].from);
    return std::all_of(
        walk.begin(), walk.end(), [&](std::uint32_t edge) { return seen.insert(graph.edges()[edge].to).second; });
}

std::vector<AttackPath> pathsFromOne(
    const AttackGraph& graph, const SearchGraph& search, NodeId start, const std::vector<NodeId>& targets)
{
    std::vector<AttackPath> paths;
    const Distances found = distances(search, {index(start)});
    for (const NodeId target : targets) {
        if (target != start && found.reaches(index(target)))
            paths.push_back(pathAlong(graph, walkTo(graph, found, index(target))));
    }
    return paths;
}

/// From each stolen identity to the nearest of the targets, by a first step that is more than its own grants.
std::vector<AttackPath> pathsOfIdentities(const AttackGraph& graph, const std::vector<NodeId>& targets)
{
    std::vector<std::uint32_t> ends;
    ends.reserve(targets.size());
    for (const NodeId target : targets)
        ends.push_back(index(target));
    const SearchGraph turned = searchGraph(graph, Along::EdgesTurnedRound);
    const Distances toTarget = distances(turned, ends);
    const std::vector<AttackGraph::Edge>& edges = graph.edges();
    std::vector<AttackPath> paths;
    for (const NodeId start : graph.footholds()) {
        if (graph.facts().estate.kind(start) == Kind::Internet)
            continue;
        const auto first = std::lower_bound(edges.begin(), edges.end(), index(start),
            [](const AttackGraph::Edge& edge, std::uint32_t vertex) { return edge.from < vertex; });
        std::uint32_t best = Distances::none;
        float cost = Distances::unreachable;
        for (auto edge = first; edge != edges.end() && edge->from == index(start); ++edge) {
            const bool goesOn = edge->source == AttackGraph::EdgeSource::Escalation;
            if (goesOn && toTarget.reaches(edge->to) && edge->cost + toTarget.cost[edge->to] < cost) {
                cost = edge->cost + toTarget.cost[edge->to];
                best = static_cast<std::uint32_t>(edge - edges.begin());
            }
        }
        if (best == Distances::none)
            continue;
        std::vector<std::uint32_t> walk = {best};
        for (std::uint32_t at = edges[best].to; toTarget.by[at] != Distances::none; at = edges[toTarget.by[at]].to)
            walk.push_back(toTarget.by[at]);
        // The nearest way from the second thing may lead back through the first: then its own grants were enough.
        if (isSimple(graph, walk))
            paths.push_back(pathAlong(graph, std::move(walk)));
    }
    return paths;
}

void sortByCost(std::vector<AttackPath>& paths)
{
    std::stable_sort(
        paths.begin(), paths.end(), [](const AttackPath& a, const AttackPath& b) { return a.cost < b.cost; });
}

/// The cheapest path of each start first, then the second cheapest of each, so that a start with many targets does not
/// crowd out the others.
void takeTurns(std::vector<AttackPath>& paths)
{
    sortByCost(paths);
    std::map<NodeId, std::size_t> taken;
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i < paths.size(); ++i)
        order.emplace_back(taken[paths[i].steps.front().from]++, i);
    std::sort(order.begin(), order.end());
    std::vector<AttackPath> sorted;
    sorted.reserve(paths.size());
    for (const auto& [turn, position] : order)
        sorted.push_back(std::move(paths[position]));
    paths = std::move(sorted);
}

} // namespace

std::vector<AttackPath> cheapestPaths(const AttackGraph& graph, const PathQuestion& question, Progress& progress)
{
    const std::vector<NodeId>& targets = question.to.empty() ? graph.crownJewels() : question.to;
    const SearchGraph search = searchGraph(graph, Along::Edges);
    std::vector<AttackPath> paths;
    progress.begin("Searching attack paths", std::max<std::size_t>(question.from.size(), 1));
    const std::vector<NodeId> internet = {idAt<NodeId>(0)};
    for (const NodeId start : question.from.empty() ? internet : question.from) {
        if (progress.cancelled())
            return paths;
        std::vector<AttackPath> more = pathsFromOne(graph, search, start, targets);
        std::move(more.begin(), more.end(), std::back_inserter(paths));
        progress.advance();
    }
    if (question.from.empty()) {
        std::vector<AttackPath> more = pathsOfIdentities(graph, targets);
        std::move(more.begin(), more.end(), std::back_inserter(paths));
    }
    takeTurns(paths);
    if (paths.size() > question.most)
        paths.resize(question.most);
    sortByCost(paths);
    return paths;
}

std::vector<AttackPath> cheapestPathsBetween(
    const AttackGraph& graph, NodeId from, NodeId to, std::size_t most, Progress& progress)
{
    using Walk = std::vector<std::uint32_t>;
    const SearchGraph search = searchGraph(graph, Along::Edges);
    const auto costOf = [&](const Walk& walk) {
        double cost = 0;
        for (const std::uint32_t edge : walk)
            cost += graph.edges()[edge].cost;
        return cost;
    };
    std::vector<Walk> chosen;
    std::set<std::pair<double, Walk>> candidates;
    const Distances first = distances(search, {index(from)});
    if (from != to && first.reaches(index(to)))
        candidates.emplace(first.cost[index(to)], walkTo(graph, first, index(to)));
    progress.begin("Searching attack paths", most);
    while (!candidates.empty() && chosen.size() < most && !progress.cancelled()) {
        chosen.push_back(candidates.begin()->second);
        candidates.erase(candidates.begin());
        progress.advance();
        const Walk last = chosen.back();
        std::vector<bool> barredVertices(graph.vertexCount());
        for (std::size_t spur = 0; spur < last.size() && chosen.size() < most && !progress.cancelled(); ++spur) {
            const std::uint32_t spurVertex = graph.edges()[last[spur]].from;
            std::vector<bool> barredEdges(graph.edges().size());
            for (const Walk& other : chosen) {
                if (other.size() > spur
                    && std::equal(last.begin(), last.begin() + static_cast<long>(spur), other.begin()))
                    barredEdges[other[spur]] = true;
            }
            const Distances rest = distances(search, {spurVertex}, barredEdges, barredVertices);
            if (rest.reaches(index(to))) {
                Walk walk(last.begin(), last.begin() + static_cast<long>(spur));
                const Walk tail = walkTo(graph, rest, index(to));
                walk.insert(walk.end(), tail.begin(), tail.end());
                candidates.emplace(costOf(walk), std::move(walk));
            }
            barredVertices[spurVertex] = true;
        }
    }
    std::vector<AttackPath> paths;
    paths.reserve(chosen.size());
    for (Walk& walk : chosen)
        paths.push_back(pathAlong(graph, std::move(walk)));
    return paths;
}

} // namespace glacis
