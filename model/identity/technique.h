// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/kinds.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// One of the things that must be true for a technique: a right that its user holds, or a fact of the estate. What the
/// words mean is for the engine of the provider to say.
struct Need {
    std::string right; ///< in the provider's own words: "iam:PassRole", "iam.serviceAccountKeys.create"; else empty
    std::string fact; ///< "trusts", "kind"; empty when it is a right
    std::string on; ///< what the right is held on, or the fact is true of: "target", "workload"
    std::string is; ///< of a fact: its value, "lambda.amazonaws.com"
};

/// A way by which one identity becomes another or a workload is taken over, as a row of resources/techniques says it.
struct Technique {
    std::string id; ///< "aws-passrole-lambda"
    Provider provider{};
    std::string title;
    std::string gives; ///< what the way leads to, a word of the provider's engine
    std::vector<Need> needs; ///< all of them
    std::string condition; ///< what no export can tell; empty for nothing
    double effort = 1; ///< to an attacker: 1 is one call with what one has
    double noise = 0; ///< what defenders hear of it: 0 is nothing out of the ordinary
    double cost = 1; ///< effort and noise together
    std::string attack; ///< ATT&CK technique: "T1078.004"
    std::string sentence; ///< with {from} and {to}: "{from} may pass {to} to a new function and run it"
    std::string detect;
    std::string fix;
    std::string source; ///< title of the public page
    std::string publisher;
};

/// Those of all providers; a position in this list is what an escalation names.
[[nodiscard]] const std::vector<Technique>& techniques();
[[nodiscard]] std::optional<std::uint32_t> techniqueNamed(std::string_view id);

} // namespace glacis
