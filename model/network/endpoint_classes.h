// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/flows.h"

namespace glacis {

/// The classes of an estate and which class each thing is in; flows are left empty. Class 0 is the internet.
/// n log n in things and in the blocks that rules and routes name.
[[nodiscard]] Flows endpointClasses(const Estate& estate, const NetworkModel& model, Progress& progress);

/// What a thing listens on as far as the export says; nothing when it may be any port.
[[nodiscard]] std::optional<PortSet> listensOn(const Estate& estate, NodeId thing);

} // namespace glacis
