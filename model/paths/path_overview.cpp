// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_paths.h"
#include "paths/simple_paths.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace glacis {

namespace {

/// A path that was found, before its steps are written out.
struct Found {
    Weight weight = 0;
    std::uint32_t start = 0;
    Walk walk;

    bool operator<(const Found& other) const
    {
        return std::tie(weight, start, walk) < std::tie(other.weight, other.start, other.walk);
    }
};

class Overview {
public:
    Overview(const AttackGraph& graph, const PathQuestion& question)
        : m_graph(graph),
          m_question(question),
          m_admitted(graph, question.filter),
          m_targets(verticesOf(question.to.empty() ? graph.crownJewels() : question.to))
    {
    }

    PathOverview found(Progress& progress)
    {
        progress.begin("Searching attack paths", std::max<std::size_t>(m_question.from.size(), 1));
        if (m_question.from.empty()) {
            toEachTarget(idAt<NodeId>(0));
            toNearestTarget(m_graph.footholds(), OwnGrants::NotEnough, progress);
        } else if (m_question.from.size() > m_question.most) {
            toNearestTarget(m_question.from, OwnGrants::Enough, progress);
        } else {
            for (const NodeId start : m_question.from) {
                if (progress.cancelled())
                    break;
                toEachTarget(start);
                progress.advance();
            }
        }
        return told();
    }

private:
    enum class OwnGrants { Enough, NotEnough };

    void keep(std::uint32_t start, Walk walk)
    {
        Weight weight = 0;
        for (const std::uint32_t edge : walk)
            weight += weightOf(m_graph.edges()[edge], m_question.measure);
        m_found.push_back({weight, start, std::move(walk)});
    }

    void toEachTarget(NodeId from)
    {
        const std::uint32_t start = index(from);
        Nearness nearness(m_graph, m_admitted, m_question.measure, Along::Edges, {start});
        nearness.growAll();
        for (const std::uint32_t target : m_targets) {
            if (target == start || !nearness.reaches(target))
                continue;
            Walk walk;
            for (std::uint32_t at = target; at != start; at = m_graph.edges()[walk.back()].from)
                walk.push_back(nearness.next(at));
            std::reverse(walk.begin(), walk.end());
            keep(start, std::move(walk));
        }
    }

    void toNearestTarget(const std::vector<NodeId>& starts, OwnGrants grants, const Progress& progress)
    {
        Nearness nearness(m_graph, m_admitted, m_question.measure, Along::EdgesTurnedRound, m_targets);
        nearness.growAll();
        SimplePaths search(m_graph, m_admitted, m_question.measure, m_targets, nearness);
        for (const NodeId start : starts) {
            std::vector<std::uint32_t> barred;
            if (grants == OwnGrants::NotEnough) {
                if (m_graph.facts().estate.kind(start) == Kind::Internet)
                    continue;
                for (const AttackGraph::Edge& edge : m_graph.out(index(start))) {
                    if (edge.source != AttackGraph::EdgeSource::Escalation)
                        barred.push_back(m_graph.position(edge));
                }
            }
            search.clear();
            search.addStart(index(start), std::move(barred));
            if (std::optional<Walk> walk = search.next(progress))
                keep(index(start), std::move(*walk));
        }
    }

    PathOverview told()
    {
        std::sort(m_found.begin(), m_found.end());
        PathOverview overview;
        std::map<std::uint32_t, std::size_t> taken;
        std::vector<std::pair<std::size_t, std::size_t>> turns; // of its start, position
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            const Found& found = m_found[i];
            overview.ways.emplace_back(idAt<NodeId>(found.start), idAt<NodeId>(m_graph.edges()[found.walk.back()].to));
            turns.emplace_back(taken[found.start]++, i);
        }
        if (turns.size() > m_question.most) {
            std::sort(turns.begin(), turns.end());
            turns.resize(m_question.most);
            std::sort(turns.begin(), turns.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        }
        for (const auto& turn : turns)
            overview.paths.push_back(pathAlong(m_graph, std::move(m_found[turn.second].walk)));
        return overview;
    }

    const AttackGraph& m_graph;
    const PathQuestion& m_question;
    Admitted m_admitted;
    std::vector<std::uint32_t> m_targets;
    std::vector<Found> m_found;
};

} // namespace

PathOverview pathOverview(const AttackGraph& graph, const PathQuestion& question, Progress& progress)
{
    return Overview(graph, question).found(progress);
}

} // namespace glacis
