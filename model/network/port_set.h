// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// Ports of one protocol, both ends included. For ICMP and ICMPv6 a "port" is type × 256 + code (`icmpPort`). −1 … −1
/// is the whole protocol.
struct PortRange {
    std::int16_t protocol = 6; ///< IANA number, 0–255
    std::int32_t from = -1;
    std::int32_t to = -1;
    bool operator==(const PortRange&) const = default;
    auto operator<=>(const PortRange&) const = default;
};
inline constexpr std::int32_t lastPort = 65535;
inline constexpr std::int16_t icmp4 = 1, tcp = 6, udp = 17, icmp6 = 58;
[[nodiscard]] constexpr std::int32_t icmpPort(int type, int code)
{
    return type * 256 + code;
}
[[nodiscard]] constexpr bool hasPorts(std::int16_t protocol)
{
    return protocol == tcp || protocol == udp;
}

/// An exact set of protocols and ports: every one of the 256 protocols has 65,536 elements, so the whole is one
/// interval of a line. Sorted, without overlaps, neighbours joined.
class PortSet {
public:
    PortSet() = default;
    PortSet(std::initializer_list<PortRange> ranges);
    explicit PortSet(const std::vector<PortRange>& ranges);

    void add(PortRange range);
    [[nodiscard]] bool empty() const { return m_intervals.empty(); }
    [[nodiscard]] bool contains(std::int16_t protocol, std::int32_t port) const;
    /// The same set as ranges of one protocol each.
    [[nodiscard]] std::vector<PortRange> ranges() const;

    bool operator==(const PortSet&) const = default;
    auto operator<=>(const PortSet&) const = default;

    friend PortSet unionOf(const PortSet& a, const PortSet& b);
    friend PortSet intersectionOf(const PortSet& a, const PortSet& b);
    friend PortSet difference(const PortSet& a, const PortSet& without);

private:
    struct Interval {
        std::uint32_t first = 0, last = 0;
        bool operator==(const Interval&) const = default;
        auto operator<=>(const Interval&) const = default;
    };
    void append(Interval one);

    std::vector<Interval> m_intervals;
};

[[nodiscard]] PortSet unionOf(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet intersectionOf(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet difference(const PortSet& a, const PortSet& without);
/// Every port of every protocol.
[[nodiscard]] const PortSet& allPorts();

/// "tcp/443,8080-8090", "icmp/8" (a type), "icmp/3/4" (type and code), "any" for allPorts(), "none" for nothing.
[[nodiscard]] std::string describe(const PortSet& ports);
/// "tcp/443", "tcp/1024-2048", "udp", "icmp/8", "icmp/3/4", "50", "any"; empty when it is not understood.
[[nodiscard]] PortSet portsNamed(std::string_view text);

} // namespace glacis
