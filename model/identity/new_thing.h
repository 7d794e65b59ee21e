// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/rights.h"

namespace glacis {

/// Whether a principal may do all of these to one and the same thing that it makes or names as it likes. `pattern` is
/// the ARN with {region}, {account} and {name}, or "*" for actions that know no resources. A name is looked for among
/// those that the principal's own statements speak of, so that who may make functions called dev-… only is found to.
[[nodiscard]] Rights::Answer mayOnNew(const Rights& rights, const std::vector<std::string>& actions,
    const std::string& pattern, std::string_view account);

} // namespace glacis
