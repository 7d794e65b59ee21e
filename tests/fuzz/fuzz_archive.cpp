// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks the input as if it were a file that somebody imports.
#include "import/walk.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace glacis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, size) != static_cast<ssize_t>(size))
        return -1;
    // Small limits: unpacking without end is what they are for, and the time is better spent on other inputs.
    const WalkLimits limits{.fileBytes = 4 << 20, .archiveBytes = 8 << 20, .files = 1000};
    Progress progress;
    walk(
        "/proc/self/fd/" + std::to_string(file), limits, [](const WalkedFile&) {}, progress);
    close(file);
    return 0;
}
