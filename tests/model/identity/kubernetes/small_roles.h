// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace glacis {

inline constexpr const char* roles = R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: secrets}
rules:
- {apiGroups: [''], resources: [secrets], verbs: [get]}
- {nonResourceURLs: [/metrics], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {kind: Role, name: reader}
subjects:
- {kind: User, name: jane}
- {kind: ServiceAccount, name: web}
- {kind: Group, name: 'system:serviceaccounts:ops'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: secrets-here, namespace: shop}
roleRef: {kind: ClusterRole, name: secrets}
subjects: [{kind: User, name: jim}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: secrets-everywhere}
roleRef: {kind: ClusterRole, name: secrets}
subjects:
- {kind: Group, name: auditors}
- {kind: ServiceAccount, name: nowhere}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: unseen}
roleRef: {kind: ClusterRole, name: made-by-an-operator}
subjects: [{kind: User, name: olga}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: root}
roleRef: {kind: ClusterRole, name: cluster-admin}
subjects: [{kind: User, name: root}]
)";

inline constexpr const char* aggregated = R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: monitoring, labels: {into-all: 'true'}}
aggregationRule:
  clusterRoleSelectors:
  - matchLabels: {monitor: 'true'}
  - matchExpressions: [{key: tier, operator: In, values: [metrics]}]
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: endpoints, labels: {monitor: 'true'}}
rules: [{apiGroups: [''], resources: [endpoints], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: nodes, labels: {tier: metrics}}
rules: [{apiGroups: [''], resources: [nodes/metrics], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: other, labels: {monitor: 'false'}}
rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all, labels: {monitor: 'true'}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {into-all: 'true'}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: m}
roleRef: {kind: ClusterRole, name: monitoring}
subjects: [{kind: User, name: mon}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: a}
roleRef: {kind: ClusterRole, name: all}
subjects: [{kind: User, name: ali}]
)";

} // namespace glacis
