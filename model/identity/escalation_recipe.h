// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/technique.h"

namespace glacis {

/// What a technique's rights on existing things are held on. The words of `on` in resources/techniques/aws.json.
enum class HeldOn : std::uint8_t {
    Nothing, ///< all its rights are on what the attacker makes
    Target, ///< "target": the user or role that one becomes or raises
    Self, ///< "self"
    OwnGroup, ///< "own_group": a group that one is in
    OwnPolicy, ///< "own_policy": a policy of the account that applies to oneself
    Group, ///< "group": one that administers the account
    Workload ///< "workload": what runs as a role
};

/// What a technique leads to: the words of `gives`.
enum class Gives : std::uint8_t {
    Target, ///< "target": one acts as it
    Account, ///< "account": one can give oneself, or whom one acts as, any right
    FreedSelf, ///< "freed_self": one's own rights without the boundary, when these administer the account
    WorkloadRole, ///< "workload_role": one acts as the roles of the workload
    RunsAs ///< "runs_as": from the workload itself
};

/// A technique as the search uses it.
struct Recipe {
    std::uint32_t technique = 0;
    HeldOn heldOn{};
    Gives gives{};
    bool assumes = false; ///< the target role is assumed in the course of it
    std::vector<std::string> rights; ///< on the thing that `heldOn` says
    std::vector<std::string> policyRights; ///< "policy_of_target": on a policy of the account that the target has
    struct New {
        std::string pattern;
        std::vector<std::string> rights;
    };
    std::vector<New> news; ///< "new": on one thing for each pattern
    std::string trusts; ///< the service that the target must trust, to which the role is passed
    std::vector<Need> facts; ///< others
};

/// Those of AWS, in the order of techniques().
[[nodiscard]] const std::vector<Recipe>& recipes();
/// Words of the catalogue that the search does not know, one sentence each; none, or we are at fault (a test looks).
[[nodiscard]] const std::vector<std::string>& recipeFaults();

} // namespace glacis
