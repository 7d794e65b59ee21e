// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/verdict.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct ReachAnswer {
    Reach verdict = Reach::Unknown;
    PortSet ports; ///< of what was asked, those that the verdict is true of
    std::vector<Hop> hops; ///< in the order of the way
    std::string missing; ///< when Unknown: which export would decide, with the read-only command

    /// The control that decided: the one that holds the connection back, else the last one; null when none looked.
    [[nodiscard]] const Hop* decidedBy() const;
};

/// Whether a connection can be opened from one end to the other, and which control decided. Ends are named by id,
/// alias, IP address, "internet" or "internet6". The way: outbound guards, segment, table and gateway, segment, inbound
/// guards, and the replies back.
class Reachability {
public:
    explicit Reachability(const Estate& estate);
    /// Whether the internet also reaches a thing when a load balancer in front of it forwards to the asked port.
    enum class Balancers { Through, NotThrough };
    [[nodiscard]] ReachAnswer ask(
        std::string_view from, std::string_view to, Service service, Balancers balancers = Balancers::Through) const;

    /// Every part of the asked services between two ends, by verdict and deciding rule.
    [[nodiscard]] std::vector<Outcome> between(const End& from, const End& to, const PortSet& asked) const;
    /// What a balancer opens to a target behind it; an internet-facing one for clients on the internet.
    [[nodiscard]] std::vector<Outcome> fromBalancer(NodeId balancer, NodeId target) const;

    [[nodiscard]] const NetworkModel& model() const { return m_model; }

private:
    [[nodiscard]] std::vector<End> endsOf(std::string_view text, std::vector<Interface>& made) const;
    void throughBalancers(const IpAddress& client, NodeId target, const PortSet& asked, ReachAnswer& best) const;

    const Estate& m_estate;
    NetworkModel m_model;
};

/// An address of the public internet that no customer's rule names, for "anyone".
[[nodiscard]] const IpAddress& anyone4();
[[nodiscard]] const IpAddress& anyone6();

} // namespace glacis
