// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/catalog.h"

#include <string>
#include <vector>

namespace glacis {

/// A listing without which an engine can't answer for things that are there.
struct OpenNeed {
    MissingExport missing;
    std::string decides; ///< "what may connect to what"
};

/// For each account and region with things that the catalogue's needs speak of: the listings that nobody asked for.
/// Things that are only mentioned count on neither side. Sorted, each once.
[[nodiscard]] std::vector<OpenNeed> openNeeds(const Estate& estate, const Catalog& catalog);

} // namespace glacis
