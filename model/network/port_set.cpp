// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/port_set.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::uint32_t portsOfProtocol = 65536;

bool isIcmp(std::int16_t protocol)
{
    return protocol == icmp4 || protocol == icmp6;
}

std::string protocolName(std::int16_t protocol)
{
    switch (protocol) {
    case icmp4:
        return "icmp";
    case icmp6:
        return "icmpv6";
    case tcp:
        return "tcp";
    case udp:
        return "udp";
    default:
        return "protocol " + std::to_string(protocol);
    }
}

std::int16_t protocolNamed(std::string_view word)
{
    for (const std::int16_t known : {icmp4, icmp6, tcp, udp}) {
        if (word == protocolName(known))
            return known;
    }
    const auto number = integer(word);
    return number && *number >= 0 && *number < 256 ? static_cast<std::int16_t>(*number) : std::int16_t{-1};
}

std::string rangeText(std::int32_t from, std::int32_t to)
{
    return from == to ? std::to_string(from) : std::to_string(from) + '-' + std::to_string(to);
}

/// Types of which every code is meant are written alone.
std::string icmpText(const PortRange& range)
{
    if (range.from % 256 == 0 && range.to % 256 == 255)
        return rangeText(range.from / 256, range.to / 256);
    const std::string first = std::to_string(range.from / 256) + '/' + std::to_string(range.from % 256);
    return range.from == range.to ? first
                                  : first + '-' + std::to_string(range.to / 256) + '/' + std::to_string(range.to % 256);
}

PortSet icmpNamed(std::int16_t protocol, std::string_view text)
{
    const auto type = integer(before(text, '/')), code = integer(after(text, '/'));
    const bool whole = after(text, '/').empty();
    if (!type || *type < 0 || *type > 255 || (!whole && (!code || *code < 0 || *code > 255)))
        return {};
    const int first = static_cast<int>(*type);
    return {{protocol, icmpPort(first, whole ? 0 : static_cast<int>(*code)),
        icmpPort(first, whole ? 255 : static_cast<int>(*code))}};
}

} // namespace

PortSet::PortSet(std::initializer_list<PortRange> ranges) : PortSet(std::vector<PortRange>(ranges)) { }

PortSet::PortSet(const std::vector<PortRange>& ranges)
{
    std::vector<Interval> drawn;
    for (const PortRange& range : ranges) {
        const bool whole = range.from < 0;
        const std::uint32_t base = static_cast<std::uint32_t>(range.protocol) * portsOfProtocol;
        const Interval one{base + static_cast<std::uint32_t>(whole ? 0 : range.from),
            base + static_cast<std::uint32_t>(whole ? lastPort : range.to)};
        if (range.protocol >= 0 && range.protocol < 256 && one.first <= one.last)
            drawn.push_back(one);
    }
    std::sort(drawn.begin(), drawn.end());
    for (const Interval& one : drawn)
        append(one);
}

void PortSet::add(PortRange range)
{
    *this = unionOf(*this, PortSet{range});
}

/// `one` does not begin before the last interval does.
void PortSet::append(Interval one)
{
    if (!m_intervals.empty() && one.first <= m_intervals.back().last + 1)
        m_intervals.back().last = std::max(m_intervals.back().last, one.last);
    else
        m_intervals.push_back(one);
}

bool PortSet::contains(std::int16_t protocol, std::int32_t port) const
{
    const std::uint32_t element =
        static_cast<std::uint32_t>(protocol) * portsOfProtocol + static_cast<std::uint32_t>(std::max(port, 0));
    const auto after = std::ranges::upper_bound(m_intervals, element, {}, &Interval::first);
    return after != m_intervals.begin() && element <= std::prev(after)->last;
}

