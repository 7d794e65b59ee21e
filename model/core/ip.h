// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace glacis {

/// An IPv4 or IPv6 address as one 128-bit number, most significant half first (IPv4 in the low 32 bits of `low`).
struct IpAddress {
    bool v6 = false;
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const IpAddress&) const = default;
};

/// A block of addresses; host bits are always zero. `length` is 0–32 or 0–128.
struct IpPrefix {
    IpAddress address;
    std::uint8_t length = 0;
    auto operator<=>(const IpPrefix&) const = default;

    [[nodiscard]] bool contains(const IpAddress& other) const;
    [[nodiscard]] bool contains(const IpPrefix& other) const;
    [[nodiscard]] bool overlaps(const IpPrefix& other) const { return contains(other) || other.contains(*this); }
    [[nodiscard]] IpAddress last() const;
};

[[nodiscard]] std::optional<IpAddress> parseIpAddress(std::string_view text);
/// "10.0.0.0/8", "::/0"; an address without a length is a block of one. Host bits that are set are cleared.
[[nodiscard]] std::optional<IpPrefix> parseIpPrefix(std::string_view text);
[[nodiscard]] std::string toString(const IpAddress& address);
[[nodiscard]] std::string toString(const IpPrefix& prefix);
/// Addresses that the public internet does not route: private, shared, loopback, link local, documentation left out.
/// Source: "IANA IPv4 Special-Purpose Address Registry", "IANA IPv6 Special-Purpose Address Registry".
[[nodiscard]] bool isPrivate(const IpAddress& address);

} // namespace glacis
