// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json_fwd.h"

#include <map>
#include <string>
#include <vector>

namespace glacis {

using Labels = std::map<std::string, std::string, std::less<>>;

/// Which labelled things a Kubernetes object means. All requirements must hold; one without requirements means
/// everything. Source: "Labels and Selectors", Kubernetes documentation.
class LabelSelector {
public:
    /// Null and absent mean nothing: "{}" and no selector are opposites.
    LabelSelector() = default;
    /// From an object with `matchLabels` and `matchExpressions`; one with an operator that is unknown means nothing.
    [[nodiscard]] static LabelSelector from(const Json& selector);
    /// From a plain map, as services and replication controllers write it.
    [[nodiscard]] static LabelSelector fromMap(const Json& map);

    [[nodiscard]] bool matches(const Labels& labels) const;

private:
    struct Requirement {
        enum class Operator { In, NotIn, Exists, DoesNotExist };
        std::string key;
        Operator holds{};
        std::vector<std::string> values;
    };
    [[nodiscard]] static bool holds(const Requirement& requirement, const Labels& labels);

    std::vector<Requirement> m_requirements;
    bool m_nothing = true;
};

/// The members of an object that are texts.
[[nodiscard]] Labels labelsFrom(const Json& map);

} // namespace glacis
