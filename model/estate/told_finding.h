// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "estate/inventory.h"

#include <string>
#include <string_view>
#include <vector>

/// What other programs found, in their own words. Nothing follows from it here, and no verdict of ours is made of it.
namespace glacis {

enum class ToldState : std::uint8_t {
    Open, ///< the program says that something is wrong
    Undecided, ///< somebody must look, or the program could not tell
    Closed, ///< muted, archived, resolved
    Passed ///< the program says that it is in order
};
[[nodiscard]] std::string_view name(ToldState state);

struct ToldFinding {
    NodeId of = noNode; ///< only mentioned when nothing that was imported describes it
    ToldState state{};
    std::string tool; ///< "Prowler", "GuardDuty"
    std::string id; ///< of the finding, as the program numbers it
    std::string rule; ///< the program's check or type of finding
    std::string severity;
    std::string status;
    std::string title;
    std::string words; ///< what it says of this thing
    EvidenceId evidence = noEvidence;
};

/// The setting of a thing under which a finding stands as the text of a JSON object; a thing may have many.
inline constexpr std::string_view toldFindingKey = "told_finding";

/// Lays a finding over the thing of a name; `of` and `evidence` of the finding say nothing yet.
void tell(Inventory& inventory, std::string_view thing, const ToldFinding& finding, EvidenceId seenAt);

/// In the order of reading.
[[nodiscard]] std::vector<ToldFinding> toldFindings(const Estate& estate, NodeId node);
/// Of all things, by thing. Linear in the settings.
[[nodiscard]] std::vector<ToldFinding> toldFindings(const Estate& estate);

} // namespace glacis
