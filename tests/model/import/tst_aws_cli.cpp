// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/asked.h"
#include "import/redact.h"
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

class AwsCliTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void repliesAreKnownByTheirKeysAndNotByTheFilesName()
    {
        WrittenFolder folder;
        folder.file("notes.txt",
            R"({"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.1.0/24","OwnerId":"111122223333"}]})");
        const Estate estate = folder.estate();
        const auto subnet = estate.find("subnet-1");
        QVERIFY(subnet.has_value());
        QCOMPARE(estate.blocks(*subnet).size(), std::size_t{1});
        const NodeId vpc = estate.node(*subnet).parent;
        QCOMPARE(estate.id(vpc), std::string_view("vpc-1"));
        QVERIFY2(estate.node(vpc).outside, "only spoken of");
        QCOMPARE(estate.kind(vpc), Kind::Network);
    }

    void clustersKnowIdentitiesOfTheAccount()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/a.json",
                R"({"association":{"clusterName":"c","namespace":"shop","serviceAccount":"web","roleArn":"arn:aws:iam::111122223333:role/web"}})")
            .file("111122223333/eu-west-1/b.json",
                R"({"accessEntry":{"clusterName":"c","principalArn":"arn:aws:iam::111122223333:role/ops","kubernetesGroups":["ops"]}})");
        const Estate estate = folder.estate();
        const auto account = estate.find("shop/ServiceAccount/web");
        QVERIFY(account.has_value());
        QCOMPARE(estate.id(estate.targets(*account, EdgeKind::RunsAs)[0]),
            std::string_view("arn:aws:iam::111122223333:role/web"));
        QCOMPARE(estate.id(estate.node(*account).parent), std::string_view("Namespace/shop"));
        const auto ops = estate.find("arn:aws:iam::111122223333:role/ops");
        QCOMPARE(estate.id(estate.targets(*ops, EdgeKind::MemberOf)[0]), std::string_view("Group/ops"));
    }

    void accountAndRegionComeFromTheFolders()
    {
        WrittenFolder folder;
        folder.file("111122223333/eu-west-1/a.json", R"({"Vpcs":[{"VpcId":"vpc-1"}]})")
            .file("444455556666/us-east-1/a.json", R"({"Vpcs":[{"VpcId":"vpc-2"}]})");
        const Estate estate = folder.estate();
        const auto one = estate.find("vpc-1"), two = estate.find("vpc-2");
        QCOMPARE(estate.id(estate.node(*one).account), std::string_view("111122223333"));
        QCOMPARE(estate.name(estate.node(*two).region), std::string_view("us-east-1"));
        QCOMPARE(estate.node(estate.node(*two).region).parent, estate.node(*two).account);
    }

    void theCallerIdentityNamesTheAccountOfItsFolder()
    {
        WrittenFolder folder;
        folder.file("demo/us-east-1/ec2-describe-vpcs.json", R"({"Vpcs":[{"VpcId":"vpc-1"}]})")
            .file("demo/us-east-1/sts-get-caller-identity.json",
                R"({"Account":"123456789012","UserId":"A","Arn":"arn:aws:iam::123456789012:user/a"})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.id(estate.node(*estate.find("vpc-1")).account), std::string_view("123456789012"));
    }

    void whatTheBodyLeavesOutIsReadFromTheName_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("CloudMapper") << QByteArray("s3-get-bucket-policy/data-1");
        QTest::newRow("folder by call") << QByteArray("get-bucket-policy/data-1.json");
        QTest::newRow("file by call and bucket") << QByteArray("get-bucket-policy_data-1.json");
    }
    void whatTheBodyLeavesOutIsReadFromTheName()
    {
        QFETCH(QByteArray, path);
        WrittenFolder folder;
        folder.file("list.json", R"({"Buckets":[{"Name":"data-1"}],"Owner":{"ID":"x"}})")
            .file(path.toStdString(),
                Json(
                    {{"Policy",
                        R"({"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:*","Resource":"*"}]})"}})
                    .dump());
        const Estate estate = folder.estate();
        const auto bucket = estate.find("arn:aws:s3:::data-1");
        QVERIFY(bucket.has_value());
        QCOMPARE(estate.policies(*bucket).size(), std::size_t{1});
        const auto mentioned = estate.targets(*bucket, EdgeKind::Mentions);
        QCOMPARE(mentioned.size(), std::size_t{1});
        QCOMPARE(estate.id(mentioned[0]), std::string_view("444455556666"));
        QVERIFY(estate.node(mentioned[0]).outside);
    }

    void aReplyWithoutItsParentSaysWhatToDo()
    {
        WrittenFolder folder;
        folder.file("x.json", R"({"PublicAccessBlockConfiguration":{"BlockPublicAcls":true}})");
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows[0].leftOut.size(), std::size_t{1});
    }

    void wrappersCarryTheParentToo()
    {
        WrittenFolder folder;
        folder.file("a.json",
            R"({"TransitGatewayPropagations":[{"TransitGatewayRouteTableId":"tgw-rtb-1","TransitGatewayRouteTablePropagations":
            [{"TransitGatewayAttachmentId":"tgw-attach-1","State":"enabled"}]}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.targets(*estate.find("tgw-attach-1"), EdgeKind::Propagates).size(), std::size_t{1});
    }

    void securityGroupRulesKeepTheirPlace()
    {
        WrittenFolder folder;
        folder.file("sg.json",
            R"({"SecurityGroups":[{"GroupId":"sg-1","GroupName":"web","VpcId":"vpc-1","OwnerId":"111122223333","IpPermissions":[
            {"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}],
             "UserIdGroupPairs":[{"GroupId":"sg-2"}],"PrefixListIds":[{"PrefixListId":"pl-1"}]}],
            "IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}]})");
        const Estate estate = folder.estate();
        const auto rules = estate.firewall(*estate.find("sg-1"));
        QCOMPARE(rules.size(), std::size_t{5});
        QCOMPARE(estate.text(estate.evidence(rules[1].evidence).pointer),
            std::string_view("/SecurityGroups/0/IpPermissions/0/Ipv6Ranges/0"));
        QVERIFY(rules[2].byPeer && estate.id(rules[2].peer) == "sg-2");
        QCOMPARE(rules[4].direction, Direction::Out);
        QCOMPARE(static_cast<int>(rules[4].protocol), -1);
    }

    void theReportIsReadPlainAndAsBase64()
    {
        const QByteArray csv(
            "user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated\n"
            "<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,false,false,N/A\n"
            "eve,arn:aws:iam::111122223333:user/"
            "eve,2020-01-01T00:00:00+00:00,true,false,true,2020-02-01T00:00:00+00:00\n");
        for (const QByteArray& body :
            {csv, QByteArray("{\"Content\":\"" + csv.toBase64() + "\",\"ReportFormat\":\"text/csv\"}")}) {
            WrittenFolder folder;
            folder.file("report", body.toStdString());
            const Estate estate = folder.estate();
            const auto eve = estate.find("arn:aws:iam::111122223333:user/eve");
            QVERIFY(eve.has_value());
            QCOMPARE(estate.flag(*eve, "mfa").value_or(true), false);
            QCOMPARE(estate.flag(*eve, "access_key_1_active").value_or(false), true);
            QCOMPARE(estate.flag(*estate.find("111122223333"), "root_mfa").value_or(true), false);
            QVERIFY(!estate.flag(*eve, "access_key_2_active").has_value());
        }
    }

    void groupsAreFoundWhateverTheirPath()
    {
        WrittenFolder folder;
        folder.file("gaad.json",
            R"({"UserDetailList":[{"UserName":"u","Arn":"arn:aws:iam::111122223333:user/u","GroupList":["ops"]}],
            "GroupDetailList":[{"GroupName":"ops","Arn":"arn:aws:iam::111122223333:group/team/ops"}],"RoleDetailList":[],"Policies":[]})");
        const Estate estate = folder.estate();
        const auto groups = estate.targets(*estate.find("arn:aws:iam::111122223333:user/u"), EdgeKind::MemberOf);
        QCOMPARE(groups.size(), std::size_t{1});
        QCOMPARE(estate.name(groups[0]), std::string_view("ops"));
        QVERIFY(!estate.node(groups[0]).outside);
    }

    void noSecretIsKept()
    {
        WrittenFolder folder;
        folder.file("fn.json",
            R"({"Functions":[{"FunctionName":"f","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:f",
            "Environment":{"Variables":{"DB_PASSWORD":"hunter2-hunter2"}}}]})");
        const Imported imported = folder.imported();
        QCOMPARE(imported.inventory.strings.find("hunter2-hunter2"), StringId::Empty);
        QCOMPARE(imported.ledger.rows[0].leftOut.size(), std::size_t{1});
    }

    void theSameImportGivesTheSameOrder()
    {
        WrittenFolder folder;
        folder.file("b.json", R"({"Vpcs":[{"VpcId":"vpc-2"}]})").file("a/x.json", R"({"Vpcs":[{"VpcId":"vpc-1"}]})");
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows[0].file, std::string("a/x.json"));
        QCOMPARE(imported.ledger.rows[1].file, std::string("b.json"));
    }

    void aTagThatHoldsASecretIsMasked()
    {
        WrittenFolder folder;
        folder.file("v.json",
            "{\"Vpcs\":[{\"VpcId\":\"vpc-1\",\"Tags\":[{\"Key\":\"db_password\",\"Value\":\"hunter2-hunter2\"},"
            "{\"Key\":\"Env\",\"Value\":\"prod\"}]}]}");
        const Estate estate = folder.estate();
        const auto vpc = estate.find("vpc-1");
        QCOMPARE(estate.tag(*vpc, "db_password"), secretMask);
        QCOMPARE(estate.tag(*vpc, "env"), std::string_view("prod"));
        QCOMPARE(folder.imported().inventory.strings.find("hunter2-hunter2"), StringId::Empty);
    }

    void anEmptyListingIsAnAnswer()
    {
        WrittenFolder folder;
        folder.file("111122223333/eu-west-1/a.json", "{\"Reservations\":[]}")
            .file("111122223333/eu-west-2/v.json", "{\"Vpcs\":[{\"VpcId\":\"vpc-1\"}]}")
            .file("111122223333/b.json", "{\"Buckets\":[]}");
        const Estate estate = folder.estate();
        const auto account = estate.find("111122223333"), first = estate.find("111122223333/eu-west-1"),
                   second = estate.find("111122223333/eu-west-2");
        QVERIFY(first && second && account);
        QVERIFY(wasAsked(estate, *first, "describe-instances"));
        QVERIFY2(!wasAsked(estate, *second, "describe-instances"), "nobody asked");
        QVERIFY(wasAsked(estate, *estate.find("vpc-1"), "describe-vpcs"));
        QVERIFY(wasAsked(estate, *first, "list-buckets"));
        QVERIFY(!wasAsked(estate, *account, "describe-instances"));
        for (const LedgerRow& row : folder.imported().ledger.rows)
            QVERIFY(row.facts > 0);
    }

    void aListingThatGoesOnDoesNotSayThatThereIsNoMore()
    {
        WrittenFolder folder;
        folder.file("111122223333/eu-west-1/a.json", "{\"Reservations\":[],\"NextToken\":\"x\"}");
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows[0].leftOut[0].what, std::string("further pages"));
        QVERIFY(imported.inventory.scoped.empty());
    }

    void aListingOfOneThingsPartsIsNotAListingOfAll()
    {
        WrittenFolder folder;
        folder.file("111122223333/get-group/ops.json",
            "{\"Users\":[{\"UserName\":\"u\",\"Arn\":\"arn:aws:iam::111122223333:user/u\"}],\"Group\":{}}");
        const Estate estate = folder.estate();
        QVERIFY(!wasAsked(estate, *estate.find("111122223333"), "list-users"));
        const auto groups = estate.targets(*estate.find("arn:aws:iam::111122223333:user/u"), EdgeKind::MemberOf);
        QCOMPARE(groups.size(), std::size_t{1});
        QCOMPARE(estate.kind(groups[0]), Kind::Group);
        QCOMPARE(estate.name(groups[0]), std::string_view("ops"));
    }

    /// "ListGrants", AWS KMS API Reference.
    void aGrantOfAKeyIsReadWithItsOperationsAndConstraints()
    {
        WrittenFolder folder;
        folder.file("list-grants/k.json",
            "{\"Grants\":[{\"KeyId\":\"arn:aws:kms:eu-west-1:111122223333:key/"
            "k\",\"GrantId\":\"g1\",\"GranteePrincipal\":"
            "\"arn:aws:iam::444455556666:role/reader\",\"Operations\":[\"Decrypt\",\"DescribeKey\"],\"Constraints\":{"
            "\"EncryptionContextEquals\":{\"app\":\"shop\"}}}]}");
        folder.file(
            "list-keys.json", "{\"Keys\":[{\"KeyId\":\"k\",\"KeyArn\":\"arn:aws:kms:eu-west-1:111122223333:key/k\"}]}");
        const Estate estate = folder.estate();
        const auto rows = estate.policies(*estate.find("arn:aws:kms:eu-west-1:111122223333:key/k"));
        QCOMPARE(rows.size(), std::size_t{2});
        std::string all;
        for (const auto& row : rows) {
            QCOMPARE(estate.text(row.name), std::string_view("grant g1"));
            QVERIFY(row.evidence != noEvidence);
            all += estate.text(row.document);
        }
        QVERIFY(all.find("\"Action\":[\"kms:DescribeKey\"],\"Effect\":\"Allow\",\"Principal\"") != std::string::npos);
        QVERIFY(
            all.find("\"ForAllValues:StringEquals\":{\"kms:EncryptionContextKeys\":[\"app\"]}") != std::string::npos);
        QVERIFY(all.find("\"kms:EncryptionContext:app\":\"shop\"") != std::string::npos);
    }

    /// "Access control list (ACL) overview", Amazon S3 User Guide.
    void anAccessControlListGivesToOtherAccountsAndToLogDelivery()
    {
        const std::string owner(64, 'a'), other(64, 'b');
        const auto grant = [](const std::string& grantee, const char* permission) {
            return "{\"Grantee\":{" + grantee + "},\"Permission\":\"" + permission + "\"}";
        };
        const std::string list = grant("\"ID\":\"" + owner + "\",\"Type\":\"CanonicalUser\"", "FULL_CONTROL") + ','
            + grant("\"ID\":\"" + other + "\",\"Type\":\"CanonicalUser\"", "WRITE") + ','
            + grant("\"URI\":\"http://acs.amazonaws.com/groups/s3/LogDelivery\",\"Type\":\"Group\"", "WRITE");
        WrittenFolder folder;
        folder.file("get-bucket-acl/b.json", "{\"Owner\":{\"ID\":\"" + owner + "\"},\"Grants\":[" + list + "]}");
        folder.file("get-bucket-ownership-controls/b.json",
            "{\"OwnershipControls\":{\"Rules\":[{\"ObjectOwnership\":\"ObjectWriter\"}]}}");
        folder.file("list-buckets.json", "{\"Buckets\":[{\"Name\":\"b\"}]}");
        const Estate estate = folder.estate();
        const NodeId bucket = *estate.find("arn:aws:s3:::b");
        QCOMPARE(estate.word(bucket, "object_ownership"), std::string_view("ObjectWriter"));
        QCOMPARE(estate.policies(bucket).size(), std::size_t{2});
        QVERIFY(estate.find(other));
        QVERIFY(!estate.find(owner));
        QVERIFY(estate.find("logging.s3.amazonaws.com"));
    }

    /// "GetServiceLastAccessedDetails", IAM API Reference: whose report it is only the file's name tells.
    void whenAServiceWasLastUsedIsReadOfWhomTheFileNames()
    {
        const char* const report =
            "{\"JobStatus\":\"COMPLETED\",\"JobType\":\"SERVICE_LEVEL\",\"ServicesLastAccessed\":["
            "{\"ServiceName\":\"Amazon S3\",\"ServiceNamespace\":\"s3\",\"LastAuthenticated\":"
            "\"2026-01-02T00:00:00+00:00\"},{\"ServiceName\":\"AWS KMS\",\"ServiceNamespace\":\"kms\"}]}";
        WrittenFolder folder;
        folder.file("get-service-last-accessed-details/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fworker.json", report);
        folder.file("list-roles.json",
            "{\"Roles\":[{\"RoleName\":\"worker\",\"Arn\":\"arn:aws:iam::111122223333:role/worker\"}]}");
        const Estate estate = folder.estate();
        const NodeId role = *estate.find("arn:aws:iam::111122223333:role/worker");
        QVERIFY(estate.number(role, "service_last_used:s3").has_value());
        QCOMPARE(estate.word(role, "service_last_used:kms"), std::string_view("never"));
        WrittenFolder nameless;
        nameless.file("report.json", report);
        QVERIFY(!nameless.imported().ledger.rows.front().leftOut.empty());
    }

    void whatAReplyLeavesOutIsOffWhereAwsSaysSo()
    {
        WrittenFolder folder;
        folder
            .file("s.json",
                "{\"SecretList\":[{\"ARN\":\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:s\",\"Name\":\"s\"}]"
                "}")
            .file("l.json",
                "{\"logGroups\":[{\"arn\":\"arn:aws:logs:eu-west-1:111122223333:log-group:g:*\",\"logGroupName\":\"g\"}"
                "]}")
            .file("get-bucket-acl/b.json", "{\"Grants\":[],\"Owner\":{}}")
            .file("get-bucket-logging/b.json", "{}")
            .file("get-bucket-versioning/b.json", "{}")
            .file("list-buckets.json", "{\"Buckets\":[{\"Name\":\"b\"}]}");
        const Estate estate = folder.estate();
        QCOMPARE(estate.flag(*estate.find("s"), "rotation"), std::optional(false));
        QCOMPARE(estate.number(*estate.find("g"), "retention_days"), std::optional<std::int64_t>(0));
        const auto bucket = estate.find("arn:aws:s3:::b");
        QCOMPARE(estate.word(*bucket, "acl_all_users"), std::string_view("none"));
        QCOMPARE(estate.flag(*bucket, "access_logging"), std::optional(false));
        QCOMPARE(estate.word(*bucket, "versioning"), std::string_view("Disabled"));
    }

    void aQueueAskedForSomeAttributesLeavesItsEncryptionOpen()
    {
        WrittenFolder folder;
        folder.file("q.json", "{\"Attributes\":{\"QueueArn\":\"arn:aws:sqs:eu-west-1:111122223333:q\"}}")
            .file("r.json",
                "{\"Attributes\":{\"QueueArn\":\"arn:aws:sqs:eu-west-1:111122223333:r\",\"VisibilityTimeout\":\"30\"}"
                "}");
        const Estate estate = folder.estate();
        QVERIFY(!estate.flag(*estate.find("arn:aws:sqs:eu-west-1:111122223333:q"), "encrypted").has_value());
        QCOMPARE(estate.flag(*estate.find("arn:aws:sqs:eu-west-1:111122223333:r"), "encrypted"), std::optional(false));
    }

    void membersOfAReplicationGroupAreOneCacheInItsSubnets()
    {
        WrittenFolder folder;
        folder
            .file("a.json",
                "{\"CacheClusters\":[{\"CacheClusterId\":\"c-001\",\"ReplicationGroupId\":\"c\","
                "\"CacheSubnetGroupName\":\"data\","
                "\"SecurityGroups\":[{\"SecurityGroupId\":\"sg-1\"}],\"ARN\":\"arn:aws:elasticache:eu-west-1:"
                "111122223333:cluster:c-001\"}]}")
            .file("b.json",
                "{\"ReplicationGroups\":[{\"ReplicationGroupId\":\"c\",\"AtRestEncryptionEnabled\":false,"
                "\"ARN\":\"arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:c\"}]}")
            .file("c.json",
                "{\"CacheSubnetGroups\":[{\"CacheSubnetGroupName\":\"data\",\"VpcId\":\"vpc-1\","
                "\"ARN\":\"arn:aws:elasticache:eu-west-1:111122223333:subnetgroup:data\",\"Subnets\":[{"
                "\"SubnetIdentifier\":\"subnet-1\"}]}]}");
        const Estate estate = folder.estate();
        QCOMPARE(estate.ofKind(Kind::Cache).size(), std::size_t{1});
        const NodeId cache = estate.ofKind(Kind::Cache)[0];
        QCOMPARE(estate.flag(cache, "encrypted"), std::optional(false));
        QCOMPARE(estate.id(estate.targets(cache, EdgeKind::GuardedBy)[0]), std::string_view("sg-1"));
        const auto places = estate.targets(cache, EdgeKind::InSubnet);
        QVERIFY(std::ranges::find(places, *estate.find("subnet-1")) != places.end());
        QCOMPARE(estate.within(cache, Kind::Network), estate.find("vpc-1"));
    }

    void virtualFactorsAreThoseOfTheirUsers()
    {
        WrittenFolder folder;
        folder.file("111122223333/list-virtual-mfa-devices.json",
            "{\"VirtualMFADevices\":[{\"SerialNumber\":\"arn:aws:iam::111122223333:mfa/root-account-mfa-device\","
            "\"User\":{\"Arn\":\"arn:aws:iam::111122223333:root\"}},"
            "{\"SerialNumber\":\"arn:aws:iam::111122223333:mfa/ann\","
            "\"User\":{\"Arn\":\"arn:aws:iam::111122223333:user/ann\"}},"
            "{\"SerialNumber\":\"arn:aws:iam::111122223333:mfa/nobodys\"}]}");
        const Estate estate = folder.estate();
        QCOMPARE(estate.flag(estate.find("111122223333").value(), "root_mfa_virtual"), std::optional(true));
        QCOMPARE(estate.flag(estate.find("arn:aws:iam::111122223333:user/ann").value(), "mfa"), std::optional(true));
    }

    void handCollectedIamFindsItsPrincipals()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/get-role/r.json",
                "{\"Role\":{\"RoleName\":\"r\",\"Arn\":\"arn:aws:iam::111122223333:role/deep/"
                "r\",\"AssumeRolePolicyDocument\":{\"Statement\":[]}}}")
            .file("111122223333/list-attached-role-policies/r.json",
                "{\"AttachedPolicies\":[{\"PolicyName\":\"ReadOnlyAccess\",\"PolicyArn\":\"arn:aws:iam::aws:policy/"
                "ReadOnlyAccess\"}]}")
            .file("111122223333/get-role-policy/r/inline.json",
                "{\"RoleName\":\"r\",\"PolicyName\":\"inline\",\"PolicyDocument\":{\"Statement\":[]}}")
            .file("111122223333/get-policy-version/arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess/v7.json",
                "{\"PolicyVersion\":{\"Document\":{\"Statement\":[]},\"VersionId\":\"v7\",\"IsDefaultVersion\":true}}");
        const Estate estate = folder.estate();
        const auto role = estate.find("arn:aws:iam::111122223333:role/deep/r");
        QVERIFY(role.has_value());
        QCOMPARE(estate.policies(*role).size(), std::size_t{2});
        const auto policy = estate.find("arn:aws:iam::aws:policy/ReadOnlyAccess");
        QCOMPARE(estate.targets(*role, EdgeKind::HasPolicy), std::vector{*policy});
        QCOMPARE(estate.policies(*policy).size(), std::size_t{1});
        QVERIFY2(estate.node(*estate.find("aws")).outside, "the vendor's account is nobody's");
    }

    void aFunctionsUrlAndAGatewaysPolicyAreRead()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/get-function-url-config/f.json",
                "{\"FunctionArn\":\"arn:aws:lambda:eu-west-1:111122223333:function:f\",\"AuthType\":\"NONE\","
                "\"FunctionUrl\":\"https://x\"}")
            .file("111122223333/eu-west-1/get-rest-apis.json",
                Json({{"items",
                         Json::array(
                             {{{"id", "abc"}, {"name", "shop"}, {"endpointConfiguration", {{"types", {"PRIVATE"}}}},
                                 {"policy", "{\\\"Statement\\\":[]}"}}})}})
                    .dump())
            .file("111122223333/eu-west-1/describe-snapshot-attribute.json",
                "{\"SnapshotId\":\"snap-1\",\"CreateVolumePermissions\":[{\"Group\":\"all\"}]}");
        const Estate estate = folder.estate();
        QCOMPARE(estate.word(*estate.find("arn:aws:lambda:eu-west-1:111122223333:function:f"), "url_auth"),
            std::string_view("NONE"));
        const auto api = estate.find("arn:aws:apigateway:eu-west-1::/restapis/abc");
        QVERIFY(api.has_value());
        QCOMPARE(estate.policies(*api).size(), std::size_t{1});
        QCOMPARE(estate.word(*api, "scheme"), std::string_view("internal"));
        QCOMPARE(estate.flag(*estate.find("snap-1"), "shared_with_everyone"), std::optional(true));
    }

    void rulesOfAListenerForwardBesidesItsDefault()
    {
        WrittenFolder folder;
        folder.file("rules.json",
            "{\"Rules\":[{\"RuleArn\":\"arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/a/1/2/"
            "3\",\"IsDefault\":false,"
            "\"Actions\":[{\"Type\":\"forward\",\"TargetGroupArn\":\"arn:aws:elasticloadbalancing:eu-west-1:"
            "111122223333:targetgroup/t/4\"}]}]}");
        const Estate estate = folder.estate();
        const auto listener = estate.find("arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/1/2");
        QVERIFY(listener.has_value());
        QCOMPARE(estate.targets(*listener, EdgeKind::ForwardsTo).size(), std::size_t{1});
    }

    /// A group of machines uses its template, which tells what the machines may do: "Launch templates", Amazon EC2 User
    /// Guide.
    void aGroupOfMachinesIsWhatItsTemplateMakesOfIt()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/groups.json",
                R"({"AutoScalingGroups":[{"AutoScalingGroupARN":"arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1:autoScalingGroupName/web",
                    "AutoScalingGroupName":"web","LaunchTemplate":{"LaunchTemplateId":"lt-1","Version":"$Default"},"DesiredCapacity":2,
                    "VPCZoneIdentifier":"subnet-1, subnet-2","Instances":[{"InstanceId":"i-1"}]}]})")
            .file("111122223333/eu-west-1/versions.json",
                R"({"LaunchTemplateVersions":[
                    {"LaunchTemplateId":"lt-1","LaunchTemplateName":"web","VersionNumber":2,"DefaultVersion":false,"LaunchTemplateData":{"MetadataOptions":{"HttpTokens":"required"}}},
                    {"LaunchTemplateId":"lt-1","LaunchTemplateName":"web","VersionNumber":1,"DefaultVersion":true,
                     "LaunchTemplateData":{"IamInstanceProfile":{"Name":"web"},"SecurityGroupIds":["sg-1"],"UserData":"aHVudGVyMi1odW50ZXIy"}}]})");
        const Estate estate = folder.estate();
        const auto group =
            estate.find("arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1:autoScalingGroupName/web");
        QVERIFY(group.has_value());
        QCOMPARE(estate.kind(*group), Kind::VmGroup);
        QCOMPARE(estate.targets(*group, EdgeKind::InSubnet).size(), std::size_t{2});
        QCOMPARE(estate.targets(*estate.find("i-1"), EdgeKind::MemberOf)[0], *group);
        const NodeId made = estate.targets(*group, EdgeKind::Uses)[0];
        QCOMPARE(estate.id(made), std::string_view("lt-1"));
        QCOMPARE(estate.word(made, "metadata_tokens"), std::string_view("optional"));
        QCOMPARE(estate.id(estate.targets(made, EdgeKind::RunsAs)[0]),
            std::string_view("arn:aws:iam::111122223333:instance-profile/web"));
        QCOMPARE(estate.id(estate.targets(made, EdgeKind::GuardedBy)[0]), std::string_view("sg-1"));
    }

    void platformsAreReadWithWhatTheyLeadTo()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/a.json",
                R"({"nodegroup":{"nodegroupArn":"arn:aws:eks:eu-west-1:111122223333:nodegroup/c/n/1","nodegroupName":"n","clusterName":"c",
                    "nodeRole":"arn:aws:iam::111122223333:role/node","subnets":["subnet-1"]}})")
            .file("111122223333/eu-west-1/b.json",
                R"({"NotebookInstanceArn":"arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/lab","NotebookInstanceName":"lab",
                    "RoleArn":"arn:aws:iam::111122223333:role/lab","DirectInternetAccess":"Enabled","RootAccess":"Disabled"})")
            .file("111122223333/eu-west-1/c.json",
                R"({"StreamDescription":{"StreamARN":"arn:aws:kinesis:eu-west-1:111122223333:stream/clicks","StreamName":"clicks","EncryptionType":"NONE"}})")
            .file("111122223333/d.json",
                R"({"DistributionList":{"Quantity":1,"Items":[{"Id":"E1","ARN":"arn:aws:cloudfront::111122223333:distribution/E1","DomainName":"d1.cloudfront.net","Enabled":true,
                    "Origins":{"Items":[{"DomainName":"www.shop.s3.eu-west-1.amazonaws.com"},{"DomainName":"shop.example"}]},
                    "DefaultCacheBehavior":{"ViewerProtocolPolicy":"allow-all"},"WebACLId":""}]}})")
            .file("111122223333/eu-west-1/e.json",
                R"({"AccessPointList":[{"Name":"ap","NetworkOrigin":"VPC","VpcConfiguration":{"VpcId":"vpc-1"},"Bucket":"www.shop",
                    "AccessPointArn":"arn:aws:s3:eu-west-1:111122223333:accesspoint/ap"},{"Name":"nameless"}]})")
            .file("111122223333/eu-west-1/f.json",
                R"({"BackupVaultList":[{"BackupVaultName":"v","BackupVaultArn":"arn:aws:backup:eu-west-1:111122223333:backup-vault:v","Locked":true}]})");
        const Imported imported = folder.imported();
        for (const LedgerRow& row : imported.ledger.rows)
            QVERIFY2(row.problems.empty() && row.facts > 0, row.file.c_str());
        const Estate estate = folder.estate();
        const NodeId nodes = *estate.find("arn:aws:eks:eu-west-1:111122223333:nodegroup/c/n/1");
        QCOMPARE(
            estate.id(estate.node(nodes).parent), std::string_view("arn:aws:eks:eu-west-1:111122223333:cluster/c"));
        QCOMPARE(estate.id(estate.targets(nodes, EdgeKind::RunsAs)[0]),
            std::string_view("arn:aws:iam::111122223333:role/node"));
        const NodeId lab = *estate.find("arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/lab");
        QCOMPARE(estate.word(lab, "internet_access"), std::string_view("Enabled"));
        QCOMPARE(estate.flag(*estate.find("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"), "encrypted"),
            std::optional(false));
        const NodeId edge = *estate.find("arn:aws:cloudfront::111122223333:distribution/E1");
        const auto origins = estate.targets(edge, EdgeKind::ForwardsTo);
        QCOMPARE(origins.size(), std::size_t{1});
        QCOMPARE(estate.id(origins[0]), std::string_view("arn:aws:s3:::www.shop"));
        const NodeId point = *estate.find("arn:aws:s3:eu-west-1:111122223333:accesspoint/ap");
        QCOMPARE(estate.targets(point, EdgeKind::Uses)[0], origins[0]);
        QCOMPARE(estate.id(estate.targets(point, EdgeKind::AttachedTo)[0]), std::string_view("vpc-1"));
        QCOMPARE(estate.flag(*estate.find("arn:aws:backup:eu-west-1:111122223333:backup-vault:v"), "locked"),
            std::optional(true));
    }

    void aTrailsStateAndSelectorsAreItsSettings()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/get-trail-status/t.json",
                "{\"IsLogging\":true,\"LatestDeliveryTime\":\"2026-01-01\"}")
            .file("111122223333/eu-west-1/get-event-selectors/t.json",
                "{\"TrailARN\":\"arn:aws:cloudtrail:eu-west-1:111122223333:trail/t\",\"EventSelectors\":"
                "[{\"ReadWriteType\":\"WriteOnly\",\"IncludeManagementEvents\":true,\"DataResources\":[]}]}");
        const Estate estate = folder.estate();
        const auto trail = estate.find("arn:aws:cloudtrail:eu-west-1:111122223333:trail/t");
        QVERIFY(trail.has_value());
        QCOMPARE(estate.flag(*trail, "logging"), std::optional(true));
        QCOMPARE(estate.word(*trail, "management_event_kinds"), std::string_view("WriteOnly"));
        QCOMPARE(estate.flag(*trail, "data_events"), std::optional(false));
        for (const LedgerRow& row : folder.imported().ledger.rows)
            QVERIFY(row.leftOut.empty());
    }

    void metricFiltersWatchTheirLogGroup()
    {
        WrittenFolder folder;
        folder
            .file("111122223333/eu-west-1/f.json",
                "{\"metricFilters\":[{\"filterName\":\"root\",\"logGroupName\":\"trail\",\"filterPattern\":\"{ $.x = 1 "
                "}\","
                "\"metricTransformations\":[{\"metricName\":\"RootUse\"}]}]}")
            .file("111122223333/eu-west-1/l.json",
                "{\"logGroups\":[{\"logGroupName\":\"trail\",\"arn\":\"arn:aws:logs:eu-west-1:111122223333:log-group:"
                "trail:*\"}]}");
        const Estate estate = folder.estate();
        const NodeId filter = estate.ofKind(Kind::EventRule)[0];
        QCOMPARE(estate.word(filter, "metric"), std::string_view("RootUse"));
        QCOMPARE(estate.targets(filter, EdgeKind::Watches), std::vector{*estate.find("trail")});
    }

    void settingsOfAnAccountFindItAlsoWhenItIsNamedLast()
    {
        WrittenFolder folder;
        folder
            .file("demo/us-east-1/iam-get-account-password-policy.json",
                "{\"PasswordPolicy\":{\"MinimumPasswordLength\":14,\"RequireSymbols\":true}}")
            .file("demo/us-east-1/iam-list-account-aliases.json", "{\"AccountAliases\":[\"shop\"]}")
            .file("demo/us-east-1/sts-get-caller-identity.json", "{\"Account\":\"123456789012\"}");
        const Estate estate = folder.estate();
        const auto account = estate.find("123456789012");
        QVERIFY(account.has_value());
        QCOMPARE(estate.number(*account, "password_length"), std::optional<std::int64_t>(14));
        QCOMPARE(estate.number(*account, "password_reuse_prevention"), std::optional<std::int64_t>(0));
        QCOMPARE(estate.flag(*account, "password_numbers"), std::optional(false));
        QCOMPARE(estate.name(*account), std::string_view("shop"));
    }
};

QTEST_GUILESS_MAIN(AwsCliTest)
#include "tst_aws_cli.moc"
