// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/port_set.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::int16_t icmp = 1, tcp = 6, udp = 17;

std::string protocolName(std::int16_t protocol)
{
    switch (protocol) {
    case icmp:
        return "icmp";
    case tcp:
        return "tcp";
    case udp:
        return "udp";
    default:
        return "protocol " + std::to_string(protocol);
    }
}

} // namespace

PortSet normalised(PortSet ports)
{
    std::sort(ports.begin(), ports.end());
    PortSet joined;
    for (const PortRange& range : ports) {
        if (!joined.empty() && joined.back().protocol == range.protocol && range.from <= joined.back().to + 1)
            joined.back().to = std::max(joined.back().to, range.to);
        else
            joined.push_back(range);
    }
    return joined;
}

PortSet unionOf(const PortSet& a, const PortSet& b)
{
    PortSet both = a;
    both.insert(both.end(), b.begin(), b.end());
    return normalised(std::move(both));
}

PortSet intersectionOf(const PortSet& a, const PortSet& b)
{
    PortSet common;
    for (const PortRange& one : a) {
        for (const PortRange& other : b) {
            const PortRange cut{one.protocol, std::max(one.from, other.from), std::min(one.to, other.to)};
            if (one.protocol == other.protocol && cut.from <= cut.to)
                common.push_back(cut);
        }
    }
    return normalised(std::move(common));
}

PortSet difference(const PortSet& a, const PortSet& without)
{
    PortSet left = normalised(a);
    for (const PortRange& hole : without) {
        PortSet next;
        for (const PortRange& range : left) {
            if (range.protocol != hole.protocol || hole.to < range.from || hole.from > range.to) {
                next.push_back(range);
                continue;
            }
            if (range.from < hole.from)
                next.push_back({range.protocol, range.from, hole.from - 1});
            if (hole.to < range.to)
                next.push_back({range.protocol, hole.to + 1, range.to});
        }
        left = std::move(next);
    }
    return left;
}

const PortSet& allPorts()
{
    static const PortSet all = {{icmp, -1, -1}, {tcp, 0, lastPort}, {udp, 0, lastPort}};
    return all;
}

std::string describe(const PortSet& ports)
{
    if (ports.empty())
        return "none";
    if (ports == allPorts())
        return "any";
    std::string text;
    std::int16_t last = -1;
    for (const PortRange& range : ports) {
        const bool hasPorts = range.from >= 0;
        const bool whole = range.from == 0 && range.to == lastPort;
        if (!text.empty())
            text += ',';
        if (range.protocol != last || !hasPorts || whole)
            text += protocolName(range.protocol);
        if (hasPorts && !whole) {
            if (range.protocol != last)
                text += '/';
            text += std::to_string(range.from);
            if (range.to != range.from)
                text += '-' + std::to_string(range.to);
        }
        last = range.protocol;
    }
    return text;
}

PortSet portsNamed(std::string_view text)
{
    if (text == "any" || text == "-1" || text == "all")
        return allPorts();
    const std::string_view word = before(text, '/');
    std::int16_t protocol = -1;
    if (word == "tcp")
        protocol = tcp;
    else if (word == "udp")
        protocol = udp;
    else if (word == "icmp")
        return {{icmp, -1, -1}};
    else if (const auto number = integer(word); number && *number >= 0 && *number < 256)
        protocol = static_cast<std::int16_t>(*number);
    else
        return {};
    const std::string_view ports = after(text, '/');
    if (ports.empty())
        return protocol == tcp || protocol == udp ? PortSet{{protocol, 0, lastPort}} : PortSet{{protocol, -1, -1}};
    const auto from = integer(before(ports, '-'));
    const auto to = after(ports, '-').empty() ? from : integer(after(ports, '-'));
    if (!from || !to || *from < 0 || *to > lastPort || *from > *to)
        return {};
    return {{protocol, static_cast<std::int32_t>(*from), static_cast<std::int32_t>(*to)}};
}

} // namespace glacis
