// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "estate/estate.h"
#include "responsibility/responsibility_table.h"

#include <span>
#include <string>
#include <vector>

namespace glacis {

/// An open finding as this picture needs it, from whatever engine.
struct LayerFinding {
    NodeId node = noNode;
    std::string layer; ///< id of a layer: "encryption"
    Risk severity{};
    std::string title;
};

struct ResponsibilityCell {
    const Duty* duty = nullptr; ///< of the table, which outlives the picture
    std::vector<std::size_t> findings; ///< positions in the list that was given, worst first
    std::size_t nodesWithFindings =
        0; ///< things of the column that have a finding here and that the customer answers for
    Risk worst = Risk::Info; ///< of the findings; Info when there are none
};

struct ResponsibilityColumn {
    Provider provider{};
    std::size_t model = 0; ///< of the table
    std::string_view examples;
    std::vector<NodeId> nodes; ///< the things of the estate that sit there; empty for a model that was only asked for
    std::size_t boundary = 0; ///< rows above are the customer's or shared, rows from here on the provider's alone
    std::vector<ResponsibilityCell> cells; ///< one a layer of the table
};

/// Someone else who has a say: an account that is trusted or named, or who signs our people in.
struct OutsideParty {
    enum class Role : std::uint8_t { ForeignAccount, IdentityProvider, ForeignPrincipal };
    NodeId node = noNode;
    Role role{};
    std::vector<NodeId> namedBy; ///< roles, stores and the like whose policy names it, each once
};

struct ResponsibilityPicture {
    const ResponsibilityTable* table = nullptr;
    std::vector<ResponsibilityColumn> columns; ///< by provider, then in the table's order of models
    std::vector<OutsideParty> parties;
    std::vector<std::size_t> unplaced; ///< findings whose layer or node has no cell here
};

struct ResponsibilityQuestion {
    bool allModels = false; ///< also models of which the estate has nothing
    std::vector<Provider> providers; ///< empty: those of the estate (AWS when all models are asked for and it has none)
};

/// Who answers for what among the things of an estate, and where the customer's side has open findings. Things that are
/// only mentioned are no one's to secure here and do not count. Linear in nodes and findings.
/// Sources: each cell names its own.
[[nodiscard]] ResponsibilityPicture responsibility(const Estate& estate, std::span<const LayerFinding> findings,
    const ResponsibilityQuestion& question = {}, const ResponsibilityTable& table = ResponsibilityTable::builtIn());

/// The outside parties alone, in the order of their nodes.
[[nodiscard]] std::vector<OutsideParty> outsideParties(const Estate& estate);

} // namespace glacis
