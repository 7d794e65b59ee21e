// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/pod_network.h"

#include "core/json.h"

#include <algorithm>

namespace glacis::kubernetes {

namespace {

std::optional<Json> saidBy(const Estate& estate, NodeId node)
{
    for (const auto& row : estate.policies(node)) {
        if (row.role == PolicyRole::Kubernetes)
            return parseJson(estate.text(row.document));
    }
    return std::nullopt;
}

/// The port at the pod: a number, the name of a container's port, or the service's own where none is given.
std::int32_t targetOf(const Json& port, std::int16_t protocol, const PolicyPeer& pod)
{
    const Json& target = member(port, "targetPort");
    if (target.is_string()) {
        for (const ContainerPort& one : pod.ports) {
            if (one.name == target.get_ref<const std::string&>() && one.protocol == protocol)
                return one.port;
        }
    }
    const auto number = target.is_null() || target == 0 ? numberOf(port, "port") : numberOf(port, "targetPort");
    return number && *number > 0 && *number <= lastPort ? static_cast<std::int32_t>(*number) : -1;
}

/// A backend of an Ingress: which service and which of its ports, by number or name; neither: all of them.
struct Backend {
    std::string service;
    std::string space; ///< empty: that of the ingress
    std::int32_t number = -1;
    std::string name;
};

Backend backendFrom(const Json& json)
{
    Backend backend;
    const Json& service = member(json, "service");
    const Json& port = service.is_object() ? member(service, "port") : json;
    backend.service = service.is_object() ? textOf(service, "name") : textOf(json, "serviceName");
    backend.name = service.is_object() ? textOf(port, "name") : textOf(port, "servicePort");
    if (const auto number = numberOf(port, service.is_object() ? "number" : "servicePort"))
        backend.number = static_cast<std::int32_t>(std::clamp<long long>(*number, -1, lastPort));
    return backend;
}

std::vector<Backend> backendsOfIngress(const Json& spec)
{
    std::vector<Backend> found;
    for (const char* outermost : {"defaultBackend", "backend"}) {
        if (member(spec, outermost).is_object())
            found.push_back(backendFrom(member(spec, outermost)));
    }
    for (const Json& rule : arrayOf(spec, "rules")) {
        for (const Json& path : arrayOf(member(rule, "http"), "paths"))
            found.push_back(backendFrom(member(path, "backend")));
    }
    return found;
}

/// A Route names the pods' own port, or a port of the service by its name.
std::vector<Backend> backendsOfRoute(const Json& spec)
{
    std::vector<Backend> found;
    const Json& port = member(member(spec, "port"), "targetPort");
    const auto add = [&](const Json& to) {
        const std::string_view kind = textOf(to, "kind");
        if (!kind.empty() && kind != "Service")
            return;
        Backend backend;
        backend.service = textOf(to, "name");
        if (port.is_string())
            backend.name = port.get<std::string>();
        else if (port.is_number_integer())
            backend.number =
                static_cast<std::int32_t>(std::clamp<std::int64_t>(port.get<std::int64_t>(), -1, lastPort));
        found.push_back(std::move(backend));
    };
    add(member(spec, "to"));
    for (const Json& other : arrayOf(spec, "alternateBackends"))
        add(other);
    return found;
}

/// A route of the Gateway API names a service, in any namespace, and one of its ports.
std::vector<Backend> backendsOfGatewayRoute(const Json& spec)
{
    std::vector<Backend> found;
    for (const Json& to : arrayOf(spec, "backendRefs")) {
        Backend backend;
        backend.service = textOf(to, "name");
        backend.space = textOf(to, "namespace");
        backend.number =
            static_cast<std::int32_t>(std::clamp<long long>(numberOf(to, "port").value_or(-1), -1, lastPort));
        found.push_back(std::move(backend));
    }
    return found;
}

std::vector<Backend> backendsOf(const Estate& estate, NodeId ingress, const Json& spec)
{
    const std::string_view type = estate.text(estate.node(ingress).type);
    return type == "Route"        ? backendsOfRoute(spec)
        : type.ends_with("Route") ? backendsOfGatewayRoute(spec)
                                  : backendsOfIngress(spec);
}

bool means(const Backend& backend, const ServedPort& port)
{
    if (backend.name.empty() && backend.number < 0)
        return true;
    return (!backend.name.empty() && port.name == backend.name)
        || (backend.number >= 0 && (port.port == backend.number || port.target == backend.number));
}

} // namespace

std::vector<Served> servedBy(const Estate& estate, const PodNetwork& network, NodeId service)
{
    std::vector<Served> found;
    const auto spec = saidBy(estate, service);
    if (!spec || !member(*spec, "selector").is_object() || member(*spec, "selector").empty())
        return found;
    const LabelSelector selector = LabelSelector::fromMap(member(*spec, "selector"));
    const std::string_view space = estate.name(estate.node(service).parent);
    for (const PodEnd& end : network.ends()) {
        if (end.peer.space != space || !selector.matches(end.peer.labels))
            continue;
        Served served;
        served.end = &end;
        for (const Json& port : arrayOf(*spec, "ports")) {
            const std::int16_t protocol = protocolNumber(textOf(port, "protocol"));
            const auto number = numberOf(port, "port");
            const std::int32_t target = targetOf(port, protocol, end.peer);
            if (number && *number > 0 && *number <= lastPort && target > 0)
                served.ports.push_back(
                    {std::string(textOf(port, "name")), protocol, static_cast<std::int32_t>(*number), target});
        }
        found.push_back(std::move(served));
    }
    return found;
}

std::vector<Routed> routedBy(const Estate& estate, const PodNetwork& network, NodeId ingress)
{
    std::vector<Routed> found;
    const auto spec = saidBy(estate, ingress);
    if (!spec)
        return found;
    const std::string own(estate.name(estate.node(ingress).parent));
    for (const Backend& backend : backendsOf(estate, ingress, *spec)) {
        const auto service = estate.find((backend.space.empty() ? own : backend.space) + "/Service/" + backend.service);
        if (!service)
            continue;
        for (const Served& served : servedBy(estate, network, *service)) {
            for (const ServedPort& port : served.ports) {
                if (port.protocol == 6 && means(backend, port))
                    found.push_back({served.end, *service, port.target});
            }
        }
    }
    return found;
}

} // namespace glacis::kubernetes
