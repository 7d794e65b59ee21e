// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/policy_document.h"
#include "identity/request.h"

namespace glacis {

enum class Truth : std::uint8_t { False, Open, True };

/// Whether all conditions of a statement hold for a request. What an export can't tell is open, and `open` gets one
/// readable line for each such condition ("aws:MultiFactorAuthPresent is true").
/// Sources: "IAM JSON policy elements: Condition operators", "… with multiple keys or values", "Single-valued vs.
/// multivalued context keys", IAM User Guide.
[[nodiscard]] Truth conditionsHold(const std::vector<Condition>& conditions, const PolicyRequest& request,
    bool variables, std::vector<std::string>& open);

/// Fills in ${key} and ${key, 'default'}; ${*}, ${?} and ${$} stand for the characters. Nothing when a key is missing:
/// `missing` then holds it. Characters that come from a key are escaped so that they match only themselves.
/// Source: "IAM policy elements: Variables and tags", IAM User Guide.
[[nodiscard]] std::optional<std::string> withVariables(
    std::string_view text, const PolicyRequest& request, std::string& missing);

/// ARNs part by part: a wildcard does not reach over a colon but in the last part.
[[nodiscard]] bool arnMatches(std::string_view pattern, std::string_view arn);

} // namespace glacis
