// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_policies.h"

#include "../../small_cluster.h"
#include "network/kubernetes/pod_network.h"

#include <QtTest>

using namespace glacis;
using namespace glacis::kubernetes;

namespace {

constexpr const char* web = "shop/Deployment/web";
constexpr const char* api = "shop/Pod/api";
constexpr const char* db = "shop/Pod/db";
constexpr const char* probe = "ops/Pod/probe";

struct Cluster {
    explicit Cluster(const std::string& manifests, Blocks meaning = Blocks::MeanPodsToo)
        : estate(cluster(manifests)), network(estate, meaning)
    {
    }
    Estate estate;
    PodNetwork network;

    [[nodiscard]] PodEnd end(const char* name) const
    {
        if (const auto address = parseIpAddress(name))
            return network.outside(*address);
        return *network.endOf(*estate.find(name));
    }
    [[nodiscard]] PolicyAnswer between(const char* from, const char* to) const
    {
        return network.between(end(from), end(to));
    }
    /// "all", "none" or the ports that are open for certain.
    [[nodiscard]] std::string open(const char* from, const char* to) const
    {
        const PortSet ports = between(from, to).allowed;
        return ports == everyPort() ? "all" : describe(ports);
    }
};

Cluster with(const std::string& policies)
{
    return Cluster(pods + policies);
}

const std::string forApi = "podSelector: {matchLabels: {app: api}}";

} // namespace

