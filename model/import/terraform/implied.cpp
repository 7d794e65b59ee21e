// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/implied.h"

#include "import/terraform/hcl/values.h"

#include <map>
#include <set>

namespace glacis::terraform {

namespace {

class Implied {
public:
    Implied(Inventory& inventory, std::span<const Resource> resources, const Known& known)
        : m_inventory(inventory), m_known(known)
    {
        for (const Resource& resource : resources) {
            if (!resource.isData)
                look(resource);
        }
    }

    void add()
    {
        for (const Resource* network : m_networks) {
            // A plan or state over what stands already may tell the real ones by id.
            if (!m_mainTable.contains(network->address))
                addTable(*network);
            addList(*network);
        }
    }

private:
    /// The resource of a type that a setting leads to; null when it leads to none of them.
    const Resource* meant(const Resource& from, std::string_view key, Kind kind) const
    {
        const Json& value = member(from.values, key);
        if (!value.is_string())
            return nullptr;
        const auto all = hcl::references(value);
        if (all.empty())
            return m_known.named(kind, value.get_ref<const std::string&>());
        return m_known.at(m_known.parts(all.front()).address);
    }

    void look(const Resource& resource)
    {
        const std::string& type = resource.type;
        if (type == "aws_vpc") {
            m_networks.push_back(&resource);
        } else if (type == "aws_subnet") {
            if (const Resource* network = meant(resource, "vpc_id", Kind::Network))
                m_subnets[network->address].push_back(&resource);
        } else if (type == "aws_main_route_table_association") {
            if (const Resource* network = meant(resource, "vpc_id", Kind::Network))
                m_mainTable.insert(network->address);
        } else if (type == "aws_default_route_table") {
            takeOver(resource, "default_route_table_id", m_mainTable, EdgeKind::RoutedBy);
        } else if (type == "aws_default_network_acl") {
            if (const Resource* network = meant(resource, "default_network_acl_id", Kind::Network))
                m_list.emplace(network->address, resource.address);
        } else if (type == "aws_network_acl" || type == "aws_network_acl_association") {
            const Json& subnets = member(resource.values, type == "aws_network_acl" ? "subnet_ids" : "subnet_id");
            for (const std::string& reference : hcl::references(subnets))
                m_listed.insert(m_known.parts(reference).address);
            for (const Json& id : subnets.is_array() ? subnets : Json::array({subnets})) {
                const Resource* subnet =
                    id.is_string() ? m_known.named(Kind::Subnet, id.get_ref<const std::string&>()) : nullptr;
                if (subnet)
                    m_listed.insert(subnet->address);
            }
        }
    }

    void takeOver(const Resource& resource, std::string_view key, std::set<std::string>& taken, EdgeKind edge)
    {
        const Resource* network = meant(resource, key, Kind::Network);
        if (!network)
            return;
        taken.insert(network->address);
        m_inventory.edge(m_inventory.text(network->address), edge, resource.address, evidence(resource));
    }

    EvidenceId evidence(const Resource& resource)
    {
        return m_inventory.seen(resource.source->file, resource.pointer, resource.pointer.empty() ? resource.line : 0);
    }

    Ref thing(const Resource& network, Kind kind, const char* type, const std::string& id)
    {
        ThingRow& made = m_inventory.thing(kind, Provider::Aws, type, id, network.source->scope, evidence(network));
        made.parent = m_inventory.text(network.address);
        made.region = m_inventory.text(textOf(network.provider, "region"));
        const Ref ref = made.id;
        m_inventory.property(ref, "is_default", true, evidence(network));
        return ref;
    }

    void addTable(const Resource& network)
    {
        const std::string id = network.address + ".main_route_table";
        const Ref table = thing(network, Kind::RouteTable, "AWS::EC2::RouteTable", id);
        m_inventory.edge(m_inventory.text(network.address), EdgeKind::RoutedBy, id, evidence(network));
        addLocalRoutes(m_inventory, table, m_inventory.text(network.address));
    }

    void addList(const Resource& network)
    {
        std::vector<const Resource*> open;
        for (const Resource* subnet : m_subnets[network.address]) {
            if (!m_listed.contains(subnet->address))
                open.push_back(subnet);
        }
        if (open.empty())
            return;
        const auto own = m_list.find(network.address);
        const std::string id = own == m_list.end() ? network.address + ".default_network_acl" : own->second;
        if (own == m_list.end())
            allowAll(thing(network, Kind::NetworkAcl, "AWS::EC2::NetworkAcl", id), evidence(network));
        for (const Resource* subnet : open)
            m_inventory.edge(m_inventory.text(subnet->address), EdgeKind::GuardedBy, id, evidence(*subnet));
    }

    void allowAll(Ref list, EvidenceId at)
    {
        for (const Direction direction : {Direction::In, Direction::Out}) {
            for (const auto& [number, block] : {std::pair{100, "0.0.0.0/0"}, {101, "::/0"}}) {
                FirewallRow<Ref> entry;
                entry.of = list;
                entry.direction = direction;
                entry.priority = number;
                entry.block = *parseIpPrefix(block);
                entry.rule = m_inventory.text((direction == Direction::Out ? "out#" : "in#") + std::to_string(number));
                entry.evidence = at;
                m_inventory.facts.firewall.push_back(entry);
            }
        }
    }

    Inventory& m_inventory;
    const Known& m_known;
    std::vector<const Resource*> m_networks;
    std::map<std::string, std::vector<const Resource*>> m_subnets; ///< by network
    std::set<std::string> m_mainTable; ///< networks whose main table the design names
    std::map<std::string, std::string> m_list; ///< network → the list of its own that the design takes over
    std::set<std::string> m_listed; ///< subnets that name a list
};

} // namespace

void addImplied(Inventory& inventory, std::span<const Resource> resources, const Known& known)
{
    Implied(inventory, resources, known).add();
}

} // namespace glacis::terraform
