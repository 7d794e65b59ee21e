// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/source_text.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/walk.h"

#include <QCoreApplication>

namespace glacis {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t largestShown = 256ull << 20;

/// What of an input is worth walking to come to the file: the file itself, the archive around it, or the input.
fs::path nearest(const fs::path& input, const std::string& file)
{
    std::error_code error;
    if (!fs::is_directory(input, error))
        return input;
    fs::path at = input;
    for (const fs::path& part : fs::path(file)) {
        // A ledger names only what lies below its input, but a saved one may have been edited.
        if (part == ".." || part.is_absolute())
            return {};
        at /= part;
        if (fs::is_regular_file(at, error))
            return at;
    }
    return {};
}

/// The name under which the walk of `near` shows the file that the walk of `input` shows as `file`.
std::string nameBelow(const fs::path& input, const fs::path& near, const std::string& file)
{
    if (near == input)
        return file;
    const std::string above = near.parent_path().lexically_relative(input).generic_string();
    return above == "." || above.empty() ? file : file.substr(above.size() + 1);
}

} // namespace

SourceText sourceText(const Source& source, const std::string& file, Progress& progress)
{
    std::optional<std::string> found;
    if (!source.sample.empty()) {
        if (const auto bytes = resource("samples/" + source.sample + '/' + file))
            found = asUtf8(*bytes);
    }
    WalkLimits limits;
    limits.fileBytes = largestShown;
    for (const fs::path& input : source.paths) {
        if (found || progress.cancelled())
            break;
        const fs::path near = nearest(input, file);
        if (near.empty())
            continue;
        const std::string wanted = nameBelow(input, near, file);
        walk(
            near, limits,
            [&](const WalkedFile& walked) {
                if (!found && walked.path == wanted && walked.problem.empty())
                    found = asUtf8(walked.bytes);
            },
            progress);
    }
    if (found)
        return {std::move(*found), {}};
    return {{},
        QCoreApplication::translate("SourceText",
            "The file %1 can't be shown again: it was moved, changed or is too large. The facts that were read from it "
            "stand.")
            .arg(shown(file))};
}

} // namespace glacis
