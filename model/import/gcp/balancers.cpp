// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

#include <algorithm>

/// Forwarding rules and what stands behind them. Source: "Forwarding rules overview", Cloud Load Balancing
/// documentation.
namespace glacis::gcp {

namespace {

/// "zones/z/instanceGroupManagers/m" of a full name, whichever way it spells the project.
std::string_view placeIn(std::string_view name)
{
    const std::size_t zone = name.find("/zones/");
    const std::size_t at = zone == std::string_view::npos ? name.find("/regions/") : zone;
    return at == std::string_view::npos ? name : name.substr(at);
}

/// The machines of a group, by its own list or by those that say that its manager made them.
std::vector<std::string> machinesOf(const Gathered& gathered, const std::string& group)
{
    std::vector<std::string> found;
    const auto take = [&](const std::string& name) {
        if (const auto known = gathered.machinesOf.find(name); known != gathered.machinesOf.end())
            found.insert(found.end(), known->second.begin(), known->second.end());
    };
    take(group);
    // Machines name their manager by the project's number, other resources by its id: the rest of the name decides.
    const auto manager = gathered.groupOfManager.find(group);
    if (manager != gathered.groupOfManager.end()) {
        for (const auto& [name, machines] : gathered.machinesOf) {
            if (placeIn(name) == placeIn(manager->second))
                found.insert(found.end(), machines.begin(), machines.end());
        }
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// Everything that a proxy leads to, through URL maps, at most four steps on.
std::set<std::string> answering(const Gathered& gathered, const std::string& first)
{
    std::set<std::string> ends, seen;
    std::vector<std::string> open = {first};
    for (int step = 0; step < 4 && !open.empty(); ++step) {
        std::vector<std::string> next;
        for (const std::string& name : open) {
            if (!seen.insert(name).second)
                continue;
            const auto on = gathered.leadsTo.find(name);
            if (on == gathered.leadsTo.end())
                ends.insert(name);
            else
                next.insert(next.end(), on->second.begin(), on->second.end());
        }
        open = std::move(next);
    }
    return ends;
}

} // namespace

void describeForwarding(Asset& asset, const Json& data)
{
    Forwarding rule;
    rule.id = asset.name;
    rule.at = asset.at;
    rule.scheme = word(data, "loadBalancingScheme");
    rule.network = fullName(word(data, "network"));
    rule.subnet = fullName(word(data, "subnetwork"));
    const std::string_view service = word(data, "backendService"), target = word(data, "target");
    rule.target = fullName(service.empty() ? target : service);
    const bool internal = rule.scheme.starts_with("INTERNAL");
    asset.inventory.property(asset.ref, "scheme", internal ? "internal" : "internet-facing", asset.at);
    const bool passes = !service.empty() || target.find("/targetPools/") != std::string_view::npos
        || target.find("/targetInstances/") != std::string_view::npos;
    asset.inventory.property(asset.ref, "lb_type", passes ? "network" : "application", asset.at);
    const std::string_view protocol = word(data, "IPProtocol");
    const std::int16_t number = protocol == "UDP" ? 17 : 6;
    const auto take = [&](const std::string& text) {
        const auto from = integer(before(text, '-'));
        const auto to = text.find('-') == std::string::npos ? from : integer(after(text, '-'));
        for (long long port = from.value_or(1); from && to && port <= std::min(*to, *from + 63); ++port)
            rule.ports.emplace_back(number, static_cast<std::int32_t>(port));
    };
    if (const std::string_view range = word(data, "portRange"); !range.empty())
        take(std::string(range));
    for (const Json& port : listOf(data, {"ports", "port"}))
        take(asText(port));
    if (const auto address = parseIpAddress(before(word(data, "IPAddress"), '/')))
        asset.inventory.facts.addresses.push_back({asset.ref, internal ? *address : IpAddress{},
            internal ? IpAddress{} : *address, internal, !internal, asset.at});
    if (!rule.subnet.empty())
        asset.inventory.edge(asset.ref, EdgeKind::InSubnet, rule.subnet, asset.at);
    asset.gathered.forwardings.push_back(std::move(rule));
}

void describeBackends(Asset& asset, const Json& data)
{
    for (const Json* machine : valuesAt(data, "instances.*"))
        asset.gathered.machinesOf[asset.name].push_back(fullName(asText(*machine)));
    const std::int64_t port = numberOf(data, "port").value_or(-1);
    if (port > 0)
        asset.inventory.facts.ports.push_back({asset.ref, 6, static_cast<std::int32_t>(port), asset.at});
}

/// Target proxies and URL maps: only where they lead matters.
void describeProxy(Gathered& gathered, const std::string& name, const Json& data)
{
    auto& on = gathered.leadsTo[name];
    for (const char* path :
        {"urlMap", "service", "defaultService", "pathMatchers.*.defaultService", "pathMatchers.*.pathRules.*.service",
            "pathMatchers.*.routeRules.*.service", "defaultRouteAction.weightedBackendServices.*.backendService"}) {
        for (const Json* value : valuesAt(data, path)) {
            if (value->is_string())
                on.push_back(fullName(value->get_ref<const std::string&>()));
        }
    }
}

void settleBalancers(Inventory& inventory, Gathered& gathered)
{
    const auto targetsOf = [&](const std::string& group) {
        const EvidenceId at = noEvidence;
        for (const std::string& machine : machinesOf(gathered, group))
            inventory.edge(inventory.text(group), EdgeKind::Targets, machine, at);
    };
    std::set<std::string> groups;
    for (const auto& [group, machines] : gathered.machinesOf)
        groups.insert(group);
    for (const auto& [group, manager] : gathered.groupOfManager)
        groups.insert(group);
    for (const std::string& group : groups)
        targetsOf(group);
    for (const Forwarding& rule : gathered.forwardings) {
        const std::string id = rule.id + "/listener";
        ThingRow& row = inventory.thing(
            Kind::Listener, Provider::Gcp, "compute.googleapis.com/ForwardingRule", id, rootScope, rule.at);
        row.parent = inventory.text(rule.id);
        row.name = inventory.text("ports of " + std::string(afterLast(rule.id, '/')));
        row.account = inventory.text(projectName(segmentAfter(rule.id, "projects")));
        row.region = inventory.text("global");
        const Ref listener = row.id;
        inventory.edge(inventory.text(rule.id), EdgeKind::ForwardsTo, id, rule.at);
        for (const auto& [protocol, port] : rule.ports)
            inventory.facts.ports.push_back({listener, protocol, port, rule.at});
        if (rule.target.empty())
            continue;
        for (const std::string& end : answering(gathered, rule.target))
            inventory.edge(listener, EdgeKind::ForwardsTo, end, rule.at);
    }
}

} // namespace glacis::gcp
