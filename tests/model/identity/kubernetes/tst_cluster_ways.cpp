// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_ways.h"

#include "../../small_cluster.h"
#include "identity/kubernetes/escalations.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace glacis;
using namespace glacis::small;

namespace {

IdentityAnswers answersOf(const Estate& estate)
{
    Progress progress;
    return rbac::clusterAnswers(estate, rbac::Rbac(estate), progress);
}

const Escalation* find(
    const Estate& estate, const IdentityAnswers& answers, const char* id, const char* from, const char* to)
{
    const auto technique = techniqueNamed(id);
    const auto found = std::ranges::find_if(answers.escalations, [&](const Escalation& one) {
        return one.technique == technique && estate.id(one.from) == from && estate.id(one.to) == to;
    });
    return found == answers.escalations.end() ? nullptr : &*found;
}

constexpr const char* c = "shop/Pod/p/c";
constexpr const char* p = "shop/Pod/p";
constexpr const char* anyNode = "Node/*";
constexpr const char* jane = "ClusterRoleBinding/jane";
constexpr const char* here = "shop/RoleBinding/jane";
constexpr const char* app = "shop/ServiceAccount/app";

std::set<std::string> tried;

/// A way that is there, and one that only looks like it.
void pair(const char* technique, const char* from, const char* to, const std::string& is, const std::string& isNot)
{
    tried.insert(technique);
    QTest::addRow("%s", technique) << QString::fromUtf8(technique) << QString::fromUtf8(from) << QString::fromUtf8(to)
                                   << QString::fromStdString(is) << true;
    QTest::addRow("only like %s", technique) << QString::fromUtf8(technique) << QString::fromUtf8(from)
                                             << QString::fromUtf8(to) << QString::fromStdString(isNot) << false;
}

void outOfContainers()
{
    const std::string privileged = "securityContext: {privileged: true}";
    pair("k8s-privileged", c, anyNode, pod("hostIPC: true", privileged.c_str()), pod("hostPID: true"));
    pair("k8s-privileged-host-pid", c, anyNode, pod("hostPID: true", privileged.c_str()),
        pod("hostIPC: true", privileged.c_str()));
    pair("k8s-module-load", c, anyNode,
        pod("hostIPC: true", "securityContext: {capabilities: {add: [CAP_SYS_MODULE]}}"),
        pod("hostIPC: true", "securityContext: {capabilities: {drop: [SYS_MODULE], add: [SYS_TIME]}}"));
    pair("k8s-ptrace", c, anyNode,
        pod("hostPID: true", "securityContext: {capabilities: {add: [SYS_PTRACE, SYS_ADMIN]}}"),
        pod("hostPID: true", "securityContext: {capabilities: {add: [SYS_PTRACE]}}"));
    pair("k8s-core-pattern", c, anyNode, folder("/proc/sys/kernel/", false), folder("/proc/sys/kernel", true));
    pair("k8s-host-read", c, anyNode, folder("/root", true), folder("/etc/localtime", true));
    pair("k8s-host-write", c, anyNode, folder("/", false), folder("/", true));
    pair("k8s-runtime-socket", c, anyNode, folder("/var/run/docker.sock", true), folder("/var/run/other.sock", true));
    const std::string mine = account("app");
    const std::string neighbour = pod("serviceAccountName: app", "", "q") + mine;
    pair("k8s-host-traverse", c, app, folder("/var/lib/kubelet", true) + neighbour,
        folder("/var/lib/kubelet-extra", true) + neighbour);
    const std::string logs = pod("serviceAccountName: app\n  volumes: [{name: v, hostPath: {path: /var/log}}]",
        "volumeMounts: [{name: v, mountPath: /x}]");
    const std::string reads =
        rbacApi + "kind: ClusterRole\nmetadata: {name: l}\nrules: [" + rule("get", "nodes/log") + "]\n";
    const std::string to =
        "roleRef: {kind: ClusterRole, name: l}\nsubjects: [{kind: ServiceAccount, name: app, namespace: shop}]\n";
    pair("k8s-var-log-symlink", c, anyNode,
        logs + mine + reads + rbacApi + "kind: ClusterRoleBinding\nmetadata: {name: b}\n" + to,
        logs + mine + reads + rbacApi + "kind: RoleBinding\nmetadata: {name: b, namespace: shop}\n" + to);
    const std::string two =
        "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {shareProcessNamespace: ";
    pair("k8s-share-processes", c, "shop/Pod/p/d", two + "true, containers: [{name: c}, {name: d}]}\n",
        two + "false, containers: [{name: c}, {name: d}]}\n");
    pair("k8s-token-mounted", c, app, pod("serviceAccountName: app") + mine,
        pod("serviceAccountName: app")
            + "---\napiVersion: v1\nkind: ServiceAccount\nautomountServiceAccountToken: false\nmetadata: {name: app, "
              "namespace: shop}\n");
    pair("k8s-volume", c, "shop/Secret/s", pod("volumes: [{name: v, secret: {secretName: s}}]"),
        pod("hostIPC: true") + tokenSecret());
    pair("k8s-container-attach", p, c, pod("hostIPC: true"), pod("hostIPC: true", "", "q"));
}

void aroundPods()
{
    const std::string placed = pod("nodeName: n1\n  volumes: [{name: v, secret: {secretName: s}}]");
    const std::string elsewhere = pod("nodeName: n2\n  volumes: [{name: v, secret: {secretName: s}}]");
    pair("k8s-pod-attach", "Node/n1", p, placed, elsewhere);
    pair("k8s-volume-access", "Node/n1", "shop/Secret/s", placed, elsewhere);
    const auto bound = [](const char* group) {
        return rbacApi
            + "kind: ClusterRoleBinding\nmetadata: {name: n}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: "
              "[{kind: Group, name: '"
            + std::string(group) + "'}]\n";
    };
    pair("k8s-node-identity", "Node/n1", "Group/system:nodes", placed + bound("system:nodes"),
        placed + bound("system:masters"));
    const auto service = [](const char* label) {
        return "---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec: {selector: {app: "
            + std::string(label) + "}, ports: [{port: 80}]}\n";
    };
    pair("k8s-endpoint", "shop/Service/s", p, placed + service("p"), placed + service("q"));
    pair("k8s-token-secret", "shop/Secret/t", app, tokenSecret() + account("app"),
        tokenSecret("Opaque") + account("app"));
}

void throughBindings()
{
    const std::string target = pod("serviceAccountName: app", "", "p") + account("app");
    const auto both = [](const std::string& a, const std::string& b) { return a + ", " + b; };
    pair("k8s-permission", "User/jane", here, inShop(rule("get", "pods")),
        rbacApi
            + "kind: RoleBinding\nmetadata: {name: jane, namespace: shop}\nroleRef: {kind: Role, name: r}\nsubjects: "
              "[{kind: User, name: jim}]\n");
    pair("k8s-cluster-admin", jane, "cluster", everywhere(rule("'*'", "'*'", "'*'")),
        everywhere(rule("'*'", "'*'", "''")));
    pair("k8s-namespace-admin", here, "Namespace/shop", inShop(rule("'*'", "'*'", "'*'")),
        inShop(rule("get, list", "'*'", "'*'")));
    pair("k8s-pod-exec", here, p, target + inShop(rule("create", "pods/exec")),
        target + inShop(rule("create", "pods/exec", "''", "other")));
    pair("k8s-pod-attach-api", here, p, target + inShop(rule("get", "pods/attach")),
        target + inShop(rule("get", "pods")));
    pair("k8s-pod-debug", here, p, target + inShop(rule("patch", "pods/ephemeralcontainers")),
        target + inShop(rule("get", "pods/ephemeralcontainers")));
    pair("k8s-pod-patch", here, p, target + inShop(rule("patch", "pods")),
        target + inShop(rule("patch", "pods/status")));
    const std::string made = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: shop}\nspec: "
                             "{template: {spec: {containers: [{name: c}]}}}\n";
    pair("k8s-workload-patch", here, "shop/Deployment/d", made + inShop(rule("update", "deployments", "apps")),
        made + inShop(rule("update", "deployments", "''")));
    pair("k8s-pod-create", here, anyNode, target + inShop(rule("create", "pods")),
        target + inShop(rule("create", "pods")) + space("shop", "{pod-security.kubernetes.io/enforce: baseline}"));
    pair("k8s-pod-create-account", here, app, target + inShop(rule("create", "jobs", "batch")),
        account("app", "", "other") + inShop(rule("create", "pods")));
    const std::string volumes = rule("create", "persistentvolumes");
    pair("k8s-volume-create", jane, anyNode,
        target + everywhere(both(volumes, rule("create", "pods, persistentvolumeclaims"))),
        target + everywhere(both(volumes, rule("create", "persistentvolumeclaims"))));
    pair("k8s-node-proxy", jane, p, target + everywhere(rule("create", "nodes/proxy")),
        target + inShop(rule("create", "nodes/proxy")));
    pair("k8s-token-create", here, app, target + inShop(rule("create", "serviceaccounts/token")),
        target + inShop(rule("create", "serviceaccounts/token", "''", "default")));
    pair("k8s-token-list", here, app, target + tokenSecret() + inShop(rule("list", "secrets")),
        target + tokenSecret("Opaque") + inShop(rule("list", "secrets")));
    pair("k8s-token-get", here, app, target + inShop(rule("get", "secrets")),
        target + inShop(rule("get", "secrets", "''", "creds")));
    pair("k8s-secret-make-token", here, app, target + inShop(rule("create, get", "secrets")),
        target + inShop(rule("create", "secrets")));
}