std::vector<PortRange> PortSet::ranges() const
{
    std::vector<PortRange> made;
    for (Interval left : m_intervals) {
        for (; left.first <= left.last; left.first = (left.first / portsOfProtocol + 1) * portsOfProtocol) {
            const std::uint32_t protocol = left.first / portsOfProtocol;
            const std::uint32_t last = std::min(left.last, (protocol + 1) * portsOfProtocol - 1);
            made.push_back(
                {static_cast<std::int16_t>(protocol), static_cast<std::int32_t>(left.first % portsOfProtocol),
                    static_cast<std::int32_t>(last % portsOfProtocol)});
        }
    }
    return made;
}

PortSet unionOf(const PortSet& a, const PortSet& b)
{
    PortSet both;
    auto one = a.m_intervals.begin(), other = b.m_intervals.begin();
    while (one != a.m_intervals.end() || other != b.m_intervals.end()) {
        const bool takeOne = other == b.m_intervals.end() || (one != a.m_intervals.end() && one->first < other->first);
        both.append(takeOne ? *one++ : *other++);
    }
    return both;
}

PortSet intersectionOf(const PortSet& a, const PortSet& b)
{
    PortSet common;
    auto one = a.m_intervals.begin(), other = b.m_intervals.begin();
    while (one != a.m_intervals.end() && other != b.m_intervals.end()) {
        const PortSet::Interval cut{std::max(one->first, other->first), std::min(one->last, other->last)};
        if (cut.first <= cut.last)
            common.append(cut);
        if (one->last < other->last)
            ++one;
        else
            ++other;
    }
    return common;
}

PortSet difference(const PortSet& a, const PortSet& without)
{
    PortSet left;
    auto hole = without.m_intervals.begin();
    for (PortSet::Interval rest : a.m_intervals) {
        while (hole != without.m_intervals.end() && hole->last < rest.first)
            ++hole;
        bool anyLeft = true;
        for (auto at = hole; anyLeft && at != without.m_intervals.end() && at->first <= rest.last; ++at) {
            if (rest.first < at->first)
                left.append({rest.first, at->first - 1});
            anyLeft = at->last < rest.last;
            rest.first = at->last + 1;
        }
        if (anyLeft)
            left.append(rest);
    }
    return left;
}

const PortSet& allPorts()
{
    static const PortSet all = [] {
        std::vector<PortRange> every;
        for (std::int16_t protocol = 0; protocol < 256; ++protocol)
            every.push_back({protocol, -1, -1});
        return PortSet(every);
    }();
    return all;
}

std::string describe(const PortSet& ports)
{
    if (ports.empty())
        return "none";
    if (ports == allPorts())
        return "any";
    const std::vector<PortRange> ranges = ports.ranges();
    // What is all but a little is told by what it leaves out.
    if (ranges.size() > 128)
        return "any but " + describe(difference(allPorts(), ports));
    std::string text;
    std::int16_t last = -1;
    for (const PortRange& range : ranges) {
        const bool whole = range.from == 0 && range.to == lastPort;
        if (!text.empty())
            text += ',';
        if (range.protocol != last)
            text += protocolName(range.protocol) + (whole ? "" : "/");
        if (!whole)
            text += isIcmp(range.protocol) ? icmpText(range) : rangeText(range.from, range.to);
        last = range.protocol;
    }
    return text;
}

PortSet portsNamed(std::string_view text)
{
    if (text == "any" || text == "-1" || text == "all")
        return allPorts();
    const std::int16_t protocol = protocolNamed(before(text, '/'));
    const std::string_view ports = after(text, '/');
    if (protocol < 0)
        return {};
    if (ports.empty())
        return {{protocol, -1, -1}};
    if (isIcmp(protocol))
        return icmpNamed(protocol, ports);
    const auto from = integer(before(ports, '-'));
    const auto to = after(ports, '-').empty() ? from : integer(after(ports, '-'));
    if (!from || !to || *from < 0 || *to > lastPort || *from > *to)
        return {};
    return {{protocol, static_cast<std::int32_t>(*from), static_cast<std::int32_t>(*to)}};
}

} // namespace glacis
