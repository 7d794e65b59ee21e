// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/access.h"

#include <optional>
#include <string>
#include <string_view>

namespace glacis {

/// Whose word an action is: "s3:GetObject" is of AWS, "Microsoft.Compute/virtualMachines/write" of Azure and
/// "storage.objects.get" of Google Cloud; nothing for what is none of these.
[[nodiscard]] std::optional<Provider> providerOf(std::string_view action);

struct AccessQuestion {
    NodeId principal = noNode;
    std::string action;
    std::string resource; ///< the provider's id, or an alias of the estate
    RequestContext context; ///< of AWS
    std::optional<bool> overData; ///< of Azure: whether the action is one over data, when the user says so
};
/// One decision, by the engine of the provider whose word the action is.
[[nodiscard]] Decision decide(const Estate& estate, const AccessQuestion& question);

} // namespace glacis
