// SPDX-License-Identifier: GPL-3.0-or-later
#include "config_snapshot.h"
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

class AwsConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRuleOfASecurityGroupStandsOnceThoughItsRangesStandTwice()
    {
        WrittenFolder folder;
        folder.file("a.json", snapshot({item("AWS::EC2::SecurityGroup", "sg-1", group("0.0.0.0/0"))}));
        const Estate estate = folder.estate();
        const auto found = estate.find("sg-1");
        QVERIFY(found);
        QCOMPARE(estate.firewall(*found).size(), std::size_t{1});
        QCOMPARE(estate.id(estate.node(*found).account), std::string_view("111122223333"));
        QCOMPARE(estate.name(estate.node(*found).region), std::string_view("eu-west-1"));
        QCOMPARE(estate.text(estate.tags(*found)[0].key), std::string_view("Env"));
        const Evidence& where = estate.evidence(estate.firewall(*found)[0].evidence);
        QCOMPARE(estate.text(where.pointer),
            std::string_view("/configurationItems/0/configuration/ipPermissions/0/ipv4Ranges/0"));
    }

    void ofSeveralStatesTheLatestCountsWhereverItStands()
    {
        const std::string late =
            item("AWS::EC2::SecurityGroup", "sg-1", group("10.0.0.0/8"), "2026-02-01T00:00:00.000Z");
        const std::string early =
            item("AWS::EC2::SecurityGroup", "sg-1", group("0.0.0.0/0"), "2026-01-01T00:00:00.000Z");
        for (const std::string& text : {snapshot({late, early}), snapshot({early, late})}) {
            WrittenFolder folder;
            folder.file("a.json", text);
            const Estate estate = folder.estate();
            const auto rules = estate.firewall(*estate.find("sg-1"));
            QCOMPARE(rules.size(), std::size_t{1});
            QCOMPARE(static_cast<int>(rules[0].block.length), 8);
        }
    }

    void aLaterTypeComesInTheWordsOfCloudFormation()
    {
        WrittenFolder folder;
        folder.file("a.json",
            snapshot({item("AWS::ECS::Service", "s",
                          R"("configuration":{"ServiceArn":"arn:aws:ecs:eu-west-1:111122223333:service/c/s",
            "ServiceName":"s","Cluster":"arn:aws:ecs:eu-west-1:111122223333:cluster/c","NetworkConfiguration":
            {"AwsvpcConfiguration":{"Subnets":["subnet-1"],"SecurityGroups":["sg-1"],"AssignPublicIp":"ENABLED"}}})"),
                item("AWS::EFS::FileSystem", "fs-1",
                    R"("ARN":"arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1","tags":{"Env":"prod"},
            "configuration":{"FileSystemId":"fs-1","Encrypted":true,"KmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/k"})")}));
        const Estate estate = folder.estate();
        const NodeId service = estate.find("arn:aws:ecs:eu-west-1:111122223333:service/c/s").value();
        QCOMPARE(estate.targets(service, EdgeKind::InSubnet), std::vector{estate.find("subnet-1").value()});
        QCOMPARE(estate.word(service, "assign_public_ip"), std::string_view("ENABLED"));
        const NodeId share = estate.find("fs-1").value();
        QCOMPARE(estate.flag(share, "encrypted"), std::optional(true));
        QCOMPARE(estate.tag(share, "Env"), std::string_view("prod"));
    }

    void whatWasDeletedIsNotThere()
    {
        WrittenFolder folder;
        folder.file("a.json", snapshot({item("AWS::EC2::SecurityGroup", "sg-1", group("0.0.0.0/0")), deletedGroup()}));
        QVERIFY(!folder.estate().find("sg-1"));
    }

    void aBucketHasWhatHangsOnIt()
    {
        WrittenFolder folder;
        folder.file("a.json", snapshot({bucketItem()}));
        const Estate estate = folder.estate();
        const NodeId bucket = estate.find("arn:aws:s3:::b").value();
        QCOMPARE(estate.word(bucket, "acl_all_users"), std::string_view("READ"));
        QCOMPARE(estate.word(bucket, "versioning"), std::string_view("Disabled"));
        QCOMPARE(estate.word(bucket, "encryption"), std::string_view("aws:kms"));
        QCOMPARE(estate.flag(bucket, "access_logging"), std::optional(false));
        QCOMPARE(estate.flag(bucket, "block_public_acls"), std::optional(true));
        QCOMPARE(estate.flag(bucket, "block_public_policy"), std::optional(false));
        QCOMPARE(estate.policies(bucket).size(), std::size_t{1});
    }

    void identitiesHaveTheirPoliciesAndTrust()
    {
        WrittenFolder folder;
        folder.file("a.json", snapshot({roleItem()}));
        const Estate estate = folder.estate();
        const NodeId role = estate.find("arn:aws:iam::111122223333:role/ops").value();
        QCOMPARE(estate.targets(role, EdgeKind::HasPolicy).size(), std::size_t{1});
        QCOMPARE(estate.policies(role).size(), std::size_t{1}); // whom it trusts
    }

    void resultsOfAnAdvancedQueryAreTexts()
    {
        WrittenFolder folder;
        folder.file("q.json", queryResult());
        const Estate estate = folder.estate();
        QCOMPARE(estate.kind(estate.find("vpc-9").value()), Kind::Network);
    }

    void whatIsNotReadIsNamed()
    {
        WrittenFolder folder;
        folder.file("a.json", unreadItems());
        const Ledger ledger = folder.imported().ledger;
        const LedgerRow* row = rowOf(ledger, "a.json");
        QVERIFY(row);
        QCOMPARE(QString::fromStdString(row->format), QStringLiteral("AWS Config"));
        QCOMPARE(row->leftOut.size(), std::size_t{2});
    }

    void aCutFileKeepsWhatCouldBeRead()
    {
        std::string text = snapshot({item("AWS::EC2::SecurityGroup", "sg-1", group("0.0.0.0/0")), vpcItem("vpc-2")});
        text.resize(text.size() - 20);
        WrittenFolder folder;
        folder.file("a.json", text);
        const Imported read = folder.imported();
        QCOMPARE(rowOf(read.ledger, "a.json")->problems.size(), std::size_t{1});
        QVERIFY(folder.estate().find("sg-1"));
    }
};

QTEST_GUILESS_MAIN(AwsConfigTest)
#include "tst_aws_config.moc"
