// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/told_finding.h"
#include "import/reader.h"

#include <functional>
#include <initializer_list>

#include <string>
#include <string_view>

namespace glacis::findings {

/// A finding as its program tells it, and where the program says that the thing is.
struct Told : ToldFinding {
    std::string_view account; ///< of a thing that names none, and the thing itself when there is no other
    std::string_view region;
};

/// Lays findings over things. What a finding speaks of and nothing describes becomes a thing that is only mentioned.
/// `thing` is an ARN, an id of Azure or Google Cloud, or whatever the program has. Text that may hold a secret is not
/// kept.
void take(ReadFile& file, const Told& told, std::string_view thing, EvidenceId at);

/// The ARN of something in Amazon EC2, which is known by its id alone.
[[nodiscard]] std::string ec2Arn(const Told& told, std::string_view type, std::string_view id);

/// Hands out the findings of a file: an array, the array in one of the outermost members, or a line each.
void eachFinding(ReadFile& file, std::initializer_list<std::string_view> members,
    const std::function<void(const Json& finding, EvidenceId at)>& take);

} // namespace glacis::findings
