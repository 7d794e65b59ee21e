// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/policy_document.h"

#include <string>
#include <string_view>

namespace glacis {

/// What a statement says, as one plain sentence: "Lets anyone in account 111122223333 read objects of bucket x, only
/// with MFA." `holder` is whom a policy without a Principal element speaks of, `target` what one without a Resource
/// element speaks of. Words of actions and conditions: resources/policy_words; what has none is said by its own name.
/// Sources: "IAM JSON policy element reference", "AWS global condition context keys", IAM User Guide.
[[nodiscard]] std::string plainWords(const Statement& statement, std::string_view holder, std::string_view target = {});

} // namespace glacis
