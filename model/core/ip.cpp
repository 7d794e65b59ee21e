// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ip.h"

#include "core/text.h"

#include <arpa/inet.h>

#include <string>

namespace glacis {

namespace {

IpAddress mask(IpAddress address, std::uint8_t length)
{
    if (!address.v6) {
        address.low = length == 0 ? 0 : address.low & (0xFFFFFFFFull << (32 - length) & 0xFFFFFFFFull);
        return address;
    }
    if (length <= 64) {
        address.low = 0;
        address.high = length == 0 ? 0 : address.high & ~0ull << (64 - length);
    } else if (length < 128) {
        address.low &= ~0ull << (128 - length);
    }
    return address;
}

} // namespace

bool IpPrefix::contains(const IpAddress& other) const
{
    return address.v6 == other.v6 && mask(other, length) == address;
}

bool IpPrefix::contains(const IpPrefix& other) const
{
    return other.length >= length && contains(other.address);
}

IpAddress IpPrefix::last() const
{
    IpAddress end = address;
    if (!address.v6) {
        end.low |= length == 0 ? 0xFFFFFFFFull : (1ull << (32 - length)) - 1;
        return end;
    }
    if (length <= 64) {
        end.low = ~0ull;
        end.high |= length == 0 ? ~0ull : length == 64 ? 0 : (1ull << (64 - length)) - 1;
    } else {
        end.low |= length == 128 ? 0 : (1ull << (128 - length)) - 1;
    }
    return end;
}

std::optional<IpAddress> parseIpAddress(std::string_view text)
{
    if (text.size() > 45)
        return std::nullopt;
    const std::string copy(text);
    unsigned char bytes[16];
    if (inet_pton(AF_INET, copy.c_str(), bytes) == 1)
        return IpAddress{false, 0,
            std::uint64_t{bytes[0]} << 24 | std::uint64_t{bytes[1]} << 16 | std::uint64_t{bytes[2]} << 8 | bytes[3]};
    if (inet_pton(AF_INET6, copy.c_str(), bytes) != 1)
        return std::nullopt;
    IpAddress address{true, 0, 0};
    for (int i = 0; i < 8; ++i) {
        address.high = address.high << 8 | bytes[i];
        address.low = address.low << 8 | bytes[i + 8];
    }
    return address;
}

std::optional<IpPrefix> parseIpPrefix(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = parseIpAddress(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    const int most = address->v6 ? 128 : 32;
    const auto length =
        slash == std::string_view::npos ? std::optional<long long>(most) : integer(text.substr(slash + 1));
    if (!length || *length < 0 || *length > most)
        return std::nullopt;
    const auto bits = static_cast<std::uint8_t>(*length);
    return IpPrefix{mask(*address, bits), bits};
}

std::string toString(const IpAddress& address)
{
    char out[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    if (!address.v6) {
        for (int i = 0; i < 4; ++i)
            bytes[i] = static_cast<unsigned char>(address.low >> (24 - 8 * i));
        return inet_ntop(AF_INET, bytes, out, sizeof out);
    }
    for (int i = 0; i < 8; ++i) {
        bytes[i] = static_cast<unsigned char>(address.high >> (56 - 8 * i));
        bytes[i + 8] = static_cast<unsigned char>(address.low >> (56 - 8 * i));
    }
    return inet_ntop(AF_INET6, bytes, out, sizeof out);
}

std::string toString(const IpPrefix& prefix)
{
    return toString(prefix.address) + '/' + std::to_string(prefix.length);
}

bool isPrivate(const IpAddress& address)
{
    static const std::array<IpPrefix, 9> blocks = {*parseIpPrefix("10.0.0.0/8"), *parseIpPrefix("172.16.0.0/12"),
        *parseIpPrefix("192.168.0.0/16"), *parseIpPrefix("100.64.0.0/10"), *parseIpPrefix("127.0.0.0/8"),
        *parseIpPrefix("169.254.0.0/16"), *parseIpPrefix("fc00::/7"), *parseIpPrefix("fe80::/10"),
        *parseIpPrefix("::1/128")};
    for (const IpPrefix& block : blocks) {
        if (block.contains(address))
            return true;
    }
    return false;
}

} // namespace glacis
