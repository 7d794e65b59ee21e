// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/verdict.h"

namespace glacis {

/// Balancers that forward to a thing, in their order.
[[nodiscard]] std::vector<NodeId> balancersOf(const NetworkModel& model, NodeId target);

/// What a balancer opens to a target behind it, in ports of the target. A target that sees its clients' addresses sees
/// `client` (null: the balancer's own); from the client on, the way to the balancer is looked at too.
enum class FromWhere { Client, Balancer };
[[nodiscard]] std::vector<Outcome> sentOn(const NetworkModel& model, const Estate& estate, NodeId balancer,
    NodeId target, const IpAddress* client, FromWhere start);

} // namespace glacis
