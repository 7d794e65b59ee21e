// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

namespace glacis {

/// Whether a listing ("describe-vpcs") was read for the region or the account that `node` lies in, so that what it does
/// not list is not there. A listing that was cut off in the middle does not count. For an account it must have been
/// read for the account as a whole.
[[nodiscard]] bool wasAsked(const Estate& estate, NodeId node, std::string_view call);

} // namespace glacis
