// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/condensation.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <numeric>

namespace glacis {

Condensation::Condensation(const AttackGraph& graph, const StepFilter& filter) : m_componentOf(graph.vertexCount())
{
    using Plain = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
        boost::no_property, std::uint32_t, std::uint32_t>;
    const Admitted admitted(graph, filter);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    ends.reserve(graph.edges().size());
    for (const AttackGraph::Edge& edge : graph.edges()) {
        if (admitted(graph.position(edge)))
            ends.emplace_back(edge.from, edge.to);
    }
    const Plain plain(
        boost::edges_are_sorted, ends.begin(), ends.end(), static_cast<std::uint32_t>(graph.vertexCount()));
    const auto vertices = boost::get(boost::vertex_index, plain);
    const auto count = boost::strong_components(
        plain, boost::make_iterator_property_map(m_componentOf.begin(), vertices), boost::vertex_index_map(vertices));
    // What a component leads to was numbered before it.
    for (std::uint32_t& component : m_componentOf)
        component = count - 1 - component;

    const std::size_t things = graph.facts().estate.nodeCount();
    m_membersAt.assign(count + 1, 0);
    for (std::size_t i = 0; i < things; ++i)
        ++m_membersAt[m_componentOf[i] + 1];
    std::partial_sum(m_membersAt.begin(), m_membersAt.end(), m_membersAt.begin());
    m_members.resize(things);
    std::vector<std::uint32_t> next(m_membersAt.begin(), m_membersAt.end());
    for (std::size_t i = 0; i < things; ++i)
        m_members[next[m_componentOf[i]]++] = idAt<NodeId>(i);
}

std::vector<std::uint32_t> Condensation::groups() const
{
    std::vector<std::uint32_t> found;
    for (std::uint32_t component = 0; component < size(); ++component) {
        if (members(component).size() > 1)
            found.push_back(component);
    }
    std::stable_sort(found.begin(), found.end(),
        [&](std::uint32_t a, std::uint32_t b) { return members(a).size() > members(b).size(); });
    return found;
}

} // namespace glacis
