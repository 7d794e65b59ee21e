// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct ConditionOperator;

/// One line of a Condition block: an operator, a key and the values that it is held against.
struct Condition {
    enum class Set : std::uint8_t { Single, ForAllValues, ForAnyValue };
    std::string op; ///< without qualifier and IfExists, as written: "StringEquals"
    Set set = Set::Single;
    bool ifExists = false;
    bool variables = false; ///< some value has a ${…} in it
    std::string key;
    std::vector<std::string> values;
    const ConditionOperator* meaning = nullptr; ///< null: no operator of the language
};

/// A Principal or NotPrincipal element.
struct PrincipalElement {
    enum class Presence : std::uint8_t { Absent, Principal, NotPrincipal };
    Presence presence = Presence::Absent;
    bool anyone = false; ///< "*"
    std::vector<std::string> aws; ///< ARNs, account numbers, "*"
    std::vector<std::string> services;
    std::vector<std::string> federated;
};

/// "s3:Get*", made ready for comparing without regard to case.
struct ActionPattern {
    std::string text; ///< as written
    bool everything = false; ///< "*"
    bool literal = false; ///< the name has no wildcard
    std::string service; ///< lower case; empty when the pattern names none: then it means nothing
    std::string name; ///< lower case
};

struct ResourcePattern {
    std::string text; ///< as written
    bool everything = false; ///< "*"
    bool variables = false; ///< has a ${…} in it
    bool incomplete = false; ///< an ARN of fewer than six parts
};

struct Statement {
    bool allows = false;
    std::string sid;
    PrincipalElement principal;
    std::vector<ActionPattern> actions;
    bool notAction = false;
    std::vector<ResourcePattern> resources; ///< empty: the element is absent, as in trust policies
    bool notResource = false;
    std::vector<Condition> conditions; ///< all must hold
    std::string pointer; ///< within the document: "/Statement/2"
};

/// A policy as its grammar says. A part that can't be read makes its statement an unusable one, and that is noted.
/// Source: "Grammar of the IAM JSON policy language", IAM User Guide.
struct PolicyDocument {
    std::vector<Statement> statements;
    bool variables = false; ///< Version 2012-10-17: ${…} is filled in
    std::vector<std::string> problems; ///< one plain sentence each
};
[[nodiscard]] PolicyDocument parsePolicy(std::string_view json);

} // namespace glacis
