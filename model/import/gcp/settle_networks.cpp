// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/gathered.h"

#include "core/text.h"
#include "import/gcp/names.h"

#include <algorithm>

/// What networks are made of once all is known. Sources: "Routes", "VPC Network Peering", "Cloud NAT overview", Google
/// Cloud documentation.
namespace glacis::gcp {

namespace {

class Settling {
public:
    Settling(Inventory& inventory, Gathered& gathered) : m_inventory(inventory), m_gathered(gathered) { }

    void run()
    {
        for (const Subnet& subnet : m_gathered.subnets) {
            m_subnetsOf[subnet.network].push_back(&subnet);
            for (const IpPrefix& block : subnet.blocks)
                m_inventory.facts.blocks.push_back({text(subnet.network), block, subnet.at});
        }
        for (const Route& route : m_gathered.routes) {
            m_routesOf[route.network].push_back(&route);
            m_routeTags[route.network].insert(route.tags.begin(), route.tags.end());
        }
        for (const Peering& peering : m_gathered.peerings)
            m_peeringsOf[peering.network].push_back(&peering);
        groups();
        interfaces();
        for (const std::string& network : m_gathered.routesRead)
            table(network, {});
        for (const std::string& network : m_gathered.firewallsRead)
            m_inventory.property(text(network), "read:firewall-rules", true, noEvidence);
        nats();
    }

private:
    StringId text(std::string_view value) { return m_inventory.text(value); }

    ThingRow& thing(
        Kind kind, std::string_view type, const std::string& id, std::string_view name, std::string_view network)
    {
        ThingRow& row = m_inventory.thing(kind, Provider::Gcp, type, id, rootScope, noEvidence);
        row.name = text(name);
        row.parent = text(network);
        row.region = text("global");
        row.account = text(projectName(segmentAfter(network, "projects")));
        return row;
    }

    void groups()
    {
        for (const std::string& id : m_gathered.groups) {
            const std::size_t tag = id.rfind("/tags/");
            const std::string network = tag == std::string::npos ? std::string() : id.substr(0, tag);
            ThingRow& row = thing(Kind::AddressGroup, network.empty() ? "members" : "network tag", id,
                network.empty() ? std::string_view(id) : afterLast(id, '/'), network);
            if (network.empty())
                row.account = {};
            // Which machines bear a secure tag is told by the asset export only.
            if (id.starts_with("tagValues/") || id.find("/tagValues/") != std::string::npos)
                row.outside = true;
        }
    }

    void interfaces()
    {
        for (const Interface& one : m_gathered.interfaces) {
            std::vector<std::string> own;
            for (const std::string& tag : one.tags)
                own.push_back(tag.starts_with("tagValues/") ? tag : tagGroup(one.network, tag));
            for (const std::string& account : one.accounts)
                own.push_back(accountGroup(account));
            for (const std::string& group : own) {
                if (m_gathered.groups.count(group) > 0)
                    m_inventory.edge(one.id, EdgeKind::MemberOf, group, one.at);
            }
            // A route with tags is only for the machines that bear one of them, so these have a table of their own.
            std::vector<std::string> routed;
            const auto tagged = m_routeTags.find(one.network);
            for (const std::string& tag : one.tags) {
                if (tagged != m_routeTags.end() && tagged->second.count(tag) > 0)
                    routed.push_back(tag);
            }
            std::ranges::sort(routed);
            if (!routed.empty())
                m_inventory.edge(one.id, EdgeKind::RoutedBy, table(one.network, routed), one.at);
        }
    }

    /// The routes of a network as machines with these tags see them; made once.
    std::string table(const std::string& network, const std::vector<std::string>& tags)
    {
        std::string id = network + "/routes";
        for (const std::string& tag : tags)
            id += '+' + tag;
        if (!m_tables.insert(id).second)
            return id;
        thing(Kind::RouteTable, "compute.googleapis.com/Route", id, "routes of " + std::string(afterLast(network, '/')),
            network);
        if (tags.empty())
            m_inventory.edge(text(network), EdgeKind::RoutedBy, id, noEvidence);
        for (const Subnet* subnet : m_subnetsOf[network]) {
            for (const IpPrefix& block : subnet->blocks)
                route(id, block, {}, subnet->at).local = true;
        }
        for (const Peering* peering : m_peeringsOf[network]) {
            for (const Subnet* subnet : m_subnetsOf[peering->other]) {
                for (const IpPrefix& block : subnet->blocks)
                    route(id, block, peering->id, peering->at);
            }
        }
        statics(id, network, tags);
        return id;
    }

    /// "Routing order": of routes to one destination only those of the best priority are used.
    void statics(const std::string& id, const std::string& network, const std::vector<std::string>& tags)
    {
        std::map<IpPrefix, std::vector<const Route*>> best;
        for (const Route* one : m_routesOf[network]) {
            const bool applies = one->tags.empty() || std::ranges::any_of(one->tags, [&](const std::string& tag) {
                return std::ranges::find(tags, tag) != tags.end();
            });
            auto& kept = best[one->block];
            if (!applies || (!kept.empty() && kept.front()->priority < one->priority))
                continue;
            if (!kept.empty() && kept.front()->priority > one->priority)
                kept.clear();
            kept.push_back(one);
        }
        for (const auto& [block, routes] : best) {
            for (const Route* one : routes) {
                if (one->target.ends_with("/gateways/default-internet-gateway"))
                    gateway(one->target, network);
                RouteRow<Ref>& row = route(id, block, one->target, one->at);
                if (parseIpAddress(one->target)) {
                    row.target = {};
                    row.via = text(one->target);
                }
            }
        }
    }

    RouteRow<Ref>& route(const std::string& table, const IpPrefix& block, std::string_view target, EvidenceId at)
    {
        RouteRow<Ref> row;
        row.of = text(table);
        row.block = block;
        row.target = target.empty() ? Ref{} : text(target);
        row.evidence = at;
        return m_inventory.facts.routes.emplace_back(row);
    }

    void gateway(const std::string& id, const std::string& network)
    {
        if (!m_gateways.insert(id).second)
            return;
        thing(Kind::InternetGateway, "default internet gateway", id, "default internet gateway", network);
        m_inventory.edge(text(id), EdgeKind::AttachedTo, network, noEvidence);
    }

    void nats()
    {
        for (const Nat& nat : m_gathered.nats) {
            for (const Subnet* subnet : m_subnetsOf[nat.network]) {
                const bool listed = std::ranges::find(nat.subnets, subnet->id) != nat.subnets.end();
                if (subnet->region == nat.region && (nat.subnets.empty() || listed))
                    m_inventory.edge(text(nat.id), EdgeKind::AttachedTo, subnet->id, nat.at);
            }
        }
    }

    Inventory& m_inventory;
    Gathered& m_gathered;
    std::map<std::string, std::vector<const Subnet*>> m_subnetsOf;
    std::map<std::string, std::vector<const Route*>> m_routesOf;
    std::map<std::string, std::vector<const Peering*>> m_peeringsOf;
    std::map<std::string, std::set<std::string>> m_routeTags;
    std::set<std::string> m_tables, m_gateways;
};

} // namespace

void settleNetworks(Inventory& inventory, Gathered& gathered)
{
    Settling(inventory, gathered).run();
}

} // namespace glacis::gcp
