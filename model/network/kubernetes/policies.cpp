// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policies.h"

#include <algorithm>

namespace glacis::kubernetes {

PortSet PolicyRule::portsAt(const PolicyPeer& destination) const
{
    if (anyPort)
        return everyPort();
    PortSet all;
    for (const PortRule& port : ports)
        all = unionOf(all, port.at(destination));
    return all;
}

bool PolicyRule::namesPorts() const
{
    return !anyPort && std::ranges::any_of(ports, [](const PortRule& port) { return !port.name.empty(); });
}

Match PolicyRule::matches(const PolicyPeer& peer, Blocks meaning) const
{
    Match best = anyone ? Match::Yes : Match::No;
    for (const PeerRule& one : peers) {
        if (best == Match::Yes)
            break;
        const Match match = one.matches(peer, meaning);
        if (match != Match::No)
            best = match;
    }
    return best;
}

} // namespace glacis::kubernetes
