// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

namespace glacis::azure {

namespace {

/// A part of a balancer that has an id: rule, pool, listener.
Ref part(Resource& r, Kind kind, std::string_view type, const Json& json, EvidenceId at)
{
    const std::string_view id = textOf(json, "id");
    if (id.empty())
        return {};
    Context& c = r.context;
    ThingRow& made = c.inventory.thing(kind, Provider::Azure, type, id, c.file.scope, at);
    const Ref ref = made.id;
    made.name = c.inventory.text(textOf(json, "name"));
    made.region = c.inventory.text(regionOf(r.text("location")));
    made.account = c.inventory.text(subscriptionOf(id));
    made.parent = r.ref;
    c.session.described(id);
    return ref;
}

/// Where a balancer is reached: on public addresses, or on private ones of its subnets.
void frontends(Resource& r)
{
    Context& c = r.context;
    bool isPublic = false;
    const Json& list = r.list("frontendipconfigurations");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const EvidenceId at = r.seen("frontendipconfigurations", i);
        const std::string_view address = referenceOf(list[i], "publicipaddress"),
                               subnet = referenceOf(list[i], "subnet");
        isPublic = isPublic || !address.empty();
        c.link(r.ref, EdgeKind::Uses, address, Kind::PublicIp, at);
        c.link(r.ref, EdgeKind::InSubnet, subnet, Kind::Subnet, at);
        if (const auto inside = parseIpAddress(textOf(list[i], "privateipaddress")))
            c.inventory.facts.addresses.push_back({r.ref, *inside, {}, true, false, at});
    }
    if (!list.empty())
        c.inventory.property(
            r.ref, "scheme", isPublic ? "internet-facing" : "internal", r.seen("frontendipconfigurations"));
}

/// The interface that an address configuration belongs to.
std::string_view interfaceOf(std::string_view configuration)
{
    const std::size_t at = lowered(configuration).find("/ipconfigurations/");
    return at == std::string::npos ? std::string_view{} : configuration.substr(0, at);
}

void pools(Resource& r, std::string_view type)
{
    Context& c = r.context;
    const Json& list = r.list("backendaddresspools");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const EvidenceId at = r.seen("backendaddresspools", i);
        const Ref pool = part(r, Kind::TargetGroup, type, list[i], at);
        for (const Json& one : arrayOf(list[i], "backendipconfigurations"))
            c.link(pool, EdgeKind::Targets, interfaceOf(textOf(one, "id")), Kind::NetworkInterface, at);
        for (const char* key : {"backendaddresses", "loadbalancerbackendaddresses"}) {
            for (const Json& one : arrayOf(list[i], key)) {
                if (const auto address = parseIpAddress(textOf(one, "ipaddress")); address && pool != StringId::Empty)
                    c.inventory.facts.addresses.push_back({pool, *address, {}, true, false, at});
            }
        }
    }
}

/// "Azure Load Balancer components": a rule listens on a port of a frontend and forwards to a pool, an inbound NAT rule
/// to one machine; the machine sees the client's address.
void loadBalancer(Resource& r)
{
    Context& c = r.context;
    c.inventory.property(r.ref, "lb_type", "network", r.at);
    frontends(r);
    pools(r, "Microsoft.Network/loadBalancers/backendAddressPools");
    for (const char* key : {"loadbalancingrules", "inboundnatrules"}) {
        const Json& list = r.list(key);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const EvidenceId at = r.seen(key, i);
            const Ref listener =
                part(r, Kind::Listener, "Microsoft.Network/loadBalancers/" + std::string(key), list[i], at);
            if (listener == StringId::Empty)
                continue;
            c.inventory.edge(r.ref, EdgeKind::ForwardsTo, textOf(list[i], "id"), at);
            c.link(listener, EdgeKind::ForwardsTo, referenceOf(list[i], "backendaddresspool"), Kind::TargetGroup, at);
            c.link(listener, EdgeKind::Targets, interfaceOf(referenceOf(list[i], "backendipconfiguration")),
                Kind::NetworkInterface, at);
            const std::string protocol = lowered(textOf(list[i], "protocol"));
            const auto port = numberOf(list[i], "frontendport");
            // Protocol "All" with port 0 is a rule for every port of a standard internal balancer.
            for (const std::int16_t number : {std::int16_t{6}, std::int16_t{17}}) {
                if (port && *port <= 65535 && (protocol == "all" || protocolNumber(protocol) == number))
                    c.inventory.facts.ports.push_back({listener, number, static_cast<std::int32_t>(*port), at});
            }
            c.setting(listener, "backend_port", member(list[i], "backendport"), at);
        }
    }
}

/// The element of a list that has this id; null when there is none.
const Json& withId(const Json& list, std::string_view id)
{
    static const Json none;
    for (const Json& one : list) {
        if (!id.empty() && equalIgnoringCase(textOf(one, "id"), id))
            return one;
    }
    return none;
}

/// "Application gateway components": a listener has a frontend port; a routing rule joins it to a pool and to the port
/// that the pool is asked on. The gateway opens a connection of its own.
void applicationGateway(Resource& r)
{
    Context& c = r.context;
    c.inventory.property(r.ref, "lb_type", "application", r.at);
    frontends(r);
    for (const Json& one : r.list("gatewayipconfigurations"))
        c.link(r.ref, EdgeKind::InSubnet, referenceOf(one, "subnet"), Kind::Subnet, r.seen("gatewayipconfigurations"));
    pools(r, "Microsoft.Network/applicationGateways/backendAddressPools");
    const Json& listeners = r.list("httplisteners");
    for (std::size_t i = 0; i < listeners.size(); ++i) {
        const EvidenceId at = r.seen("httplisteners", i);
        const Ref listener =
            part(r, Kind::Listener, "Microsoft.Network/applicationGateways/httpListeners", listeners[i], at);
        if (listener == StringId::Empty)
            continue;
        c.inventory.edge(r.ref, EdgeKind::ForwardsTo, textOf(listeners[i], "id"), at);
        c.settings(listener, listeners[i], at, {{"protocol", "protocol"}});
        const auto port = numberOf(withId(r.list("frontendports"), referenceOf(listeners[i], "frontendport")), "port");
        if (port && *port > 0 && *port <= 65535)
            c.inventory.facts.ports.push_back({listener, 6, static_cast<std::int32_t>(*port), at});
        for (const Json& routing : r.list("requestroutingrules")) {
            if (!equalIgnoringCase(referenceOf(routing, "httplistener"), textOf(listeners[i], "id")))
                continue;
            std::vector<const Json*> ways = {&routing};
            const Json& map = withId(r.list("urlpathmaps"), referenceOf(routing, "urlpathmap"));
            for (const Json& path : arrayOf(map, "pathrules"))
                ways.push_back(&path);
            for (const Json* way : ways) {
                c.link(listener, EdgeKind::ForwardsTo, referenceOf(*way, "backendaddresspool"), Kind::TargetGroup, at);
                const Json& settings =
                    withId(r.list("backendhttpsettingscollection"), referenceOf(*way, "backendhttpsettings"));
                c.setting(listener, "backend_port", member(settings, "port"), at);
            }
            if (!map.is_null())
                c.link(listener, EdgeKind::ForwardsTo, referenceOf(map, "defaultbackendaddresspool"), Kind::TargetGroup,
                    at);
        }
    }
}

constexpr HandlerRow balancersRows[] = {
    {"microsoft.network/loadbalancers", loadBalancer},
    {"microsoft.network/applicationgateways", applicationGateway},
};

} // namespace

std::span<const HandlerRow> balancerHandlers()
{
    return balancersRows;
}

} // namespace glacis::azure
