// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/pod_facts.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <map>

namespace glacis::rbac {

namespace {

std::string withoutEnd(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

/// Whether `outer` is the folder, or one that holds it.
bool holdsPath(std::string_view outer, std::string_view inner)
{
    return outer == "/" || inner == outer
        || (inner.starts_with(outer) && inner.size() > outer.size() && inner[outer.size()] == '/');
}

std::string capabilityName(std::string name)
{
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name.starts_with("CAP_") ? name.substr(4) : name;
}

class Reading {
public:
    Reading(const Estate& estate, NodeId node, const Json& document) : m_estate(estate), m_document(document)
    {
        m_pod.node = node;
        m_pod.space = estate.node(node).parent;
    }

    PodFacts read()
    {
        m_pod.labels = labelsFrom(member(m_document, "labels"));
        m_pod.hostPid = boolOf(m_document, "hostPID").value_or(false);
        m_pod.sharesProcesses = boolOf(m_document, "shareProcessNamespace").value_or(false);
        for (const NodeId account : m_estate.targets(m_pod.node, EdgeKind::RunsAs))
            m_pod.account = account;
        m_pod.token = mountsToken();
        for (const NodeId machine : m_estate.targets(m_pod.node, EdgeKind::AttachedTo)) {
            if (m_estate.kind(machine) == Kind::Vm)
                m_pod.machines.push_back(machine);
        }
        m_pod.volumes = m_estate.targets(m_pod.node, EdgeKind::Uses);
        for (const Json& volume : arrayOf(m_document, "volumes")) {
            const std::string_view path = textOf(member(volume, "hostPath"), "path");
            if (!path.empty())
                m_paths.emplace(textOf(volume, "name"), withoutEnd(std::string(path)));
        }
        const auto inPod = m_estate.children(m_pod.node);
        for (const Json& container : arrayOf(m_document, "containers")) {
            ContainerFacts facts = readContainer(container);
            const auto node = std::ranges::find_if(inPod,
                [&](NodeId one) { return m_estate.kind(one) == Kind::Container && m_estate.name(one) == facts.name; });
            facts.node = node == inPod.end() ? noNode : *node;
            if (facts.node != noNode)
                m_pod.containers.push_back(std::move(facts));
        }
        return std::move(m_pod);
    }

private:
    [[nodiscard]] bool mountsToken() const
    {
        for (const Json& volume : arrayOf(m_document, "volumes")) {
            for (const Json& source : arrayOf(member(volume, "projected"), "sources")) {
                if (source.contains("serviceAccountToken"))
                    return true;
            }
        }
        if (const auto own = boolOf(m_document, "automountServiceAccountToken"))
            return *own;
        return m_pod.account == noNode || m_estate.flag(m_pod.account, "automount_token").value_or(true);
    }

    [[nodiscard]] ContainerFacts readContainer(const Json& json) const
    {
        ContainerFacts facts;
        facts.name = textOf(json, "name");
        const Json& security = member(json, "securityContext");
        facts.privileged = boolOf(security, "privileged").value_or(false);
        for (const Json& name : arrayOf(member(security, "capabilities"), "add"))
            facts.capabilities.insert(capabilityName(asText(name)));
        for (const Json& mount : arrayOf(json, "volumeMounts")) {
            const auto path = m_paths.find(textOf(mount, "name"));
            if (path == m_paths.end())
                continue;
            const std::string_view part = textOf(mount, "subPath");
            facts.folders.push_back({withoutEnd(path->second + (part.empty() ? "" : "/" + std::string(part))),
                !boolOf(mount, "readOnly").value_or(false), path->first});
        }
        return facts;
    }

    const Estate& m_estate;
    const Json& m_document;
    PodFacts m_pod;
    std::map<std::string, std::string, std::less<>> m_paths; ///< of the machine, by volume
};

/// Whether pods of it, or a workload that makes them, are there to be looked at in its place.
bool hasPodsBelow(const Estate& estate, NodeId node)
{
    return std::ranges::any_of(estate.sources(node, EdgeKind::AttachedTo), [&](NodeId below) {
        return !estate.node(below).outside && (estate.kind(below) == Kind::Pod || estate.kind(below) == Kind::Workload);
    });
}

} // namespace

std::vector<PodFacts> readPodFacts(const Estate& estate)
{
    std::vector<PodFacts> pods;
    for (const Kind kind : {Kind::Workload, Kind::Pod}) {
        for (const NodeId node : estate.ofKind(kind)) {
            if (estate.node(node).provider != Provider::Kubernetes || hasPodsBelow(estate, node))
                continue;
            for (const auto& row : estate.policies(node)) {
                const auto document = parseJson(estate.text(row.document));
                if (row.role != PolicyRole::Kubernetes || !document)
                    continue;
                pods.push_back(Reading(estate, node, *document).read());
                pods.back().evidence = row.evidence;
                break;
            }
        }
    }
    return pods;
}

bool holds(const PodFacts& pod, const ContainerFacts& container, std::string_view fact, std::string_view is)
{
    if (fact == "privileged")
        return container.privileged;
    if (fact == "host_pid")
        return pod.hostPid;
    if (fact == "shares_processes")
        return pod.sharesProcesses;
    if (fact == "capability")
        return container.capabilities.contains(std::string(is)) || container.capabilities.contains("ALL");
    if (fact == "token")
        return pod.token;
    if (fact == "uses")
        return !pod.volumes.empty();
    if (fact != "reads" && fact != "writes")
        return false;
    for (const std::string_view path : split(after(is, ':'), '|')) {
        const auto sees = [&](const HostFolder& folder) {
            return (folder.writable || fact == "reads") && holdsPath(folder.path, path);
        };
        if (std::ranges::any_of(container.folders, sees))
            return true;
    }
    return false;
}

} // namespace glacis::rbac
