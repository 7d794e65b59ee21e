// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/policy_document.h"
#include "identity/request.h"
#include "identity/residual.h"

namespace glacis {

enum class Truth : std::uint8_t { False, Open, True };

/// The operator of a name, without qualifier and IfExists; null when the language has none of that name.
/// Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
[[nodiscard]] const ConditionOperator* conditionOperator(std::string_view name);

/// Whether all conditions of a statement hold for a request. What an export can't tell is open, and `open` gets each
/// such condition.
///
/// Where published engines disagree we follow the words of the documentation:
/// - ForAllValues is true, and ForAnyValue false, of a key that is not in the request or has an empty value, with Null
///   as with any other operator. ("Single-valued vs. multivalued context keys")
/// - A key with several values in the request needs one of the two: without, neither an operator nor its opposite
///   holds. (the same)
/// - A date is ISO 8601 or epoch seconds, on either side. ("Date condition operators")
/// - What is no number, date, address, ARN or truth value matches neither an operator nor its opposite; Bool knows the
///   values true and false, whatever their case. ("Boolean condition operators")
/// - Variables are filled in for string and ARN operators only. ("IAM policy elements: Variables and tags")
/// - A key that the action can't have is absent, whatever an export leaves open. ("Actions, resources, and condition
///   keys for AWS services", Service Authorization Reference)
[[nodiscard]] Truth conditionsHold(const std::vector<Condition>& conditions, const PolicyRequest& request,
    bool variables, std::vector<Residual>& open);
[[nodiscard]] Truth conditionHolds(const Condition& condition, const PolicyRequest& request, bool variables);

/// Fills in ${key} and ${key, 'default'}; ${*}, ${?} and ${$} stand for the characters. Nothing when a key is missing:
/// `missing` then holds it. Characters that come from a key are escaped so that they match only themselves.
/// Source: "IAM policy elements: Variables and tags", IAM User Guide.
[[nodiscard]] std::optional<std::string> withVariables(
    std::string_view text, const PolicyRequest& request, std::string& missing);

/// ARNs part by part: a wildcard does not reach over a colon but in the last part.
[[nodiscard]] bool arnMatches(std::string_view pattern, std::string_view arn);

} // namespace glacis