/// "Network Policies", Kubernetes documentation; "API Overview", Network Policy API.
class PodNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutPoliciesAllTalk()
    {
        const Cluster all = with("");
        QCOMPARE(all.open(web, api), std::string("all"));
        QCOMPARE(all.open("203.0.113.5", db), std::string("all"));
    }

    void aSelectedPodIsIsolatedInThePolicysDirectionsOnly()
    {
        const Cluster some = with(policy("{" + forApi + "}"));
        QCOMPARE(some.open(web, api), std::string("none"));
        QCOMPARE(some.open(api, web), std::string("all"));
        QCOMPARE(some.open(web, db), std::string("all"));
    }

    void egressRulesWithoutTypesIsolateBothWays()
    {
        const Cluster some =
            with(policy("{" + forApi + ", egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]}"));
        QCOMPARE(some.open(api, db), std::string("all"));
        QCOMPARE(some.open(api, web), std::string("none"));
        QVERIFY2(some.open(web, api) == "none", "ingress is always a type where none is given");
    }

    void typesThatAreGivenDecide()
    {
        const Cluster some = with(policy("{" + forApi + ", policyTypes: [Egress]}"));
        QCOMPARE(some.open(web, api), std::string("all"));
        QCOMPARE(some.open(api, web), std::string("none"));
    }

    void emptyRulesLetEveryoneInAndNoneLetNobody()
    {
        QCOMPARE(with(policy("{" + forApi + ", ingress: [{}]}")).open("203.0.113.5", api), std::string("all"));
        QCOMPARE(with(policy("{" + forApi + ", ingress: []}")).open(web, api), std::string("none"));
    }

    void policiesAddUp()
    {
        const Cluster both = with(policy("{" + forApi + ", ingress: [{ports: [{port: 80}]}]}", "one")
            + policy("{" + forApi + ", ingress: [{ports: [{port: 443}]}]}", "two"));
        QCOMPARE(both.open(web, api), std::string("tcp/80,443"));
    }

    void aPodSelectorAloneMeansThePolicysNamespace()
    {
        const std::string from = ", ingress: [{from: [{podSelector: {}}]}]}";
        const Cluster some = with(policy("{" + forApi + from));
        QCOMPARE(some.open(web, api), std::string("all"));
        QCOMPARE(some.open(probe, api), std::string("none"));
        QCOMPARE(some.open("203.0.113.5", api), std::string("none"));
    }

    void twoSelectorsInOneEntryMeanBothAndInTwoEither()
    {
        const Cluster both = with(policy("{" + forApi
            + ", ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app: "
              "probe}}}]}]}"));
        QCOMPARE(both.open(web, api), std::string("none"));
        QCOMPARE(both.open(probe, api), std::string("none"));
        const Cluster either = with(policy("{" + forApi
            + ", ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}, {podSelector: {matchLabels: {app: "
              "probe}}}]}]}"));
        QCOMPARE(either.open(web, api), std::string("all"));
        QVERIFY2(either.open(probe, api) == "none", "the second entry means pods of the policy's namespace");
    }

    void everyNamespaceIsLabelledWithItsName()
    {
        const Cluster some = with(policy("{" + forApi
            + ", ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}]}"));
        QCOMPARE(some.open(probe, api), std::string("all"));
        QCOMPARE(some.open(web, api), std::string("none"));
    }

    void expressionsOfSelectors_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("dbMatches");
        QTest::addColumn<bool>("webMatches");
        QTest::newRow("in") << QStringLiteral("{key: tier, operator: In, values: [data, cache]}") << true << false;
        QTest::newRow("not in") << QStringLiteral("{key: tier, operator: NotIn, values: [data]}") << false << true;
        QTest::newRow("exists") << QStringLiteral("{key: tier, operator: Exists}") << true << false;
        QTest::newRow("does not exist") << QStringLiteral("{key: tier, operator: DoesNotExist}") << false << true;
        QTest::newRow("unknown") << QStringLiteral("{key: tier, operator: Like}") << false << false;
    }
    void expressionsOfSelectors()
    {
        QFETCH(QString, expression);
        QFETCH(bool, dbMatches);
        QFETCH(bool, webMatches);
        const Cluster some = with(policy("{" + forApi + ", ingress: [{from: [{podSelector: {matchExpressions: ["
            + expression.toStdString() + "]}}]}]}"));
        QCOMPARE(some.open(db, api) == "all", dbMatches);
        QCOMPARE(some.open(web, api) == "all", webMatches);
    }

    void portsRangesAndProtocols()
    {
        const Cluster some = with(policy("{" + forApi
            + ", ingress: [{ports: [{port: 53, protocol: UDP}, {port: 8000, endPort: 8010}, {protocol: SCTP}]}]}"));
        QCOMPARE(some.open(web, api), std::string("tcp/8000-8010,udp/53,protocol 132/1-65535"));
    }

    void aNamedPortIsThatOfTheReceivingPod()
    {
        const Cluster some = with(policy("{podSelector: {}, ingress: [{ports: [{port: http}]}]}")
            + policy(
                "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}, {port: dns}]}]}", "out"));
        QCOMPARE(some.open(web, api), std::string("tcp/9090"));
        QCOMPARE(some.open(api, web), std::string("tcp/8080"));
        QVERIFY2(some.open(api, db) == "none", "a pod without such a port is not reached");
        QVERIFY2(some.open(api, "203.0.113.5") == "none", "nor is an address outside");
    }

    void aNamedPortOfAnotherProtocolIsNotMeant()
    {
        const Cluster some = with(policy("{podSelector: {}, ingress: [{ports: [{port: dns, protocol: TCP}]}]}"));
        QCOMPARE(some.open(api, web), std::string("none"));
    }

    void blocksMeanAddressesExceptThoseLeftOut()
    {
        const Cluster some = with(policy("{" + forApi
            + ", ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.64/26]}}, {ipBlock: {cidr: "
              "'2001:db8::/32'}}]}]}"));
        QCOMPARE(some.open("203.0.113.5", api), std::string("all"));
        QCOMPARE(some.open("203.0.113.70", api), std::string("none"));
        QCOMPARE(some.open("2001:db8::9", api), std::string("all"));
        QCOMPARE(some.open("2001:db9::9", api), std::string("none"));
        const auto ranges = some.network.outsideRanges(Direction::In, false);
        QCOMPARE(ranges.size(), std::size_t{5});
        QCOMPARE(toString(ranges[2].from), std::string("203.0.113.64"));
        QCOMPARE(toString(ranges[2].to), std::string("203.0.113.127"));
        QCOMPARE(some.network.outsideRanges(Direction::In, true).size(), std::size_t{3});
        QCOMPARE(some.network.outsideRanges(Direction::Out, false).size(), std::size_t{1});
    }

    void aBlockMeansPodsWhoseAddressIsKnown()
    {
        const std::string manifests = pods
            + policy("{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/24}}]}]}");
        const Cluster some(manifests);
        QCOMPARE(some.open(api, db), std::string("all"));
        QCOMPARE(Cluster(manifests, Blocks::MeanOutsideOnly).open(api, db), std::string("none"));
        QVERIFY2(some.open(web, db) == "none" && some.between(web, db).perhaps == everyPort(),
            "where the address of the pod is not known, both are possible");
        QCOMPARE(some.between(web, db).ingress.front().missing,
            std::string("the addresses of the pods (kubectl get pods -A -o json)"));
    }

    void aPodsOwnMachineReachesIt()
    {
        const Cluster some = with(policy("{podSelector: {}}"));
        QCOMPARE(some.open("10.9.0.1", api), std::string("all"));
        QCOMPARE(some.open("10.9.0.2", api), std::string("none"));
    }

    void adminPoliciesGoFirstInTheOrderOfTheirPriority()
    {
        const std::string subject = "subject: {namespaces: {matchLabels: {team: a}}}, ";
        const std::string deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]}";
        const std::string allow =
            "ingress: [{action: Allow, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 80}}]}]}";
        const std::string isolated = policy("{podSelector: {}}");
        const Cluster denied = with(isolated + adminPolicy("{priority: 5, " + subject + deny, "deny")
            + adminPolicy("{priority: 9, " + subject + allow, "allow"));
        QCOMPARE(denied.open(web, api), std::string("none"));
        const Cluster allowed = with(isolated + adminPolicy("{priority: 5, " + subject + allow, "allow")
            + adminPolicy("{priority: 9, " + subject + deny, "deny"));
        QVERIFY2(allowed.open(web, api) == "tcp/80", "even where a plain policy isolates");
        QVERIFY2(allowed.open(api, probe) == "all", "it is no subject");
    }

    void adminPoliciesSayNothingOfTheOutside()
    {
        const Cluster some = with(adminPolicy(
            "{priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}"));
        QCOMPARE(some.open("203.0.113.5", api), std::string("all"));
        QCOMPARE(some.open(web, api), std::string("none"));
    }

    void whatIsPassedOnIsForPlainPoliciesToDecide()
    {
        const std::string rules = "{priority: 1, subject: {namespaces: {}}, ingress: ["
                                  "{action: Pass, from: [{namespaces: {matchLabels: {team: a}}}], ports: [{portNumber: "
                                  "{protocol: TCP, port: 80}}]},"
                                  "{action: Deny, from: [{namespaces: {}}]}]}";
        QCOMPARE(with(adminPolicy(rules)).open(web, api), std::string("tcp/80"));
        QCOMPARE(with(adminPolicy(rules) + policy("{podSelector: {}}")).open(web, api), std::string("none"));
        QCOMPARE(with(adminPolicy(rules)
                     + baseline("{subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}"))
                     .open(web, api),
            std::string("none"));
    }

    void theBaselineSpeaksOnlyWhereNoPlainPolicySelects()
    {
        const std::string denies = baseline("{subject: {namespaces: {}}, ingress: [{action: Allow, from: [{pods: "
                                            "{podSelector: {matchLabels: {app: web}}}}],"
                                            " ports: [{namedPort: http}]}, {action: Deny, from: [{namespaces: {}}]}]}");
        QCOMPARE(with(denies).open(web, api), std::string("tcp/9090"));
        QCOMPARE(with(denies).open(probe, api), std::string("none"));
        QCOMPARE(with(denies + policy("{" + forApi + ", ingress: [{}]}")).open(probe, api), std::string("all"));
    }

    void networksOfAnAdminPolicyMeanAddresses()
    {
        const Cluster some = with(
            adminPolicy("{priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: "
                        "[{networks: [10.0.0.0/8]}], ports: [{portRange: {protocol: TCP, start: 1, end: 1024}}]}]}"));
        QCOMPARE(some.open(web, "10.3.3.3"), std::string("tcp/1025-65535,udp/1-65535,protocol 132/1-65535"));
        QCOMPARE(some.open(web, "203.0.113.5"), std::string("all"));
        QVERIFY2(some.open(web, api) != "all", "pods are in them by their address");
    }

    /// "Policy Enforcement Modes" and "Layer 3 Policies", Cilium documentation.
    void anEmptyRuleOfCiliumShutsTheDoorAndOthersOpenIt()
    {
        const std::string toApi = "{endpointSelector: {matchLabels: {'k8s:app': api}}, ";
        const Cluster shut = with(cilium(toApi + "ingress: [{}]}"));
        QCOMPARE(shut.open(web, api), std::string("none"));
        QVERIFY2(shut.open(api, web) == "all", "nothing is said of its egress");
        const Cluster some = with(cilium(toApi + "ingress: [{}]}")
            + cilium(toApi
                    + "ingress: [{fromEndpoints: [{matchLabels: {app: "
                      "web}}], toPorts: [{ports: [{port: '80'}]}]}]}",
                "more"));
        QCOMPARE(some.open(web, api), std::string("tcp/80,udp/80,protocol 132/80"));
        QCOMPARE(some.open(db, api), std::string("none"));
    }

    void selectorsOfCiliumMeanTheirNamespaceUntilTheyNameOne()
    {
        const std::string from = "{endpointSelector: {matchLabels: {app: api}}, ingress: [{fromEndpoints: [";
        QCOMPARE(with(cilium(from + "{}]}]}")).open(probe, api), std::string("none"));
        QCOMPARE(with(cilium(from + "{}]}]}")).open(db, api), std::string("all"));
        QCOMPARE(with(cilium(from + "{matchLabels: {'k8s:io.kubernetes.pod.namespace': ops}}]}]}")).open(probe, api),
            std::string("all"));
        QCOMPARE(with(cilium(from + "{matchLabels: {io.cilium.k8s.namespace.labels.team: a}}]}]}")).open(probe, api),
            std::string("none"));
    }

    void whatCiliumDeniesIsDeniedWhateverAllowsIt()
    {
        const Cluster some = with(policy("{" + forApi + ", ingress: [{}]}")
            + cilium("{endpointSelector: {matchLabels: {app: api}}, ingressDeny: [{fromEndpoints: [{matchLabels: {app: "
                     "web}}], toPorts: [{ports: [{port: '80', endPort: 90, protocol: TCP}]}]}]}"));
        QCOMPARE(some.open(web, api), std::string("tcp/1-79,91-65535,udp/1-65535,protocol 132/1-65535"));
        QCOMPARE(some.open(db, api), std::string("all"));
    }

    void blocksAndEntitiesOfCiliumMeanWhatIsOutside()
    {
        const std::string over = "{endpointSelector: {}, egress: [{";
        const Cluster block = with(cilium(over + "toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.5.0.0/16]}]}]}"));
        QCOMPARE(block.open(web, "10.1.0.9"), std::string("all"));
        QCOMPARE(block.open(web, "10.5.0.9"), std::string("none"));
        QVERIFY2(block.open(web, api) == "none", "the address of a pod is in it, and pods are not meant");
        const Cluster world = with(cilium(over + "toEntities: [world]}]}"));
        QCOMPARE(world.open(web, "203.0.113.5"), std::string("all"));
        QCOMPARE(world.open(web, api), std::string("none"));
        const Cluster inside = with(cilium(over + "toEntities: [cluster]}]}"));
        QCOMPARE(inside.open(web, probe), std::string("all"));
        QCOMPARE(inside.open(web, "203.0.113.5"), std::string("none"));
        QVERIFY2(!inside.between(web, "10.9.0.5").perhaps.empty(), "it may be a machine of the cluster");
    }

    void aPolicyOfCiliumMayAllowWithoutShuttingTheDoor()
    {
        const std::string spec = "{endpointSelector: {matchLabels: {app: api}}, enableDefaultDeny: {ingress: false}, "
                                 "ingress: [{fromEndpoints: [{matchLabels: {app: web}}]}]}";
        QCOMPARE(with(cilium(spec)).open(db, api), std::string("all"));
        const Cluster both = with(cilium(spec) + policy("{" + forApi + "}"));
        QCOMPARE(both.open(db, api), std::string("none"));
        QCOMPARE(both.open(web, api), std::string("all"));
    }

    void whatIsNotReadOfAPolicyIsUnknown()
    {
        const Cluster names = with(
            cilium("{endpointSelector: {matchLabels: {app: api}}, egress: [{toFQDNs: [{matchName: a.example}]}]}"));
        QCOMPARE(names.open(api, "203.0.113.5"), std::string("none"));
        QCOMPARE(names.between(api, "203.0.113.5").perhaps, everyPort());
        const Cluster calico = with("---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: p, "
                                    "namespace: shop}\nspec: {selector: \"app == 'api'\", types: [Ingress]}\n"
            + policy("{" + forApi + "}"));
        QCOMPARE(calico.between(web, api).perhaps, everyPort());
        QCOMPARE(calico.between(web, api).ingress.front().missing,
            std::string("what p lets through: policies of Calico are not read"));
        QVERIFY2(calico.open(api, probe) == "all", "it stands over ingress in its namespace");
    }

    void whatDecidedIsTold()
    {
        const Cluster some =
            with(policy("{" + forApi + ", ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}"));
        QVERIFY2(some.between(web, api).egress.empty(), "no policy has a say");
        const GateAnswer open = some.between(web, api).ingress.front();
        QCOMPARE(some.network.policies().ruleName(open), std::string_view("ingress rule 1"));
        QVERIFY(open.evidence != noEvidence);
        const GateAnswer shut = some.between(db, api).ingress.front();
        QCOMPARE(shut.says, GateAnswer::Says::Refuses);
        QCOMPARE(some.estate.id(shut.node), std::string_view("shop/NetworkPolicy/p"));
        QVERIFY(some.network.policies().ruleName(shut).empty());
    }

    void servicesLeadToThePortsOfThePodsTheySelect()
    {
        const Cluster some = with(
            "---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: shop}\nspec: {selector: {app: "
            "web}, "
            "ports: [{name: w, port: 80, targetPort: http}, {name: x, port: 81}]}\n"
            "---\napiVersion: v1\nkind: Service\nmetadata: {name: bare, namespace: shop}\nspec: {ports: [{port: 80}]}\n"
            "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop}\nspec: {rules: "
            "[{http: "
            "{paths: [{backend: {service: {name: front, port: {name: w}}}}]}}]}\n");
        const auto served = servedBy(some.estate, some.network, *some.estate.find("shop/Service/front"));
        QCOMPARE(served.size(), std::size_t{1});
        QCOMPARE(some.estate.id(served[0].end->node), std::string_view(web));
        QCOMPARE(served[0].ports[0].target, 8080);
        QCOMPARE(served[0].ports[1].target, 81);
        QVERIFY(servedBy(some.estate, some.network, *some.estate.find("shop/Service/bare")).empty());
        const auto routed = routedBy(some.estate, some.network, *some.estate.find("shop/Ingress/i"));
        QCOMPARE(routed.size(), std::size_t{1});
        QCOMPARE(routed[0].target, 8080);
    }
};

QTEST_GUILESS_MAIN(PodNetworkTest)
#include "tst_pod_network.moc"
