// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ip.h"
#include "estate/estate.h"

#include <cstdint>
#include <string>
#include <vector>

namespace glacis {

/// What is asked for: IANA protocol number, and a port for TCP and UDP (-1 where the protocol has none).
struct Service {
    std::int16_t protocol = 6;
    std::int32_t port = -1;
};

/// Where an interface stands. A thing of which the export shows no interface (a managed database) is described by its
/// subnets.
struct Attachment {
    NodeId node = noNode; ///< the interface, or the thing itself
    NodeId subnet = noNode;
    NodeId network = noNode;
    std::vector<NodeId> groups;
    IpAddress inside;
    IpAddress outside;
    bool hasInside = false;
    bool hasOutside = false;
};

/// One end of a connection as the controls on the way see it.
struct Peer {
    IpAddress address;
    const Attachment* attachment = nullptr; ///< null: outside of what was imported
    bool byPrivateAddress = false; ///< only then do references to security groups match
};

/// One control that looked at the connection.
struct Hop {
    NodeId node = noNode;
    std::string control; ///< "security group", "network ACL", "route table" …
    std::string rule; ///< the row that decided, as the provider calls it; empty when none matched
    bool passed = false;
    EvidenceId evidence = noEvidence;
    std::string why; ///< one plain sentence
};

} // namespace glacis
