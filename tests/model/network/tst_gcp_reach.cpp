// SPDX-License-Identifier: GPL-3.0-or-later
#include "../import/gcp_export.h"
#include "network/flows.h"
#include "network/reach.h"

#include <QtTest>

using namespace glacis;

namespace {

const std::string compute = "//compute.googleapis.com/projects/acme/";
const std::string links = "https://www.googleapis.com/compute/v1/projects/acme/";

/// Network "main" with subnet "front" (10.0.1.0/24), a default route, machine "web" (tag web, public address) and
/// machine "db" (tag db, none).
class Project : public GcpExport {
public:
    Project()
    {
        network("main", "front", "10.0.1.0/24");
        machine("web", "main", "front", "10.0.1.5", "34.1.2.3");
        machine("db", "main", "front", "10.0.1.6");
    }

    Project& network(const std::string& name, const std::string& subnet, const std::string& block)
    {
        asset("compute.googleapis.com/Network", compute + "global/networks/" + name, "'name':'" + name + "'" + m_more);
        asset("compute.googleapis.com/Subnetwork", compute + "regions/europe-west1/subnetworks/" + subnet,
            "'name':'" + subnet + "','ipCidrRange':'" + block + "','network':'" + links + "global/networks/" + name
                + "'");
        return route(name, "0.0.0.0/0", "'nextHopGateway':'" + links + "global/gateways/default-internet-gateway'");
    }
    Project& route(const std::string& network, const std::string& to, const std::string& hop)
    {
        asset("compute.googleapis.com/Route", compute + "global/routes/r" + std::to_string(m_routes++),
            "'network':'" + links + "global/networks/" + network + "','destRange':'" + to + "','priority':1000," + hop);
        return *this;
    }
    Project& machine(const std::string& name, const std::string& network, const std::string& subnet,
        const std::string& inside, const std::string& outside = {})
    {
        const std::string access = outside.empty() ? "" : ",'accessConfigs':[{'natIP':'" + outside + "'}]";
        asset("compute.googleapis.com/Instance", id(name),
            "'name':'" + name + "','tags':{'items':['" + name + "']},'serviceAccounts':[{'email':'" + name
                + "@acme.iam.gserviceaccount.com'}],'networkInterfaces':[{'name':'nic0','network':'" + links
                + "global/networks/" + network + "','subnetwork':'" + links + "regions/europe-west1/subnetworks/"
                + subnet + "','networkIP':'" + inside + "'" + access + "}]");
        return *this;
    }
    Project& rule(const std::string& name, const std::string& data, const std::string& network = "main")
    {
        asset("compute.googleapis.com/Firewall", compute + "global/firewalls/" + name,
            "'name':'" + name + "','network':'" + links + "global/networks/" + network + "'," + data);
        return *this;
    }
    Project& folderPolicy(const std::string& rules)
    {
        asset("compute.googleapis.com/FirewallPolicy", "//compute.googleapis.com/locations/global/firewallPolicies/7",
            "'shortName':'guard','associations':[{'attachmentTarget':'folders/22'}],'rules':[" + rules + "]",
            "['organizations/33']");
        return *this;
    }
    static std::string id(const std::string& name) { return compute + "zones/europe-west1-b/instances/" + name; }

    [[nodiscard]] ReachAnswer ask(const std::string& from, const std::string& to, std::int32_t port = 443) const
    {
        const Estate estate = this->estate();
        const auto end = [](const std::string& name) {
            return name == "internet" || parseIpAddress(name) ? name : id(name);
        };
        return Reachability(estate).ask(end(from), end(to), {tcp, port});
    }

private:
    std::string m_more;
    int m_routes = 0;
};

const std::string allowWeb = "'sourceRanges':['0.0.0.0/0'],'allowed':[{'IPProtocol':'tcp','ports':['443']}]";

} // namespace

