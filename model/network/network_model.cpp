// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/network_model.h"

#include "network/aws/translation.h"
#include "network/azure/translation.h"
#include "network/gcp/translation.h"

#include <algorithm>

namespace glacis {

namespace {

/// One line a provider.
constexpr void (*translations[])(const Estate& estate, NetworkModel& model) = {
    aws::translateNetwork, azure::translateNetwork, gcp::translateNetwork};

template <class Key, class Value> void sortPairs(std::vector<std::pair<Key, Value>>& pairs)
{
    std::sort(pairs.begin(), pairs.end());
}

template <class Key>
std::vector<const Interface*> with(
    const std::vector<Interface>& interfaces, const std::vector<std::pair<Key, std::uint32_t>>& index, const Key& key)
{
    std::vector<const Interface*> found;
    auto at = std::ranges::lower_bound(index, key, {}, &std::pair<Key, std::uint32_t>::first);
    for (; at != index.end() && at->first == key; ++at)
        found.push_back(&interfaces[at->second]);
    return found;
}

} // namespace

void NetworkModel::finish()
{
    std::ranges::stable_sort(interfaces, {}, &Interface::thing);
    std::ranges::stable_sort(balancers, {}, &Balancer::thing);
    for (ForwardingTable& table : tables) {
        std::ranges::stable_sort(table.routes, [](const Route& a, const Route& b) {
            return std::pair(a.to.length, a.rank) > std::pair(b.to.length, b.rank);
        });
    }
    for (std::uint32_t i = 0; i < networks.size(); ++i)
        m_networkAt.emplace_back(networks[i].node, i);
    for (std::uint32_t i = 0; i < segments.size(); ++i)
        m_segmentOf.emplace_back(segments[i].node, idAt<SegmentId>(i));
    for (std::uint32_t i = 0; i < interfaces.size(); ++i) {
        if (interfaces[i].hasInside)
            m_byInside.emplace_back(interfaces[i].inside, i);
        if (interfaces[i].hasOutside)
            m_byOutside.emplace_back(interfaces[i].outside, i);
    }
    for (std::uint32_t i = 0; i < interfaces.size(); ++i) {
        m_byNode.emplace_back(interfaces[i].thing, i);
        if (interfaces[i].node != interfaces[i].thing)
            m_byNode.emplace_back(interfaces[i].node, i);
    }
    sortPairs(m_byNode);
    sortPairs(m_networkAt);
    sortPairs(m_segmentOf);
    sortPairs(m_byInside);
    sortPairs(m_byOutside);
}

const Network* NetworkModel::network(NodeId node) const
{
    const auto at = std::ranges::lower_bound(m_networkAt, node, {}, &std::pair<NodeId, std::uint32_t>::first);
    return at == m_networkAt.end() || at->first != node ? nullptr : &networks[at->second];
}

SegmentId NetworkModel::segment(NodeId subnet) const
{
    const auto at = std::ranges::lower_bound(m_segmentOf, subnet, {}, &std::pair<NodeId, SegmentId>::first);
    return at == m_segmentOf.end() || at->first != subnet ? noId<SegmentId> : at->second;
}

std::vector<const Interface*> NetworkModel::at(NodeId thing) const
{
    return with(interfaces, m_byNode, thing);
}

const Balancer* NetworkModel::balancer(NodeId thing) const
{
    const auto at = std::ranges::lower_bound(balancers, thing, {}, &Balancer::thing);
    return at == balancers.end() || at->thing != thing ? nullptr : &*at;
}

std::vector<const Interface*> NetworkModel::withInside(const IpAddress& address) const
{
    return with(interfaces, m_byInside, address);
}
std::vector<const Interface*> NetworkModel::withOutside(const IpAddress& address) const
{
    return with(interfaces, m_byOutside, address);
}

const Route* bestRoute(const ForwardingTable& table, const IpAddress& to)
{
    const auto found = std::ranges::find_if(table.routes, [&](const Route& route) { return route.to.contains(to); });
    return found == table.routes.end() ? nullptr : &*found;
}

NetworkModel networkModel(const Estate& estate)
{
    NetworkModel model;
    for (const auto translate : translations)
        translate(estate, model);
    model.finish();
    return model;
}

} // namespace glacis
