// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/kubernetes/object.h"

/// "Using RBAC Authorization", Kubernetes documentation.
namespace glacis::k8s {

namespace {

void role(Object& o)
{
    const Ref ref = o.thing(Kind::RoleDefinition);
    Json document = {{"rules", arrayOf(o.json, "rules")}};
    if (o.json.contains("aggregationRule"))
        document["aggregationRule"] = member(o.json, "aggregationRule");
    o.document(ref, o.kind, document, "/rules");
}

void binding(Object& o)
{
    const Ref ref = o.thing(Kind::RoleBinding);
    const Json& granted = member(o.json, "roleRef");
    const Json& subjects = arrayOf(o.json, "subjects");
    o.document(ref, o.kind, {{"roleRef", granted}, {"subjects", subjects}}, "/subjects");
    const bool inNamespace = textOf(granted, "kind") == "Role";
    if (!textOf(granted, "name").empty()) {
        const std::string granting = o.mention(Kind::RoleDefinition, inNamespace ? "Role" : "ClusterRole",
            inNamespace ? std::string_view(o.space) : std::string_view{}, textOf(granted, "name"));
        o.inventory.edge(ref, EdgeKind::HasPolicy, granting, o.seen("/roleRef"));
    }
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        const std::string_view type = textOf(subjects[i], "kind"), name = textOf(subjects[i], "name");
        const EvidenceId at = o.seen(pointerTo("/subjects", i));
        if (name.empty()) {
            o.leave("a subject of a binding", "it has no name");
        } else if (type == "ServiceAccount") {
            const std::string_view named = textOf(subjects[i], "namespace");
            const std::string_view space = named.empty() ? std::string_view(o.space) : named;
            o.inventory.edge(
                ref, EdgeKind::Mentions, o.mention(Kind::ServiceAccount, "ServiceAccount", space, name), at);
        } else if (type == "User" || type == "Group") {
            o.inventory.edge(ref, EdgeKind::Mentions, o.subject(type, name), at);
        } else {
            o.leave("a subject of a binding", "it is neither a user, a group nor a service account");
        }
    }
}

/// "Configure Service Accounts for Pods"; the annotations are those of the three clouds' workload identity.
void serviceAccount(Object& o)
{
    const Ref ref = o.thing(Kind::ServiceAccount);
    const EvidenceId at = o.seen();
    o.inventory.alias("system:serviceaccount:" + o.space + ':' + o.name, ref);
    o.inventory.property(ref, "automount_token", boolOf(o.json, "automountServiceAccountToken").value_or(true), at);
    const Json& notes = member(member(o.json, "metadata"), "annotations");
    o.inventory.edge(
        ref, EdgeKind::RunsAs, textOf(notes, "eks.amazonaws.com/role-arn"), o.seen("/metadata/annotations"));
    for (const char* other : {"iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"}) {
        o.inventory.property(ref, "cloud_identity", textOf(notes, other), o.seen("/metadata/annotations"));
        o.inventory.edge(ref, EdgeKind::RunsAs, textOf(notes, other), o.seen("/metadata/annotations"));
    }
    for (const char* list : {"secrets", "imagePullSecrets"}) {
        for (const Json& secret : arrayOf(o.json, list)) {
            if (!textOf(secret, "name").empty())
                o.inventory.edge(
                    ref, EdgeKind::Uses, o.mention(Kind::Secret, "Secret", o.space, textOf(secret, "name")), at);
        }
    }
}

constexpr HandlerRow rbacRows[] = {
    {"Role", "rbac.authorization.k8s.io", true, role},
    {"ClusterRole", "rbac.authorization.k8s.io", false, role},
    {"RoleBinding", "rbac.authorization.k8s.io", true, binding},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io", false, binding},
    {"ServiceAccount", "", true, serviceAccount},
};

} // namespace

std::span<const HandlerRow> rbacHandlers()
{
    return rbacRows;
}

} // namespace glacis::k8s
