// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/condition.h"

namespace glacis {

/// What becomes of an ARN with fewer than six parts: filled up in policies of identities and their limits, taken as
/// written in resource policies, and not valid in the policies of an organisation.
/// Sources: "IAM JSON policy elements: Resource", IAM User Guide; "SCP syntax", AWS Organizations User Guide.
enum class IncompleteArn : std::uint8_t { Completed, AsWritten, VoidsStatement };

/// Whether a statement speaks of the resource that is asked for. Open when a variable can't be filled in, or when
/// several resources are asked for and only some fit: `open` then says which, and `partly` is set.
///
/// "IAM ARNs" says that a wildcard can't stand in the part that names the type of a resource; engines differ on what
/// "arn:aws:ec2:*:*:*/i-1" then means. We take it to mean nothing unless everything may follow ("*/*", as the Amazon
/// EC2 User Guide writes for tags on creation).
[[nodiscard]] Truth resourceMatches(const Statement& statement, const PolicyRequest& request, bool variables,
    IncompleteArn incomplete, std::vector<Residual>& open, bool& partly);

/// Patterns of a statement that are narrower than what is asked for, filled in.
void narrowerPatterns(const Statement& statement, const PolicyRequest& request, bool variables,
    IncompleteArn incomplete, std::vector<std::string>& patterns);

/// The patterns of ARNs that an action can be used on; none for an action that only knows "*", or is not known.
[[nodiscard]] std::vector<std::string> resourcesOf(std::string_view action);

} // namespace glacis
