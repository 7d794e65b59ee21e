// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace glacis {

/// Tells texts apart in 64 bits, in the order they are added: "The FNV Non-Cryptographic Hash Algorithm" (FNV-1a). Not
/// against someone who wants two to look the same.
class Fingerprint {
public:
    /// With its end, so that "ab", "c" is not "a", "bc".
    void add(std::string_view text)
    {
        for (const char c : text)
            add(static_cast<unsigned char>(c));
        add(static_cast<unsigned char>(0));
    }
    void add(unsigned char byte) { m_value = (m_value ^ byte) * 1099511628211ULL; }
    [[nodiscard]] std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 14695981039346656037ULL;
};

} // namespace glacis
