// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_policies.h"

#include "../../small_cluster.h"
#include "network/flows.h"
#include "network/kubernetes/pod_reach.h"
#include "network/reach.h"
#include "network/tiers.h"

#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

const std::string onlyWeb = policy("{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: "
                                   "{matchLabels: {app: web}}}], ports: [{port: 9090}]}]}");

std::string service(const char* type, const char* more = "")
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop" + std::string(more)
        + "}\nspec: {type: " + type + ", selector: {app: api}, ports: [{port: 80, targetPort: http}]}\n";
}

struct Asked {
    explicit Asked(const std::string& manifests)
        : estate(cluster(manifests)), reachability(estate), clusters(estate) { }
    Estate estate;
    Reachability reachability;
    kubernetes::PodReach clusters;
    [[nodiscard]] ReachAnswer ask(const char* from, const char* to, std::int32_t port, std::int16_t protocol = 6) const
    {
        return clusters.ask(from, to, {protocol, port}).value();
    }
};

constexpr const char* web = "shop/Deployment/web";
constexpr const char* api = "shop/Pod/api";
constexpr const char* probe = "ops/Pod/probe";

} // namespace

class PodReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePolicyThatDecidesIsTheLastHop()
    {
        const Asked asked(pods + onlyWeb);
        const ReachAnswer open = asked.ask(web, api, 9090);
        QCOMPARE(open.verdict, Reach::Reachable);
        QCOMPARE(open.hops.size(), std::size_t{2});
        QCOMPARE(open.hops[1].rule, std::string("ingress rule 1"));
        QCOMPARE(asked.estate.id(open.hops[1].node), std::string_view("shop/NetworkPolicy/p"));
        const ReachAnswer shut = asked.ask(probe, api, 9090);
        QCOMPARE(shut.verdict, Reach::Blocked);
        QCOMPARE(asked.estate.id(shut.decidedBy()->node), std::string_view("shop/NetworkPolicy/p"));
        QCOMPARE(asked.ask(web, api, 9091).verdict, Reach::Blocked);
    }

    void whatLeavesIsAskedBeforeWhatEnters()
    {
        const Asked asked(
            pods + policy("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}", "out") + onlyWeb);
        const ReachAnswer shut = asked.ask(web, api, 9090);
        QCOMPARE(shut.verdict, Reach::Blocked);
        QCOMPARE(shut.hops.size(), std::size_t{1});
        QCOMPARE(asked.estate.id(shut.hops[0].node), std::string_view("shop/NetworkPolicy/out"));
    }

    void aServiceStandsForThePodsBehindIt()
    {
        const Asked asked(pods + onlyWeb + service("ClusterIP"));
        const ReachAnswer open = asked.ask(web, "shop/Service/s", 80);
        QCOMPARE(open.verdict, Reach::Reachable);
        QCOMPARE(open.hops[0].control, std::string("service"));
        QVERIFY2(asked.ask(web, "shop/Service/s", 9090).verdict == Reach::Unknown, "the service has no such port");
    }

    void theInternetNeedsSomethingThatLeadsIn()
    {
        QCOMPARE(Asked(pods).ask("internet", api, 9090).verdict, Reach::Latent);
        QCOMPARE(Asked(pods + service("ClusterIP")).ask("internet", api, 9090).verdict, Reach::Latent);
        QCOMPARE(Asked(pods + service("LoadBalancer")).ask("internet", api, 9090).verdict, Reach::Reachable);
        QCOMPARE(Asked(pods + service("LoadBalancer")).ask("internet", api, 9091).verdict, Reach::Latent);
        const char* const internal = ", annotations: {networking.gke.io/load-balancer-type: Internal}";
        QCOMPARE(Asked(pods + service("LoadBalancer", internal)).ask("internet", api, 9090).verdict, Reach::Latent);
        QCOMPARE(Asked(pods + service("LoadBalancer") + onlyWeb).ask("internet", api, 9090).verdict, Reach::Blocked);
    }

    void anIngressLeadsInThroughItsController()
    {
        const std::string ingress = service("ClusterIP")
            + "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop}\nspec: "
              "{defaultBackend: {service: {name: s, "
              "port: {number: 80}}}}\n";
        const Asked open(pods + ingress);
        QCOMPARE(open.ask("internet", api, 9090).verdict, Reach::Reachable);
        QCOMPARE(open.ask("internet", api, 9090).hops[0].control, std::string("ingress"));
        QCOMPARE(Asked(pods + ingress + onlyWeb).ask("internet", api, 9090).verdict, Reach::Blocked);
        const Asked fromPods(
            pods + ingress + policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}"));
        QVERIFY2(fromPods.ask("internet", api, 9090).verdict == Reach::Reachable,
            "the pod sees the controller, which is a pod");
    }

    void aRouteOfAGatewayLeadsInToAServiceOfAnyNamespace()
    {
        const auto route = [](const char* parent, const char* port) {
            return std::string("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, "
                               "namespace: ops}\nspec: {parentRefs: [{name: g, kind: ")
                + parent + "}], hostnames: [shop.example], rules: [{backendRefs: [{name: s, namespace: shop, port: "
                + port + "}]}]}\n";
        };
        const std::string backend = pods + service("ClusterIP");
        QCOMPARE(Asked(backend + route("Gateway", "80")).ask("internet", api, 9090).verdict, Reach::Reachable);
        QCOMPARE(Asked(backend + route("Gateway", "81")).ask("internet", api, 9090).verdict, Reach::Latent);
        QVERIFY2(Asked(backend + route("Service", "80")).ask("internet", api, 9090).verdict == Reach::Latent,
            "between services it leads nobody in");
    }

    void podsOnTheirMachinesNetworkAreBeyondSomePlugins()
    {
        const std::string shared = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: h, namespace: shop, labels: {app: "
                                   "h}}\nspec: {hostNetwork: true, "
                                   "containers: [{name: c}]}\n";
        const Asked asked(pods + shared + policy("{podSelector: {}}"));
        QCOMPARE(asked.ask(web, "shop/Pod/h", 80).verdict, Reach::Unknown);
        QCOMPARE(asked.ask(web, api, 80).verdict, Reach::Blocked);
    }

    void whatIsNotKnownIsSaid()
    {
        const Asked asked(pods
            + policy("{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr: 10.1.0.0/16}}]}]}"));
        QVERIFY2(asked.ask(web, api, 80).verdict == Reach::Unknown, "the address of web is not in the export");
        QVERIFY(!asked.ask(web, api, 80).missing.empty());
        QVERIFY2(asked.ask(web, api, -1, 1).verdict == Reach::Unknown, "policies say nothing of ICMP");
        QCOMPARE(asked.ask(web, probe, -1, 1).verdict, Reach::Reachable);
        QCOMPARE(asked.ask("10.1.2.3", api, 80).verdict, Reach::Reachable);
        QCOMPARE(asked.ask("203.0.113.9", api, 80).verdict, Reach::Blocked);
    }

    void classesGrowWithDifferencesAndNotWithPods()
    {
        std::string many;
        for (int i = 0; i < 200; ++i)
            many += "---\napiVersion: v1\nkind: Pod\nmetadata: {name: w" + std::to_string(i)
                + ", namespace: shop, labels: {app: web, n: '" + std::to_string(i)
                + "'}}\nspec: {containers: [{name: c}]}\n";
        const Asked asked(pods + many + onlyWeb + service("LoadBalancer"));
        Progress progress;
        const Flows flows = findFlows(asked.estate, asked.reachability, progress);
        QVERIFY(flows.classes.size() < 8);
        const std::uint32_t webs = flows.classOf[index(*asked.estate.find("shop/Pod/w7"))];
        QCOMPARE(flows.classes[webs].things.size(), std::size_t{200});
        const std::uint32_t apis = flows.classOf[index(*asked.estate.find(api))];
        const auto flow =
            std::ranges::find_if(flows.flows, [&](const Flow& one) { return one.from == webs && one.to == apis; });
        QVERIFY(flow != flows.flows.end());
        QCOMPARE(describe(flow->ports), std::string("tcp/9090"));
        QVERIFY(!flow->hops.empty());
        QCOMPARE(flow->hops.back().rule, std::string("ingress rule 1"));
        QVERIFY(std::ranges::none_of(flows.flows, [&](const Flow& one) { return one.from == 0 && one.to == apis; }));
    }

    void aWorkloadIsDrawnByItsPods()
    {
        const Asked asked("---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: r, namespace: shop}\nspec: "
                          "{template: {spec: {containers: [{name: "
                          "c}]}}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: r-1, namespace: shop, "
                          "ownerReferences: [{kind: ReplicaSet, name: r, "
                          "controller: true}]}\nspec: {containers: [{name: c}]}\n");
        Progress progress;
        const Flows flows = findFlows(asked.estate, asked.reachability, progress);
        QVERIFY(flows.classOf[index(*asked.estate.find("shop/Pod/r-1"))] != ~0u);
        QVERIFY(flows.classOf[index(*asked.estate.find("shop/ReplicaSet/r"))] == ~0u);
    }
};

QTEST_GUILESS_MAIN(PodReachTest)
#include "tst_pod_reach.moc"
