// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// Who of an account is whom in its Kubernetes clusters, and the other way round.
namespace glacis::aws {

namespace {

/// A thing of the cluster that is spoken of here; its own objects describe it. `space` empty: it has no namespace.
Ref ofCluster(Context& c, Kind kind, std::string_view type, std::string_view space, std::string_view name)
{
    constexpr std::string_view cluster = "cluster";
    std::string id(type), parent(cluster);
    if (kind == Kind::K8sCluster) {
        id = cluster;
        parent.clear();
    } else {
        ofCluster(c, Kind::K8sCluster, "Cluster", {}, "Kubernetes cluster");
        id.append("/").append(name);
    }
    if (!space.empty()) {
        ofCluster(c, Kind::Namespace, "Namespace", {}, space);
        parent = "Namespace/" + std::string(space);
        id = std::string(space) + '/' + id;
    }
    ThingRow& row = c.inventory.thing(kind, Provider::Kubernetes, type, id, rootScope, noEvidence);
    row.outside = true;
    row.name = c.inventory.text(name);
    row.parent = c.inventory.text(parent);
    return row.id;
}

/// "DescribePodIdentityAssociation", Amazon EKS API Reference.
void podIdentity(Context& c, Json& j, const std::string& p)
{
    const Json& inner = member(j, "association");
    const std::string_view space = textOf(inner, "namespace"), account = textOf(inner, "serviceAccount");
    const std::string_view role = textOf(inner, "roleArn");
    if (space.empty() || account.empty() || role.empty())
        return;
    const EvidenceId at = c.seen(p + "/association");
    const Ref ref = ofCluster(c, Kind::ServiceAccount, "ServiceAccount", space, account);
    c.inventory.edge(ref, EdgeKind::RunsAs, role, at);
    c.inventory.property(ref, "pod_identity_role", role, at);
}

/// "DescribeAccessEntry", Amazon EKS API Reference.
void accessEntry(Context& c, Json& j, const std::string& p)
{
    const Json& inner = member(j, "accessEntry");
    for (const Json& group : arrayOf(inner, "kubernetesGroups")) {
        const std::string_view principal = textOf(inner, "principalArn");
        if (!group.is_string() || principal.empty())
            continue;
        const Ref ref = ofCluster(c, Kind::Group, "Group", {}, group.get<std::string>());
        c.inventory.edge(
            c.inventory.text(principal), EdgeKind::MemberOf, c.inventory.strings[ref], c.seen(p + "/accessEntry"));
    }
}

constexpr WholeRow clusterIdentitiesWholeRows[] = {
    {"association", "", podIdentity},
    {"accessEntry", "", accessEntry},
};

} // namespace

std::span<const WholeRow> clusterIdentityWholes()
{
    return clusterIdentitiesWholeRows;
}

} // namespace glacis::aws
