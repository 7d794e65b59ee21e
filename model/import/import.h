// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"
#include "import/walk.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace glacis {

struct Imported {
    Inventory inventory;
    Ledger ledger;
};

/// Sees the bytes of each file before they are read, and may put others in their place, which must last as long as the
/// import.
using FileHook = std::function<std::string_view(const std::string& path, std::string_view bytes)>;

/// Reads files, folders and archives into neutral facts. One bad file never stops the rest; every file found has its
/// row in the ledger. When `progress` is cancelled, what was read so far is given back.
[[nodiscard]] Imported import(std::span<const std::filesystem::path> inputs, std::span<const Reader> readers,
    Progress& progress, const WalkLimits& limits = {}, const FileHook& hook = {});

/// The same for files that lie in memory.
[[nodiscard]] Imported importFiles(
    std::span<const WalkedFile> files, std::span<const Reader> readers, Progress& progress);

/// The built-in sample of a name ("three-tier"), as if its folder had been imported.
[[nodiscard]] Imported importSample(std::string_view name, std::span<const Reader> readers, Progress& progress);

} // namespace glacis
