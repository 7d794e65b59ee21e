// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json_fwd.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis::rbac {

/// One rule of a role. Source: "PolicyRule v1 rbac.authorization.k8s.io", Kubernetes API Reference.
struct Rule {
    std::vector<std::string> verbs;
    std::vector<std::string> apiGroups; ///< "" is the core group
    std::vector<std::string> resources; ///< "pods", "pods/exec", "*/scale", "*"
    std::vector<std::string> resourceNames; ///< none: any
    std::vector<std::string> nonResourceUrls;
    bool operator==(const Rule&) const = default;

    [[nodiscard]] static Rule from(const Json& json);
    [[nodiscard]] Json asJson() const; ///< members that are empty are left out
};

/// What is asked of the API server: something done to a resource, or to a path that is none.
struct Request {
    std::string verb;
    std::string apiGroup;
    std::string resource;
    std::string subresource;
    std::string space; ///< namespace; empty for all of them and for what has none
    std::string name; ///< of the one object; empty for lists and for what is yet to be created
    std::string url; ///< "/healthz"; set: the request is for no resource

    [[nodiscard]] bool forResource() const { return url.empty(); }
    [[nodiscard]] std::string whole() const { return subresource.empty() ? resource : resource + '/' + subresource; }
};

/// Whether a rule lets a request through. A resource name holds only for requests that name an object, so that rules
/// with names grant no create and no deletecollection, and list and watch only when the request names the object.
/// Source: "Referring to resources", "Using RBAC Authorization", Kubernetes documentation.
[[nodiscard]] bool allows(const Rule& rule, const Request& request);

/// "/healthz/*" covers what begins with "/healthz/"; a star elsewhere is a letter like others.
[[nodiscard]] bool urlCovers(std::string_view granted, std::string_view asked);

/// A rule as rules of one verb, group, resource and name each.
[[nodiscard]] std::vector<Rule> brokenDown(const Rule& rule);
/// What of `wanted` the owner's rules do not grant, broken down: who may not escalate can hand on only what they have.
/// Source: "Privilege escalation prevention and bootstrapping", "Using RBAC Authorization", Kubernetes documentation.
[[nodiscard]] std::vector<Rule> notCovered(const std::vector<Rule>& owned, const std::vector<Rule>& wanted);

} // namespace glacis::rbac
