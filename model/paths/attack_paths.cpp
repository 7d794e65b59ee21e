// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_paths.h"

#include "paths/simple_paths.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace glacis {

namespace {

/// The ends of a question, where one of equal things does for all, and which things are left out for that.
struct Ends {
    Ends(const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to)
        : starts(verticesOf(from)), targets(verticesOf(to)), hidden(graph.facts().estate.nodeCount())
    {
        for (std::uint32_t vertex = 0; vertex < hidden.size(); ++vertex)
            hidden[vertex] = graph.equalTo(vertex) != vertex;
        hidden.resize(graph.vertexCount());
        const std::set<std::uint32_t> allStarts(starts.begin(), starts.end());
        const std::set<std::uint32_t> allTargets(targets.begin(), targets.end());
        keepOneOfEqual(graph, starts, allTargets);
        keepOneOfEqual(graph, targets, allStarts);
        for (const auto* ends : {&starts, &targets}) {
            for (const std::uint32_t vertex : *ends)
                hidden[vertex] = false;
        }
    }

    std::vector<std::uint32_t> starts; ///< in order, each once
    std::vector<std::uint32_t> targets;
    Nearness::Hidden hidden;

private:
    /// What is an end on the other side, too, is not equal to what is not, and each of them may lead to another.
    static void keepOneOfEqual(
        const AttackGraph& graph, std::vector<std::uint32_t>& ends, const std::set<std::uint32_t>& others)
    {
        std::sort(ends.begin(), ends.end());
        ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
        std::set<std::uint32_t> known;
        std::erase_if(ends, [&](std::uint32_t vertex) {
            return others.count(vertex) == 0 && !known.insert(graph.equalTo(vertex)).second;
        });
    }
};

} // namespace

AttackPath pathAlong(const AttackGraph& graph, Walk walk)
{
    AttackPath path;
    for (const std::uint32_t edge : walk)
        path.cost += graph.edges()[edge].cost;
    path.steps = graph.steps(walk);
    path.walk = std::move(walk);
    return path;
}

std::vector<AttackPath> cheapestPaths(const AttackGraph& graph, const PathQuestion& question, Progress& progress)
{
    const Ends ends(graph, question.from.empty() ? graph.footholds() : question.from,
        question.to.empty() ? graph.crownJewels() : question.to);
    const Admitted admitted(graph, question.filter);
    Nearness nearness(graph, admitted, question.measure, Along::EdgesTurnedRound, ends.targets, ends.hidden);
    nearness.growUntil(ends.starts);
    SimplePaths search(graph, admitted, question.measure, ends.targets, nearness);
    for (const std::uint32_t start : ends.starts)
        search.addStart(start);
    progress.begin("Searching attack paths", question.most);
    std::vector<AttackPath> paths;
    while (paths.size() < question.most) {
        std::optional<Walk> walk = search.next(progress);
        if (!walk)
            break;
        paths.push_back(pathAlong(graph, std::move(*walk)));
        progress.advance();
    }
    return paths;
}

} // namespace glacis
