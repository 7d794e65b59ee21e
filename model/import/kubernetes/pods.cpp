// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/kubernetes/object.h"

/// Pods and what makes them. Source: "Pod v1 core", "PodSecurityContext v1 core" and "SecurityContext v1 core",
/// Kubernetes API Reference. A member that the API leaves out has its documented default, so absence is an answer here.
namespace glacis::k8s {

namespace {

constexpr std::string_view containerLists[] = {"initContainers", "containers", "ephemeralContainers"};

std::string joined(const std::set<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text.empty() ? "none" : text;
}

/// What all containers of a pod say together.
struct Containers {
    std::set<std::string> images, added, seccomp;
    bool privileged = false;
    bool escalation = false; ///< some container may gain more than its parent
    bool readOnlyRoot = true;
    bool nonRoot = true; ///< every container is kept from running as root
    bool root = false; ///< some container is told to run as root
    std::size_t variables = 0, commands = 0;
    Json kept = Json::array();
    bool any = false;
};

Json only(const Json& from, std::initializer_list<const char*> keys)
{
    Json kept = Json::object();
    for (const char* key : keys) {
        if (from.is_object() && from.contains(key))
            kept[key] = from[key];
    }
    return kept;
}

void look(Containers& all, const Json& container, const Json& podSecurity)
{
    const Json& security = member(container, "securityContext");
    const auto effective = [&](const char* key) -> const Json& {
        return security.is_object() && security.contains(key) ? security[key] : member(podSecurity, key);
    };
    all.any = true;
    all.images.insert(std::string(textOf(container, "image")));
    const bool privileged = boolOf(security, "privileged").value_or(false);
    all.privileged = all.privileged || privileged;
    std::set<std::string> added;
    for (const Json& name : arrayOf(member(security, "capabilities"), "add"))
        added.insert(asText(name));
    // Escalation is always on for privileged containers and those with CAP_SYS_ADMIN.
    all.escalation = all.escalation || boolOf(security, "allowPrivilegeEscalation").value_or(true) || privileged
        || added.contains("SYS_ADMIN") || added.contains("CAP_SYS_ADMIN");
    all.added.merge(added);
    all.readOnlyRoot = all.readOnlyRoot && boolOf(security, "readOnlyRootFilesystem").value_or(false);
    const Json& user = effective("runAsUser");
    const bool isRoot = user.is_number_integer() && user.get<std::int64_t>() == 0;
    const Json& nonRoot = effective("runAsNonRoot");
    all.root = all.root || isRoot;
    all.nonRoot =
        all.nonRoot && ((nonRoot.is_boolean() && nonRoot.get<bool>()) || (user.is_number_integer() && !isRoot));
    const std::string_view profile = textOf(effective("seccompProfile"), "type");
    all.seccomp.insert(profile.empty() ? "unset" : std::string(profile));
    all.variables += arrayOf(container, "env").size();
    all.commands += container.contains("command") || container.contains("args") ? 1 : 0;
    all.kept.push_back(only(container, {"name", "image", "ports", "securityContext", "volumeMounts"}));
}

/// What the pod is handed by name: volumes, variables taken from secrets, pull secrets.
void uses(Object& o, Ref ref, const Json& spec, const EvidenceId at)
{
    std::set<std::string> secrets, maps, claims;
    const auto take = [](std::set<std::string>& into, std::string_view name) {
        if (!name.empty())
            into.insert(std::string(name));
    };
    for (const Json& volume : arrayOf(spec, "volumes")) {
        take(secrets, textOf(member(volume, "secret"), "secretName"));
        take(maps, textOf(member(volume, "configMap"), "name"));
        take(claims, textOf(member(volume, "persistentVolumeClaim"), "claimName"));
        for (const Json& source : arrayOf(member(volume, "projected"), "sources")) {
            take(secrets, textOf(member(source, "secret"), "name"));
            take(maps, textOf(member(source, "configMap"), "name"));
        }
    }
    for (const Json& secret : arrayOf(spec, "imagePullSecrets"))
        take(secrets, textOf(secret, "name"));
    for (const std::string_view list : containerLists) {
        for (const Json& container : arrayOf(spec, list)) {
            for (const Json& source : arrayOf(container, "envFrom")) {
                take(secrets, textOf(member(source, "secretRef"), "name"));
                take(maps, textOf(member(source, "configMapRef"), "name"));
            }
            for (const Json& variable : arrayOf(container, "env")) {
                const Json& from = member(variable, "valueFrom");
                take(secrets, textOf(member(from, "secretKeyRef"), "name"));
                take(maps, textOf(member(from, "configMapKeyRef"), "name"));
            }
        }
    }
    for (const std::string& name : secrets)
        o.inventory.edge(ref, EdgeKind::Uses, o.mention(Kind::Secret, "Secret", o.space, name), at);
    for (const std::string& name : maps)
        o.inventory.edge(ref, EdgeKind::Uses, o.mention(Kind::Parameter, "ConfigMap", o.space, name), at);
    for (const std::string& name : claims)
        o.inventory.edge(ref, EdgeKind::Uses, o.mention(Kind::Disk, "PersistentVolumeClaim", o.space, name), at);
}

std::int16_t protocolNumber(std::string_view name)
{
    return name == "UDP" ? 17 : name == "SCTP" ? 132 : 6;
}

void podSettings(Object& o, Ref ref, const Json& spec, const Containers& all, EvidenceId at)
{
    const auto set = [&](std::string_view key, bool value) { o.inventory.property(ref, key, value, at); };
    set("host_network", boolOf(spec, "hostNetwork").value_or(false));
    set("host_pid", boolOf(spec, "hostPID").value_or(false));
    set("host_ipc", boolOf(spec, "hostIPC").value_or(false));
    set("shared_processes", boolOf(spec, "shareProcessNamespace").value_or(false));
    if (const auto mounted = boolOf(spec, "automountServiceAccountToken"))
        set("automount_token", *mounted);
    std::set<std::string> paths;
    for (const Json& volume : arrayOf(spec, "volumes")) {
        if (const std::string_view path = textOf(member(volume, "hostPath"), "path"); !path.empty())
            paths.insert(std::string(path));
    }
    o.inventory.property(ref, "host_paths", joined(paths), at);
    if (!all.any)
        return;
    set("privileged", all.privileged);
    set("privilege_escalation", all.escalation);
    set("read_only_root", all.readOnlyRoot);
    // Where nothing is said, the image decides.
    if (all.nonRoot || all.root)
        set("run_as_non_root", all.nonRoot && !all.root);
    o.inventory.property(ref, "added_capabilities", joined(all.added), at);
    o.inventory.property(ref, "images", joined(all.images), at);
    if (all.seccomp.size() == 1)
        o.inventory.property(ref, "seccomp", *all.seccomp.begin(), at);
}

/// The object that made this one, which is one of its kind at most.
const Json* ownerOf(const Object& o)
{
    for (const Json& owner : arrayOf(member(o.json, "metadata"), "ownerReferences")) {
        if (boolOf(owner, "controller").value_or(false) && !textOf(owner, "name").empty()
            && textOf(owner, "kind") != "Node")
            return &owner;
    }
    return nullptr;
}

/// Each container as a thing in its pod.
void containers(Object& o, Ref ref, const Json& spec, const std::string& inner)
{
    for (const std::string_view list : containerLists) {
        const Json& all = arrayOf(spec, list);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::string_view name = textOf(all[i], "name");
            if (name.empty())
                continue;
            const EvidenceId at = o.seen(pointerTo(inner + "/spec/" + std::string(list), i));
            ThingRow& row = o.inventory.thing(Kind::Container, Provider::Kubernetes, "Container",
                o.id() + '/' + std::string(name), o.context.file.scope, at);
            row.name = o.inventory.text(name);
            row.parent = ref;
            o.inventory.property(row.id, "images", textOf(all[i], "image"), at);
        }
    }
}

/// The machine that a pod runs on; one that is not placed yet may come to run on any.
void machine(Object& o, Ref ref, const Json& spec, EvidenceId at)
{
    const std::string_view named = textOf(spec, "nodeName");
    o.inventory.edge(ref, EdgeKind::AttachedTo, o.mention(Kind::Vm, "Node", {}, named.empty() ? "*" : named), at);
}

/// A pod, or the template of one: `inner` leads to the member that holds both metadata and spec.
void pod(Object& o, Ref ref, const Json& holder, const std::string& inner)
{
    const Json& spec = member(holder, "spec");
    const EvidenceId at = o.seen(inner + "/spec");
    Containers all;
    for (const std::string_view list : containerLists) {
        for (const Json& container : arrayOf(spec, list))
            look(all, container, member(spec, "securityContext"));
    }
    podSettings(o, ref, spec, all, at);
    uses(o, ref, spec, at);
    containers(o, ref, spec, inner);
    machine(o, ref, spec, at);
    std::string account(textOf(spec, "serviceAccountName"));
    if (account.empty())
        account = textOf(spec, "serviceAccount");
    // "Configure Service Accounts for Pods": a pod that names none runs as the one called default.
    o.inventory.edge(ref, EdgeKind::RunsAs,
        o.mention(Kind::ServiceAccount, "ServiceAccount", o.space, account.empty() ? "default" : account), at);
    for (const Json& container : arrayOf(spec, "containers")) {
        for (const Json& port : arrayOf(container, "ports")) {
            if (const auto number = numberOf(port, "containerPort"); number && *number > 0 && *number < 65536)
                o.inventory.facts.ports.push_back(
                    {ref, protocolNumber(textOf(port, "protocol")), static_cast<std::int32_t>(*number), at});
        }
    }
    Json kept = only(spec,
        {"hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "securityContext", "serviceAccountName",
            "automountServiceAccountToken", "nodeName"});
    kept["labels"] = member(member(holder, "metadata"), "labels");
    kept["containers"] = all.kept;
    Json volumes = Json::array();
    for (const Json& volume : arrayOf(spec, "volumes"))
        volumes.push_back(
            only(volume, {"name", "hostPath", "secret", "configMap", "projected", "persistentVolumeClaim"}));
    kept["volumes"] = volumes;
    if (const Json* owner = ownerOf(o))
        kept["owner"] = only(*owner, {"kind", "name"});
    o.document(ref, "pod", kept, inner + "/spec");
    o.leave("environment variables of containers", "they may hold secrets, and no secret is kept", all.variables);
    o.leave("command lines of containers", "they may hold secrets, and no secret is kept", all.commands);
}

void ownedBy(Object& o, Ref ref)
{
    const Json* owner = ownerOf(o);
    if (owner && !textOf(*owner, "kind").empty())
        o.inventory.edge(ref, EdgeKind::AttachedTo,
            o.mention(Kind::Workload, textOf(*owner, "kind"), o.space, textOf(*owner, "name")),
            o.seen("/metadata/ownerReferences"));
}

void barePod(Object& o)
{
    const Ref ref = o.thing(Kind::Pod);
    pod(o, ref, o.json, {});
    ownedBy(o, ref);
    const EvidenceId at = o.seen("/status");
    const Json& status = member(o.json, "status");
    std::set<std::string> addresses{std::string(textOf(status, "podIP"))};
    for (const Json& entry : arrayOf(status, "podIPs"))
        addresses.insert(std::string(textOf(entry, "ip")));
    for (const std::string& address : addresses) {
        if (const auto inside = parseIpAddress(address))
            o.inventory.facts.addresses.push_back({ref, *inside, {}, true, false, at});
    }
    o.inventory.property(ref, "state", textOf(status, "phase"), at);
    o.inventory.property(ref, "host_address", textOf(status, "hostIP"), at);
}

void workload(Object& o)
{
    const Ref ref = o.thing(Kind::Workload);
    const Json& spec = member(o.json, "spec");
    pod(o, ref, member(spec, "template"), "/spec/template");
    o.inventory.property(ref, "replicas", std::int64_t{numberOf(spec, "replicas").value_or(1)}, o.seen("/spec"));
    ownedBy(o, ref);
}

void cronJob(Object& o)
{
    const Ref ref = o.thing(Kind::Workload);
    const Json& spec = member(o.json, "spec");
    pod(o, ref, member(member(member(spec, "jobTemplate"), "spec"), "template"), "/spec/jobTemplate/spec/template");
    o.inventory.property(ref, "schedule", textOf(spec, "schedule"), o.seen("/spec"));
}

void node(Object& o)
{
    const Ref ref = o.thing(Kind::Vm);
    const EvidenceId at = o.seen("/spec");
    // "aws:///eu-central-1a/i-0abc" ends in the machine's own id.
    const std::string_view machine = textOf(member(o.json, "spec"), "providerID");
    if (machine.starts_with("aws://"))
        o.inventory.edge(ref, EdgeKind::AttachedTo, afterLast(machine, '/'), at);
    for (const Json& entry : arrayOf(member(o.json, "status"), "addresses")) {
        const auto address = parseIpAddress(textOf(entry, "address"));
        const bool outside = textOf(entry, "type") == "ExternalIP";
        if (address)
            o.inventory.facts.addresses.push_back({ref, outside ? IpAddress{} : *address,
                outside ? *address : IpAddress{}, !outside, outside, o.seen("/status")});
    }
    o.inventory.property(
        ref, "version", textOf(member(member(o.json, "status"), "nodeInfo"), "kubeletVersion"), o.seen("/status"));
}

constexpr HandlerRow podsRows[] = {
    {"Pod", "", true, barePod},
    {"ReplicationController", "", true, workload},
    {"Deployment", "apps", true, workload},
    {"StatefulSet", "apps", true, workload},
    {"DaemonSet", "apps", true, workload},
    {"ReplicaSet", "apps", true, workload},
    {"Deployment", "extensions", true, workload},
    {"DaemonSet", "extensions", true, workload},
    {"ReplicaSet", "extensions", true, workload},
    {"Job", "batch", true, workload},
    {"CronJob", "batch", true, cronJob},
    {"Node", "", false, node},
};

} // namespace

std::span<const HandlerRow> podHandlers()
{
    return podsRows;
}

} // namespace glacis::k8s
