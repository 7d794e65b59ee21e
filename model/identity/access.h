// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "estate/estate.h"
#include "identity/decision.h"
#include "identity/request.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// What a principal may do to a store with the permissions that matter to an attacker.
enum class AccessLevel : std::uint8_t { Read, Write, Administer };
[[nodiscard]] std::string_view name(AccessLevel level);

struct StoreAccess {
    NodeId principal = noNode; ///< user, role, the node "internet" for anyone, an outside account or service
    NodeId store = noNode;
    AccessLevel level{};
    Decision decision; ///< Allowed or Conditional
};

/// Answers over the policies of an estate, by the published order of evaluation: explicit deny, organisation limits,
/// resource policy, identity policies, boundaries, session. Each distinct document is parsed once.
/// Source: "Policy evaluation logic", IAM User Guide.
class Access {
public:
    explicit Access(const Estate& estate);
    ~Access();
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;

    /// `resource` is an ARN, an id of the estate, or "*".
    [[nodiscard]] Decision decide(NodeId principal, std::string_view action, std::string_view resource,
        const RequestContext& context = {}, Unsaid unsaid = Unsaid::Unknown) const;
    /// Whether `principal` may become `role`: what it may do and what the role's trust policy says, together.
    [[nodiscard]] Decision mayAssume(NodeId principal, NodeId role) const;
    /// Every principal's access to every thing that holds data, that is possible: equal principals are decided once.
    /// Sorted by store, principal, level. The internet stands for anonymous and "anyone with an account" access.
    [[nodiscard]] std::vector<StoreAccess> toStores(Progress& progress) const;
    /// The same of functions and machines: reading their code or output, running or changing them, taking them over.
    [[nodiscard]] std::vector<StoreAccess> toWorkloads(Progress& progress) const;
    /// Principals to whom the same policies apply, so that one answer does for all that do not ask about themselves.
    [[nodiscard]] std::vector<std::vector<NodeId>> alike() const;
    /// False when no statement of a principal allows the action on anything: then asking is not worth it.
    [[nodiscard]] bool mayAllow(NodeId principal, std::string_view action) const;
    /// Principals that may do everything, with the statement that lets them.
    [[nodiscard]] std::vector<std::pair<NodeId, Decision>> administrators() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace glacis
