// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/identity_answers.h"
#include "identity/kubernetes/rbac.h"

namespace glacis::rbac {

/// Every way of resources/techniques/kubernetes.json that the estate shows. A binding stands between those whom it
/// names and what it lets them do, the cluster and a namespace between those who administer them and what lies in them,
/// so that the number of ways grows with things and not with pairs. Access to secrets hangs on bindings and namespaces
/// as well. Administrators are those who may do everything in the cluster.
[[nodiscard]] IdentityAnswers clusterAnswers(const Estate& estate, const Rbac& rbac, Progress& progress);

} // namespace glacis::rbac