void byRaisingOneself()
{
    const std::string target = account("app") + pod("serviceAccountName: app") + rbacApi
        + "kind: RoleBinding\nmetadata: {name: other, namespace: shop}\nroleRef: {kind: Role, name: strong}\nsubjects: "
          "[{kind: User, name: jim}, {kind: Group, name: ops}]\n";
    const auto both = [](const std::string& a, const std::string& b) { return a + ", " + b; };
    const std::string users = rule("impersonate", "users");
    pair("k8s-impersonate", here, app, target + inShop(rule("impersonate", "serviceaccounts")),
        target + inShop(rule("impersonate", "users")));
    pair("k8s-impersonate-user", jane, "User/jim", target + everywhere(users),
        target + everywhere(rule("impersonate", "users", "''", "joe")));
    pair("k8s-impersonate-group", jane, "Group/ops",
        target + everywhere(both(users, rule("impersonate", "groups", "''", "ops"))),
        target + everywhere(rule("impersonate", "groups", "''", "ops")));
    pair("k8s-impersonate-masters", jane, "cluster", target + everywhere(both(users, rule("impersonate", "groups"))),
        target + everywhere(both(users, rule("impersonate", "groups", "''", "ops"))));
    const std::string bindAll = rule("bind", "clusterroles", rbacGroup),
                      bindView = rule("bind", "clusterroles", rbacGroup, "view");
    const std::string makeAll = rule("create", "clusterrolebindings", rbacGroup),
                      makeHere = rule("create", "rolebindings", rbacGroup);
    pair("k8s-bind-cluster", jane, "cluster", target + everywhere(both(makeAll, bindAll)),
        target + everywhere(both(makeAll, bindView)));
    pair("k8s-bind-namespace", here, "Namespace/shop", target + inShop(both(makeHere, bindAll)),
        target + inShop(both(makeAll, bindAll)));
    pair("k8s-bind-role", here, "shop/RoleBinding/other",
        target + inShop(both(makeHere, rule("bind", "roles", rbacGroup, "strong"))), target + inShop(makeHere));
    pair("k8s-escalate-cluster", jane, "cluster",
        target + everywhere(rule("update, escalate", "clusterroles", rbacGroup)),
        target + everywhere(rule("update", "clusterroles", rbacGroup)));
    pair("k8s-escalate-namespace", here, "Namespace/shop", target + inShop(rule("patch, escalate", "roles", rbacGroup)),
        target + inShop(rule("patch", "roles", rbacGroup)));
    const char* const certificates = "certificates.k8s.io";
    const std::string asks = both(rule("create", "certificatesigningrequests", certificates),
        rule("update", "certificatesigningrequests/approval", certificates));
    pair("k8s-certificate", jane, "cluster",
        target
            + everywhere(both(asks, rule("approve", "signers", certificates, "kubernetes.io/kube-apiserver-client"))),
        target + everywhere(both(asks, rule("approve", "signers", certificates, "kubernetes.io/kubelet-serving"))));
    pair("k8s-webhook", jane, "cluster",
        target + everywhere(rule("patch", "mutatingwebhookconfigurations", "admissionregistration.k8s.io")),
        target + everywhere(rule("patch", "validatingwebhookconfigurations", "admissionregistration.k8s.io")));
}

