// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/told_finding.h"
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

namespace {

const std::string bucket = R"({"Buckets":[{"Name":"logs"}]})";
const std::string group = R"({"SecurityGroups":[{"GroupId":"sg-1","GroupName":"web","OwnerId":"111122223333"}]})";
const std::string user =
    R"({"Users":[{"UserName":"ann","Path":"/staff/","Arn":"arn:aws:iam::111122223333:user/staff/ann"}]})";

/// The only finding of a thing.
ToldFinding findingOf(const Estate& estate, std::string_view thing)
{
    const auto node = estate.find(thing);
    const auto told = node ? toldFindings(estate, *node) : std::vector<ToldFinding>();
    return told.size() == 1 ? told.front() : ToldFinding();
}

std::string ocsf(std::string_view code, std::string_view thing, std::string_view status = "New")
{
    return R"({"message":"m","metadata":{"event_code":"s3_public","product":{"name":"Prowler"}},"severity":"High",)"
           R"("status":")"
        + std::string(status) + R"(","status_code":")" + std::string(code)
        + R"(","status_detail":"Bucket is public.","finding_info":{"uid":"f-1","title":"Public bucket"},)"
          R"("class_uid":2004,"cloud":{"account":{"uid":"111122223333"},"region":"eu-west-1"},"resources":[{"uid":")"
        + std::string(thing) + R"(","name":"n"}]})";
}

std::string asff(std::string_view more, std::string_view thing)
{
    return R"({"Findings":[{"SchemaVersion":"2018-10-08","Id":"f-2","ProductArn":)"
           R"("arn:aws:securityhub:eu-west-1::product/aws/securityhub","GeneratorId":"security-control/S3.1",)"
           R"("AwsAccountId":"111122223333","Region":"eu-west-1","Title":"t","Description":"d",)"
           R"("Severity":{"Label":"HIGH","Normalized":70},)"
        + std::string(more) + R"("Resources":[{"Type":"AwsEc2SecurityGroup","Id":")" + std::string(thing) + R"("}]}]})";
}

} // namespace

class FindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatProwlerSaysIsLaidOverTheThingInItsWords()
    {
        WrittenFolder folder;
        folder.file("buckets.json", bucket).file("prowler.ocsf.json", '[' + ocsf("FAIL", "arn:aws:s3:::logs") + ']');
        const Estate estate = folder.estate();
        const ToldFinding found = findingOf(estate, "arn:aws:s3:::logs");
        QCOMPARE(found.state, ToldState::Open);
        QCOMPARE(found.tool, std::string("Prowler"));
        QCOMPARE(found.id, std::string("f-1"));
        QCOMPARE(found.rule, std::string("s3_public"));
        QCOMPARE(found.severity, std::string("High"));
        QCOMPARE(found.status, std::string("FAIL, New"));
        QCOMPARE(found.title, std::string("Public bucket"));
        QCOMPARE(found.words, std::string("Bucket is public."));
        QCOMPARE(estate.text(estate.evidence(found.evidence).pointer), std::string_view("/0"));
        QVERIFY(!estate.node(found.of).outside);
    }

    void aThingThatNothingDescribesIsOnlyMentioned()
    {
        WrittenFolder folder;
        folder.file("p.json", '[' + ocsf("FAIL", "arn:aws:s3:::elsewhere") + ']');
        const Estate estate = folder.estate();
        QVERIFY(estate.node(findingOf(estate, "arn:aws:s3:::elsewhere").of).outside);
    }

    void whatIsMutedOrPassedOrManualIsNotOpen()
    {
        WrittenFolder folder;
        folder.file("p.json",
            '[' + ocsf("FAIL", "arn:aws:s3:::a", "Suppressed") + ',' + ocsf("PASS", "arn:aws:s3:::b") + ','
                + ocsf("MANUAL", "arn:aws:s3:::c") + ']');
        const Estate estate = folder.estate();
        QCOMPARE(findingOf(estate, "arn:aws:s3:::a").state, ToldState::Closed);
        QCOMPARE(findingOf(estate, "arn:aws:s3:::b").state, ToldState::Passed);
        QCOMPARE(findingOf(estate, "arn:aws:s3:::c").state, ToldState::Undecided);
    }

    void linesOfFindingsAreReadOneByOneAndTellTheirLine()
    {
        WrittenFolder folder;
        folder.file("p.json", ocsf("FAIL", "arn:aws:s3:::a") + "\n{\"broken\n" + ocsf("FAIL", "arn:aws:s3:::b") + '\n');
        const Imported imported = folder.imported();
        QCOMPARE(rowOf(imported.ledger, "p.json")->problems.size(), std::size_t{1});
        QCOMPARE(imported.inventory.facts.properties.size(), std::size_t{2});
        QCOMPARE(imported.inventory.evidence[index(imported.inventory.facts.properties[1].evidence)].line, 3U);
    }

    void aFindingOfNoThingIsThatOfItsAccount()
    {
        WrittenFolder folder;
        folder.file("p.json", '[' + ocsf("FAIL", "arn:aws:iam::111122223333:root") + ']');
        const Estate estate = folder.estate();
        QCOMPARE(estate.kind(findingOf(estate, "111122223333").of), Kind::Account);
    }

    void theTableOfProwlerMayHoldLinesAndSeparatorsInQuotes()
    {
        WrittenFolder folder;
        folder.file("t.csv",
            "AUTH_METHOD;ACCOUNT_UID;FINDING_UID;CHECK_ID;CHECK_TITLE;STATUS;STATUS_EXTENDED;MUTED;SEVERITY;RESOURCE_"
            "UID\n"
            "p;111122223333;f;c;t;FAIL;\"one;\n\"\"two\"\"\";False;high;arn:aws:s3:::logs\n"
            "p;111122223333;g;c;t;FAIL;x;True;high;arn:aws:s3:::b\n");
        const Estate estate = folder.estate();
        QCOMPARE(findingOf(estate, "arn:aws:s3:::logs").words, std::string("one;\n\"two\""));
        QCOMPARE(findingOf(estate, "arn:aws:s3:::b").state, ToldState::Closed);
        QCOMPARE(estate.evidence(findingOf(estate, "arn:aws:s3:::b").evidence).line, 4U);
    }

    void theThirdVersionOfProwlerNamesItsColumnsOtherwise()
    {
        WrittenFolder folder;
        folder.file("t.csv",
            "ASSESSMENT_START_TIME;FINDING_UNIQUE_ID;CHECK_ID;STATUS;STATUS_EXTENDED;SEVERITY;ACCOUNT_ID;RESOURCE_ID;"
            "RESOURCE_ARN\nnow;f;c;PASS;x;low;111122223333;logs;arn:aws:s3:::logs\n");
        const Estate estate = folder.estate();
        QCOMPARE(findingOf(estate, "arn:aws:s3:::logs").state, ToldState::Passed);
        QCOMPARE(findingOf(estate, "arn:aws:s3:::logs").id, std::string("f"));
    }

    void aTableThatEndsInQuotesIsOneProblem()
    {
        WrittenFolder folder;
        folder.file("t.csv", "CHECK_ID;STATUS;STATUS_EXTENDED;ACCOUNT_UID\nc;FAIL;\"cut off");
        const Imported imported = folder.imported();
        QCOMPARE(rowOf(imported.ledger, "t.csv")->problems.size(), std::size_t{1});
        QCOMPARE(imported.inventory.facts.properties.size(), std::size_t{0});
    }

    void anArnOfEc2IsTheThingThatListingsNameByItsId()
    {
        WrittenFolder folder;
        folder.file("groups.json", group)
            .file("hub.json",
                asff(R"("Compliance":{"Status":"FAILED","SecurityControlId":"EC2.19"},"Workflow":{"Status":"NEW"},)"
                     R"("RecordState":"ACTIVE",)",
                    "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1"));
        const Estate estate = folder.estate();
        const ToldFinding found = findingOf(estate, "sg-1");
        QCOMPARE(found.tool, std::string("Security Hub"));
        QCOMPARE(found.rule, std::string("EC2.19"));
        QCOMPARE(found.status, std::string("FAILED, NEW, ACTIVE"));
        QCOMPARE(found.state, ToldState::Open);
        QVERIFY(!estate.node(found.of).outside);
    }

    void anUndescribedThingOfEc2IsThatOfItsAccount()
    {
        WrittenFolder folder;
        folder.file("hub.json", asff("", "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-9"));
        const Estate estate = folder.estate();
        const NodeRow& node = estate.node(findingOf(estate, "sg-9").of);
        QVERIFY(node.outside);
        QCOMPARE(node.kind, Kind::SecurityGroup);
        QCOMPARE(estate.id(node.account), std::string_view("111122223333"));
    }

    void aFindingThatSecurityHubClosedIsClosed_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, const char* members, ToldState state) {
            QTest::newRow(name) << QByteArray(members) << static_cast<int>(state);
        };
        row("suppressed", "\"Compliance\":{\"Status\":\"FAILED\"},\"Workflow\":{\"Status\":\"SUPPRESSED\"},",
            ToldState::Closed);
        row("archived", "\"RecordState\":\"ARCHIVED\",", ToldState::Closed);
        row("passed", "\"Compliance\":{\"Status\":\"PASSED\"},\"Workflow\":{\"Status\":\"NEW\"},", ToldState::Passed);
        row("not available", "\"Compliance\":{\"Status\":\"NOT_AVAILABLE\"},", ToldState::Undecided);
        row("an event", "", ToldState::Open);
    }
    void aFindingThatSecurityHubClosedIsClosed()
    {
        QFETCH(QByteArray, members);
        QFETCH(int, state);
        WrittenFolder folder;
        folder.file("hub.json", asff(members.toStdString(), "AWS::::Account:111122223333"));
        QCOMPARE(static_cast<int>(findingOf(folder.estate(), "111122223333").state), state);
    }

    void guardDutyNamesMachinesAndPrincipalsWithoutTheirArn()
    {
        WrittenFolder folder;
        folder.file("users.json", user)
            .file("guardduty.json",
                R"({"Findings":[{"AccountId":"111122223333","Id":"g","Region":"eu-west-1","Severity":8,"Type":"T","Title":)"
                R"("t","Description":"d","SchemaVersion":"2.0","Resource":{"ResourceType":"AccessKey","AccessKeyDetails":)"
                R"({"UserName":"ann","UserType":"IAMUser"},"InstanceDetails":{"InstanceId":"i-1"}},"Service":{"Archived":)"
                R"(false}}]})");
        const Estate estate = folder.estate();
        const ToldFinding found = findingOf(estate, "arn:aws:iam::111122223333:user/staff/ann");
        QCOMPARE(found.tool, std::string("GuardDuty"));
        QCOMPARE(found.severity, std::string("High (8)"));
        QCOMPARE(findingOf(estate, "i-1").state, ToldState::Open);
        QCOMPARE(estate.id(estate.node(findingOf(estate, "i-1").of).account), std::string_view("111122223333"));
    }

    void accessAnalyzerTellsWhoMayDoWhat()
    {
        WrittenFolder folder;
        folder.file("buckets.json", bucket)
            .file("aa.json",
                R"({"findings":[{"id":"a","principal":{"AWS":"*"},"action":["s3:GetObject"],"resource":"arn:aws:s3:::logs",)"
                R"("isPublic":true,"resourceType":"AWS::S3::Bucket","status":"ACTIVE","resourceOwnerAccount":"111122223333"}]})");
        const Estate estate = folder.estate();
        const ToldFinding found = findingOf(estate, "arn:aws:s3:::logs");
        QCOMPARE(found.tool, std::string("IAM Access Analyzer"));
        QCOMPARE(found.words, std::string("AWS *: s3:GetObject"));
        QCOMPARE(found.title, std::string("public access"));
        QCOMPARE(found.rule, std::string("ExternalAccess"));
    }

    void theSecondVersionOfAccessAnalyzerSaysItsType()
    {
        WrittenFolder folder;
        folder.file("aa.json",
            R"({"findings":[{"id":"a","resource":"arn:aws:iam::111122223333:role/r","resourceType":"AWS::IAM::Role",)"
            R"("findingType":"UnusedPermission","status":"ARCHIVED","resourceOwnerAccount":"111122223333"}],)"
            R"("nextToken":"t"})");
        const Estate estate = folder.estate();
        const ToldFinding found = findingOf(estate, "arn:aws:iam::111122223333:role/r");
        QCOMPARE(found.rule, std::string("UnusedPermission"));
        QCOMPARE(found.state, ToldState::Closed);
        QVERIFY(!rowOf(folder.imported().ledger, "aa.json")->leftOut.empty());
    }

    void theItemsOfScoutSuiteLeadToTheThingsThatTheyAreIn()
    {
        WrittenFolder folder;
        folder.file("groups.json", group)
            .file("scoutsuite_results_aws.js",
                "scoutsuite_results =\n"
                R"({"account_id":"111122223333","provider_code":"aws","last_run":{},"services":{"ec2":{"findings":{)"
                R"("ec2-open":{"description":"Open","level":"danger","rationale":"Why","flagged_items":1,"items":[)"
                R"("ec2.regions.eu-west-1.vpcs.vpc-1.security_groups.sg-1.rules.ingress.protocols.TCP.ports.22.cidrs.0.CIDR"]},)"
                R"("ec2-fine":{"description":"Fine","items":[]}},"regions":{"eu-west-1":{"vpcs":{"vpc-1":{"security_groups":)"
                R"({"sg-1":{"arn":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1","id":"sg-1","rules":{"ingress":)"
                R"({"protocols":{"TCP":{"ports":{"22":{"cidrs":[{"CIDR":"0.0.0.0/0"}]}}}}}}}}}}}}},)"
                R"("s3":{"findings":{"s3-x":{"description":"X","level":"warning","items":["s3.buckets.ab.policy"]}},)"
                R"("buckets":{"ab":{"arn":"arn:aws:s3:::my.logs","name":"my.logs"}}}}})");
        const Estate estate = folder.estate();
        QCOMPARE(findingOf(estate, "sg-1").severity, std::string("danger"));
        QVERIFY(!estate.node(findingOf(estate, "sg-1").of).outside);
        QCOMPARE(findingOf(estate, "arn:aws:s3:::my.logs").title, std::string("X"));
    }

    void aSecretInTheWordsOfAFindingIsNotKept()
    {
        WrittenFolder folder;
        std::string text = ocsf("FAIL", "arn:aws:s3:::a");
        text.replace(text.find("Bucket is public."), 17, "token ghp_abcdefghijklmnopqrstuvwxyz0123456789");
        folder.file("p.json", '[' + text + ']');
        const Estate estate = folder.estate();
        QVERIFY(findingOf(estate, "arn:aws:s3:::a").words.find("ghp_") == std::string::npos);
    }

    void wrongTypesAreNoFindingsAndNoCrash()
    {
        WrittenFolder folder;
        folder.file("a.json", R"([{"class_uid":1,"resources":{"uid":[]},"finding_info":7,"metadata":[]},3,null])")
            .file("b.json", R"({"Findings":[{"ProductArn":1,"SchemaVersion":[],"Resources":{},"Severity":[]},"x"]})")
            .file("c.json", R"({"Findings":[{"Type":1,"AccountId":2,"Severity":"x","Resource":[]}]})")
            .file("d.json",
                R"({"findings":[{"resourceOwnerAccount":1,"resourceType":1,"status":1,"id":1,"principal":3}]})")
            .file("e.js", "scoutsuite_results =\n{\"services\":{\"ec2\":[],\"s3\":{\"findings\":[1]}}}")
            .file("f.js", "scoutsuite_results =\n{\"services\":");
        const Imported imported = folder.imported();
        QCOMPARE(imported.inventory.facts.properties.size(), std::size_t{0});
        for (const LedgerRow& row : imported.ledger.rows)
            QVERIFY2(!row.leftOut.empty() || row.problems.size() == 1 || row.facts == 0, row.file.c_str());
    }
};

QTEST_GUILESS_MAIN(FindingsTest)
#include "tst_findings.moc"
