// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/rights.h"

#include <map>

namespace glacis {

inline constexpr const char* assumeRole = "sts:AssumeRole";

/// The roles of an estate by what their trust policies say, so that who may assume them is asked once for all that say
/// the same. Sources: "IAM role trust policies", "AWS JSON policy elements: Principal", IAM User Guide.
class TrustClasses {
public:
    explicit TrustClasses(const Policies& policies);

    struct Trusting {
        std::vector<NodeId> roles;
        Decision decision; ///< of the trust policy
    };
    /// Roles that let a service in.
    [[nodiscard]] std::vector<Trusting> trusting(const std::string& service) const;

    struct Assumption {
        std::vector<NodeId> who;
        std::vector<NodeId> roles;
        Rights::Answer answer;
    };
    /// Which roles principals that are alike may assume, or may not for one layer alone. `allowed`: whether any
    /// statement of theirs allows sts:AssumeRole at all.
    [[nodiscard]] std::vector<Assumption> assumedBy(
        const Rights& rights, const std::vector<NodeId>& alike, bool allowed) const;

private:
    struct Class {
        std::vector<NodeId> roles;
        PolicyLayer trust;
        bool anyone = false; ///< by a wildcard, or all but some
        std::vector<std::string> accounts; ///< named as a whole
        std::vector<NodeId> named; ///< one by one, sorted
    };
    void read(Class& made) const;
    /// Members that the trust policy does not name, those alike to it together.
    [[nodiscard]] static std::vector<std::vector<NodeId>> toldApart(
        const Class& by, const std::vector<NodeId>& members);

    const Policies& m_policies;
    std::vector<Class> m_classes;
    std::map<NodeId, std::vector<std::size_t>> m_naming; ///< classes that name a principal itself
};

} // namespace glacis
