// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "identity/residual.h"

#include <string>

namespace glacis {

/// Whether what remains open is the same, however it is put, as an expression of a case: {"conditionType": "condition",
/// "op", "key", "values"}, {"conditionType": "group", "operator": "and"|"or", "conditions"}, {"conditionType":
/// "sessionName", "sessionName"}. Both are held against requests in which each key is absent, has one of the values
/// that are spoken of, or another, alone and several at once. `difference` then says where they part.
[[nodiscard]] bool isEquivalent(const Residual& open, const Json& expected, std::string& difference);

} // namespace glacis
