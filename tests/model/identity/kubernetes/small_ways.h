// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// Manifests that hold just what a technique needs.
namespace glacis::small {

inline const std::string rbacApi = "---\napiVersion: rbac.authorization.k8s.io/v1\n";

/// Jane, bound in the whole cluster to rules; the binding is ClusterRoleBinding/jane.
inline std::string everywhere(const std::string& rules)
{
    return rbacApi + "kind: ClusterRole\nmetadata: {name: r}\nrules: [" + rules + "]\n" + rbacApi
        + "kind: ClusterRoleBinding\nmetadata: {name: jane}\nroleRef: {kind: ClusterRole, name: r}\nsubjects: [{kind: "
          "User, "
          "name: jane}]\n";
}

/// The same in the namespace shop; the binding is shop/RoleBinding/jane.
inline std::string inShop(const std::string& rules)
{
    return rbacApi + "kind: Role\nmetadata: {name: r, namespace: shop}\nrules: [" + rules + "]\n" + rbacApi
        + "kind: RoleBinding\nmetadata: {name: jane, namespace: shop}\nroleRef: {kind: Role, name: r}\nsubjects: "
          "[{kind: User, "
          "name: jane}]\n";
}

inline std::string rule(const char* verbs, const char* resources, const char* group = "''", const char* names = "")
{
    return "{verbs: [" + std::string(verbs) + "], apiGroups: [" + group + "], resources: [" + resources + "]"
        + (*names ? ", resourceNames: [" + std::string(names) + "]" : std::string()) + "}";
}

inline const char* const rbacGroup = "rbac.authorization.k8s.io";

inline std::string pod(
    const std::string& spec, const char* container = "", const char* name = "p", const char* space = "shop")
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + std::string(name) + ", namespace: " + space
        + ", labels: {app: " + name + "}}\nspec:\n  " + spec + "\n  containers: [{name: c" + (*container ? ", " : "")
        + container + "}]\n";
}

inline std::string folder(const char* path, bool readOnly)
{
    return pod("volumes: [{name: v, hostPath: {path: " + std::string(path) + "}}]",
        readOnly ? "volumeMounts: [{name: v, mountPath: /x, readOnly: true}]"
                 : "volumeMounts: [{name: v, mountPath: /x}]");
}

inline std::string account(const char* name, const char* more = "", const char* space = "shop")
{
    return "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + std::string(name) + ", namespace: " + space
        + more + "}\n";
}

inline std::string tokenSecret(const char* type = "kubernetes.io/service-account-token")
{
    return "---\napiVersion: v1\nkind: Secret\ntype: " + std::string(type)
        + "\nmetadata: {name: t, namespace: shop, annotations: {kubernetes.io/service-account.name: app}}\n";
}

inline std::string space(const char* name, const char* labels = "{}")
{
    return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: " + std::string(name) + ", labels: " + labels
        + "}\n";
}

} // namespace glacis::small
