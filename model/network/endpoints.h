// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/packet.h"

#include <string_view>
#include <unordered_map>

namespace glacis {

/// The interfaces of an estate, found once: by the thing they belong to and by address.
class Endpoints {
public:
    explicit Endpoints(const Estate& estate);

    /// Where a thing stands; empty when it has no place in a network.
    [[nodiscard]] std::vector<Attachment> of(NodeId thing) const;
    /// Interfaces with this private address (several networks may use the same).
    [[nodiscard]] std::vector<Attachment> withInside(const IpAddress& address) const;
    [[nodiscard]] std::vector<Attachment> withOutside(const IpAddress& address) const;

private:
    std::vector<Attachment> ofInterface(NodeId node) const;

    const Estate& m_estate;
    std::unordered_map<std::uint64_t, std::vector<NodeId>> m_byInside; ///< by hash of the address
    std::unordered_map<std::uint64_t, std::vector<NodeId>> m_byOutside;
};

} // namespace glacis
