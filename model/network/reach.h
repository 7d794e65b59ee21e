// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/endpoints.h"
#include "network/packet.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// Partial: only part of the clients' ports get replies. Latent: open in every control but one, which is no security
/// group.
enum class Reach { Reachable, Partial, Latent, Blocked, Unknown };
[[nodiscard]] std::string_view name(Reach verdict);

struct ReachAnswer {
    Reach verdict = Reach::Unknown;
    std::vector<Hop> hops; ///< in the order of the way
    std::string missing; ///< when Unknown: which export would decide, with the read-only command

    /// The control that decided: the one that holds the connection back, else the last one; null when none looked.
    [[nodiscard]] const Hop* decidedBy() const;
};

/// Whether a connection can be opened from one end to the other, and which control decided. Ends are named by id,
/// alias, IP address, "internet" or "internet6". The way: outbound groups, ACL, route and gateway, ACL, inbound groups,
/// and the replies back. Source: "How Amazon VPC works" and the pages that the filters name, Amazon VPC User Guide.
class Reachability {
public:
    explicit Reachability(const Estate& estate);
    /// Whether the internet also reaches a thing when a load balancer in front of it forwards the asked port.
    enum class Balancers { Through, NotThrough };
    [[nodiscard]] ReachAnswer ask(
        std::string_view from, std::string_view to, Service service, Balancers balancers = Balancers::Through) const;

private:
    struct End;
    [[nodiscard]] std::vector<End> endsOf(std::string_view text) const;
    [[nodiscard]] ReachAnswer between(const End& from, const End& to, Service service) const;
    [[nodiscard]] ReachAnswer throughBalancer(const End& from, NodeId target, Service service) const;

    const Estate& m_estate;
    Endpoints m_endpoints;
};

} // namespace glacis
