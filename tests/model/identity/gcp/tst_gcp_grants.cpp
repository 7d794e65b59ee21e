// SPDX-License-Identifier: GPL-3.0-or-later
#include "../../import/gcp_export.h"

#include "identity/gcp/answers.h"
#include "identity/gcp/expression.h"

#include <QtTest>

using namespace glacis;

namespace {

const std::string bucketName = "//storage.googleapis.com/data";

Decision asked(const Estate& estate, std::string_view who, std::string_view permission, std::string_view on)
{
    const auto principal = estate.find(who), resource = estate.find(on);
    return principal && resource ? gcp::decide(estate, *principal, permission, *resource) : Decision{};
}

std::string verdict(
    const Estate& estate, std::string_view who, std::string_view permission, std::string_view on = bucketName)
{
    return std::string(name(asked(estate, who, permission, on).verdict));
}

GcpExport withBucket()
{
    return GcpExport().bucket("data");
}

const StoreAccess* accessOf(
    const Estate& estate, const IdentityAnswers& answers, std::string_view who, AccessLevel level)
{
    for (const StoreAccess& one : answers.access) {
        if (estate.id(one.principal) == who && one.level == level)
            return &one;
    }
    return nullptr;
}

IdentityAnswers answersOf(const Estate& estate)
{
    Progress progress;
    return gcp::answers(estate, progress);
}

std::string denial(const std::string& rule)
{
    return "{'policies':[{'name':'policies/cloudresourcemanager.googleapis.com%2Ffolders%2F22/denypolicies/guard',"
           "'rules':[{'denyRule':"
        + rule + "}]}]}";
}

} // namespace

class GcpGrantsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// "gcloud identity groups memberships list": a group's members have what it has, and nobody else.
    void membersOfAGroupHaveWhatTheGroupHas()
    {
        GcpExport made;
        made.onProject(GcpExport::grant("roles/viewer", "group:devs@acme.test"));
        WrittenFolder folder;
        folder.file("assets.jsonl", made.text())
            .file("memberships/devs@acme.test.json",
                GcpExport::quoted("[{'name':'groups/1/memberships/2','preferredMemberKey':{'id':'ann@acme.test'},"
                                  "'roles':[{'name':'MEMBER'}],'type':'USER'},"
                                  "{'name':'groups/1/memberships/3','preferredMemberKey':{'id':'leads@acme.test'},"
                                  "'type':'GROUP'}]"))
            .file("memberships/leads@acme.test.json",
                GcpExport::quoted("{'memberships':[{'name':'groups/2/memberships/4','preferredMemberKey':"
                                  "{'id':'bob@acme.test'},'type':'USER'}]}"))
            .file("memberships/others@acme.test.json",
                GcpExport::quoted(
                    "[{'name':'groups/3/memberships/5','preferredMemberKey':{'id':'eve@acme.test'},'type':'USER'}]"));
        const Estate estate = folder.estate();
        const auto verdict = [&](std::string_view who) {
            return gcp::decide(
                estate, estate.find(who).value(), "compute.instances.get", estate.find(GcpExport::project).value())
                .verdict;
        };
        QCOMPARE(verdict("user:ann@acme.test"), Verdict::Allowed);
        QCOMPARE(verdict("user:bob@acme.test"), Verdict::Allowed);
        QVERIFY(verdict("user:eve@acme.test") != Verdict::Allowed);
    }

    void bindingsAreInheritedFromOrganisationFolderAndProject()
    {
        const std::string viewer = GcpExport::grant("roles/storage.objectViewer", "user:ann@acme.test");
        for (const GcpExport& one :
            {withBucket().onOrganization(viewer), withBucket().onFolder(viewer), withBucket().onProject(viewer)}) {
            const Estate estate = one.estate();
            QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("allowed"));
            QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.create"), std::string("implicit_deny"));
        }
    }

    void aPolicyOfOneBucketSaysNothingOfAnother()
    {
        const Estate estate = withBucket()
                                  .bucket("other")
                                  .policy("storage.googleapis.com/Bucket", "//storage.googleapis.com/other",
                                      GcpExport::grant("roles/storage.objectViewer", "user:ann@acme.test"))
                                  .estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("implicit_deny"));
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get", "//storage.googleapis.com/other"),
            std::string("allowed"));
    }

    void aDecisionNamesTheBindingAndItsLine()
    {
        const Estate estate =
            withBucket().onProject(GcpExport::grant("roles/storage.objectViewer", "user:ann@acme.test")).estate();
        const Decision decision = asked(estate, "user:ann@acme.test", "storage.objects.get", bucketName);
        QCOMPARE(decision.because.size(), std::size_t{1});
        QCOMPARE(decision.because[0].pointer, std::string("/bindings/0"));
        QCOMPARE(estate.evidence(decision.because[0].evidence).line, 5u);
    }

    void aDenyRuleBeatsEveryGrant()
    {
        WrittenFolder folder;
        folder.file("assets.json",
            withBucket()
                .onProject(GcpExport::grant("roles/storage.admin", "user:ann@acme.test") + ','
                    + GcpExport::grant("roles/storage.admin", "user:bob@acme.test"))
                .text());
        folder.file("deny.json",
            GcpExport::quoted(denial("{'deniedPrincipals':['principalSet://goog/public:all'],'exceptionPrincipals':"
                                     "['principal://goog/subject/"
                                     "bob@acme.test'],'deniedPermissions':['storage.googleapis.com/objects.get']}")));
        const Estate estate = folder.estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("explicit_deny"));
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.create"), std::string("allowed"));
        QCOMPARE(verdict(estate, "user:bob@acme.test", "storage.objects.get"), std::string("allowed"));
    }

    void anOpenDenialConditionLeavesTheGrantConditional()
    {
        WrittenFolder folder;
        folder.file("assets.json",
            withBucket().onProject(GcpExport::grant("roles/storage.admin", "user:ann@acme.test")).text());
        folder.file("deny.json",
            GcpExport::quoted(denial("{'deniedPrincipals':['principal://goog/subject/ann@acme.test'],"
                                     "'deniedPermissions':['storage.googleapis.com/"
                                     "objects.get'],'denialCondition':{'expression':'!resource.matchTag(1, 2)'}}")));
        QCOMPARE(verdict(folder.estate(), "user:ann@acme.test", "storage.objects.get"), std::string("conditional"));
    }

    void aConditionByTimeStaysOpen()
    {
        const Estate estate =
            withBucket()
                .onProject("{'role':'roles/storage.objectViewer','members':['user:ann@acme.test'],"
                           "'condition':{'title':'until may','expression':'request.time < timestamp(2027)'}}")
                .estate();
        const Decision decision = asked(estate, "user:ann@acme.test", "storage.objects.get", bucketName);
        QCOMPARE(decision.verdict, Verdict::Conditional);
        QCOMPARE(decision.open.front(), std::string("until may: request.time < timestamp(2027)"));
    }

    void aConditionByNameDecides_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("expected");
        QTest::newRow("object below the bucket") << "resource.name.startsWith('projects/_/buckets/data/objects/')"
                                                 << "allowed";
        QTest::newRow("other bucket") << "resource.name.startsWith('projects/_/buckets/other/')"
                                      << "implicit_deny";
        QTest::newRow("some objects") << "resource.name.startsWith('projects/_/buckets/data/objects/a')"
                                      << "conditional";
        QTest::newRow("type") << "resource.type == 'storage.googleapis.com/Object'"
                              << "allowed";
        QTest::newRow("other type") << "resource.type != 'storage.googleapis.com/Object'"
                                    << "implicit_deny";
        QTest::newRow("either") << "(resource.service == 'x') || resource.service == 'storage.googleapis.com'"
                                << "allowed";
        QTest::newRow("and time") << "resource.service == 'storage.googleapis.com' && request.time.getHours() > 8"
                                  << "conditional";
    }
    void aConditionByNameDecides()
    {
        QFETCH(QString, expression);
        QFETCH(QString, expected);
        QString escaped = expression;
        escaped.replace(QLatin1Char('\''), QLatin1String("\\'"));
        const Estate estate = withBucket()
                                  .onProject("{'role':'roles/storage.objectViewer','members':['user:ann@acme.test'],"
                                             "'condition':{'expression':'"
                                      + escaped.toStdString() + "'}}")
                                  .estate();
        QCOMPARE(QString::fromStdString(verdict(estate, "user:ann@acme.test", "storage.objects.get")), expected);
    }

    void aBrokenExpressionIsOpen()
    {
        const gcp::ConditionResource bucket{
            {"projects/_/buckets/data"}, "storage.googleapis.com/Bucket", "storage.googleapis.com", false};
        for (const char* text : {"resource.name == \"x", "(((", "resource.type == ", ""})
            QCOMPARE(gcp::conditionHolds(text, bucket), gcp::Truth::Open);
        QCOMPARE(gcp::conditionHolds(std::string(100000, '!') + "true", bucket), gcp::Truth::Open);
    }

    void anUnknownRoleIsUnknown()
    {
        const Estate estate =
            withBucket().onProject(GcpExport::grant("roles/nobody.knows", "user:ann@acme.test")).estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("unknown"));
        QCOMPARE(verdict(estate, "internet", "storage.objects.get"), std::string("implicit_deny"));
    }

    void aGroupWhoseMembersWereNotExportedLeavesItUnknown()
    {
        const Estate estate = withBucket()
                                  .onProject(GcpExport::grant("roles/storage.objectViewer", "group:readers@acme.test")
                                      + ',' + GcpExport::grant("roles/browser", "user:ann@acme.test"))
                                  .estate();
        QCOMPARE(verdict(estate, "group:readers@acme.test", "storage.objects.get"), std::string("allowed"));
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("unknown"));
    }

    void aDomainMeansItsUsers()
    {
        const Estate estate = withBucket()
                                  .onProject(GcpExport::grant("roles/storage.objectViewer", "domain:acme.test") + ','
                                      + GcpExport::grant("roles/browser", "user:ann@acme.test") + ','
                                      + GcpExport::grant("roles/browser", "user:eve@evil.test"))
                                  .estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("allowed"));
        QCOMPARE(verdict(estate, "user:eve@evil.test", "storage.objects.get"), std::string("implicit_deny"));
    }

    void aDeletedMemberHoldsNothing()
    {
        const Estate estate =
            withBucket()
                .onProject(GcpExport::grant("roles/storage.objectViewer", "deleted:user:ann@acme.test?uid=1") + ','
                    + GcpExport::grant("roles/browser", "user:ann@acme.test"))
                .estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("implicit_deny"));
    }

    void basicRolesReachObjectsOnlyThroughTheBucketsOwnBindings()
    {
        const std::string editor = GcpExport::grant("roles/editor", "user:ann@acme.test");
        QCOMPARE(verdict(withBucket().onProject(editor).estate(), "user:ann@acme.test", "storage.objects.get"),
            std::string("implicit_deny"));
        const Estate estate = withBucket()
                                  .onProject(editor)
                                  .policy("storage.googleapis.com/Bucket", bucketName,
                                      GcpExport::grant("roles/storage.legacyObjectReader", "projectEditor:acme"))
                                  .estate();
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("allowed"));
    }

    void aRoleThatAsksForItsOwnHoldersEnds()
    {
        const Estate estate = withBucket().onProject(GcpExport::grant("roles/owner", "projectOwner:acme")).estate();
        QCOMPARE(answersOf(estate).administrators.size(), std::size_t{0});
    }

    void allUsersIsTheInternetUnlessPublicAccessIsPrevented()
    {
        const std::string open = GcpExport::grant("roles/storage.objectViewer", "allUsers");
        const Estate estate = withBucket().policy("storage.googleapis.com/Bucket", bucketName, open).estate();
        const IdentityAnswers answers = answersOf(estate);
        const StoreAccess* read = accessOf(estate, answers, "internet", AccessLevel::Read);
        QVERIFY(read && read->decision.verdict == Verdict::Allowed);
        const Estate closed = GcpExport()
                                  .bucket("data", "'iamConfiguration':{'publicAccessPrevention':'enforced'}")
                                  .policy("storage.googleapis.com/Bucket", bucketName, open)
                                  .estate();
        QVERIFY(!accessOf(closed, answersOf(closed), "internet", AccessLevel::Read));
    }

    void anyGoogleAccountIsConditionalForTheInternetAndGrantedToTheKnown()
    {
        const Estate estate = withBucket()
                                  .policy("storage.googleapis.com/Bucket", bucketName,
                                      GcpExport::grant("roles/storage.objectViewer", "allAuthenticatedUsers"))
                                  .onProject(GcpExport::grant("roles/browser", "user:ann@acme.test"))
                                  .estate();
        const IdentityAnswers answers = answersOf(estate);
        QCOMPARE(accessOf(estate, answers, "internet", AccessLevel::Read)->decision.verdict, Verdict::Conditional);
        QCOMPARE(verdict(estate, "user:ann@acme.test", "storage.objects.get"), std::string("allowed"));
    }

    void listsOfABucketCountUnlessAccessIsUniform()
    {
        const std::string list = "'acl':[{'entity':'allUsers','role':'WRITER'}]";
        const Estate open = GcpExport().bucket("data", list).estate();
        QVERIFY(accessOf(open, answersOf(open), "internet", AccessLevel::Write));
        const Estate uniform =
            GcpExport()
                .bucket("data", list + ",'iamConfiguration':{'uniformBucketLevelAccess':{'enabled':true}}")
                .estate();
        QVERIFY(!accessOf(uniform, answersOf(uniform), "internet", AccessLevel::Write));
    }

    void anOwnerOfTheProjectIsItsAdministrator()
    {
        const Estate estate = withBucket().onFolder(GcpExport::grant("roles/owner", "user:ann@acme.test")).estate();
        const IdentityAnswers answers = answersOf(estate);
        QCOMPARE(answers.administrators.size(), std::size_t{1});
        QCOMPARE(std::string(estate.id(answers.administrators[0].first)), std::string("user:ann@acme.test"));
    }
};

QTEST_APPLESS_MAIN(GcpGrantsTest)
#include "tst_gcp_grants.moc"
