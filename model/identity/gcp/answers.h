// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "identity/identity_answers.h"

namespace glacis::gcp {

/// What Google Cloud's identities can do: who may touch which store, who can become whom by the rows of
/// resources/techniques/gcp.json, and who owns a project. Cost grows with bindings and what they name.
[[nodiscard]] IdentityAnswers answers(const Estate& estate, Progress& progress);

/// One question: a permission such as "storage.objects.get" on a resource of the estate.
[[nodiscard]] Decision decide(const Estate& estate, NodeId principal, std::string_view permission, NodeId resource);

} // namespace glacis::gcp
