// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/gate.h"
#include "network/packet.h"

#include <vector>

namespace glacis {

/// One control on the way from one end to the other, before anybody asks which services it lets through.
struct Step {
    enum class Kind : std::uint8_t {
        Passes,
        Refuses, ///< the way ends here
        Holds, ///< does not let it through, and the rest of the way is known all the same
        Unknown, ///< nobody knows how it goes on: `note` names the export that would tell
        Carries, ///< lets only `carries` through, and says `note` of the rest
        Gate ///< `gate` decides for each service
    };
    Kind kind{};
    Hop hop; ///< unless a gate
    PortSet carries;
    std::string note;
    GateId gate{};
    Direction direction{};
    Peer own, other;
    bool reply = false; ///< asked for replies to the client's port, not for the service
};
using Way = std::vector<Step>;

/// An end of a connection: an interface, or an address that no interface of the import has.
struct End {
    const Interface* interface = nullptr;
    IpAddress address; ///< when there is no interface
    NodeId thing = noNode;
};

/// The way of a connection and of its replies: guards, segments and tables in the order in which it meets them.
/// The model must outlive the way.
[[nodiscard]] Way wayBetween(const NetworkModel& model, const Estate& estate, const End& from, const End& to);

/// Into an interface from wherever the client is: only what guards it is asked.
[[nodiscard]] Way wayInto(
    const NetworkModel& model, const Estate& estate, const Interface& door, const IpAddress& client);

/// From a balancer's interface to a target behind it; `client`: the target sees this address and not the balancer's.
[[nodiscard]] Way wayFromBalancer(const NetworkModel& model, const Estate& estate, const Interface& door,
    const IpAddress* client, const Backend& backend, const Interface& target);

} // namespace glacis
