// SPDX-License-Identifier: GPL-3.0-or-later
#include "kubernetes_objects.h"

#include "estate/link.h"
#include "import/kubernetes/kubernetes.h"

namespace glacis {

Estate estateOfObjects(const Json& objects)
{
    const std::string text = objects.is_array() ? objects.dump() : "[]";
    const Sniff sniffed = sniff(text);
    Inventory inventory;
    LedgerRow row;
    Progress progress;
    ReadFile file{inventory, row, progress, inventory.file("objects.json"), rootScope, "objects.json", text, sniffed};
    kubernetesReader().read(file);
    return link(std::move(inventory), progress);
}

} // namespace glacis
