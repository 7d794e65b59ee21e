// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/flows.h"
#include "network/kubernetes/pod_reach.h"

namespace glacis::kubernetes {

/// Adds classes of pods, and what they may open to each other, to the internet and from it. Pods are of one class when
/// every policy and every rule treats them alike, they declare the same ports, and the same leads to them from outside.
void addPodFlows(const Estate& estate, const PodReach& reach, Flows& flows, Progress& progress);

} // namespace glacis::kubernetes
