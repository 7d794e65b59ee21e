// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/azure/context.h"

#include <map>
#include <string>
#include <string_view>

namespace glacis::azure {

[[nodiscard]] bool isTemplate(const Sniff& sniffed);
[[nodiscard]] bool isParameterFile(const Sniff& sniffed);

/// The templates of an import and the files of parameters beside them; read when all are known, because one may use
/// another. What a deployment alone would tell stays symbolic: "{vmName}".
/// Source: "Understand the structure and syntax of ARM templates", Azure Resource Manager documentation.
class Templates {
public:
    /// Keeps a file; it says in the ledger what is wrong with it.
    void keep(ReadFile& file, std::size_t ledgerRow);
    /// Adds the resources of all templates, each from its file.
    void read(Inventory& inventory, Ledger& ledger, Progress& progress, Session& session);

private:
    struct Kept {
        Json json;
        FileId file = noFile;
        ScopeId scope = rootScope;
        std::size_t row = 0;
    };
    std::map<std::string, Kept> m_templates; ///< by path
    std::map<std::string, Json> m_parameters; ///< by path
};

} // namespace glacis::azure