void byHubsAndClouds()
{
    const std::string here_ = account("app") + pod("serviceAccountName: app");
    pair("k8s-cluster-members", "cluster", "Namespace/shop", here_, pod("hostIPC: true", "", "p", "other"));
    pair("k8s-namespace-members", "Namespace/shop", app, here_, account("app", "", "other"));
    const auto open = [](const std::string& rules) {
        return rbacApi + "kind: ClusterRole\nmetadata: {name: r}\nrules: [" + rules + "]\n" + rbacApi
            + "kind: ClusterRoleBinding\nmetadata: {name: jane}\nroleRef: {kind: ClusterRole, name: r}\nsubjects: "
              "[{kind: User, name: 'system:anonymous'}]\n";
    };
    pair("k8s-anonymous", "internet", jane, here_ + open(rule("create", "pods/exec")),
        here_ + open(rule("get", "pods")));
    const char* const annotated = ", annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/app'}";
    pair("k8s-cloud-role", app, "arn:aws:iam::111122223333:role/app", account("app", annotated), account("app"));
    pair("k8s-cloud-identity", app, "app@shop.iam.gserviceaccount.com",
        account("app", ", annotations: {iam.gke.io/gcp-service-account: app@shop.iam.gserviceaccount.com}"),
        account("app"));
    const auto maps = [](const char* space) {
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: " + std::string(space)
            + "}\ndata:\n  mapRoles: |\n    - {rolearn: 'arn:aws:iam::111122223333:role/ops', username: ops, groups: "
              "[ops]}\n";
    };
    pair(
        "k8s-mapped-identity", "arn:aws:iam::111122223333:role/ops", "Group/ops", maps("kube-system"), maps("default"));
}

} // namespace

