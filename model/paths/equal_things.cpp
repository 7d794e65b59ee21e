// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/attack_graph.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace glacis {

namespace {

std::size_t mixed(std::size_t hash, std::size_t value)
{
    return (hash ^ value) * 0x9e3779b97f4a7c15u + (hash >> 7);
}

} // namespace

std::size_t AttackGraph::hashOfWays(std::uint32_t vertex) const
{
    std::size_t hash = 0;
    for (const Edge& edge : out(vertex))
        hash = mixed(mixed(hash, edge.to), static_cast<std::size_t>(edge.source));
    for (const std::uint32_t edge : in(vertex))
        hash = mixed(mixed(hash, m_edges[edge].from), static_cast<std::size_t>(m_edges[edge].source));
    return hash;
}

bool AttackGraph::waysAreEqual(std::uint32_t one, std::uint32_t other) const
{
    const auto same = [&](const Edge& a, const Edge& b) {
        return a.source == b.source && a.kind == b.kind && a.open == b.open && a.cost == b.cost
            && technique(a) == technique(b);
    };
    const auto ins = in(one), otherIns = in(other);
    const auto outs = out(one), otherOuts = out(other);
    return std::ranges::equal(outs, otherOuts, [&](const Edge& a, const Edge& b) { return a.to == b.to && same(a, b); })
        && std::ranges::equal(ins, otherIns, [&](std::uint32_t a, std::uint32_t b) {
               return m_edges[a].from == m_edges[b].from && same(m_edges[a], m_edges[b]);
           });
}

void AttackGraph::findEqualThings()
{
    const Estate& estate = m_facts.estate;
    m_equalTo.resize(estate.nodeCount());
    std::iota(m_equalTo.begin(), m_equalTo.end(), 0);
    for (const EndpointClass& group : m_facts.network.flows.classes) {
        std::unordered_multimap<std::size_t, std::uint32_t> known;
        for (const NodeId thing : group.things) {
            if (info(estate.kind(thing)).shape != Shape::Workload)
                continue;
            const std::uint32_t vertex = index(thing);
            const std::size_t hash = hashOfWays(vertex);
            const auto [first, last] = known.equal_range(hash);
            const auto found = std::find_if(first, last, [&](const auto& entry) {
                return estate.kind(idAt<NodeId>(entry.second)) == estate.kind(thing)
                    && waysAreEqual(entry.second, vertex);
            });
            if (found == last)
                known.emplace(hash, vertex);
            else
                m_equalTo[vertex] = found->second;
        }
    }
}

} // namespace glacis
