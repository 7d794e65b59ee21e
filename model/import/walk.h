// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace glacis {

struct WalkLimits {
    std::uint64_t fileBytes = 512ull << 20; ///< one file, unpacked
    std::uint64_t archiveBytes = 4096ull << 20; ///< all members of one archive, unpacked
    std::uint64_t ratio = 200; ///< unpacked to packed, above the first 16 MiB
    std::size_t files = 200000;
    std::size_t depth = 32; ///< folders below the input
};

/// One file, or why it could not be had. Paths are relative to the input and use '/'.
struct WalkedFile {
    std::string path;
    std::string_view bytes;
    std::string problem; ///< one sentence; empty when `bytes` hold the file
};
using Visitor = std::function<void(const WalkedFile&)>;

/// Hands out each file of a folder, an archive (.zip, .tar, .tar.gz and what else libarchive reads) or a single file,
/// in the order of the paths for folders and in their own order for archives, one at a time. Links that lead out of the
/// folder are not followed, members with absolute or climbing paths are refused, and all sizes are bounded. Never
/// throws.
void walk(const std::filesystem::path& input, const WalkLimits& limits, const Visitor& visitor, Progress& progress);

/// The place of a walked file on disk, for showing its lines again; empty for a member of an archive.
[[nodiscard]] std::filesystem::path onDisk(const std::filesystem::path& input, const std::string& walkedPath);

} // namespace glacis
