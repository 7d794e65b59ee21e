// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/estate.h"

namespace glacis {

/// The estate that the objects of a case make, read as any file of Kubernetes objects is.
[[nodiscard]] Estate estateOfObjects(const Json& objects);

} // namespace glacis
