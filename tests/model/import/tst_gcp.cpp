// SPDX-License-Identifier: GPL-3.0-or-later
#include "gcp_export.h"

#include <QtTest>

using namespace glacis;

namespace {

const std::string machine = "//compute.googleapis.com/projects/acme/zones/europe-west1-b/instances/web";
const std::string network = "//compute.googleapis.com/projects/acme/global/networks/main";
const std::string subnet = "//compute.googleapis.com/projects/acme/regions/europe-west1/subnetworks/front";
const std::string links = "https://www.googleapis.com/compute/v1/projects/acme/";

std::string interfaceIn(const std::string& more)
{
    return "'networkInterfaces':[{'name':'nic0','network':'" + links + "global/networks/main','subnetwork':'" + links
        + "regions/europe-west1/subnetworks/front'" + more + "}]";
}

GcpExport withNetwork()
{
    GcpExport made;
    made.asset("compute.googleapis.com/Network", network, "'name':'main'");
    made.asset("compute.googleapis.com/Subnetwork", subnet,
        "'name':'front','ipCidrRange':'10.0.1.0/24','network':'" + links + "global/networks/main'");
    return made;
}

std::size_t leftOut(const Imported& imported, std::string_view what)
{
    std::size_t count = 0;
    for (const LedgerRow& row : imported.ledger.rows) {
        for (const LeftOut& one : row.leftOut)
            count += one.what == what ? one.count : 0;
    }
    return count;
}

std::string parentOf(const Estate& estate, std::string_view id)
{
    const auto node = estate.find(id);
    return node && estate.node(*node).parent != noNode ? std::string(estate.id(estate.node(*node).parent))
                                                       : std::string();
}

} // namespace

class GcpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void organisationFolderAndProjectContainEachOther()
    {
        const Estate estate = GcpExport().estate();
        QCOMPARE(parentOf(estate, GcpExport::project), std::string(GcpExport::folder));
        QCOMPARE(parentOf(estate, GcpExport::folder), std::string(GcpExport::organization));
        QCOMPARE(std::string(estate.id(*estate.find("acme"))), std::string(GcpExport::project));
    }

    void aMachineLiesInItsSubnetOfTheNetworkOfItsProject()
    {
        const Estate estate =
            withNetwork()
                .asset("compute.googleapis.com/Instance", machine,
                    "'name':'web'," + interfaceIn(",'networkIP':'10.0.1.5','accessConfigs':[{'natIP':'34.1.2.3'}]"))
                .estate();
        QCOMPARE(parentOf(estate, machine), subnet);
        QCOMPARE(parentOf(estate, subnet), network);
        QCOMPARE(std::string(estate.id(estate.node(*estate.find(machine)).account)), std::string(GcpExport::project));
        const auto addresses = estate.addresses(*estate.find(machine + "/networkInterfaces/nic0"));
        QCOMPARE(addresses.size(), std::size_t{1});
        QCOMPARE(toString(addresses[0].inside), std::string("10.0.1.5"));
        QCOMPARE(toString(addresses[0].outside), std::string("34.1.2.3"));
    }

    void olderExportsSpellListsInTheSingularAndKeysSmall()
    {
        WrittenFolder folder;
        const Estate estate =
            folder
                .file("a.json",
                    GcpExport::quoted("[{'asset_type':'compute.googleapis.com/Instance','name':'" + machine
                        + "','resource':{'parent':'//cloudresourcemanager.googleapis.com/projects/"
                          "11','data':{'name':'web','networkInterface':[{'network':'"
                        + links
                        + "global/networks/main','ipAddress':'10.0.1.6','accessConfig':[{'externalIp':'34.1.2.4'}]}],"
                          "'serviceAccount':[{'email':'a@acme.iam.gserviceaccount.com','scope':['x/"
                          "cloud-platform']}]}}}]"))
                .estate();
        const auto addresses = estate.addresses(*estate.find(machine + "/networkInterfaces/nic0"));
        QCOMPARE(toString(addresses[0].outside), std::string("34.1.2.4"));
        QCOMPARE(estate.targets(*estate.find(machine), EdgeKind::RunsAs).size(), std::size_t{1});
        QCOMPARE(std::string(estate.word(*estate.find(machine), "scopes")), std::string("cloud-platform"));
    }

    void linesRemarksAndBrokenLinesAreToldApart()
    {
        WrittenFolder folder;
        const Imported imported =
            folder
                .file("a.ndjson",
                    "# kept by hand\n" + GcpExport().text() + "{\"asset_type\": \n" + GcpExport().bucket("b").text())
                .imported();
        QCOMPARE(imported.ledger.rows[0].problems.size(), std::size_t{1});
        QCOMPARE(imported.ledger.rows[0].problems[0].place.line, 5);
        QVERIFY(std::ranges::any_of(
            imported.inventory.things, [](const ThingRow& row) { return row.kind == Kind::ObjectStore; }));
    }

    void listingsOfGcloudAreKnownByTheirNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* what, const char* text, const char* id, const char* kind) {
            QTest::newRow(what) << QString::fromStdString(GcpExport::quoted(text)) << QString::fromLatin1(id)
                                << QString::fromLatin1(kind);
        };
        row("projects",
            "[{'projectId':'acme','projectNumber':'11','name':'acme','lifecycleState':'ACTIVE','parent':{'type':'"
            "folder','id':'22'}}]",
            "acme", "account");
        row("accounts",
            "[{'email':'a@acme.iam.gserviceaccount.com','name':'projects/acme/serviceAccounts/"
            "a@acme.iam.gserviceaccount.com','uniqueId':'1'}]",
            "a@acme.iam.gserviceaccount.com", "service_account");
        row("buckets", "[{'name':'data','storage_url':'gs://data/','uniform_bucket_level_access':true}]",
            "//storage.googleapis.com/data", "object_store");
        row("secrets", "[{'name':'projects/11/secrets/db','replication':{'automatic':{}}}]",
            "//secretmanager.googleapis.com/projects/11/secrets/db", "secret");
        row("machines",
            "[{'kind':'compute#instance','name':'web','selfLink':'https://www.googleapis.com/compute/v1/projects/acme/"
            "zones/z-1-b/instances/web'}]",
            "//compute.googleapis.com/projects/acme/zones/z-1-b/instances/web", "vm");
        row("datasets",
            "[{'kind':'bigquery#dataset','id':'acme:d','datasetReference':{'projectId':'acme','datasetId':'d'}}]",
            "//bigquery.googleapis.com/projects/acme/datasets/d", "warehouse");
        row("role", "{'name':'projects/acme/roles/r','title':'R','includedPermissions':['a.b.get']}",
            "projects/acme/roles/r", "role_definition");
        row("functions", "{'functions':[{'name':'projects/acme/locations/europe-west1/functions/f','entryPoint':'x'}]}",
            "//cloudfunctions.googleapis.com/projects/acme/locations/europe-west1/functions/f", "function");
    }
    void listingsOfGcloudAreKnownByTheirNames()
    {
        QFETCH(QString, text);
        QFETCH(QString, id);
        QFETCH(QString, kind);
        WrittenFolder folder;
        const Estate estate = folder.file("x.json", text.toStdString()).estate();
        const auto node = estate.find(id.toStdString());
        QVERIFY(node.has_value());
        QCOMPARE(QString::fromUtf8(info(estate.kind(*node)).name.data()), kind);
    }

    void aPolicyByItselfIsOfWhomItsFileIsNamedAfter()
    {
        WrittenFolder folder;
        const std::string text =
            GcpExport::quoted("{'bindings':[{'role':'roles/viewer','members':['user:ann@acme.test']}],'etag':'x'}");
        folder.file("assets.json", GcpExport().text()).file("projects/acme.json", text).file("folders/22.json", text);
        const Estate estate = folder.estate();
        QCOMPARE(estate.policies(*estate.find(GcpExport::project)).size(), std::size_t{1});
        QCOMPARE(estate.policies(*estate.find(GcpExport::folder)).size(), std::size_t{1});
    }

    void aPolicyOfNobodyIsLeftOutWithTheReason()
    {
        WrittenFolder folder;
        const Imported imported =
            folder.file("x.json", GcpExport::quoted("{'bindings':[{'role':'roles/viewer','members':['user:a@b.c']}]}"))
                .imported();
        QCOMPARE(leftOut(imported, "the policy"), std::size_t{1});
    }

    void secretsStayOut()
    {
        WrittenFolder folder;
        const Imported imported =
            folder
                .file("a.json",
                    withNetwork()
                        .asset("compute.googleapis.com/Instance", machine,
                            "'name':'web','metadata':{'items':[{'key':'startup-script','value':'PASSWORD=hunter2-"
                            "hunter2'},{'key':'enable-oslogin','value':'TRUE'}]}")
                        .asset("cloudfunctions.googleapis.com/CloudFunction",
                            "//cloudfunctions.googleapis.com/projects/acme/locations/l/functions/f",
                            "'environmentVariables':{'DB':'hunter2-hunter2'}")
                        .text())
                .imported();
        QCOMPARE(leftOut(imported, "metadata of machines"), std::size_t{1});
        QCOMPARE(leftOut(imported, "environment variables"), std::size_t{1});
        for (std::uint32_t i = 0; i < imported.inventory.strings.size(); ++i)
            QVERIFY(imported.inventory.strings[StringId{i}].find("hunter2") == std::string_view::npos);
    }

    void aFirewallRuleGuardsItsNetworkAndNamesTagsAsGroups()
    {
        const Estate estate =
            withNetwork()
                .asset("compute.googleapis.com/Instance", machine, "'tags':{'items':['web']}," + interfaceIn(""))
                .asset("compute.googleapis.com/Firewall",
                    "//compute.googleapis.com/projects/acme/global/firewalls/allow-web",
                    "'name':'allow-web','network':'" + links
                        + "global/networks/main','priority':900,'sourceRanges':['0.0.0.0/0','10.0.0.0/8'],"
                          "'targetTags':['web'],'allowed':[{'IPProtocol':'tcp','ports':['80','443-444']},{'IPProtocol':"
                          "'icmp'}]")
                .estate();
        const auto rule = estate.find("//compute.googleapis.com/projects/acme/global/firewalls/allow-web");
        QCOMPARE(estate.targets(*estate.find(network), EdgeKind::GuardedBy), std::vector<NodeId>{*rule});
        QCOMPARE(estate.firewall(*rule).size(), std::size_t{6});
        const auto group = estate.find(network + "/tags/web");
        for (const auto& row : estate.firewall(*rule)) {
            QVERIFY(row.byNearPeer);
            QCOMPARE(row.nearPeer, *group);
            QCOMPARE(row.priority, 900);
        }
        QCOMPARE(estate.targets(*estate.find(machine + "/networkInterfaces/nic0"), EdgeKind::MemberOf),
            std::vector<NodeId>{*group});
    }

    void aPolicysRulesKeepOrderEffectAndAssociation()
    {
        const Estate estate = GcpExport()
                                  .asset("compute.googleapis.com/FirewallPolicy",
                                      "//compute.googleapis.com/locations/global/firewallPolicies/7",
                                      "'shortName':'guard','associations':[{'attachmentTarget':'folders/22'}],'rules':["
                                      "{'priority':100,'direction':'INGRESS','action':'goto_next','match':{'"
                                      "srcIpRanges':['10.0.0.0/8'],'layer4Configs':[{'ipProtocol':'tcp'}]}},"
                                      "{'priority':200,'direction':'INGRESS','action':'deny','match':{'srcRegionCodes':"
                                      "['XX'],'layer4Configs':[{'ipProtocol':'all'}]}},"
                                      "{'priority':300,'disabled':true,'action':'deny'}]",
                                      "['organizations/33']")
                                  .estate();
        const auto policy = estate.find("//compute.googleapis.com/locations/global/firewallPolicies/7");
        QCOMPARE(estate.targets(*estate.find(GcpExport::folder), EdgeKind::GuardedBy), std::vector<NodeId>{*policy});
        const auto rows = estate.firewall(*policy);
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(rows[0].effect, RuleEffect::Pass);
        QCOMPARE(rows[1].effect, RuleEffect::Deny);
        QVERIFY(rows[1].byPeer && estate.node(rows[1].peer).outside);
    }

    void routesOfAPeerAndTheBestOfEqualOnesStandInTheNetworksTable()
    {
        const std::string other = "//compute.googleapis.com/projects/acme/global/networks/other";
        GcpExport made = withNetwork();
        made.asset("compute.googleapis.com/Network", other, "'name':'other'");
        made.asset("compute.googleapis.com/Subnetwork",
            "//compute.googleapis.com/projects/acme/regions/europe-west1/subnetworks/far",
            "'ipCidrRange':'10.9.0.0/24','network':'" + links + "global/networks/other'");
        made.asset("compute.googleapis.com/Network", network,
            "'peerings':[{'name':'p','state':'ACTIVE','network':'" + links + "global/networks/other'}]");
        const auto route = [&](const std::string& name, int priority, const std::string& hop) {
            made.asset("compute.googleapis.com/Route", "//compute.googleapis.com/projects/acme/global/routes/" + name,
                "'network':'" + links + "global/networks/main','destRange':'0.0.0.0/0','priority':"
                    + std::to_string(priority) + "," + hop);
        };
        route("default", 1000, "'nextHopGateway':'" + links + "global/gateways/default-internet-gateway'");
        route("appliance", 2000, "'nextHopIp':'10.0.1.9'");
        const Estate estate = made.estate();
        const auto table = estate.targets(*estate.find(network), EdgeKind::RoutedBy);
        QCOMPARE(table.size(), std::size_t{1});
        int local = 0, peered = 0, internet = 0;
        for (const auto& row : estate.routes(table[0])) {
            local += row.local ? 1 : 0;
            peered += row.target != noNode && estate.kind(row.target) == Kind::NetworkPeering ? 1 : 0;
            internet += row.target != noNode && estate.kind(row.target) == Kind::InternetGateway ? 1 : 0;
            QVERIFY(row.via == StringId::Empty);
        }
        QCOMPARE(local, 1);
        QCOMPARE(peered, 1);
        QCOMPARE(internet, 1);
    }

    void whatLacksANameOrGoesTooDeepDoesNotStopTheRest()
    {
        WrittenFolder folder;
        const Imported imported =
            folder
                .file("a.ndjson",
                    "{\"asset_type\":\"storage.googleapis.com/Bucket\"}\n" + GcpExport().bucket("b").text()
                        + "{\"asset_type\":\"a.googleapis.com/B\",\"name\":" + std::string(5000, '[') + "}\n")
                .imported();
        QCOMPARE(leftOut(imported, "an asset"), std::size_t{1});
        QCOMPARE(imported.ledger.rows[0].problems.size(), std::size_t{1});
        QVERIFY(imported.ledger.rows[0].facts > 0);
    }

    void aProjectUnderAnotherName()
    {
        const Imported imported =
            WrittenFolder()
                .file("a.json",
                    R"({"asset_type":"cloudresourcemanager.googleapis.com/Project","name":"//else/projects/7","resource":)"
                    R"({"data":{"projectId":"p","projectNumber":"7"}}})")
                .imported();
        QCOMPARE(imported.ledger.rows.size(), std::size_t{1});
        QVERIFY(imported.ledger.rows[0].problems.empty());
    }

    void everySampleIsReadOrRefusedWithAReason()
    {
        const std::filesystem::path samples(GLACIS_SOURCE_DIR "/../shared/data/samples/gcp");
        if (!std::filesystem::exists(samples))
            QSKIP("the shared samples are not here");
        Progress progress;
        const Imported imported = import({&samples, 1}, readers(), progress);
        for (const LedgerRow& row : imported.ledger.rows) {
            if (row.file.ends_with(".tsv"))
                continue;
            QVERIFY2(row.format == "Google Cloud" && row.facts > 0, row.file.c_str());
            QVERIFY2(row.problems.empty(), row.file.c_str());
            for (const LeftOut& one : row.leftOut)
                QVERIFY2(one.why != "nothing tells what it is", (row.file + ": " + one.what).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(GcpTest)
#include "tst_gcp.moc"
