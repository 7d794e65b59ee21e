// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/environment.h"

#include "core/matching.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

using Of = EnvironmentRules::Source::Of;

struct SourceWord {
    std::string_view word;
    Of of;
};
constexpr std::array sourceWords = {SourceWord{"tag", Of::Tag}, SourceWord{"subnet_tag", Of::SubnetTag},
    SourceWord{"vpc_tag", Of::NetworkTag}, SourceWord{"account_tag", Of::AccountTag},
    SourceWord{"account_name", Of::AccountName}, SourceWord{"vpc_name", Of::NetworkName}};

bool needsKey(Of of)
{
    return of != Of::AccountName && of != Of::NetworkName;
}

std::string_view tagAround(const Estate& estate, NodeId node, Kind container, std::string_view key)
{
    const auto around = estate.within(node, container);
    return around ? estate.tag(*around, key) : std::string_view{};
}

std::string_view nameAround(const Estate& estate, NodeId node, Kind container)
{
    const auto around = estate.within(node, container);
    return around ? estate.name(*around) : std::string_view{};
}

std::string_view said(const Estate& estate, NodeId node, const EnvironmentRules::Source& source)
{
    switch (source.of) {
    case Of::Tag:
        return estate.tag(node, source.key);
    case Of::SubnetTag:
        return tagAround(estate, node, Kind::Subnet, source.key);
    case Of::NetworkTag:
        return tagAround(estate, node, Kind::Network, source.key);
    case Of::AccountTag:
        return tagAround(estate, node, Kind::Account, source.key);
    case Of::AccountName:
        return nameAround(estate, node, Kind::Account);
    case Of::NetworkName:
        break;
    }
    return nameAround(estate, node, Kind::Network);
}

} // namespace

std::uint32_t EnvironmentRules::of(const Estate& estate, NodeId node) const
{
    for (const Source& source : order) {
        const std::string_view text = said(estate, node, source);
        if (text.empty())
            continue;
        for (std::uint32_t i = 0; i < values.size(); ++i) {
            if (std::ranges::any_of(values[i].second,
                    [&](const std::string& pattern) { return wildcardMatchesIgnoringCase(pattern, text); }))
                return i;
        }
        // An account's name may say something else altogether; a tag that is there has spoken.
        if (needsKey(source.of))
            return none;
    }
    return none;
}

std::optional<EnvironmentRules::Source> environmentSourceNamed(std::string_view text)
{
    const auto found = std::ranges::find(sourceWords, before(text, ':'), &SourceWord::word);
    if (found == sourceWords.end() || needsKey(found->of) == after(text, ':').empty())
        return std::nullopt;
    return EnvironmentRules::Source{found->of, std::string(after(text, ':'))};
}

std::string name(const EnvironmentRules::Source& source)
{
    const auto found = std::ranges::find(sourceWords, source.of, &SourceWord::of);
    return std::string(found->word) + (source.key.empty() ? std::string() : ':' + source.key);
}

} // namespace glacis
