// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/simple_paths.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::size_t stepsBetweenCancels = 4096;
/// Vertices that a search looks at before it is checked from the targets, too, whether there is anything to be found.
constexpr std::size_t patience = 256;

bool contains(const std::vector<std::uint32_t>& all, std::uint32_t one)
{
    return std::binary_search(all.begin(), all.end(), one);
}

} // namespace

SimplePaths::SimplePaths(const AttackGraph& graph, const Admitted& admitted, Measure by,
    const std::vector<std::uint32_t>& targets, Nearness& nearness)
    : m_graph(graph),
      m_admitted(admitted),
      m_by(by),
      m_nearness(nearness),
      m_isTarget(graph.vertexCount()),
      m_begun(graph.vertexCount()),
      m_seen(graph.vertexCount()),
      m_weight(graph.vertexCount()),
      m_reachedBy(graph.vertexCount()),
      m_targets(targets),
      m_wet(graph.vertexCount())
{
    for (const std::uint32_t target : targets)
        m_isTarget[target] = true;
}

void SimplePaths::addStart(std::uint32_t start, std::vector<std::uint32_t> barredFirst)
{
    m_starts.push_back(start);
    m_inReach.clear();
    Part part;
    part.start = start;
    part.barred = std::move(barredFirst);
    part.barred.push_back(stop);
    markBeginning(part);
    add(std::move(part));
}

std::uint32_t SimplePaths::endOf(const Part& part) const
{
    return part.fixed == 0 ? part.start : m_graph.edges()[part.walk[part.fixed - 1]].to;
}

Weight SimplePaths::weightOfBeginning(const Part& part) const
{
    Weight sum = 0;
    for (std::size_t i = 0; i < part.fixed; ++i)
        sum += weightOf(m_graph.edges()[part.walk[i]], m_by);
    return sum;
}

/// Classes may be passed again, things may not.
void SimplePaths::markBeginning(const Part& part)
{
    ++m_stamp;
    m_begun[part.start] = m_stamp;
    for (std::size_t i = 0; i < part.fixed; ++i) {
        const std::uint32_t vertex = m_graph.edges()[part.walk[i]].to;
        if (m_graph.isThing(vertex))
            m_begun[vertex] = m_stamp;
    }
}

/// Whether a walk may go by this edge after the beginning that is marked.
bool SimplePaths::isOpen(const AttackGraph::Edge& edge) const
{
    return m_begun[edge.to] != m_stamp && m_nearness.reaches(edge.to) && m_admitted(m_graph.position(edge))
        && !m_nearness.isHidden(edge.to);
}

SimplePaths::Onward SimplePaths::bestOnward(const Part& part) const
{
    const std::uint32_t end = endOf(part);
    if (m_isTarget[end] && !contains(part.barred, stop))
        return {0, stop};
    Onward best;
    for (const AttackGraph::Edge& edge : m_graph.out(end)) {
        if (!isOpen(edge))
            continue;
        const Weight weight = weightOf(edge, m_by) + m_nearness.atLeast(edge.to);
        if (weight < best.weight && !contains(part.barred, m_graph.position(edge)))
            best = {weight, m_graph.position(edge)};
    }
    return best;
}

/// The beginning must be marked.
void SimplePaths::add(Part part)
{
    const Onward onward = bestOnward(part);
    if (onward.weight == unreachable)
        return;
    part.weight = weightOfBeginning(part) + onward.weight;
    part.isKnown = false;
    part.walk.resize(part.fixed);
    part.number = m_made++;
    m_parts.insert(std::move(part));
}

/// Goes on from a vertex by the nearest way, unless that is not known or leads through the beginning that is marked.
bool SimplePaths::followNearest(Walk& walk, std::uint32_t vertex) const
{
    const std::size_t before = walk.size();
    while (m_nearness.isSettled(vertex) && m_begun[vertex] != m_stamp) {
        const std::uint32_t edge = m_nearness.next(vertex);
        if (edge == Nearness::none)
            return true;
        walk.push_back(edge);
        vertex = m_graph.edges()[edge].to;
    }
    walk.resize(before);
    return false;
}

/// The best of the part that is marked; false when there is none.
bool SimplePaths::findBest(Part& part, const Onward& onward, const Progress& progress)
{
    if (onward.edge == stop)
        return true;
    part.walk.push_back(onward.edge);
    if (followNearest(part.walk, m_graph.edges()[onward.edge].to))
        return true;
    part.walk.resize(part.fixed);
    return searchAround(part, progress);
}

void SimplePaths::reach(const AttackGraph::Edge& edge, Weight before)
{
    const Weight weight = before + weightOf(edge, m_by);
    if (m_seen[edge.to] == m_run && m_weight[edge.to] <= weight)
        return;
    m_seen[edge.to] = m_run;
    m_weight[edge.to] = weight;
    m_reachedBy[edge.to] = m_graph.position(edge);
    m_open.emplace(weight + m_nearness.atLeast(edge.to), edge.to);
}

