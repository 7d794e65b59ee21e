// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../written_folder.h"

#include <QtTest>

namespace glacis {

struct Read {
    Estate estate;
    Ledger ledger;
};

inline Read linked(Imported imported)
{
    Progress progress;
    return {link(std::move(imported.inventory), progress), std::move(imported.ledger)};
}

/// Files by name, read as one folder.
inline Read read(const std::vector<std::pair<const char*, const char*>>& files)
{
    WrittenFolder folder;
    for (const auto& [name, text] : files)
        folder.file(name, text);
    return linked(folder.imported());
}

inline NodeId at(const Read& read, std::string_view id)
{
    const auto found = read.estate.find(id);
    if (!found)
        qFatal("There is no %s.", std::string(id).c_str());
    return *found;
}

inline std::vector<std::string> targets(const Read& read, std::string_view from, EdgeKind kind)
{
    std::vector<std::string> ids;
    for (const NodeId node : read.estate.targets(at(read, from), kind))
        ids.emplace_back(read.estate.id(node));
    return ids;
}

using Ids = std::vector<std::string>;

} // namespace glacis
