// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "network/port_set.h"
#include "network/reach.h"

#include <cstdint>
#include <span>
#include <vector>

namespace glacis {

/// Things that every control treats alike: same subnets, groups and kinds of address, and on the same side of every
/// block that a rule or route names. Flows are kept between classes. A load balancer is a class of its own.
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
    std::vector<Hop> hops; ///< of the first port range, in the order of the way
    std::string missing; ///< when Unknown
    /// Entries of stateless controls that let parts of it through.
    struct Entry {
        NodeId of = noNode;
        std::string rule;
        EvidenceId evidence = noEvidence;
        PortSet ports;
    };
    std::vector<Entry> entries;
};

/// What some addresses that no import holds may open to a class, because a rule names their block.
struct BlockFlow {
    IpPrefix block;
    Flow flow; ///< from the internet's class
};

struct Flows {
    std::vector<EndpointClass> classes;
    std::vector<std::uint32_t> classOf; ///< by node; ~0 for what has no place in a network
    std::vector<Flow> flows; ///< sorted by from, to
    std::vector<BlockFlow> fromBlocks; ///< besides what all of the internet may open; sorted by block, to
};

/// The control to narrow when the way shall be closed: the last guard that let it in by a rule, else the last that did.
[[nodiscard]] const Hop* openedBy(const std::vector<Hop>& hops);

/// All that can talk to each other. Cost grows with classes and with the distinct rules between them, not with things.
[[nodiscard]] Flows findFlows(const Estate& estate, const Reachability& reachability, Progress& progress);

} // namespace glacis
