// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/reread.h"
#include "import/import.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace glacis {

/// The texts of a source's files as they last could be read, by path. Large files and large sources are not kept.
using SourceTexts = std::map<std::string, std::string, std::less<>>;

struct SourceReading {
    Imported imported;
    std::shared_ptr<const SourceTexts> texts; ///< what to hold on to for the next reading
    std::vector<HeldFile> held;
};

/// Reads a source. A file that was readable before and is not now (someone is typing) counts as it was, and its row in
/// the ledger says so. `before` is null at the first reading.
[[nodiscard]] SourceReading readSource(
    const Source& source, const std::shared_ptr<const SourceTexts>& before, Progress& progress);

} // namespace glacis
