// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "document/answers.h"

#include <string>

namespace glacis {

/// The text of a file as it was read, in UTF-8, to show its lines again.
struct SourceText {
    std::string text;
    QString problem; ///< one sentence when there is none: moved, changed to something else, too large
};

/// `file` is named as the ledger names it; members of archives are unpacked again. Slow for those: call it off the
/// thread of the window. Larger than 256 MiB is not shown.
[[nodiscard]] SourceText sourceText(const Source& source, const std::string& file, Progress& progress);

} // namespace glacis
