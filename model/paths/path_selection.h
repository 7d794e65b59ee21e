// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <optional>
#include <string_view>
#include <vector>

namespace glacis {

/// The things that a selector names: an id or another name of a thing, `internet`, `kind:role`, `tag:Env=prod`,
/// `class:confidential`, `account:111122223333`. There may be none of a kind, with a tag or of a class; nothing at all
/// when the selector means nothing here: no such thing, kind, class or account.
[[nodiscard]] std::optional<std::vector<NodeId>> select(const Estate& estate, std::string_view selector);

} // namespace glacis
