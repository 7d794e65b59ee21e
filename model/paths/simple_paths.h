// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "paths/search.h"

#include <optional>
#include <set>

namespace glacis {

/// The walks from starts to targets that pass no thing twice, one after the other, the one of least weight first.
///
/// The walks that are left are parted by what they begin with, and of each part only a lower bound is known until its
/// turn comes: the weight of the beginning and the least weight from there on. Mostly the nearest way on keeps clear of
/// the beginning, and then the bound is the answer; otherwise it guides a search around the beginning.
/// Sources: Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17 (1971); Lawler, "A
/// Procedure for Computing the K Best Solutions …", Management Science 18 (1972); Hart, Nilsson and Raphael, "A Formal
/// Basis for the Heuristic Determination of Minimum Cost Paths", IEEE Transactions SSC 4 (1968).
class SimplePaths {
public:
    /// `nearness` is that of the targets; it is grown as far as is needed.
    SimplePaths(const AttackGraph& graph, const Admitted& admitted, Measure by,
        const std::vector<std::uint32_t>& targets, Nearness& nearness);

    /// All walks that begin here and not with one of these edges (in order).
    void addStart(std::uint32_t start, std::vector<std::uint32_t> barredFirst = {});
    /// Drops what was added.
    void clear()
    {
        m_parts.clear();
        m_starts.clear();
        m_inReach.clear();
    }
    /// Nothing when there are no more, or when cancelled.
    [[nodiscard]] std::optional<Walk> next(const Progress& progress);

private:
    /// Stands for ending at a target, among the edges by which a walk may go on.
    static constexpr std::uint32_t stop = ~0U;

    /// All walks with one beginning that do not go on from it by some edges, or the best of these once it is known.
    struct Part {
        Weight weight = 0; ///< of the best: a lower bound until `isKnown`
        bool isKnown = false;
        std::uint32_t start = 0;
        Walk walk; ///< the beginning, or the whole of the best
        std::size_t fixed = 0; ///< edges of the walk that are the beginning
        std::vector<std::uint32_t> barred; ///< in order: edges that do not follow the beginning, or `stop`
        std::size_t number = 0; ///< in the order in which parts were made

        bool operator<(const Part& other) const
        {
            return std::tie(weight, isKnown, number) < std::tie(other.weight, other.isKnown, other.number);
        }
    };
    struct Onward {
        Weight weight = unreachable;
        std::uint32_t edge = stop;
    };

    void add(Part part);
    [[nodiscard]] bool isOpen(const AttackGraph::Edge& edge) const;
    [[nodiscard]] Onward bestOnward(const Part& part) const;
    [[nodiscard]] bool followNearest(Walk& walk, std::uint32_t vertex) const;
    [[nodiscard]] bool findBest(Part& part, const Onward& onward, const Progress& progress);
    [[nodiscard]] bool searchAround(Part& part, const Progress& progress);
    void reach(const AttackGraph::Edge& edge, Weight before);
    void takeWayTo(Part& part, std::uint32_t vertex) const;
    void beginFlood();
    void flood();
    /// Whether it may be that no way leads from here to a target around the beginning, known once the flood has ended.
    [[nodiscard]] bool isCutOff(std::uint32_t vertex) const
    {
        return m_flooding == m_run && m_flood.empty() && m_wet[vertex] != m_run;
    }
    void partBy(const Part& part);
    void markBeginning(const Part& part);
    [[nodiscard]] std::uint32_t endOf(const Part& part) const;
    [[nodiscard]] Weight weightOfBeginning(const Part& part) const;

    const AttackGraph& m_graph;
    const Admitted& m_admitted;
    Measure m_by;
    Nearness& m_nearness;
    std::vector<bool> m_isTarget;
    std::set<Part> m_parts;
    std::size_t m_made = 0;

    // Used again by each search, and valid where the stamp is that of the search.
    std::uint32_t m_stamp = 0;
    std::vector<std::uint32_t> m_begun; ///< by vertex: the thing is on the beginning at hand
    using Entry = std::pair<Weight, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_open;
    std::uint32_t m_run = 0;
    std::vector<std::uint32_t> m_seen; ///< by vertex
    std::vector<Weight> m_weight; ///< by vertex, from the end of the beginning
    std::vector<std::uint32_t> m_reachedBy; ///< by vertex

    // Where the beginning cuts the targets off from all that lies ahead, that is seen soonest from the targets.
    std::vector<std::uint32_t> m_targets;
    std::vector<std::uint32_t> m_starts;
    std::vector<bool> m_inReach; ///< of a start; empty until it is asked for
    std::uint32_t m_flooding = 0; ///< the search that the flood belongs to
    std::vector<std::uint32_t> m_flood; ///< vertices whose surroundings it has not got to yet
    std::vector<std::uint32_t> m_wet; ///< by vertex
};

} // namespace glacis
