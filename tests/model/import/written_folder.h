// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"

#include <QTemporaryDir>

#include <fstream>

namespace glacis {

/// A folder on disk for one test, imported and linked on demand.
class WrittenFolder {
public:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }

    WrittenFolder& file(const std::string& name, std::string_view text)
    {
        std::filesystem::create_directories((path() / name).parent_path());
        std::ofstream(path() / name, std::ios::binary) << text;
        return *this;
    }

    Imported imported(const WalkLimits& limits = {}) const
    {
        Progress progress;
        const std::filesystem::path input = path();
        return import({&input, 1}, readers(), progress, limits);
    }

    Estate estate() const
    {
        Progress progress;
        return link(imported().inventory, progress);
    }

private:
    QTemporaryDir m_folder;
};

inline const LedgerRow* rowOf(const Ledger& ledger, std::string_view file)
{
    for (const LedgerRow& row : ledger.rows) {
        if (row.file == file)
            return &row;
    }
    return nullptr;
}

} // namespace glacis
