// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility/responsibility.h"

#include <algorithm>
#include <map>

namespace glacis {

namespace {

bool isPrincipal(Kind kind)
{
    return kind == Kind::User || kind == Kind::Role || kind == Kind::Group || kind == Kind::ServiceAccount;
}

/// "aws" stands in the ARNs of the policies that AWS manages: the vendor, whom nobody chose to trust by them.
bool isVendor(const Estate& estate, NodeId account)
{
    return estate.id(account) == "aws";
}

/// The party that a mentioned thing stands for: a foreign principal counts for its account where that is known.
NodeId partyOf(const Estate& estate, NodeId node)
{
    const NodeRow& row = estate.node(node);
    if (row.kind == Kind::IdentityProvider)
        return node;
    if (!row.outside)
        return noNode;
    if (row.kind == Kind::Account)
        return isVendor(estate, node) ? noNode : node;
    if (!isPrincipal(row.kind))
        return noNode;
    if (row.account == noNode)
        return node;
    // A principal of an account of our own that the export merely lacks is no outsider.
    return estate.node(row.account).outside && !isVendor(estate, row.account) ? row.account : noNode;
}

OutsideParty::Role roleOf(Kind kind)
{
    if (kind == Kind::Account)
        return OutsideParty::Role::ForeignAccount;
    return kind == Kind::IdentityProvider ? OutsideParty::Role::IdentityProvider : OutsideParty::Role::ForeignPrincipal;
}

} // namespace

std::vector<OutsideParty> outsideParties(const Estate& estate)
{
    std::map<NodeId, std::vector<NodeId>> namedBy;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const NodeId node = idAt<NodeId>(i);
        const NodeId party = partyOf(estate, node);
        if (party == noNode)
            continue;
        std::vector<NodeId>& names = namedBy[party];
        for (const NodeId source : estate.sources(node, EdgeKind::Mentions)) {
            if (!estate.node(source).outside)
                names.push_back(source);
        }
    }
    std::vector<OutsideParty> parties;
    for (auto& [node, names] : namedBy) {
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        parties.push_back({node, roleOf(estate.kind(node)), std::move(names)});
    }
    return parties;
}

} // namespace glacis
