// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/network_model.h"

namespace glacis {

/// One end of a connection as the controls on the way see it.
struct Peer {
    IpAddress address;
    const std::vector<Label>* labels = nullptr; ///< null: rules can't refer to it by label here
};

/// What a gate says of some of the asked services.
struct GateAnswer {
    enum class Says : std::uint8_t { Passes, Refuses, Unknown };
    Says says{};
    PortSet ports;
    NodeId node = noNode; ///< that holds the rule, or the gate's own
    StringId rule{}; ///< Empty: no rule matched
    EvidenceId evidence = noEvidence;
    std::string why;
    std::string missing; ///< Unknown: the export that would tell
};

/// Parts the asked services by what the gate says of them and by the rule that decides; the parts are disjoint and
/// together all that was asked.
[[nodiscard]] std::vector<GateAnswer> askGate(
    const NetworkModel& model, const Gate& gate, const Peer& own, const Peer& other, const PortSet& asked);

[[nodiscard]] bool holds(const EndSet& ends, const Peer& peer);

} // namespace glacis
