// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/link.h"
#include "network/segmentation.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace glacis {

/// A small estate for tests of the network's engines. It starts with network "vpc-1" (10.0.0.0/16) that holds an
/// internet gateway "igw-1"; everything else is said by the test. Each fact has evidence.
class SmallEstate {
public:
    SmallEstate()
    {
        at = m.seen(m.file("small.json"), "/x");
        network("vpc-1", "10.0.0.0/16");
        thing(Kind::InternetGateway, "igw-1").edge("igw-1", EdgeKind::AttachedTo, "vpc-1");
    }

    SmallEstate& thing(Kind kind, std::string_view id, std::string_view parent = {}, std::string_view name = {})
    {
        ThingRow& row = m.thing(kind, Provider::Aws, "", id, rootScope, at);
        row.parent = parent.empty() ? Ref{} : m.text(parent);
        row.name = name.empty() ? StringId{} : m.text(name);
        return *this;
    }
    SmallEstate& edge(std::string_view from, EdgeKind kind, std::string_view to)
    {
        m.edge(m.text(from), kind, to, at);
        return *this;
    }
    SmallEstate& tag(std::string_view of, std::string_view key, std::string_view value)
    {
        m.tag(m.text(of), key, value);
        return *this;
    }
    template <class Value> SmallEstate& with(std::string_view of, std::string_view key, Value value)
    {
        m.property(m.text(of), key, value, at);
        return *this;
    }

    SmallEstate& network(std::string_view id, std::string_view block)
    {
        thing(Kind::Network, id);
        m.facts.blocks.push_back({m.text(id), *parseIpPrefix(block), at});
        return *this;
    }
    /// With a route table of its own, "rtb-" + id, that has the local route and, if named, a default route.
    SmallEstate& subnet(std::string_view id, std::string_view block, std::string_view gateway = {},
        std::string_view network = "vpc-1", std::string_view networkBlock = "10.0.0.0/16")
    {
        thing(Kind::Subnet, id, network);
        m.facts.blocks.push_back({m.text(id), *parseIpPrefix(block), at});
        const std::string table = "rtb-" + std::string(id);
        thing(Kind::RouteTable, table, network).edge(id, EdgeKind::RoutedBy, table);
        route(table, networkBlock, {});
        if (!gateway.empty())
            route(table, "0.0.0.0/0", gateway);
        return *this;
    }
    /// Local without a target.
    RouteRow<Ref>& route(std::string_view table, std::string_view to, std::string_view target)
    {
        RouteRow<Ref> row;
        row.of = m.text(table);
        row.block = *parseIpPrefix(to);
        row.target = target.empty() ? Ref{} : m.text(target);
        row.local = target.empty();
        row.evidence = at;
        return m.facts.routes.emplace_back(row);
    }
    /// A group with nothing but the rule that lets everything out.
    SmallEstate& group(std::string_view id, std::string_view name = {}, std::string_view network = "vpc-1")
    {
        thing(Kind::SecurityGroup, id, network, name);
        rule(id, Direction::Out, "0.0.0.0/0", -1);
        return *this;
    }
    /// A rule for one TCP port, or for everything (-1).
    FirewallRow<Ref>& rule(std::string_view of, Direction direction, std::string_view block, int port)
    {
        FirewallRow<Ref> row;
        row.of = m.text(of);
        row.direction = direction;
        row.protocol = port < 0 ? -1 : 6;
        row.from = row.to = port;
        row.block = *parseIpPrefix(block);
        row.rule = m.text("sgr-" + std::to_string(m.facts.firewall.size()));
        row.evidence = at;
        return m.facts.firewall.emplace_back(row);
    }
    SmallEstate& admit(std::string_view group, std::string_view block, int port)
    {
        rule(group, Direction::In, block, port);
        return *this;
    }
    SmallEstate& admitGroup(std::string_view group, std::string_view other, int port)
    {
        auto& row = rule(group, Direction::In, "0.0.0.0/0", port);
        row.byPeer = true;
        row.peer = m.text(other);
        return *this;
    }
    /// A machine with one interface, "eni-" + id.
    SmallEstate& vm(std::string_view id, std::string_view subnet, std::string_view inside, std::string_view group,
        std::string_view outside = {})
    {
        const std::string interface = "eni-" + std::string(id);
        thing(Kind::Vm, id, subnet);
        thing(Kind::NetworkInterface, interface, subnet);
        edge(interface, EdgeKind::AttachedTo, id);
        if (!group.empty())
            edge(interface, EdgeKind::GuardedBy, group);
        const auto address = parseIpAddress(outside);
        m.facts.addresses.push_back(
            {m.text(interface), *parseIpAddress(inside), address.value_or(IpAddress{}), true, address.has_value(), at});
        return *this;
    }
    /// A managed database, of which an export shows subnets and groups but no interface.
    SmallEstate& database(std::string_view id, std::string_view subnet, std::string_view group, int port)
    {
        thing(Kind::SqlDb, id).edge(id, EdgeKind::InSubnet, subnet).edge(id, EdgeKind::GuardedBy, group);
        return with(id, "port", static_cast<std::int64_t>(port));
    }

    [[nodiscard]] Estate linked() const
    {
        Progress progress;
        Inventory copy = m;
        return link(std::move(copy), progress);
    }

    Inventory m;
    EvidenceId at{};
};

[[nodiscard]] inline Flows flowsOf(const Estate& estate)
{
    Progress progress;
    const Reachability reachability(estate);
    return findFlows(estate, reachability, progress);
}

/// The flow of a verdict from one thing's class to another's; null when there is none.
[[nodiscard]] inline const Flow* flowBetween(const Estate& estate, const Flows& flows, std::string_view from,
    std::string_view to, Reach verdict = Reach::Reachable)
{
    const std::uint32_t a = flows.classOf[index(*estate.find(from))], b = flows.classOf[index(*estate.find(to))];
    const auto found = std::ranges::find_if(
        flows.flows, [&](const Flow& flow) { return flow.from == a && flow.to == b && flow.verdict == verdict; });
    return found == flows.flows.end() ? nullptr : &*found;
}

[[nodiscard]] inline std::string portsBetween(const Estate& estate, std::string_view from, std::string_view to)
{
    const Flows flows = flowsOf(estate);
    const Flow* flow = flowBetween(estate, flows, from, to);
    return flow ? describe(flow->ports) : "none";
}

} // namespace glacis
