// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/link.h"
#include "import/kubernetes/kubernetes.h"

#include <string_view>

namespace glacis {

/// The estate of a cluster that is written as manifests.
inline Estate cluster(std::string_view manifests)
{
    const Sniff sniffed = sniff(manifests);
    Inventory inventory;
    LedgerRow row;
    Progress progress;
    ReadFile file{
        inventory, row, progress, inventory.file("cluster.yaml"), rootScope, "cluster.yaml", manifests, sniffed};
    kubernetesReader().read(file);
    return link(std::move(inventory), progress);
}

} // namespace glacis
