// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/label_selector.h"
#include "estate/estate.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::rbac {

/// A folder of the machine that a container sees.
struct HostFolder {
    std::string path; ///< on the machine, without a slash at its end but for "/" itself
    bool writable = true;
    std::string volume;
};

struct ContainerFacts {
    NodeId node = noNode;
    std::string name;
    bool privileged = false;
    std::set<std::string> capabilities; ///< added: "SYS_ADMIN", "ALL"
    std::vector<HostFolder> folders;
};

/// What a pod, or a workload by the template of its pods, lets those do who act in it.
struct PodFacts {
    NodeId node = noNode;
    NodeId space = noNode;
    NodeId account = noNode;
    EvidenceId evidence = noEvidence;
    Labels labels;
    bool hostPid = false;
    bool sharesProcesses = false;
    bool token = true; ///< a token of its account is mounted
    std::vector<NodeId> machines;
    std::vector<NodeId> volumes; ///< secrets, configuration and claims that it is given
    std::vector<ContainerFacts> containers;
};

/// All pods, and the workloads of which the export shows no pod. Sources: "Pod v1 core", Kubernetes API Reference;
/// "Configure Service Accounts for Pods" (the pod's word on mounting a token goes before the account's).
[[nodiscard]] std::vector<PodFacts> readPodFacts(const Estate& estate);

/// Whether a fact of resources/techniques holds: "privileged", "capability" is "SYS_MODULE", "reads" or "writes" is
/// "host:/a|/b" (the container sees one of these folders, or one that holds it) …
[[nodiscard]] bool holds(
    const PodFacts& pod, const ContainerFacts& container, std::string_view fact, std::string_view is);

} // namespace glacis::rbac
