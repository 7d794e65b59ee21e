// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/kubernetes/pod_network.h"
#include "network/packet.h"

#include <set>

namespace glacis {
struct ReachAnswer;
}

namespace glacis::kubernetes {

/// A way by which connections from outside of the cluster come to a pod.
struct Exposure {
    NodeId by = noNode; ///< service of type LoadBalancer, Ingress or Route
    NodeId service = noNode; ///< that it goes through; the same as `by` for a service
    std::int16_t protocol = 6;
    std::int32_t target = -1; ///< port of the pod
    std::int32_t front = -1; ///< port of the service; −1: whatever the ingress listens on
    bool throughController = false; ///< the pod sees the ingress controller, not the client
};

/// Connections that begin or end at a pod, workload, service or ingress of a cluster.
class PodReach {
public:
    explicit PodReach(const Estate& estate);

    /// Nothing when neither end belongs to a cluster. Ends are named as for `Reachability`; a service stands for the
    /// pods that it leads to. From the internet a pod is reached only through what exposes it; where the policies would
    /// let it in and nothing does, the way is latent. Pods that share their machine's network are beyond some network
    /// plugins, and what a policy denies them is unknown.
    [[nodiscard]] std::optional<ReachAnswer> ask(std::string_view from, std::string_view to, Service service) const;

    [[nodiscard]] const PodNetwork& network() const { return m_network; }
    [[nodiscard]] const std::vector<Exposure>& exposuresOf(NodeId end) const;
    /// What policies let through between two ends, with the hops for one port, or for any when it is negative.
    [[nodiscard]] ReachAnswer between(const PodEnd& from, const PodEnd& to, Service service) const;

private:
    struct End;
    [[nodiscard]] std::vector<End> endsOf(std::string_view text, Service& service) const;
    [[nodiscard]] Hop hopOf(
        const std::vector<GateAnswer>& answers, NodeId pod, const PortSet& wanted, const char* direction) const;
    [[nodiscard]] ReachAnswer fromOutside(const PodEnd& client, const PodEnd& to, Service service) const;
    void addExposures();

    const Estate& m_estate;
    PodNetwork m_network;
    PodEnd m_controller; ///< stands for the pods of an ingress controller, of which nothing is known
    std::map<NodeId, std::vector<Exposure>> m_exposures;
};

} // namespace glacis::kubernetes
