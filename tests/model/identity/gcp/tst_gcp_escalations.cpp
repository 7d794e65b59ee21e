// SPDX-License-Identifier: GPL-3.0-or-later
#include "../../import/gcp_export.h"

#include "identity/gcp/answers.h"
#include "identity/technique.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace glacis;

namespace {

const std::string attacker = "user:ann@acme.test";
const std::string target = "serviceAccount:target@acme.iam.gserviceaccount.com";

/// Everything that a way may lead to, without any right of the attacker.
GcpExport stage()
{
    GcpExport made;
    made.account("target").account("delegate");
    made.asset("cloudfunctions.googleapis.com/CloudFunction",
        "//cloudfunctions.googleapis.com/projects/acme/locations/europe-west1/functions/f",
        "'name':'projects/acme/locations/europe-west1/functions/"
        "f','serviceAccountEmail':'target@acme.iam.gserviceaccount.com'");
    made.line("{'name':'//cloudresourcemanager.googleapis.com/projects/"
              "11','assetType':'cloudresourcemanager.googleapis.com/Project',"
              "'orgPolicy':[{'constraint':'constraints/"
              "iam.disableServiceAccountKeyCreation','booleanPolicy':{'enforced':true}}]}");
    made.policy("iam.googleapis.com/ServiceAccount",
        "//iam.googleapis.com/projects/acme/serviceAccounts/target@acme.iam.gserviceaccount.com",
        GcpExport::grant(
            "roles/iam.serviceAccountTokenCreator", "serviceAccount:delegate@acme.iam.gserviceaccount.com"));
    made.onProject(GcpExport::grant("roles/browser", "serviceAccount:11@cloudservices.gserviceaccount.com") + ','
        + GcpExport::grant("roles/browser", "serviceAccount:11@cloudbuild.gserviceaccount.com"));
    return made;
}

std::vector<std::string> rightsOf(const Technique& technique)
{
    std::vector<std::string> rights;
    for (const Need& need : technique.needs) {
        // The delegate holds its own right already.
        if (!need.right.empty() && !(technique.gives == "delegated_account" && need.on == "target"))
            rights.push_back(need.right);
    }
    return rights;
}

/// The attacker holds a custom role of the organisation, on the container that the technique asks about or the project.
Estate withRights(const Technique& technique, const std::vector<std::string>& rights)
{
    GcpExport made = stage();
    std::string kind;
    for (const Need& need : technique.needs)
        kind = need.fact == "kind" ? need.is : kind;
    const std::string binding = GcpExport::grant("organizations/33/roles/r", attacker);
    made.asset("iam.googleapis.com/Role", "//iam.googleapis.com/organizations/33/roles/r", "", "['organizations/33']");
    std::string list;
    for (const std::string& one : rights)
        list += (list.empty() ? "'" : ",'") + one + "'";
    made.asset("iam.googleapis.com/Role", "//iam.googleapis.com/organizations/33/roles/r",
        "'name':'organizations/33/roles/r','includedPermissions':[" + list + "]", "['organizations/33']");
    const bool whole = kind == "organization" || technique.gives == "own_role";
    return (whole                ? made.onOrganization(binding)
            : kind == "org_unit" ? made.onFolder(binding)
                                 : made.onProject(binding))
        .estate();
}

bool finds(const Estate& estate, const std::string& id)
{
    Progress progress;
    const auto who = estate.find(attacker);
    for (const Escalation& one : gcp::answers(estate, progress).escalations) {
        if (techniques()[one.technique].id == id && who && one.from == *who && one.decision.possible())
            return true;
    }
    return false;
}

std::vector<Escalation> waysOf(const Estate& estate, std::string_view from)
{
    Progress progress;
    std::vector<Escalation> found = gcp::answers(estate, progress).escalations;
    const auto who = estate.find(from);
    std::erase_if(found, [&](const Escalation& one) { return !who || one.from != *who; });
    return found;
}

} // namespace

class GcpEscalationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWayIsFoundAndNoneWithARightMissing_data()
    {
        QTest::addColumn<int>("position");
        for (std::size_t i = 0; i < techniques().size(); ++i) {
            if (techniques()[i].provider == Provider::Gcp && !rightsOf(techniques()[i]).empty())
                QTest::newRow(techniques()[i].id.c_str()) << static_cast<int>(i);
        }
    }
    void everyWayIsFoundAndNoneWithARightMissing()
    {
        QFETCH(int, position);
        const Technique& technique = techniques()[static_cast<std::size_t>(position)];
        const std::vector<std::string> rights = rightsOf(technique);
        QVERIFY(finds(withRights(technique, rights), technique.id));
        for (std::size_t i = 0; i < rights.size(); ++i) {
            std::vector<std::string> fewer = rights;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            fewer.emplace_back("resourcemanager.projects.get");
            QVERIFY2(!finds(withRights(technique, fewer), technique.id), rights[i].c_str());
        }
    }

    /// With the tests below, every row of the catalogue has its way and its near miss.
    void whatNeedsNoRightIsTriedOneByOne()
    {
        std::set<std::string> ids;
        for (const Technique& one : techniques()) {
            if (one.provider == Provider::Gcp && rightsOf(one).empty())
                ids.insert(one.id);
        }
        QCOMPARE(ids, (std::set<std::string>{"gcp-container-holds", "gcp-owns-project", "gcp-runs-as"}));
    }

    void whatRunsAsAnAccountIsAWayToItAndNothingElse()
    {
        const Estate estate = stage().estate();
        const auto ways =
            waysOf(estate, "//cloudfunctions.googleapis.com/projects/acme/locations/europe-west1/functions/f");
        QCOMPARE(ways.size(), std::size_t{1});
        QCOMPARE(techniques()[ways[0].technique].id, std::string("gcp-runs-as"));
        QCOMPARE(std::string(estate.name(ways[0].to)), std::string("target@acme.iam.gserviceaccount.com"));
        // A machine may have no account at all.
        const std::string machine = "//compute.googleapis.com/projects/acme/zones/europe-west1-b/instances/m";
        const Estate without =
            stage().asset("compute.googleapis.com/Instance", machine, "'name':'m','serviceAccounts':[]").estate();
        QVERIFY(without.find(machine));
        QVERIFY(waysOf(without, machine).empty());
    }

    void whoOwnsAProjectHasItAndWhoEditsItHasNot()
    {
        QVERIFY(finds(stage().onProject(GcpExport::grant("roles/owner", attacker)).estate(), "gcp-owns-project"));
        QVERIFY(!finds(stage().onProject(GcpExport::grant("roles/viewer", attacker)).estate(), "gcp-owns-project"));
    }

    void aFolderHoldsItsProjectsAndNotTheOtherWayRound()
    {
        const Estate estate = stage().estate();
        const auto holds = [&](std::string_view outer, std::string_view inner) {
            const auto held = waysOf(estate, outer);
            return std::ranges::any_of(held, [&](const Escalation& one) {
                return techniques()[one.technique].id == "gcp-container-holds" && one.to == estate.find(inner);
            });
        };
        QVERIFY(holds(GcpExport::organization, GcpExport::folder));
        QVERIFY(holds(GcpExport::folder, GcpExport::project));
        QVERIFY(!holds(GcpExport::project, GcpExport::folder));
        QVERIFY2(!holds(GcpExport::organization, GcpExport::project), "the folder lies between");
    }

    void thereAreTwentyThreeWaysByRights()
    {
        const auto byRights = std::ranges::count_if(
            techniques(), [](const Technique& one) { return one.provider == Provider::Gcp && !rightsOf(one).empty(); });
        QCOMPARE(byRights, 23);
    }

    void aRightOnOneAccountDoesNotReachAnother()
    {
        const Estate estate =
            stage()
                .policy("iam.googleapis.com/ServiceAccount",
                    "//iam.googleapis.com/projects/acme/serviceAccounts/delegate@acme.iam.gserviceaccount.com",
                    GcpExport::grant("roles/iam.serviceAccountKeyAdmin", attacker))
                .estate();
        const auto ways = waysOf(estate, attacker);
        QCOMPARE(ways.size(), std::size_t{1});
        QCOMPARE(std::string(estate.name(ways[0].to)), std::string("delegate@acme.iam.gserviceaccount.com"));
    }

    void ofRightsInTwoProjectsNoWayIsMade()
    {
        GcpExport made = stage();
        made.asset("cloudresourcemanager.googleapis.com/Project", "//cloudresourcemanager.googleapis.com/projects/12",
            "'projectId':'lab','projectNumber':'12'", "['projects/12','folders/22','organizations/33']");
        made.policy("cloudresourcemanager.googleapis.com/Project", "//cloudresourcemanager.googleapis.com/projects/12",
            GcpExport::grant("roles/run.admin", attacker));
        made.onProject(GcpExport::grant("roles/iam.serviceAccountUser", attacker));
        QVERIFY(!finds(made.estate(), "gcp-run-call"));
    }

    void aDisabledAccountIsNobodysGoal()
    {
        GcpExport made;
        made.asset("iam.googleapis.com/ServiceAccount", "//iam.googleapis.com/projects/acme/serviceAccounts/1",
            "'email':'old@acme.iam.gserviceaccount.com','disabled':true");
        QVERIFY(
            waysOf(made.onProject(GcpExport::grant("roles/iam.serviceAccountKeyAdmin", attacker)).estate(), attacker)
                .empty());
    }

    void whoOwnsTheProjectGainsNothingInIt()
    {
        const auto ways = waysOf(stage().onProject(GcpExport::grant("roles/owner", attacker)).estate(), attacker);
        QCOMPARE(ways.size(), std::size_t{1});
        QCOMPARE(techniques()[ways[0].technique].id, std::string("gcp-owns-project"));
    }

    void aClustersAccountMayUseWorkloadIdentity()
    {
        GcpExport made = stage();
        made.policy("iam.googleapis.com/ServiceAccount",
            "//iam.googleapis.com/projects/acme/serviceAccounts/target@acme.iam.gserviceaccount.com",
            GcpExport::grant("roles/iam.workloadIdentityUser", "serviceAccount:acme.svc.id.goog[shop/web]"));
        const Estate estate = made.estate();
        const auto ways = waysOf(estate, "shop/ServiceAccount/web");
        QCOMPARE(ways.size(), std::size_t{1});
        QCOMPARE(techniques()[ways[0].technique].id, std::string("gcp-access-token"));
    }

    void aMachineWithNarrowScopesHasItsAccountConditionally()
    {
        const auto machine = [](const std::string& scope) {
            return GcpExport()
                .asset("compute.googleapis.com/Instance",
                    "//compute.googleapis.com/projects/acme/zones/europe-west1-b/instances/m",
                    "'name':'m','serviceAccounts':[{'email':'default','scopes':['https://www.googleapis.com/auth/"
                        + scope + "']}]")
                .estate();
        };
        const std::string id = "//compute.googleapis.com/projects/acme/zones/europe-west1-b/instances/m";
        for (const auto& [scope, expected] :
            {std::pair("cloud-platform", Verdict::Allowed), {"devstorage.read_only", Verdict::Conditional}}) {
            const Estate estate = machine(scope);
            const auto ways = waysOf(estate, id);
            QCOMPARE(ways.size(), std::size_t{1});
            QCOMPARE(ways[0].decision.verdict, expected);
            QCOMPARE(std::string(estate.id(ways[0].to)),
                std::string("serviceAccount:11-compute@developer.gserviceaccount.com"));
        }
    }
};

QTEST_APPLESS_MAIN(GcpEscalationsTest)
#include "tst_gcp_escalations.moc"
