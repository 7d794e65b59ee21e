// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/kubernetes/policy_translation.h"

#include <map>
#include <optional>

namespace glacis::kubernetes {

/// Addresses from one to another, both included, of one family.
struct AddressRange {
    IpAddress from;
    IpAddress to;
    auto operator<=>(const AddressRange&) const = default;
};

/// A pod, a workload by the template of its pods, or an address outside of the cluster.
struct PodEnd {
    NodeId node = noNode; ///< noNode: the estate has none for it
    PolicyPeer peer;
    PolicySight sight;
    std::string ownerKind; ///< of a pod; empty: it has none
    std::string ownerName;
};

struct PolicyAnswer {
    PortSet allowed; ///< for certain
    PortSet perhaps; ///< besides: nobody can say
    std::vector<GateAnswer> egress; ///< empty when no policy has a say, or the connection comes from outside
    std::vector<GateAnswer> ingress; ///< empty when no policy has a say, or it leads outside
};

/// The pods of an estate, and what the network policies let through between them and the outside.
class PodNetwork {
public:
    explicit PodNetwork(const Estate& estate, Blocks meaning = Blocks::MeanPodsToo);

    /// In node order. Workloads whose pods are there as well are not left out.
    [[nodiscard]] const std::vector<PodEnd>& ends() const { return m_ends; }
    [[nodiscard]] const PodEnd* endOf(NodeId node) const;
    [[nodiscard]] const PolicyTranslation& policies() const { return m_policies; }
    /// A pod of which the estate knows nothing.
    [[nodiscard]] PodEnd unknownPod(PolicyPeer peer);
    [[nodiscard]] PodEnd outside(const IpAddress& address) const;
    /// Labels of a namespace with the one that the API server gives to each.
    [[nodiscard]] Labels labelsOfSpace(std::string_view space) const;

    /// A pod reaches itself, and its machine reaches it, whatever policies say ("Network Policies").
    [[nodiscard]] PolicyAnswer between(const PodEnd& from, const PodEnd& to) const;

    /// The addresses of a family cut where a block of some rule of the direction begins or ends: within a range all
    /// rules answer alike.
    [[nodiscard]] std::vector<AddressRange> outsideRanges(Direction direction, bool v6) const;

private:
    [[nodiscard]] PodEnd endFrom(NodeId node, const Json& document) const;

    const Estate& m_estate;
    PolicyTranslation m_policies;
    std::map<std::string, Labels, std::less<>> m_spaces;
    std::vector<PodEnd> m_ends;
};

/// The pods that a service leads to, with the port at the pod for each of its own ports.
struct ServedPort {
    std::string name; ///< of the service's port
    std::int16_t protocol = 6;
    std::int32_t port = -1; ///< of the service
    std::int32_t target = -1; ///< at the pod
};
struct Served {
    const PodEnd* end = nullptr;
    std::vector<ServedPort> ports;
};
/// A service without a selector leads to nothing that the export shows. Source: "Service", Kubernetes documentation.
[[nodiscard]] std::vector<Served> servedBy(const Estate& estate, const PodNetwork& network, NodeId service);

/// What an Ingress, a Route or a route of the Gateway API hands on to pods: through which service and to which TCP port
/// of the pod.
struct Routed {
    const PodEnd* end = nullptr;
    NodeId service = noNode;
    std::int32_t target = -1;
};
/// Sources: "Ingress", Kubernetes documentation; "HTTPRoute", Gateway API documentation; "Route
/// [route.openshift.io/v1]", OpenShift API reference.
[[nodiscard]] std::vector<Routed> routedBy(const Estate& estate, const PodNetwork& network, NodeId ingress);

} // namespace glacis::kubernetes
