// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// What is known of a request besides who, what and on which: condition key → values. Keys are compared without case; a
/// key without values is known not to be there.
struct KeyLess {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};
using RequestContext = std::map<std::string, std::vector<std::string>, KeyLess>;

/// Who asks.
struct Principal {
    enum class Kind { User, Role, Root, Session, Service, Federated, Anonymous };
    Kind kind = Kind::User;
    std::string arn; ///< of the user, role or session; the name of a service
    std::string role; ///< of a session: the role's ARN, without the path, which a session does not tell
    std::string account; ///< empty for services and anyone
    bool serviceLinked = false; ///< a role that belongs to a service
};
[[nodiscard]] Principal principalNamed(std::string_view arnOrService);

/// What it means that nothing is said of a condition key: in an export, that nobody knows; in a test of a single
/// request, that the request did not have it.
enum class Unsaid : std::uint8_t { Unknown, Absent };

/// A question to the evaluator.
struct PolicyRequest {
    Principal principal;
    std::string action; ///< "s3:GetObject"
    std::string resource; ///< ARN, a pattern of ARNs for what is asked of several, or "*"
    std::string resourceAccount; ///< empty: that of the ARN, else the principal's
    RequestContext context;
    Unsaid unsaid = Unsaid::Unknown;
    std::vector<std::string> told; ///< keys ("aws:PrincipalTag/*") of which the context has all that the request had
    std::vector<std::string> present; ///< keys that the request had, with values that nobody knows
    /// Whether "*" stands for some resource that the action knows, as a test of a single request means it, or for all.
    bool anyResource = false;
};

} // namespace glacis