bool SimplePaths::searchAround(Part& part, const Progress& progress)
{
    m_open = {};
    ++m_run;
    // The search begins with the edges and not with the end itself: that may be a class, which can be passed again.
    for (const AttackGraph::Edge& edge : m_graph.out(endOf(part))) {
        if (isOpen(edge) && !contains(part.barred, m_graph.position(edge)))
            reach(edge, 0);
    }
    for (std::size_t looked = 1; !m_open.empty(); ++looked) {
        if (looked % stepsBetweenCancels == 0 && progress.cancelled())
            return false;
        if (looked == patience)
            beginFlood();
        else if (looked > patience)
            flood();
        const auto [bound, vertex] = m_open.top();
        m_open.pop();
        if (isCutOff(vertex))
            continue;
        const Weight weight = m_weight[vertex];
        if (bound != weight + m_nearness.atLeast(vertex))
            continue; // reached more cheaply since
        // What is looked at first has the least bound of all, so where the nearest way from it is free, that is best.
        Walk rest;
        if (followNearest(rest, vertex)) {
            takeWayTo(part, vertex);
            part.walk.insert(part.walk.end(), rest.begin(), rest.end());
            return true;
        }
        for (const AttackGraph::Edge& edge : m_graph.out(vertex)) {
            if (isOpen(edge))
                reach(edge, weight);
        }
    }
    return false;
}

/// Begins to find, from the targets, what leads to them around the beginning that is marked.
void SimplePaths::beginFlood()
{
    if (m_inReach.empty())
        m_inReach = reachedFrom(m_graph, m_admitted, m_starts);
    m_flooding = m_run;
    m_flood.clear();
    for (const std::uint32_t target : m_targets) {
        if (m_begun[target] != m_stamp && m_inReach[target]) {
            m_wet[target] = m_run;
            m_flood.push_back(target);
        }
    }
}

void SimplePaths::flood()
{
    if (m_flood.empty())
        return;
    const std::uint32_t vertex = m_flood.back();
    m_flood.pop_back();
    for (const std::uint32_t position : m_graph.in(vertex)) {
        const std::uint32_t from = m_graph.edges()[position].from;
        if (m_wet[from] == m_run || m_begun[from] == m_stamp || !m_inReach[from] || !m_admitted(position)
            || m_nearness.isHidden(from))
            continue;
        m_wet[from] = m_run;
        m_flood.push_back(from);
    }
}

/// The edges by which the search came from the end of the beginning to a vertex.
void SimplePaths::takeWayTo(Part& part, std::uint32_t vertex) const
{
    Walk back;
    for (bool isFirst = false; !isFirst;) {
        const AttackGraph::Edge& edge = m_graph.edges()[m_reachedBy[vertex]];
        back.push_back(m_reachedBy[vertex]);
        isFirst = edge.from == endOf(part) && m_weight[vertex] == weightOf(edge, m_by);
        vertex = edge.from;
    }
    part.walk.insert(part.walk.end(), back.rbegin(), back.rend());
}

/// What is left of a part without its best walk: that which goes another way from one of its vertices on.
void SimplePaths::partBy(const Part& part)
{
    for (std::size_t i = part.fixed; i <= part.walk.size(); ++i) {
        Part rest;
        rest.start = part.start;
        rest.fixed = i;
        rest.walk.assign(part.walk.begin(), part.walk.begin() + static_cast<std::ptrdiff_t>(i));
        if (i == part.fixed)
            rest.barred = part.barred;
        const std::uint32_t taken = i < part.walk.size() ? part.walk[i] : stop;
        rest.barred.insert(std::upper_bound(rest.barred.begin(), rest.barred.end(), taken), taken);
        markBeginning(rest);
        add(std::move(rest));
    }
}

std::optional<Walk> SimplePaths::next(const Progress& progress)
{
    while (!m_parts.empty() && !progress.cancelled()) {
        Part part = std::move(m_parts.extract(m_parts.begin()).value());
        if (part.isKnown) {
            partBy(part);
            return std::move(part.walk);
        }
        m_nearness.growTo(part.weight);
        markBeginning(part);
        const Onward onward = bestOnward(part);
        if (onward.weight == unreachable)
            continue;
        const Weight beginning = weightOfBeginning(part);
        if (beginning + onward.weight > part.weight) {
            // More is known of the targets' surroundings than when the bound was drawn.
            part.weight = beginning + onward.weight;
            m_parts.insert(std::move(part));
        } else if (findBest(part, onward, progress)) {
            part.isKnown = true;
            part.weight = 0;
            for (const std::uint32_t edge : part.walk)
                part.weight += weightOf(m_graph.edges()[edge], m_by);
            m_parts.insert(std::move(part));
        }
    }
    return std::nullopt;
}

} // namespace glacis
