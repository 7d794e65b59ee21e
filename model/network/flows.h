// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "network/reach.h"

#include <cstdint>
#include <span>
#include <vector>

namespace glacis {

/// Ports of one protocol, both ends included; −1 … −1 for a protocol without ports.
struct PortRange {
    std::int16_t protocol = 6;
    std::int32_t from = -1;
    std::int32_t to = -1;
    bool operator==(const PortRange&) const = default;
    auto operator<=>(const PortRange&) const = default;
};
using PortSet = std::vector<PortRange>; ///< sorted, disjoint
[[nodiscard]] std::string describe(const PortSet& ports); ///< "tcp/443,8080-8090"

/// Things that every control treats alike: same subnet, groups, kind of address. Flows are kept between classes.
struct EndpointClass {
    std::vector<NodeId> things; ///< workloads and stores; the node "internet" is a class of its own
    NodeId subnet = noNode;
    NodeId network = noNode;
    std::vector<NodeId> groups;
    bool isPublic = false;
};

/// What one class may open to another.
struct Flow {
    std::uint32_t from = 0; ///< position in Flows::classes
    std::uint32_t to = 0;
    PortSet ports;
    Reach verdict{}; ///< Reachable, Partial, Latent or Unknown; blocked pairs are not kept
    std::vector<Hop> hops; ///< of the first port range; the last one decided
    std::string missing; ///< when Unknown
};

struct Flows {
    std::vector<EndpointClass> classes;
    std::vector<std::uint32_t> classOf; ///< by node; ~0 for what has no place in a network
    std::vector<Flow> flows; ///< sorted by from, to
};

/// All that can talk to each other. Cost grows with classes and with the distinct rules between them, not with things.
[[nodiscard]] Flows findFlows(const Estate& estate, const Reachability& reachability, Progress& progress);

} // namespace glacis
