// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/access.h"

namespace glacis {

/// The name that policies know a thing by; its id where that is not known.
[[nodiscard]] std::string arnOf(const Estate& estate, NodeId node);

/// What a bucket's and its account's public access blocks leave of a decision for anyone. A block that was not in the
/// export stays open. Source: "Blocking public access to your Amazon S3 storage", Amazon S3 User Guide.
void limitPublic(const Estate& estate, NodeId store, Decision& decision);

/// What is public beside policies: an access control list, a snapshot that is shared with all.
struct PublicGrant {
    AccessLevel level{};
    Decision decision;
    std::string permission; ///< of the list: "READ"
    bool toAnyone = false; ///< without an AWS account
};
[[nodiscard]] std::vector<PublicGrant> publicGrants(const Estate& estate, NodeId store);
/// Whether a permission of a bucket's access control list allows an action on the bucket.
[[nodiscard]] bool listAllows(std::string_view permission, std::string_view action);

} // namespace glacis
