// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace glacis {

/// How a zone matrix tells environments apart: where their names are looked for, and which names mean the same.
struct EnvironmentRules {
    /// Where to look, in this order: the first that says something decides.
    struct Source {
        enum class Of : std::uint8_t { Tag, SubnetTag, NetworkTag, AccountTag, AccountName, NetworkName };
        Of of{};
        std::string key; ///< of a tag
    };
    std::vector<Source> order;
    std::vector<std::pair<std::string, std::vector<std::string>>> values; ///< environment and patterns of its names

    static constexpr std::uint32_t none = ~0u;
    /// Position in `values`; none when nothing says, or says something that is no environment here.
    [[nodiscard]] std::uint32_t of(const Estate& estate, NodeId node) const;

    /// The environment's name; empty when `of` gives none.
    [[nodiscard]] std::string_view nameOf(const Estate& estate, NodeId node) const
    {
        const std::uint32_t at = of(estate, node);
        return at == none ? std::string_view{} : values[at].first;
    }

    /// Of resources/network/matrix.json.
    [[nodiscard]] static const EnvironmentRules& builtIn();
};

/// "tag:Env", "subnet_tag:Env", "vpc_tag:Env", "account_tag:Env", "account_name", "vpc_name".
[[nodiscard]] std::optional<EnvironmentRules::Source> environmentSourceNamed(std::string_view text);
[[nodiscard]] std::string name(const EnvironmentRules::Source& source);

} // namespace glacis
