// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace glacis {

/// Two namespaces: shop (team: a) with web, api and db, ops without labels with a probe.
inline const std::string pods = R"(
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: v1
kind: Namespace
metadata: {name: ops}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 5353, protocol: UDP}]}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
spec: {containers: [{name: c, ports: [{name: http, containerPort: 9090}]}]}
status: {podIP: 10.1.0.7, hostIP: 10.9.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db, tier: data}}
spec: {containers: [{name: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: probe, namespace: ops, labels: {app: probe}}
spec: {containers: [{name: c}]}
)";

inline std::string policy(const std::string& spec, const char* name = "p", const char* space = "shop")
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + std::string(name)
        + ", namespace: " + space + "}\nspec: " + spec + "\n";
}

inline std::string adminPolicy(const std::string& spec, const char* name = "a")
{
    return "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: "
        + std::string(name) + "}\nspec: " + spec + "\n";
}

inline std::string cilium(const std::string& spec, const char* name = "c")
{
    return "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: " + std::string(name)
        + ", namespace: shop}\nspec: " + spec + "\n";
}

inline std::string baseline(const std::string& spec)
{
    return "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata: {name: "
           "default}\nspec: "
        + spec + "\n";
}

} // namespace glacis
