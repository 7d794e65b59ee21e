// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

namespace {

const char* const rbac = "# RBAC example\n"
                         "apiVersion: rbac.authorization.k8s.io/v1\n"
                         "kind: Role\n"
                         "metadata:\n"
                         "  namespace: production\n"
                         "  name: app-reader\n"
                         "rules:\n"
                         "  - apiGroups: [\"\"]\n"
                         "    resources: [\"pods\"]\n"
                         "    verbs: [\"get\"]\n"
                         "---\n"
                         "apiVersion: rbac.authorization.k8s.io/v1\n"
                         "kind: RoleBinding\n"
                         "metadata: {name: developers, namespace: production}\n"
                         "subjects:\n"
                         "  - {kind: Group, name: developers, apiGroup: rbac.authorization.k8s.io}\n"
                         "  - {kind: User, name: \"system:serviceaccount:ops:bot\"}\n"
                         "roleRef: {kind: Role, name: app-reader, apiGroup: rbac.authorization.k8s.io}\n";

const char* const pod = "apiVersion: v1\n"
                        "kind: Pod\n"
                        "metadata:\n"
                        "  name: p\n"
                        "  namespace: a\n"
                        "  annotations: {kubectl.kubernetes.io/last-applied-configuration: hunter2-hunter2}\n"
                        "  labels: {app: web}\n"
                        "spec:\n"
                        "  hostPID: true\n"
                        "  volumes:\n"
                        "    - {name: v, secret: {secretName: creds}}\n"
                        "    - {name: h, hostPath: {path: /var/log}}\n"
                        "  containers:\n"
                        "    - name: c\n"
                        "      image: nginx:1\n"
                        "      command: [sh, -c, \"login hunter2-hunter2\"]\n"
                        "      env: [{name: DB_PASSWORD, value: hunter2-hunter2}]\n"
                        "      ports: [{containerPort: 8080, name: web}]\n"
                        "      securityContext: {privileged: true, capabilities: {add: [NET_ADMIN]}}\n";

} // namespace

class KubernetesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rolesKeepTheirRulesAndTheLineTheyStandOn()
    {
        WrittenFolder folder;
        const Estate estate = folder.file("rbac.yaml", rbac).estate();
        const auto role = estate.find("production/Role/app-reader");
        QVERIFY(role.has_value());
        QCOMPARE(estate.kind(*role), Kind::RoleDefinition);
        const auto documents = estate.policies(*role);
        QCOMPARE(documents.size(), std::size_t{1});
        QVERIFY(documents[0].role == PolicyRole::Kubernetes);
        QCOMPARE(estate.text(documents[0].document),
            std::string_view("{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]}"));
        // A list on lines of its own begins with its first dash.
        QCOMPARE(estate.evidence(documents[0].evidence).line, 8u);
        QCOMPARE(estate.evidence(estate.evidence(*role)[0]).line, 2u);
        QVERIFY2(estate.find("production/role/app-reader") == role, "also in lower case");
    }

    void bindingsLeadFromSubjectsToTheRole()
    {
        WrittenFolder folder;
        const Estate estate = folder.file("rbac.yaml", rbac).estate();
        const auto binding = estate.find("production/RoleBinding/developers");
        QVERIFY(binding.has_value());
        QCOMPARE(estate.targets(*binding, EdgeKind::HasPolicy)[0], *estate.find("production/Role/app-reader"));
        const auto subjects = estate.targets(*binding, EdgeKind::Mentions);
        QCOMPARE(subjects.size(), std::size_t{2});
        QCOMPARE(estate.id(subjects[0]), std::string_view("Group/developers"));
        QVERIFY2(estate.node(subjects[0]).outside, "only spoken of");
        QCOMPARE(estate.id(subjects[1]), std::string_view("ops/ServiceAccount/bot"));
        QCOMPARE(estate.evidence(estate.out(*binding)[2].evidence).line, 17u);
    }

    void aRoleBindingOfAClusterRoleKeepsItsNamespace()
    {
        WrittenFolder folder;
        folder.file("b.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: n}\n"
            "roleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: s}]\n");
        const Estate estate = folder.estate();
        const auto binding = estate.find("n/RoleBinding/b");
        QCOMPARE(estate.id(estate.node(*binding).parent), std::string_view("Namespace/n"));
        QCOMPARE(estate.id(estate.targets(*binding, EdgeKind::HasPolicy)[0]), std::string_view("ClusterRole/view"));
        QCOMPARE(estate.id(estate.targets(*binding, EdgeKind::Mentions)[0]), std::string_view("n/ServiceAccount/s"));
    }

    void thingsLieInTheirNamespaceInTheCluster()
    {
        WrittenFolder folder;
        const Estate estate = folder.file("rbac.yaml", rbac).estate();
        const auto role = estate.find("production/Role/app-reader");
        const auto space = estate.within(*role, Kind::Namespace);
        QVERIFY(space.has_value());
        QVERIFY(estate.within(*space, Kind::K8sCluster).has_value());
        QVERIFY2(estate.node(*role).account == noNode, "no cloud account is made up");
    }

    /// The namespace kube-system lives as long as its cluster: "Object Names and IDs", "UIDs", Kubernetes
    /// documentation.
    void whatIsOfAnotherClusterIsSaid_data()
    {
        QTest::addColumn<QString>("uid");
        QTest::addColumn<int>("problems");
        QTest::newRow("the same cluster twice") << "1b8d" << 0;
        QTest::newRow("another cluster") << "77aa" << 1;
    }
    void whatIsOfAnotherClusterIsSaid()
    {
        QFETCH(QString, uid);
        QFETCH(int, problems);
        const auto spaces = [](const std::string& of, const std::string& other) {
            return "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, uid: \"" + of
                + "\"}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, uid: \"" + other + "\"}\n";
        };
        WrittenFolder folder;
        folder.file("one/namespaces.yaml", spaces("1b8d", "a"));
        folder.file("two/namespaces.yaml", spaces(uid.toStdString(), "b"));
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows.size(), std::size_t{2});
        QCOMPARE(imported.ledger.rows[0].problems.size(), std::size_t{0});
        QCOMPARE(imported.ledger.rows[1].problems.size(), static_cast<std::size_t>(problems));
        if (problems > 0)
            QVERIFY(imported.ledger.rows[1].problems[0].sentence.find("another cluster") != std::string::npos);
    }

    void podsTellTheirSecuritySettingsAndNoSecret()
    {
        WrittenFolder folder;
        folder.file("pod.yaml", pod);
        const Imported imported = folder.imported();
        for (std::size_t i = 0; i < imported.inventory.strings.size(); ++i)
            QVERIFY(imported.inventory.strings[idAt<StringId>(i)].find("hunter2") == std::string_view::npos);
        QCOMPARE(imported.ledger.rows[0].leftOut.size(), std::size_t{2});

        const Estate estate = folder.estate();
        const auto node = estate.find("a/Pod/p");
        QVERIFY(node.has_value());
        QCOMPARE(estate.flag(*node, "privileged"), std::optional(true));
        QCOMPARE(estate.flag(*node, "host_pid"), std::optional(true));
        QCOMPARE(estate.flag(*node, "host_network"), std::optional(false));
        QVERIFY2(!estate.flag(*node, "run_as_non_root").has_value(), "the image decides");
        QVERIFY2(!estate.flag(*node, "automount_token").has_value(), "the service account decides");
        QCOMPARE(estate.word(*node, "added_capabilities"), std::string_view("NET_ADMIN"));
        QCOMPARE(estate.word(*node, "host_paths"), std::string_view("/var/log"));
        QCOMPARE(estate.word(*node, "images"), std::string_view("nginx:1"));
        QCOMPARE(estate.tag(*node, "app"), std::string_view("web"));
        QCOMPARE(estate.ports(*node)[0].port, 8080);
        QCOMPARE(estate.id(estate.targets(*node, EdgeKind::RunsAs)[0]), std::string_view("a/ServiceAccount/default"));
        QCOMPARE(estate.id(estate.targets(*node, EdgeKind::Uses)[0]), std::string_view("a/Secret/creds"));
    }

    void secretsAndConfigMapsAreNamesOnly()
    {
        WrittenFolder folder;
        folder.file("s.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\ndata: {k: aHVudGVyMg==}\n"
            "stringData: {j: hunter2-hunter2}\n---\n"
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata: {k: hunter2-hunter2}\n");
        const Imported imported = folder.imported();
        QCOMPARE(imported.inventory.strings.find("hunter2-hunter2"), StringId::Empty);
        QCOMPARE(imported.inventory.strings.find("aHVudGVyMg=="), StringId::Empty);
        QCOMPARE(imported.ledger.rows[0].leftOut[0].count, std::size_t{2});
        const Estate estate = folder.estate();
        QCOMPARE(estate.kind(*estate.find("a/Secret/s")), Kind::Secret);
        QCOMPARE(estate.kind(*estate.find("a/ConfigMap/c")), Kind::Parameter);
    }

    void theCloudRoleOfAServiceAccountIsAnEdge()
    {
        WrittenFolder folder;
        folder.file("sa.yaml",
            "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: s\n  namespace: a\n  annotations:\n"
            "    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app\n");
        const Estate estate = folder.estate();
        const auto account = estate.find("system:serviceaccount:a:s");
        QVERIFY(account.has_value());
        QCOMPARE(estate.id(estate.targets(*account, EdgeKind::RunsAs)[0]),
            std::string_view("arn:aws:iam::111122223333:role/app"));
    }

    void rolesOfTheCloudAreInTheGroupsThatAwsAuthNames()
    {
        WrittenFolder folder;
        folder.file("auth.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: "
            "|\n"
            "    - rolearn: arn:aws:iam::111122223333:role/admin\n      username: admin\n      groups: "
            "[\"system:masters\"]\n");
        const Estate estate = folder.estate();
        const auto role = estate.find("arn:aws:iam::111122223333:role/admin");
        QVERIFY(role.has_value());
        QCOMPARE(estate.id(estate.targets(*role, EdgeKind::MemberOf)[0]), std::string_view("Group/system:masters"));
    }

    void jsonYamlAndListsSayTheSame_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray item("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"n\"}}");
        QTest::newRow("object") << item;
        QTest::newRow("list") << QByteArray("{\"apiVersion\":\"v1\",\"items\":[" + item + "],\"kind\":\"List\"}");
        QTest::newRow("typed list whose items do not repeat their kind") << QByteArray(
            "{\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"n\"}}],\"kind\":\"NamespaceList\"}");
        QTest::newRow("array") << QByteArray("[" + item + "]");
        QTest::newRow("yaml list") << QByteArray(
            "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: n\nkind: List\n");
    }
    void jsonYamlAndListsSayTheSame()
    {
        QFETCH(QByteArray, text);
        WrittenFolder folder;
        const Estate estate = folder.file("x", text.toStdString()).estate();
        const auto space = estate.find("Namespace/n");
        QVERIFY(space.has_value());
        QVERIFY(!estate.node(*space).outside);
    }

    void aKindOfAnotherGroupIsNotTakenForOurs()
    {
        WrittenFolder folder;
        folder.file("k.yaml", "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: s}\n");
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows[0].facts, std::size_t{0});
        QCOMPARE(imported.ledger.rows[0].leftOut[0].what, std::string("Service"));
    }

    void aMissingNamespaceIsAnAssumption()
    {
        WrittenFolder folder;
        const Estate estate =
            folder.file("s.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\n").estate();
        const auto account = estate.find("default/ServiceAccount/s");
        QVERIFY(account.has_value());
        QCOMPARE(estate.flag(*account, "namespace_assumed"), std::optional(true));
    }

    void aBrokenDocumentLeavesTheOthers()
    {
        WrittenFolder folder;
        folder.file("x.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: one}\n---\nkind: [unclosed\n: : :\n---\n"
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: two}\n");
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows[0].problems.size(), std::size_t{1});
        QVERIFY(imported.ledger.rows[0].problems[0].place.line >= 5);
        const Estate estate = folder.estate();
        QVERIFY(estate.find("Namespace/one").has_value());
        QVERIFY(estate.find("Namespace/two").has_value());
    }

    void aTemplateSaysWhatToDo()
    {
        WrittenFolder folder;
        folder.file("t.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}-x\n");
        const Imported imported = folder.imported();
        QVERIFY(imported.ledger.rows[0].problems[0].sentence.find("helm template") != std::string::npos);
    }

    void aliasesAndMergeKeysArePutInPlace()
    {
        WrittenFolder folder;
        folder.file("a.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a, labels: &l {x: \"1\"}}\n"
            "spec:\n  nodeSelector:\n    <<: *l\n  containers: []\n---\n"
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n  labels:\n    <<: {app: web, tier: a}\n    tier: "
            "b\n");
        const Estate estate = folder.estate();
        const auto space = estate.find("Namespace/n");
        QCOMPARE(estate.tag(*space, "app"), std::string_view("web"));
        QCOMPARE(estate.tag(*space, "tier"), std::string_view("b"));
    }

    void aliasesThatSwellAreStopped()
    {
        std::string text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: laughs}\na0: &a0 [lol]\n";
        for (int i = 1; i < 40; ++i) {
            const std::string one = "*a" + std::to_string(i - 1);
            text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + one;
            for (int k = 0; k < 9; ++k)
                text += ", " + one;
            text += "]\n";
        }
        text += "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: after}\n";
        WrittenFolder folder;
        folder.file("laughs.yaml", text);
        const Imported imported = folder.imported();
        QVERIFY(imported.ledger.rows[0].problems[0].sentence.find("swell") != std::string::npos);
        QVERIFY(folder.estate().find("Namespace/after").has_value());
    }

    void anAliasOfItselfIsAProblem()
    {
        WrittenFolder folder;
        folder.file("x.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: &s {x: *s}\n");
        QCOMPARE(folder.imported().ledger.rows[0].problems.size(), std::size_t{1});
    }

    void deepNestingIsAProblem()
    {
        for (const std::string& body : {std::string(100000, '['), "a: " + std::string(5000, '{')}) {
            WrittenFolder folder;
            folder.file("x.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: " + body + "\n");
            QCOMPARE(folder.imported().ledger.rows[0].problems.size(), std::size_t{1});
        }
    }

    void keysWithinKeysAreRead()
    {
        std::string keys;
        for (int i = 0; i < 90; ++i)
            keys += "? ";
        WrittenFolder folder;
        folder.file("x.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\nspec:\n  " + keys + "a\n");
        QVERIFY(folder.estate().find("Namespace/n").has_value());
    }

    void wrongTypesDoNoHarm()
    {
        WrittenFolder folder;
        for (const char* kind :
            {"Pod", "Service", "ServiceAccount", "Secret", "Node", "PersistentVolume", "Namespace", "ConfigMap"}) {
            for (const char* body :
                {"metadata: x", "metadata: {name: [1]}", "metadata: {name: n, labels: [1]}\nspec: 5",
                    "metadata: {name: n}\nspec: {containers: {a: b}, volumes: [1, x], ports: [{port: "
                    "99999999}]}\ndata: 1",
                    "metadata: {name: n, annotations: 4}\nspec: {containers: [4, {env: 5, ports: [x]}]}"}) {
                folder.file(std::string(kind) + std::to_string(qHash(QByteArray(body))) + ".yaml",
                    "apiVersion: v1\nkind: " + std::string(kind) + "\n" + body + "\n");
            }
        }
        QVERIFY(folder.estate().find("default/Pod/n").has_value());
    }
};

QTEST_GUILESS_MAIN(KubernetesTest)
#include "tst_kubernetes.moc"
