// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "catalog/risk.h"
#include "estate/estate.h"
#include "identity/privilege_review.h"

#include <QString>

namespace glacis {

// How things are called and drawn, the same in every view, table and tree.

[[nodiscard]] QString nameOf(const Estate& estate, NodeId node);
/// The containers of a thing, outermost first: "Quillmere › eu-central-1 › prod". Empty for what stands at the top.
[[nodiscard]] QString placeOf(const Estate& estate, NodeId node);
/// "web-1, web-2 and 12 more".
[[nodiscard]] QString namesOf(const Estate& estate, const std::vector<NodeId>& nodes, std::size_t most = 3);
/// "critical", translated, and the state that it is drawn in.
[[nodiscard]] QString titleOf(Risk risk);
/// "No second factor", translated.
[[nodiscard]] QString titleOf(PrivilegeNote::What what);
[[nodiscard]] MarkState stateOf(Risk risk);
/// File and place in it, as people would look it up: "111/describe-vpcs.json /Vpcs/0". Empty without evidence.
[[nodiscard]] QString placeOf(const Estate& estate, EvidenceId evidence);

} // namespace glacis
