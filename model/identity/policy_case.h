// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "identity/evaluate.h"

#include <deque>

namespace glacis {

/// A self-contained question, as `glacis-cli evaluate` and the conformance program read it: a request with all the
/// policies that apply. Owns the documents that its stack points to.
struct PolicyCase {
    PolicyRequest request;
    PolicyStack stack;
    std::deque<PolicyDocument> documents;
    std::vector<std::string> layers; ///< by tag: "identity policy 1"

    PolicyCase() = default;
    PolicyCase(const PolicyCase&) = delete;
    PolicyCase& operator=(const PolicyCase&) = delete;
};
/// Reads a case; false when it is no policy request.
[[nodiscard]] bool readPolicyCase(const Json& json, PolicyCase& made);

/// "Allowed", "ImplicitlyDenied", "ExplicitlyDenied": what remains open does not deny.
[[nodiscard]] std::string_view caseName(Verdict verdict);
/// "identity policy 1 /Statement/0 (Sid)", for what decided.
[[nodiscard]] std::string describe(const PolicyCase& of, const Decider& decider);

} // namespace glacis
