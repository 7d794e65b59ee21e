// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <compare>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace glacis {

/// One step of a what-if. Things are named by the provider's id, so that a change outlives the estate it was made on.
struct RemoveEdge {
    std::string from;
    EdgeKind kind{};
    std::string to;
    auto operator<=>(const RemoveEdge&) const = default;
};
/// Removes one rule of a security group or network ACL, by where it was read.
struct RemoveFirewallRule {
    std::string of;
    std::string rule;
    auto operator<=>(const RemoveFirewallRule&) const = default;
};
struct RemovePolicy {
    std::string of;
    std::string name;
    PolicyRole role{};
    auto operator<=>(const RemovePolicy&) const = default;
};
/// Takes one statement out of a policy, or a binding or one of its members; the others keep their places, so that what
/// is known of them still points there.
struct RemoveStatement {
    std::string of;
    std::string name; ///< of the policy
    PolicyRole role{};
    std::string pointer; ///< within the document: "/Statement/2", "/bindings/0/members/1"
    auto operator<=>(const RemoveStatement&) const = default;
};
struct SetFlag {
    std::string of;
    std::string key;
    bool value = false;
    auto operator<=>(const SetFlag&) const = default;
};
using Change = std::variant<RemoveEdge, RemoveFirewallRule, RemovePolicy, RemoveStatement, SetFlag>;

/// One plain line for the list of changes.
[[nodiscard]] std::string describe(const Change& change);

struct ChangedEstate {
    Estate estate;
    std::vector<std::size_t> withoutEffect; ///< positions of changes that found nothing to change
};
/// Lays changes over an estate, in order, and gives another one; node ids stay the same.
[[nodiscard]] ChangedEstate changed(const Estate& estate, std::span<const Change> changes);

} // namespace glacis
