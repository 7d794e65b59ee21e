// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/kubernetes/object.h"

#include <algorithm>

/// Namespaces, what they hold besides pods and roles, and what steers traffic.
namespace glacis::k8s {

namespace {

/// A cluster keeps its namespace kube-system as long as it lives, so the uid of that tells one cluster from another:
/// "Namespaces", "Initial namespaces", and "Object Names and IDs", "UIDs", Kubernetes documentation.
void warnOfAnotherCluster(Object& o, Ref space, std::string_view uid)
{
    const StringId key = o.inventory.text("uid"), own = o.inventory.text(uid);
    const bool another = std::ranges::any_of(o.inventory.facts.properties,
        [&](const auto& row) { return row.of == space && row.key == key && row.value != Value(own); });
    if (another)
        o.context.file.row.problem(Severity::Warning,
            "This export is of another cluster than one read before it, and what has the same name in both is taken "
            "for one "
            "thing; import the exports of one cluster at a time.");
}

void nameSpace(Object& o)
{
    const Ref ref = o.thing(Kind::Namespace);
    const std::string_view uid = textOf(member(o.json, "metadata"), "uid");
    if (o.name == "kube-system" && !uid.empty()) {
        warnOfAnotherCluster(o, ref, uid);
        o.inventory.property(ref, "uid", uid, o.seen("/metadata/uid"));
    }
}

/// "Service", Kubernetes documentation, "Internal load balancer": each cloud has an annotation of its own.
bool isInternal(const Json& notes)
{
    constexpr std::pair<const char*, std::string_view> rows[] = {
        {"service.beta.kubernetes.io/aws-load-balancer-internal", "true"},
        {"service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"},
        {"service.beta.kubernetes.io/azure-load-balancer-internal", "true"},
        {"networking.gke.io/load-balancer-type", "Internal"}, {"cloud.google.com/load-balancer-type", "Internal"}};
    return std::ranges::any_of(rows, [&](const auto& row) {
        return notes.is_object() && notes.contains(row.first) && asText(notes[row.first]) == row.second;
    });
}

/// "Service v1 core", Kubernetes API Reference.
void service(Object& o)
{
    const Ref ref = o.thing(Kind::KubeService);
    const Json& spec = member(o.json, "spec");
    const EvidenceId at = o.seen("/spec");
    const std::string_view type = textOf(spec, "type");
    o.inventory.property(ref, "service_type", type.empty() ? std::string_view("ClusterIP") : type, at);
    if (type == "LoadBalancer")
        o.inventory.property(
            ref, "internal_load_balancer", isInternal(member(member(o.json, "metadata"), "annotations")), at);
    Json kept = Json::object();
    for (const char* key :
        {"type", "selector", "ports", "externalIPs", "externalName", "loadBalancerSourceRanges", "clusterIP"}) {
        if (spec.is_object() && spec.contains(key))
            kept[key] = spec[key];
    }
    o.document(ref, "service", kept, "/spec");
    for (const Json& port : arrayOf(spec, "ports")) {
        const std::string_view protocol = textOf(port, "protocol");
        if (const auto number = numberOf(port, "port"); number && *number > 0 && *number < 65536)
            o.inventory.facts.ports.push_back({ref,
                static_cast<std::int16_t>(protocol == "UDP" ? 17
                        : protocol == "SCTP"                ? 132
                                                            : 6),
                static_cast<std::int32_t>(*number), at});
    }
    const auto inside = parseIpAddress(textOf(spec, "clusterIP"));
    if (inside)
        o.inventory.facts.addresses.push_back({ref, *inside, {}, true, false, at});
    for (const Json& entry : arrayOf(member(member(o.json, "status"), "loadBalancer"), "ingress")) {
        if (const auto outside = parseIpAddress(textOf(entry, "ip")))
            o.inventory.facts.addresses.push_back({ref, {}, *outside, false, true, o.seen("/status")});
        o.inventory.property(ref, "dns_name", textOf(entry, "hostname"), o.seen("/status"));
    }
}

void networkPolicy(Object& o)
{
    const Ref ref = o.thing(Kind::NetworkPolicy);
    o.document(ref, o.kind, member(o.json, "spec"), "/spec");
}

/// "Network Policy", Cilium documentation: one object may hold several specifications.
void ciliumPolicy(Object& o)
{
    if (!member(o.json, "specs").is_array())
        return networkPolicy(o);
    const Ref ref = o.thing(Kind::NetworkPolicy);
    o.document(ref, o.kind, {{"specs", member(o.json, "specs")}}, "/specs");
}

/// Calico's policies share their kind with those of Kubernetes and may share their names.
void calicoPolicy(Object& o)
{
    o.kind = "Calico" + o.kind;
    networkPolicy(o);
}

/// "Ingress v1 networking.k8s.io", Kubernetes API Reference; v1beta1 named its backends otherwise.
void ingress(Object& o)
{
    const Ref ref = o.thing(Kind::LoadBalancer);
    const Json& spec = member(o.json, "spec");
    const EvidenceId at = o.seen("/spec");
    Json kept = Json::object();
    for (const char* key : {"defaultBackend", "backend", "rules"}) {
        if (spec.is_object() && spec.contains(key))
            kept[key] = spec[key];
    }
    o.document(ref, "ingress", kept, "/spec");
    const auto backend = [&](const Json& to) {
        const std::string_view now = textOf(member(to, "service"), "name");
        const std::string_view name = now.empty() ? textOf(to, "serviceName") : now;
        if (!name.empty())
            o.inventory.edge(ref, EdgeKind::ForwardsTo, o.mention(Kind::KubeService, "Service", o.space, name), at);
    };
    backend(member(spec, "defaultBackend"));
    backend(member(spec, "backend"));
    for (const Json& rule : arrayOf(spec, "rules")) {
        o.inventory.property(ref, "host", textOf(rule, "host"), at);
        for (const Json& path : arrayOf(member(rule, "http"), "paths"))
            backend(member(path, "backend"));
    }
    for (const Json& entry : arrayOf(spec, "tls")) {
        if (!textOf(entry, "secretName").empty())
            o.inventory.edge(
                ref, EdgeKind::Uses, o.mention(Kind::Secret, "Secret", o.space, textOf(entry, "secretName")), at);
    }
    o.inventory.property(ref, "tls", !arrayOf(spec, "tls").empty(), at);
}

/// "Route [route.openshift.io/v1]", OpenShift API reference. Its certificates and keys stay outside.
void route(Object& o)
{
    const Ref ref = o.thing(Kind::LoadBalancer);
    const Json& spec = member(o.json, "spec");
    const EvidenceId at = o.seen("/spec");
    Json kept = Json::object();
    for (const char* key : {"to", "alternateBackends", "port"}) {
        if (spec.is_object() && spec.contains(key))
            kept[key] = spec[key];
    }
    o.document(ref, "route", kept, "/spec");
    o.inventory.property(ref, "host", textOf(spec, "host"), at);
    o.inventory.property(ref, "tls", member(spec, "tls").is_object(), at);
    const auto backend = [&](const Json& to) {
        if (!textOf(to, "name").empty())
            o.inventory.edge(
                ref, EdgeKind::ForwardsTo, o.mention(Kind::KubeService, "Service", o.space, textOf(to, "name")), at);
    };
    backend(member(spec, "to"));
    for (const Json& other : arrayOf(spec, "alternateBackends"))
        backend(other);
}

/// "HTTPRoute" and its kin, Gateway API documentation. One whose parents are services alone routes within the mesh.
void gatewayRoute(Object& o)
{
    const Json& spec = member(o.json, "spec");
    const Json& parents = arrayOf(spec, "parentRefs");
    if (!parents.empty()
        && std::ranges::all_of(parents, [](const Json& parent) { return textOf(parent, "kind") == "Service"; }))
        return o.leave(o.kind, "it routes between services, not from outside");
    const Ref ref = o.thing(Kind::LoadBalancer);
    const EvidenceId at = o.seen("/spec");
    Json backends = Json::array();
    for (const Json& rule : arrayOf(spec, "rules")) {
        for (const Json& to : arrayOf(rule, "backendRefs")) {
            const std::string_view kind = textOf(to, "kind"), space = textOf(to, "namespace");
            if ((!kind.empty() && kind != "Service") || textOf(to, "name").empty())
                continue;
            backends.push_back(to);
            o.inventory.edge(ref, EdgeKind::ForwardsTo,
                o.mention(
                    Kind::KubeService, "Service", space.empty() ? o.space : std::string(space), textOf(to, "name")),
                at);
        }
    }
    o.document(ref, "route", {{"backendRefs", std::move(backends)}}, "/spec");
    for (const Json& host : arrayOf(spec, "hostnames"))
        o.inventory.property(ref, "host", asText(host), at);
}

void secret(Object& o)
{
    const Ref ref = o.thing(Kind::Secret);
    const std::string_view type = textOf(o.json, "type");
    o.inventory.property(ref, "secret_type", type.empty() ? std::string_view("Opaque") : type, o.seen("/type"));
    const Json& notes = member(member(o.json, "metadata"), "annotations");
    if (const std::string_view account = textOf(notes, "kubernetes.io/service-account.name"); !account.empty())
        o.inventory.edge(ref, EdgeKind::Mentions, o.mention(Kind::ServiceAccount, "ServiceAccount", o.space, account),
            o.seen("/metadata"));
    o.leave(
        "values of secrets", "no secret is kept", member(o.json, "data").size() + member(o.json, "stringData").size());
}

/// "Grant IAM users access to Kubernetes with a ConfigMap", Amazon EKS User Guide: which groups a role of the cloud is
/// in. It holds no secret.
void mappedIdentities(Object& o)
{
    for (const auto& [list, arn] : {std::pair{"mapRoles", "rolearn"}, {"mapUsers", "userarn"}}) {
        const EvidenceId at = o.seen(std::string("/data/") + list);
        readYaml(
            textOf(member(o.json, "data"), list), {},
            [&](YamlDocument& document) {
                if (!document.value.is_array())
                    return;
                for (const Json& entry : document.value) {
                    for (const Json& group : arrayOf(entry, "groups")) {
                        if (!textOf(entry, arn).empty() && group.is_string())
                            o.inventory.edge(o.inventory.text(textOf(entry, arn)), EdgeKind::MemberOf,
                                o.subject("Group", group.get_ref<const std::string&>()), at);
                    }
                }
            },
            [&](const YamlProblem&) { o.leave(list, "it is not YAML"); });
    }
}

void configMap(Object& o)
{
    o.thing(Kind::Parameter);
    if (o.space == "kube-system" && o.name == "aws-auth")
        return mappedIdentities(o);
    o.leave("values of config maps", "they may hold secrets, and no secret is kept",
        member(o.json, "data").size() + member(o.json, "binaryData").size());
}

void volumeClaim(Object& o)
{
    const Ref ref = o.thing(Kind::Disk);
    const Json& spec = member(o.json, "spec");
    if (!textOf(spec, "volumeName").empty())
        o.inventory.edge(ref, EdgeKind::AttachedTo,
            o.mention(Kind::Disk, "PersistentVolume", {}, textOf(spec, "volumeName")), o.seen("/spec"));
}

void volume(Object& o)
{
    const Ref ref = o.thing(Kind::Disk);
    const Json& spec = member(o.json, "spec");
    o.inventory.property(ref, "host_paths", textOf(member(spec, "hostPath"), "path"), o.seen("/spec"));
    const Json& disk = member(spec, "csi");
    if (textOf(disk, "driver") == "ebs.csi.aws.com")
        o.inventory.edge(ref, EdgeKind::AttachedTo, textOf(disk, "volumeHandle"), o.seen("/spec"));
}

constexpr HandlerRow servicesRows[] = {
    {"Namespace", "", false, nameSpace},
    {"Service", "", true, service},
    {"NetworkPolicy", "networking.k8s.io", true, networkPolicy},
    {"NetworkPolicy", "extensions", true, networkPolicy},
    {"AdminNetworkPolicy", "policy.networking.k8s.io", false, networkPolicy},
    {"BaselineAdminNetworkPolicy", "policy.networking.k8s.io", false, networkPolicy},
    {"ClusterNetworkPolicy", "policy.networking.k8s.io", false, networkPolicy},
    {"CiliumNetworkPolicy", "cilium.io", true, ciliumPolicy},
    {"CiliumClusterwideNetworkPolicy", "cilium.io", false, ciliumPolicy},
    {"NetworkPolicy", "crd.projectcalico.org", true, calicoPolicy},
    {"GlobalNetworkPolicy", "crd.projectcalico.org", false, calicoPolicy},
    {"NetworkPolicy", "projectcalico.org", true, calicoPolicy},
    {"GlobalNetworkPolicy", "projectcalico.org", false, calicoPolicy},
    {"Ingress", "networking.k8s.io", true, ingress},
    {"Ingress", "extensions", true, ingress},
    {"Route", "route.openshift.io", true, route},
    {"HTTPRoute", "gateway.networking.k8s.io", true, gatewayRoute},
    {"GRPCRoute", "gateway.networking.k8s.io", true, gatewayRoute},
    {"TLSRoute", "gateway.networking.k8s.io", true, gatewayRoute},
    {"TCPRoute", "gateway.networking.k8s.io", true, gatewayRoute},
    {"Secret", "", true, secret},
    {"ConfigMap", "", true, configMap},
    {"PersistentVolumeClaim", "", true, volumeClaim},
    {"PersistentVolume", "", false, volume},
};

} // namespace

std::span<const HandlerRow> serviceHandlers()
{
    return servicesRows;
}

} // namespace glacis::k8s
