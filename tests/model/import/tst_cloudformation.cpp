// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/type_table.h"
#include "terraform/read_design.h"

#include "catalog/schema.h"

using namespace glacis;

namespace {

Read template_(const char* resources, const char* before = "")
{
    const std::string text =
        std::string("AWSTemplateFormatVersion: 2010-09-09\n") + before + "Resources:\n" + resources;
    return read({{"t.yaml", text.c_str()}});
}

NodeId parentOf(const Read& r, std::string_view id)
{
    return r.estate.node(at(r, id)).parent;
}

} // namespace

class CloudFormationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTypeOfTheTableIsWellFormedAndLeadsToOneThatIsExplained()
    {
        const Table table = loadTable("cloudformation/aws.json", "cloudformation/schema.json", "types");
        for (const auto& fault : table.faults)
            qWarning("%s: %s", fault.pointer.c_str(), fault.sentence.c_str());
        QVERIFY(table.faults.empty());
        for (const Json& row : arrayOf(table.json, "types")) {
            if (row.contains("as"))
                QVERIFY2(terraform::typeRow(textOf(row, "as")), row.dump().c_str());
            for (const Json& part : arrayOf(row, "parts"))
                QVERIFY2(terraform::typeRow(textOf(part, "as")), row.dump().c_str());
        }
    }

    void tagsOfYamlAndLongFormsSayTheSame()
    {
        const Read r =
            template_("  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
                      "  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}\n"
                      "  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: {Ref: Vpc}}}\n"
                      "  C: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt Vpc.VpcId}}\n"
                      "  D: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt [Vpc, VpcId]}}\n"
                      "  E: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Sub '${Vpc}'}}\n");
        for (const char* subnet : {"t.yaml/A", "t.yaml/B", "t.yaml/C", "t.yaml/D", "t.yaml/E"})
            QCOMPARE(parentOf(r, subnet), at(r, "t.yaml/Vpc"));
    }

    void evidenceIsTheLineOfAPropertyInYamlAndItsPointerInJson()
    {
        const Read yaml =
            template_("  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n"
                      "      SecurityGroupIngress:\n        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: "
                      "0.0.0.0/0}\n");
        const auto rules = yaml.estate.firewall(at(yaml, "t.yaml/Group"));
        QCOMPARE(rules.size(), std::size_t{2});
        QCOMPARE(yaml.estate.evidence(rules[0].evidence).line, 8U);
        const Read json = read(
            {{"t.json", R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{"G":{"Type":"AWS::EC2::SecurityGroup",
            "Properties":{"SecurityGroupIngress":[{"IpProtocol":"-1","CidrIp":"10.0.0.0/8"}]}}}})"}});
        const auto rule = json.estate.firewall(at(json, "t.json/G"))[0];
        QCOMPARE(json.estate.text(json.estate.evidence(rule.evidence).pointer),
            std::string_view("/Resources/G/Properties/SecurityGroupIngress/0/CidrIp"));
    }

    void aGroupLetsEverythingOutUntilItHasARuleOfItsOwn()
    {
        const Read r = template_("  Open: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: a}}\n"
                                 "  Within: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupEgress: "
                                 "[{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/8}]}}\n"
                                 "  Beside: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: b}}\n"
                                 "  Rule: {Type: 'AWS::EC2::SecurityGroupEgress', Properties: {GroupId: !GetAtt "
                                 "Beside.GroupId, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}}\n");
        const auto open = r.estate.firewall(at(r, "t.yaml/Open"));
        QCOMPARE(open.size(), std::size_t{1});
        QCOMPARE(int(open[0].protocol), -1);
        for (const char* other : {"t.yaml/Within", "t.yaml/Beside"}) {
            const auto rules = r.estate.firewall(at(r, other));
            QCOMPARE(rules.size(), std::size_t{1});
            QCOMPARE(int(rules[0].protocol), 6);
        }
    }

    void parametersMappingsAndConditionsAreWorkedOut()
    {
        const Read r = template_("  Yes: {Type: 'AWS::EC2::VPC', Condition: IsProd, Properties: {CidrBlock: !FindInMap "
                                 "[Nets, !Ref Env, block]}}\n"
                                 "  No: {Type: 'AWS::EC2::VPC', Condition: IsTest}\n"
                                 "  Maybe: {Type: 'AWS::EC2::VPC', Condition: Depends}\n"
                                 "  Sub: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: !Select [1, !Cidr "
                                 "[10.1.0.0/16, 4, 8]], VpcId: !If [IsProd, !Ref Yes, !Ref 'AWS::NoValue']}}\n",
            "Parameters: {Env: {Type: String, Default: prod}, Open: {Type: String}}\n"
            "Mappings: {Nets: {prod: {block: 10.1.0.0/16}}}\n"
            "Conditions:\n  IsProd: !Equals [!Ref Env, prod]\n  IsTest: !Not [{Condition: IsProd}]\n  Depends: !Equals "
            "[!Ref Open, x]\n");
        QCOMPARE(r.estate.blocks(at(r, "t.yaml/Yes")).size(), std::size_t{1});
        QVERIFY(!r.estate.find("t.yaml/No"));
        QVERIFY(r.estate.find("t.yaml/Maybe"));
        QCOMPARE(parentOf(r, "t.yaml/Sub"), at(r, "t.yaml/Yes"));
        QCOMPARE(r.estate.blocks(at(r, "t.yaml/Sub")).size(), std::size_t{1});
        const auto block = r.estate.blocks(at(r, "t.yaml/Sub"))[0].block;
        QCOMPARE(QByteArray::fromStdString(toString(block)), QByteArray("10.1.1.0/24"));
        QCOMPARE(r.ledger.rows[0].leftOut.size(), std::size_t{1}); // what could not be decided
    }

    void aRoleWithItsPoliciesAndWhoTakesIt()
    {
        const Read r =
            template_("  Role:\n    Type: AWS::IAM::Role\n    Properties:\n"
                      "      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: "
                      "ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}\n"
                      "      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: "
                      "'s3:GetObject', Resource: !Sub '${Data.Arn}/*'}]}}]\n"
                      "  Data: {Type: 'AWS::S3::Bucket', Properties: {PublicAccessBlockConfiguration: "
                      "{BlockPublicAcls: true}, VersioningConfiguration: {Status: Enabled}}}\n"
                      "  Profile: {Type: 'AWS::IAM::InstanceProfile', Properties: {Roles: [!Ref Role]}}\n"
                      "  Host: {Type: 'AWS::EC2::Instance', Properties: {IamInstanceProfile: !Ref Profile}}\n");
        const auto policies = r.estate.policies(at(r, "t.yaml/Role"));
        QCOMPARE(policies.size(), std::size_t{2});
        bool found = false;
        for (const auto& policy : policies)
            found = found || r.estate.text(policy.document).find("\"arn:aws:s3:::Data/*\"") != std::string_view::npos;
        QVERIFY(found);
        QCOMPARE(at(r, "arn:aws:s3:::Data"), at(r, "t.yaml/Data"));
        QCOMPARE(r.estate.word(at(r, "t.yaml/Data"), "versioning"), std::string_view("Enabled"));
        QCOMPARE(r.estate.flag(at(r, "t.yaml/Data"), "block_public_acls"), std::optional(true));
        QCOMPARE(r.estate.flag(at(r, "t.yaml/Data"), "block_public_policy"), std::optional(false));
        QCOMPARE(targets(r, "t.yaml/Host", EdgeKind::RunsAs), Ids{"t.yaml/Profile"});
        QCOMPARE(targets(r, "t.yaml/Profile", EdgeKind::ProfileRole), Ids{"t.yaml/Role"});
    }

    void aNestedTemplateTakesParametersAndGivesOutputs()
    {
        const Read r = read({{"root.yaml",
                                 "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
                                 "  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: "
                                 "./parts/net.yaml, Parameters: {Block: 10.9.0.0/16}}}\n"
                                 "  App: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt Net.Outputs.Id}}\n"},
            {"parts/net.yaml",
                "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {Block: {Type: String}}\nResources:\n"
                "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Ref Block}}\nOutputs: {Id: {Value: !Ref "
                "Vpc}}\n"}});
        QCOMPARE(parentOf(r, "root.yaml/App"), at(r, "root.yaml/Net/Vpc"));
        QVERIFY(!r.estate.find("parts/net.yaml/Vpc"));
        QCOMPARE(toString(r.estate.blocks(at(r, "root.yaml/Net/Vpc"))[0].block), std::string("10.9.0.0/16"));
    }

    void whatOneStackExportsAnotherImports()
    {
        const Read r = read({{"a.yaml",
                                 "AWSTemplateFormatVersion: '2010-09-09'\nResources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n"
                                 "Outputs: {Id: {Value: !Ref Vpc, Export: {Name: shared-vpc}}}\n"},
            {"b.yaml",
                "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
                "  Sub: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !ImportValue shared-vpc}}\n"}});
        QCOMPARE(parentOf(r, "b.yaml/Sub"), at(r, "a.yaml/Vpc"));
    }

    void aServerlessFunctionHasTheRoleThatIsMadeForIt()
    {
        const Read r = read({{"sam.yaml",
            "Transform: AWS::Serverless-2016-10-31\nResources:\n"
            "  Orders: {Type: 'AWS::Serverless::Function', Properties: {Policies: [AmazonS3ReadOnlyAccess, {Statement: "
            "[{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}]}}\n"}});
        QCOMPARE(targets(r, "sam.yaml/Orders", EdgeKind::RunsAs), Ids{"sam.yaml/OrdersRole"});
        QCOMPARE(targets(r, "sam.yaml/OrdersRole", EdgeKind::HasPolicy).size(), std::size_t{2});
    }

    void aSecretIsNotTaken()
    {
        const Read r = template_(
            "  Db: {Type: 'AWS::RDS::DBInstance', Properties: {MasterUserPassword: hunter2hunter2, MasterUsername: "
            "root}}\n"
            "  Fn: {Type: 'AWS::Lambda::Function', Properties: {Environment: {Variables: {TOKEN: hunter2hunter2}}}}\n");
        for (std::size_t i = 0; i < r.estate.strings().size(); ++i)
            QVERIFY(r.estate.text(static_cast<StringId>(i)).find("hunter2") == std::string_view::npos);
    }

    void brokenAndHostileTemplatesEnd()
    {
        for (const char* text : {"AWSTemplateFormatVersion: '2010-09-09'\nResources: 7\n",
                 "AWSTemplateFormatVersion: '2010-09-09'\nConditions: {A: {Condition: B}, B: {Condition: "
                 "A}}\nResources: {V: {Type: 'AWS::EC2::VPC', Condition: A, Properties: 3}}\n",
                 "AWSTemplateFormatVersion: '2010-09-09'\nResources: {V: {Type: 'AWS::EC2::Subnet', Properties: "
                 "{VpcId: !GetAtt V.VpcId, CidrBlock: !Select [9, !Split ['', a]], Tags: [7, {Key: a}]}}}\n",
                 "AWSTemplateFormatVersion: '2010-09-09'\nResources: {S: {Type: 'AWS::CloudFormation::Stack', "
                 "Properties: {TemplateURL: ./t.yaml}}}\n",
                 "AWSTemplateFormatVersion: '2010-09-09'\nResources: {V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: "
                 "!Sub ['${', 7], X: !Cidr [a, b], Y: !FindInMap [a, b], Z: !If [c]}}}\n"}) {
            const Read r = read({{"t.yaml", text}});
            QCOMPARE(r.ledger.rows.size(), std::size_t{1});
        }
    }
};

QTEST_GUILESS_MAIN(CloudFormationTest)
#include "tst_cloudformation.moc"