/// Sources: "VPC firewall rules", "Hierarchical firewall policies", "Routes", "Cloud NAT overview", "VPC Network
/// Peering", Google Cloud documentation.
class GcpReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatNoRuleAllowsInIsDenied()
    {
        const ReachAnswer answer =
            Project()
                .rule("other", "'sourceRanges':['192.0.2.0/24'],'allowed':[{'IPProtocol':'tcp'}]")
                .ask("internet", "web");
        QCOMPARE(answer.verdict, Reach::Blocked);
        QCOMPARE(answer.decidedBy()->control, std::string("firewall"));
    }

    void whatNoRuleDeniesOutIsAllowed()
    {
        QCOMPARE(Project().rule("r", allowWeb).ask("web", "internet").verdict, Reach::Reachable);
    }

    void aRuleLetsTheInternetIn()
    {
        const Project made = Project().rule("allow-web", allowWeb);
        const ReachAnswer answer = made.ask("internet", "web");
        QCOMPARE(answer.verdict, Reach::Reachable);
        QVERIFY(std::ranges::any_of(
            answer.hops, [](const Hop& hop) { return hop.rule == "allow-web" && hop.evidence != noEvidence; }));
        QCOMPARE(made.ask("internet", "web", 22).verdict, Reach::Blocked);
    }

    void withoutAPublicAddressOnlyThatIsMissing()
    {
        QCOMPARE(Project().rule("allow-web", allowWeb).ask("internet", "db").verdict, Reach::Latent);
    }

    void aTargetTagAimsARuleAtItsMachinesOnly()
    {
        const Project made = Project().rule(
            "r", "'sourceRanges':['10.0.0.0/8'],'targetTags':['db'],'allowed':[{'IPProtocol':'tcp','ports':['443']}]");
        QCOMPARE(made.ask("web", "db").verdict, Reach::Reachable);
        QCOMPARE(made.ask("db", "web").verdict, Reach::Blocked);
    }

    void aSourceTagOrAccountStandsForItsMachines_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::newRow("tag") << QByteArray("'sourceTags':['web']");
        QTest::newRow("account") << QByteArray("'sourceServiceAccounts':['web@acme.iam.gserviceaccount.com']");
    }
    void aSourceTagOrAccountStandsForItsMachines()
    {
        QFETCH(QByteArray, source);
        Project made;
        made.machine("third", "main", "front", "10.0.1.7");
        made.rule("r", source.toStdString() + ",'allowed':[{'IPProtocol':'tcp','ports':['443']}]");
        QCOMPARE(made.ask("web", "db").verdict, Reach::Reachable);
        QCOMPARE(made.ask("third", "db").verdict, Reach::Blocked);
    }

    void theLowestNumberDecides()
    {
        Project made = Project().rule("allow-web", allowWeb + ",'priority':900");
        const std::string deny = "'sourceRanges':['0.0.0.0/0'],'denied':[{'IPProtocol':'all'}],'priority':";
        QCOMPARE(Project(made).rule("deny", deny + "1000").ask("internet", "web").verdict, Reach::Reachable);
        QCOMPARE(Project(made).rule("deny", deny + "800").ask("internet", "web").verdict, Reach::Blocked);
    }

    void ofTheSameNumberTheDenialDecides()
    {
        const Project made =
            Project()
                .rule("allow-web", allowWeb + ",'priority':900")
                .rule("deny", "'sourceRanges':['0.0.0.0/0'],'denied':[{'IPProtocol':'all'}],'priority':900");
        QCOMPARE(made.ask("internet", "web").verdict, Reach::Blocked);
    }

    void aDisabledRuleDecidesNothing()
    {
        QCOMPARE(
            Project().rule("allow-web", allowWeb + ",'disabled':true").ask("internet", "web").verdict, Reach::Blocked);
    }

    void aPolicyOfTheFolderGoesBeforeTheNetworksRules()
    {
        const std::string match = "'match':{'srcIpRanges':['0.0.0.0/0'],'layer4Configs':[{'ipProtocol':'tcp'}]}}";
        Project made = Project().rule("allow-web", allowWeb);
        QCOMPARE(Project(made)
                     .folderPolicy("{'priority':100,'direction':'INGRESS','action':'deny'," + match)
                     .ask("internet", "web")
                     .verdict,
            Reach::Blocked);
        // Passing on leaves it to the network's own rules.
        Project passes = made;
        passes.folderPolicy("{'priority':50,'direction':'INGRESS','action':'goto_next'," + match
            + ",{'priority':100,'direction':'INGRESS','action':'deny'," + match);
        QCOMPARE(passes.ask("internet", "web").verdict, Reach::Reachable);
        Project allows;
        allows.folderPolicy("{'priority':100,'direction':'INGRESS','action':'allow'," + match);
        allows.rule("deny", "'sourceRanges':['0.0.0.0/0'],'denied':[{'IPProtocol':'all'}]");
        QCOMPARE(allows.ask("internet", "web").verdict, Reach::Reachable);
    }

    void withoutAnyRuleInTheExportItIsUnknown()
    {
        const ReachAnswer answer = Project().ask("internet", "web");
        QCOMPARE(answer.verdict, Reach::Unknown);
        QVERIFY(answer.missing.find("gcloud compute firewall-rules list") != std::string::npos);
    }

    void cloudNatLetsOutWhatHasNoPublicAddressAndNothingIn()
    {
        Project made = Project().rule("allow-web", allowWeb);
        QCOMPARE(made.ask("db", "internet").verdict, Reach::Blocked);
        made.asset("compute.googleapis.com/Router", compute + "regions/europe-west1/routers/router",
            "'name':'router','network':'" + links
                + "global/networks/"
                  "main','nats':[{'name':'nat','sourceSubnetworkIpRangesToNat':'ALL_SUBNETWORKS_ALL_IP_RANGES'}]");
        QCOMPARE(made.ask("db", "internet").verdict, Reach::Reachable);
        QVERIFY(made.ask("internet", "db").verdict != Reach::Reachable);
    }

    void withoutARouteToTheInternetNothingGetsThere()
    {
        Project made;
        made.network("closed", "inner", "10.5.0.0/24").machine("alone", "closed", "inner", "10.5.0.5", "34.1.2.9");
        made.rule("out", "'direction':'EGRESS','destinationRanges':['198.51.100.0/24'],'denied':[{'IPProtocol':'all'}]",
            "closed");
        QCOMPARE(made.ask("alone", "internet").verdict, Reach::Reachable);
        QCOMPARE(made.ask("alone", "198.51.100.7").verdict, Reach::Blocked);
    }

    void networksThatAreNotPeeredAreApart()
    {
        Project made;
        made.network("other", "far", "10.9.0.0/24").machine("peer", "other", "far", "10.9.0.5");
        made.rule("r", "'sourceRanges':['10.0.0.0/8'],'allowed':[{'IPProtocol':'tcp'}]", "other");
        QVERIFY(made.ask("db", "peer").verdict == Reach::Blocked);
    }

    void peeredNetworksMeetWithoutTheirTags()
    {
        Project made;
        made.network("other", "far", "10.9.0.0/24").machine("peer", "other", "far", "10.9.0.5");
        for (const auto& [own, far] : {std::pair("main", "other"), std::pair("other", "main")})
            made.asset("compute.googleapis.com/Network", compute + "global/networks/" + own,
                std::string("'name':'") + own + "','peerings':[{'name':'p','state':'ACTIVE','network':'" + links
                    + "global/networks/" + far + "'}]");
        made.rule("allow-web", allowWeb);
        Project byBlock = made, byTag = made;
        byBlock.rule("r", "'sourceRanges':['10.0.0.0/16'],'allowed':[{'IPProtocol':'tcp'}]", "other");
        QCOMPARE(byBlock.ask("db", "peer").verdict, Reach::Reachable);
        byTag.rule("r", "'sourceTags':['db'],'allowed':[{'IPProtocol':'tcp'}]", "other");
        QCOMPARE(byTag.ask("db", "peer").verdict, Reach::Blocked);
    }

    void flowsKnowItToo()
    {
        const Estate estate = Project().rule("allow-web", allowWeb).estate();
        Progress progress;
        const Flows flows = findFlows(estate, Reachability(estate), progress);
        const std::uint32_t web = flows.classOf[index(*estate.find(Project::id("web")))];
        QVERIFY(std::ranges::any_of(flows.flows, [&](const Flow& flow) {
            return flow.from == 0 && flow.to == web && flow.verdict == Reach::Reachable
                && describe(flow.ports) == "tcp/443";
        }));
    }
};

QTEST_APPLESS_MAIN(GcpReachTest)
#include "tst_gcp_reach.moc"
