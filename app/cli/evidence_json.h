// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/decision.h"
#include "network/packet.h"

#include <nlohmann/json.hpp>

namespace glacis::cli {

using Ordered = nlohmann::ordered_json;

/// The provider's id of a node; empty for none.
[[nodiscard]] std::string idOf(const Estate& estate, NodeId node);
[[nodiscard]] Ordered idsOf(const Estate& estate, const std::vector<NodeId>& nodes);
/// {"node","control","rule","effect","why"}
[[nodiscard]] Ordered asJson(const Estate& estate, const Hop& hop);
/// {"file","pointer","text"}
[[nodiscard]] Ordered asJson(const Estate& estate, const Reason& reason);
/// As --format wants it: indented for json, a line for jsonl.
void print(const Ordered& document, bool asLine);

} // namespace glacis::cli
