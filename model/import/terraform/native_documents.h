// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/native_names.h"

namespace glacis::terraform {

/// One thing as the interface of its provider would describe it, put together from all resources that speak of it.
struct NativeDocument {
    struct Origin {
        const Resource* resource = nullptr;
        std::string pointer; ///< into its settings
    };

    const NativeProvider* provider = nullptr;
    const Resource* resource = nullptr; ///< the one that it is of, or the first that speaks of it
    std::vector<const Resource*> others; ///< that say more of it
    Json json = Json::object();
    std::map<std::string, Origin, std::less<>> origins; ///< by JSON pointer into `json`
    std::size_t secrets = 0; ///< arguments that were dropped
};

/// The documents of all resources whose types are translated, in the order of the resources; `ids` gets each
/// resource with the id that it has there.
[[nodiscard]] std::vector<NativeDocument> nativeDocuments(std::span<const Resource* const> resources,
    NativeNames& names, std::vector<std::pair<const Resource*, std::string>>& ids);

} // namespace glacis::terraform
