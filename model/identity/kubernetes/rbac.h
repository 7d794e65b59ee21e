// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/decision.h"
#include "identity/kubernetes/rbac_rule.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace glacis::rbac {

inline constexpr std::string_view mastersGroup = "system:masters";
inline constexpr std::string_view accountPrefix = "system:serviceaccount:";

/// Who asks, as authentication tells the API server.
struct Asker {
    std::string user; ///< "jane", "system:serviceaccount:kube-system:default"
    std::vector<std::string> groups;
};
/// A user with the groups that authentication adds by itself: all authenticated or all unauthenticated, those of
/// service accounts, those of nodes. Source: "Authenticating", Kubernetes documentation.
[[nodiscard]] Asker authenticated(std::string user, std::vector<std::string> groups = {});

/// Whom a binding names. Source: "Subject v1 rbac.authorization.k8s.io", Kubernetes API Reference.
struct Subject {
    std::string kind; ///< "User", "Group", "ServiceAccount"
    std::string name;
    std::string space; ///< of a service account; empty: that of the binding
    auto operator<=>(const Subject&) const = default;

    [[nodiscard]] static Subject from(const Json& json);
};
/// `space`: of the binding; empty for one of the whole cluster, where a service account must name its own.
[[nodiscard]] bool appliesTo(const Subject& subject, const Asker& asker, std::string_view space);

/// A rule of a role that stands in the estate, with its place.
struct PlacedRule {
    Rule rule;
    NodeId role = noNode; ///< where the rule is written: for an aggregated role, one of those that it takes in
    std::uint32_t number = 0; ///< position in that role's rules
    EvidenceId evidence = noEvidence;
};

struct Binding {
    NodeId node = noNode;
    NodeId role = noNode; ///< noNode: its reference names none
    std::string space; ///< empty: of the whole cluster
    std::vector<Subject> subjects;
    EvidenceId evidence = noEvidence;
};

/// What the roles and bindings of an estate grant. There is no denying in this language: what nothing allows is denied.
/// A binding to a role that the export does not show, and that Kubernetes does not define itself, leaves it unknown.
/// Source: "Using RBAC Authorization", Kubernetes documentation.
class Rbac {
public:
    explicit Rbac(const Estate& estate);

    [[nodiscard]] Decision decide(const Asker& asker, const Request& request) const;
    /// The rules that hold for someone in a namespace (empty: in all of them), those of the whole cluster first.
    [[nodiscard]] std::vector<PlacedRule> rulesFor(const Asker& asker, std::string_view space) const;

    struct Grant {
        Subject subject; ///< a service account's namespace filled in
        Reason reason;
    };
    /// Everyone whom a binding lets do it, each once; members of system:masters may do everything besides.
    [[nodiscard]] std::vector<Grant> whoCan(const Request& request) const;

    [[nodiscard]] const std::vector<Binding>& bindings() const { return m_bindings; }
    /// The rules of a role with those that it takes in by aggregation; empty as well for a role that is not known.
    [[nodiscard]] const std::vector<PlacedRule>& rulesOf(NodeId role) const;
    /// Whether the role's rules are in the export, or are those that Kubernetes defines.
    [[nodiscard]] bool isKnown(NodeId role) const { return m_rules.count(role) > 0; }
    [[nodiscard]] Reason reasonFor(const Binding& binding, const PlacedRule& rule) const;

private:
    void readRoles();
    void aggregate();
    void readBindings();
    /// Calls for each binding that may decide in a namespace, the cluster's first, until the function says stop.
    void eachBinding(std::string_view space, const std::function<bool(const Binding&)>& visit) const;

    const Estate& m_estate;
    std::map<NodeId, std::vector<PlacedRule>> m_rules;
    std::vector<Binding> m_bindings; ///< those of the whole cluster first, then by namespace
    std::map<std::string, std::pair<std::size_t, std::size_t>, std::less<>> m_bySpace; ///< first, past the last
};

} // namespace glacis::rbac
