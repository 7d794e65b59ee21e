// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "posture/check_test.h"

#include <optional>
#include <string>
#include <vector>

namespace glacis {

/// A row of resources/checks: what must hold of a thing, why, and what to do when it does not.
struct Check {
    std::string id;
    std::string title; ///< what holds
    std::string fails; ///< what is to be said when it does not
    std::vector<Kind> kinds;
    std::vector<Provider> providers; ///< empty: any
    std::string layer; ///< of the responsibility table
    Risk severity{};
    std::optional<CheckTest> when; ///< where this does not hold the check says nothing
    CheckTest test;
    std::string why;
    std::string fix;
    std::string source; ///< title of the page
    std::string publisher;

    [[nodiscard]] bool appliesTo(Provider provider) const;
};

struct CheckSet {
    std::vector<Check> checks;

    /// The table of the program.
    [[nodiscard]] static const CheckSet& builtIn();
    /// From a table that fits resources/checks/schema.json. What does not hang together (a setting that the catalogue
    /// lacks for one of the kinds, a test that says nothing or two things) becomes a fault.
    [[nodiscard]] static CheckSet from(const Json& table, const Catalog& catalog, std::vector<SchemaFault>& faults);

    [[nodiscard]] const Check* named(std::string_view id) const;
};

} // namespace glacis
