// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/dominators.h"

#include <algorithm>
#include <numeric>

namespace glacis {

Dominators::Dominators(const AttackGraph& graph, const Admitted& admitted, const std::vector<std::uint32_t>& starts)
    : m_graph(graph), m_admitted(admitted), m_number(graph.vertexCount(), none)
{
    number(starts);
    findSemidominators(starts);
    layOutTree();
}

void Dominators::number(const std::vector<std::uint32_t>& starts)
{
    struct Open {
        std::uint32_t number;
        std::uint32_t nextEdge; ///< offset among those that leave it
    };
    std::vector<Open> open;
    m_vertex = {none};
    m_parent = {none};
    const auto enter = [&](std::uint32_t vertex, std::uint32_t parent) {
        if (m_number[vertex] != none)
            return;
        m_number[vertex] = static_cast<std::uint32_t>(m_vertex.size());
        open.push_back({m_number[vertex], 0});
        m_vertex.push_back(vertex);
        m_parent.push_back(parent);
    };
    for (const std::uint32_t start : starts) {
        enter(start, 0);
        while (!open.empty()) {
            const std::uint32_t at = open.back().number;
            const auto out = m_graph.out(m_vertex[at]);
            if (open.back().nextEdge == out.size()) {
                open.pop_back();
                continue;
            }
            const AttackGraph::Edge& edge = out[open.back().nextEdge++];
            if (m_admitted(m_graph.position(edge)))
                enter(edge.to, at);
        }
    }
}

/// The number with the lowest semidominator between a vertex and the part that is not linked yet, paths compressed.
std::uint32_t Dominators::lowest(std::uint32_t at, std::uint32_t linkedFrom)
{
    if (m_ancestor[at] < linkedFrom)
        return m_label[at];
    m_stack.clear();
    for (std::uint32_t up = at; m_ancestor[up] >= linkedFrom; up = m_ancestor[up])
        m_stack.push_back(up);
    std::uint32_t above = m_ancestor[m_stack.back()];
    for (; !m_stack.empty(); m_stack.pop_back()) {
        const std::uint32_t below = m_stack.back();
        if (m_semi[m_label[above]] < m_semi[m_label[below]])
            m_label[below] = m_label[above];
        m_ancestor[below] = m_ancestor[above];
        above = below;
    }
    return m_label[at];
}

void Dominators::findSemidominators(const std::vector<std::uint32_t>& starts)
{
    const auto count = static_cast<std::uint32_t>(m_vertex.size());
    m_ancestor = m_parent;
    m_ancestor[0] = 0;
    m_semi.resize(count);
    m_label.resize(count);
    std::iota(m_semi.begin(), m_semi.end(), 0);
    std::iota(m_label.begin(), m_label.end(), 0);
    m_isStart.resize(count);
    for (const std::uint32_t start : starts)
        m_isStart[m_number[start]] = true;
    for (std::uint32_t at = count - 1; at > 0; --at) {
        std::uint32_t semi = m_isStart[at] ? 0 : m_parent[at];
        for (const std::uint32_t edge : m_graph.in(m_vertex[at])) {
            const std::uint32_t before = m_number[m_graph.edges()[edge].from];
            if (before != none && m_admitted(edge))
                semi = std::min(semi, m_semi[lowest(before, at + 1)]);
        }
        m_semi[at] = semi;
    }
    m_dominator.assign(count, 0);
    for (std::uint32_t at = 1; at < count; ++at) {
        std::uint32_t dominator = m_parent[at];
        while (dominator > m_semi[at])
            dominator = m_dominator[dominator];
        m_dominator[at] = dominator;
    }
}

void Dominators::layOutTree()
{
    const auto count = static_cast<std::uint32_t>(m_vertex.size());
    m_size.assign(count, 1);
    for (std::uint32_t at = count - 1; at > 0; --at)
        m_size[m_dominator[at]] += m_size[at];
    // A dominator has a lower number, so its place is known before those of what it dominates.
    m_place.assign(count, 0);
    m_order.resize(count);
    std::vector<std::uint32_t> free(count);
    for (std::uint32_t at = 0; at < count; ++at) {
        if (at > 0) {
            m_place[at] = free[m_dominator[at]];
            free[m_dominator[at]] += m_size[at];
        }
        free[at] = m_place[at] + 1;
        m_order[m_place[at]] = m_vertex[at];
    }
}

std::uint32_t Dominators::immediate(std::uint32_t vertex) const
{
    return reaches(vertex) ? m_vertex[m_dominator[m_number[vertex]]] : none;
}

std::span<const std::uint32_t> Dominators::dominatedBy(std::uint32_t vertex) const
{
    if (!reaches(vertex))
        return {};
    const std::uint32_t number = m_number[vertex];
    return std::span(m_order).subspan(m_place[number], m_size[number]);
}

bool Dominators::dominates(std::uint32_t vertex, std::uint32_t other) const
{
    const std::uint32_t number = m_number[vertex], place = m_place[m_number[other]];
    return place >= m_place[number] && place < m_place[number] + m_size[number];
}

bool Dominators::isOnEveryWay(std::uint32_t edge) const
{
    const std::uint32_t to = m_graph.edges()[edge].to;
    if (!m_admitted(edge) || !reaches(m_graph.edges()[edge].from) || m_isStart[m_number[to]])
        return false;
    return std::ranges::all_of(m_graph.in(to), [&](std::uint32_t other) {
        const std::uint32_t from = m_graph.edges()[other].from;
        return other == edge || !m_admitted(other) || !reaches(from) || dominates(to, from);
    });
}

} // namespace glacis