/// Each technique of resources/techniques/kubernetes.json with a cluster that has it and one that nearly has.
class ClusterWaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foundWhereItIsAndNotWhereItOnlyLooksLikeIt_data()
    {
        QTest::addColumn<QString>("technique");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("manifests");
        QTest::addColumn<bool>("is");
        outOfContainers();
        aroundPods();
        throughBindings();
        byRaisingOneself();
        byHubsAndClouds();
    }
    void foundWhereItIsAndNotWhereItOnlyLooksLikeIt()
    {
        QFETCH(QString, technique);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, manifests);
        QFETCH(bool, is);
        const Estate estate = cluster(manifests.toStdString());
        const IdentityAnswers answers = answersOf(estate);
        QCOMPARE(find(estate, answers, technique.toUtf8(), from.toUtf8(), to.toUtf8()) != nullptr, is);
    }

    void everyTechniqueIsTried()
    {
        for (const Technique& technique : techniques()) {
            if (technique.provider == Provider::Kubernetes)
                QVERIFY2(tried.contains(technique.id), technique.id.c_str());
        }
    }

    void rightsOfSeveralBindingsAddUp()
    {
        const Estate estate = cluster(everywhere(rule("create", "clusterrolebindings", rbacGroup)) + rbacApi
            + "kind: ClusterRole\nmetadata: {name: s}\nrules: [" + rule("bind", "clusterroles", rbacGroup) + "]\n"
            + rbacApi
            + "kind: ClusterRoleBinding\nmetadata: {name: second}\nroleRef: {kind: ClusterRole, name: s}\nsubjects: "
              "[{kind: User, name: jane}]\n");
        const IdentityAnswers answers = answersOf(estate);
        QVERIFY(find(estate, answers, "k8s-bind-cluster", "User/jane", "cluster"));
        QVERIFY(!find(estate, answers, "k8s-bind-cluster", jane, "cluster"));
    }

    void theTrustPolicyDecidesAboutRolesOfTheCloud()
    {
        // The annotation alone is no more than a wish when the role's own word is known.
        Inventory inventory;
        LedgerRow row;
        Progress progress;
        const std::string text = account("app") + account("other");
        const Sniff sniffed = sniff(text);
        ReadFile file{inventory, row, progress, inventory.file("c.yaml"), rootScope, "c.yaml", text, sniffed};
        kubernetesReader().read(file);
        const std::string arn = "arn:aws:iam::111122223333:role/app";
        const Ref role = inventory.thing(Kind::Role, Provider::Aws, "AWS::IAM::Role", arn, rootScope, noEvidence).id;
        const std::string trust =
            R"({"Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",)"
            R"("Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A"},)"
            R"("Condition":{"StringLike":{"oidc.eks.eu-central-1.amazonaws.com/id/A:sub":"system:serviceaccount:shop:a*"}}}]})";
        inventory.facts.policies.push_back(
            {role, PolicyRole::Trust, inventory.text("trust"), inventory.text(trust), noEvidence});
        const Estate estate = link(std::move(inventory), progress);
        const IdentityAnswers answers = answersOf(estate);
        const Escalation* way = find(estate, answers, "k8s-cloud-role", app, arn.c_str());
        QVERIFY(way);
        QVERIFY2(way->decision.verdict == Verdict::Conditional, "whether the provider is this cluster's is open");
        QVERIFY(!find(estate, answers, "k8s-cloud-role", "shop/ServiceAccount/other", arn.c_str()));
    }

    void whoMayDoEverythingAdministers()
    {
        const Estate estate = cluster(rbacApi
            + "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: "
              "cluster-admin}\nsubjects: [{kind: User, name: jane}]\n"
            + inShop(rule("get", "secrets")) + tokenSecret("Opaque"));
        const IdentityAnswers answers = answersOf(estate);
        QCOMPARE(answers.administrators.size(), std::size_t{1});
        QCOMPARE(estate.id(answers.administrators[0].first), std::string_view("User/jane"));
        const auto secret = *estate.find("shop/Secret/t");
        const auto reads = [&](const char* who) {
            return std::ranges::any_of(answers.access,
                [&](const StoreAccess& one) { return one.store == secret && estate.id(one.principal) == who; });
        };
        QVERIFY(reads(here));
        QVERIFY(reads("Namespace/shop"));
        QVERIFY2(!reads("ClusterRoleBinding/b"), "it has it through the namespace");
    }

    void answersAreTheSameEachTime()
    {
        const Estate estate =
            cluster(folder("/", false) + everywhere(rule("'*'", "'*'", "'*'")) + inShop(rule("create", "pods")));
        const auto told = [&] {
            std::string all;
            for (const Escalation& one : answersOf(estate).escalations)
                all += std::string(estate.id(one.from)) + '>' + std::string(estate.id(one.to))
                    + std::to_string(one.technique);
            return all;
        };
        QCOMPARE(told(), told());
    }
};

QTEST_GUILESS_MAIN(ClusterWaysTest)
#include "tst_cluster_ways.moc"
