// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <QString>

#include <string>
#include <vector>

namespace glacis {

/// What a search asks for. Words must all be found in the name, id or kind; `kind:role`, `tag:Env=prod` and addresses
/// narrow it down.
struct SearchQuery {
    std::vector<std::string> words; ///< lower case
    std::vector<std::string> kinds; ///< as the console writes them; a prefix is enough
    std::vector<std::pair<std::string, std::string>> tags; ///< an empty value: any
    bool isPublic = false; ///< "public": what was marked so

    [[nodiscard]] bool isEmpty() const { return words.empty() && kinds.empty() && tags.empty() && !isPublic; }
};
[[nodiscard]] SearchQuery parseQuery(const QString& text);

/// Things that fit, the best first: an exact id or address, a name that begins so, then the rest in node order. Linear.
[[nodiscard]] std::vector<NodeId> findThings(const Estate& estate, const SearchQuery& query, std::size_t most);

} // namespace glacis
