// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/search.h"

#include <algorithm>

namespace glacis {

Nearness::Nearness(const AttackGraph& graph, const Admitted& admitted, Measure by, Along along,
    const std::vector<std::uint32_t>& ends, Hidden hidden)
    : m_graph(graph),
      m_admitted(admitted),
      m_by(by),
      m_along(along),
      m_hidden(std::move(hidden)),
      m_weight(graph.vertexCount(), unreachable),
      m_next(graph.vertexCount(), none),
      m_settled(graph.vertexCount())
{
    for (const std::uint32_t end : ends) {
        m_weight[end] = 0;
        m_open.emplace(0, end);
    }
    if (ends.empty())
        m_radius = unreachable;
}

void Nearness::relax(std::uint32_t edge, std::uint32_t vertex, Weight before)
{
    if (m_settled[vertex] != 0 || !m_admitted(edge) || isHidden(vertex))
        return;
    const Weight through = before + weightOf(m_graph.edges()[edge], m_by);
    if (through < m_weight[vertex]) {
        m_weight[vertex] = through;
        m_next[vertex] = edge;
        m_open.emplace(through, vertex);
    }
}

void Nearness::settleNearest()
{
    const auto [weight, vertex] = m_open.top();
    m_open.pop();
    if (m_settled[vertex] == 0) {
        m_settled[vertex] = 1;
        if (m_along == Along::Edges) {
            for (const AttackGraph::Edge& edge : m_graph.out(vertex))
                relax(m_graph.position(edge), edge.to, weight);
        } else {
            for (const std::uint32_t edge : m_graph.in(vertex))
                relax(edge, m_graph.edges()[edge].from, weight);
        }
    }
    m_radius = m_open.empty() ? unreachable : m_open.top().first;
}

void Nearness::growTo(Weight radius)
{
    while (!m_open.empty() && m_open.top().first <= radius)
        settleNearest();
}

void Nearness::growUntil(const std::vector<std::uint32_t>& anyOf)
{
    std::vector<bool> awaited(m_graph.vertexCount());
    for (const std::uint32_t vertex : anyOf) {
        if (isSettled(vertex))
            return;
        awaited[vertex] = true;
    }
    while (!m_open.empty()) {
        const std::uint32_t vertex = m_open.top().second;
        settleNearest();
        if (awaited[vertex])
            return;
    }
}

namespace {

/// `eachNext` tells a function all vertices that follow one.
template <class EachNext>
std::vector<bool> flooded(std::size_t vertices, const std::vector<std::uint32_t>& starts, EachNext eachNext)
{
    std::vector<bool> wet(vertices);
    std::vector<std::uint32_t> open;
    const auto reach = [&](std::uint32_t vertex) {
        if (!wet[vertex]) {
            wet[vertex] = true;
            open.push_back(vertex);
        }
    };
    std::for_each(starts.begin(), starts.end(), reach);
    while (!open.empty()) {
        const std::uint32_t vertex = open.back();
        open.pop_back();
        eachNext(vertex, reach);
    }
    return wet;
}

} // namespace

std::vector<bool> reachedFrom(
    const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& starts)
{
    return flooded(graph.vertexCount(), starts, [&](std::uint32_t vertex, const auto& reach) {
        for (const AttackGraph::Edge& edge : graph.out(vertex)) {
            if (admitted(graph.position(edge)))
                reach(edge.to);
        }
    });
}

std::vector<bool> leadingTo(
    const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& targets)
{
    return flooded(graph.vertexCount(), targets, [&](std::uint32_t vertex, const auto& reach) {
        for (const std::uint32_t edge : graph.in(vertex)) {
            if (admitted(edge))
                reach(graph.edges()[edge].from);
        }
    });
}

std::vector<std::uint32_t> verticesOf(const std::vector<NodeId>& nodes)
{
    std::vector<std::uint32_t> vertices;
    vertices.reserve(nodes.size());
    for (const NodeId node : nodes)
        vertices.push_back(index(node));
    return vertices;
}

} // namespace glacis
