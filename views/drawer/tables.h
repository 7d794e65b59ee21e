// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "drawer/table_model.h"

namespace glacis {

// The tables of the drawer over the answers at hand; each keeps alive what it shows. Empty where nothing is computed.

[[nodiscard]] TableModel::Table findingsTable(const Answers& answers);
/// What other programs found, each marked with whose word it is.
[[nodiscard]] TableModel::Table toldFindingsTable(const Answers& answers);
[[nodiscard]] TableModel::Table violationsTable(const Answers& answers);
[[nodiscard]] TableModel::Table pathsTable(const Answers& answers);
[[nodiscard]] TableModel::Table privilegesTable(const Answers& answers);
[[nodiscard]] TableModel::Table changesTable(const Answers& answers);
[[nodiscard]] TableModel::Table missingTable(const Answers& answers);

} // namespace glacis
