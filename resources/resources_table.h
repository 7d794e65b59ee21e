// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace glacis {

struct EmbeddedFile {
    const char* path;
    const char* begin;
    const char* end;
};
/// Sorted by path; the last row is empty.
extern const EmbeddedFile embeddedFiles[];

} // namespace glacis
