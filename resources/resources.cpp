// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/resources.h"

#include "resources_table.h"

namespace glacis {

std::optional<std::string_view> resource(std::string_view path)
{
    for (const EmbeddedFile* file = embeddedFiles; file->path; ++file) {
        if (path == file->path)
            return std::string_view(file->begin, static_cast<std::size_t>(file->end - file->begin));
    }
    return std::nullopt;
}

std::vector<std::string_view> resourcesBelow(std::string_view folder)
{
    std::vector<std::string_view> paths;
    for (const EmbeddedFile* file = embeddedFiles; file->path; ++file) {
        if (std::string_view(file->path).starts_with(folder))
            paths.emplace_back(file->path);
    }
    return paths;
}

} // namespace glacis
