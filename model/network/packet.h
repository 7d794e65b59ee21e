// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "network/port_set.h"

#include <cstdint>
#include <string>

namespace glacis {

/// What is asked for: IANA protocol number and a port; −1 is any port of the protocol.
struct Service {
    std::int16_t protocol = 6;
    std::int32_t port = -1;
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
