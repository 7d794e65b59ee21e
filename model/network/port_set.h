// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
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

/// Sorted by protocol and port, without overlaps, neighbours joined. `normalised` makes any list so.
using PortSet = std::vector<PortRange>;
inline constexpr std::int32_t lastPort = 65535;

[[nodiscard]] PortSet normalised(PortSet ports);
[[nodiscard]] PortSet unionOf(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet intersectionOf(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet difference(const PortSet& a, const PortSet& without);
/// Every TCP and UDP port, and ICMP: what "all traffic" is judged by.
[[nodiscard]] const PortSet& allPorts();

/// "tcp/443,8080-8090", "any" for allPorts(), "none" for nothing.
[[nodiscard]] std::string describe(const PortSet& ports);
/// "tcp/443", "tcp/1024-2048", "udp", "icmp", "any"; empty when it is not understood.
[[nodiscard]] PortSet portsNamed(std::string_view text);

} // namespace glacis
