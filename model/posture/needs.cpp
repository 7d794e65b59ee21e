// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/needs.h"

#include "estate/asked.h"

#include <map>
#include <set>

namespace glacis {

namespace {

/// Things of a kind and the places that have them.
class Listed {
public:
    Listed(const Estate& estate, Kind kind)
    {
        for (const NodeId node : estate.ofKind(kind)) {
            const NodeRow& row = estate.node(node);
            if (row.outside)
                continue;
            m_regional = m_regional || row.region != noNode;
            m_places.insert({row.region, row.account});
        }
        m_places.erase(noNode);
    }
    /// What has no regions is listed for the account as a whole.
    [[nodiscard]] bool near(NodeId region, NodeId account) const
    {
        return m_places.contains(m_regional && region != noNode ? region : account);
    }

private:
    std::set<NodeId> m_places;
    bool m_regional = false;
};

using Open = std::map<MissingExport, std::string>;

void openListings(const Estate& estate, const Catalog& catalog, const Catalog::Need& need, Open& open)
{
    const Listed listed(estate, *need.needs);
    std::set<NodeId> seen;
    for (const NodeId node : estate.ofKind(need.kind)) {
        const NodeRow& row = estate.node(node);
        const NodeId account = row.kind == Kind::Account ? node : row.account;
        if (row.outside || !seen.insert(row.region != noNode ? row.region : account).second
            || listed.near(row.region, account))
            continue;
        const auto missing = catalog.listingOf(estate, node, *need.needs);
        if (missing && !wasAsked(estate, node, missing->name))
            open.emplace(*missing, need.decides);
    }
}

/// Designs name their things by addresses ("aws_vpc.main"): nothing can be asked about what is not built yet.
bool isBuilt(std::string_view id)
{
    return id.starts_with("arn:") || id.find('/') != std::string_view::npos || id.find('.') == std::string_view::npos;
}

/// Whether another export has told what the calls about a thing of this kind tell.
bool isTold(const Estate& estate, NodeId node)
{
    switch (estate.kind(node)) {
    case Kind::PrefixList:
        return !estate.prefixes(node).empty();
    case Kind::TransitRouteTable:
        return !estate.routes(node).empty();
    case Kind::NetworkFirewall:
        return !estate.firewall(node).empty();
    case Kind::Account:
        return !estate.policies(node).empty();
    default:
        return false;
    }
}

/// A call that is asked of each thing, or of the place in which it lies.
void openCalls(const Estate& estate, const Catalog::Need& need, Open& open)
{
    for (const NodeId node : estate.ofKind(need.kind)) {
        if (estate.node(node).outside || !isBuilt(estate.id(node)) || isTold(estate, node))
            continue;
        const auto missing = Catalog::exportFor(need.calls, estate, node);
        if (missing && !wasAsked(estate, node, missing->name))
            open.emplace(*missing, need.decides);
    }
}

} // namespace

std::vector<OpenNeed> openNeeds(const Estate& estate, const Catalog& catalog)
{
    Open open;
    for (const Catalog::Need& need : catalog.needs()) {
        if (need.needs)
            openListings(estate, catalog, need, open);
        else if (!need.beside || !estate.ofKind(*need.beside).empty())
            openCalls(estate, need, open);
    }
    std::vector<OpenNeed> needs;
    needs.reserve(open.size());
    for (auto& [missing, decides] : open)
        needs.push_back({missing, std::move(decides)});
    return needs;
}

} // namespace glacis
