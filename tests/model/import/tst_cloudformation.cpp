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

    void aPermissionIsAPolicyOfItsFunction()
    {
        const Read r =
            template_("  Fn: {Type: 'AWS::Lambda::Function', Properties: {FunctionName: f}}\n"
                      "  A: {Type: 'AWS::Lambda::Permission', Properties: {FunctionName: !Ref Fn, Action: "
                      "'lambda:InvokeFunction', Principal: s3.amazonaws.com, SourceAccount: '111122223333'}}\n"
                      "  B: {Type: 'AWS::Lambda::Permission', Properties: {FunctionName: !GetAtt Fn.Arn, Action: "
                      "'lambda:InvokeFunction', Principal: '*', PrincipalOrgID: o-1}}\n");
        const auto policies = r.estate.policies(at(r, "t.yaml/Fn"));
        QCOMPARE(policies.size(), std::size_t{2});
        for (const auto& policy : policies)
            QCOMPARE(policy.role, PolicyRole::Resource);
        QVERIFY(r.estate.text(policies[0].document).find("s3.amazonaws.com") != std::string_view::npos);
        QVERIFY(r.estate.text(policies[1].document).find("o-1") != std::string_view::npos);
    }

    void aGroupOfMachinesHasItsTemplateAndItsSubnets()
    {
        const Read r = template_(
            "  Sub: {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.1.0/24}}\n"
            "  Sg: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: d}}\n"
            "  Profile: {Type: 'AWS::IAM::InstanceProfile', Properties: {Roles: [r]}}\n"
            "  New: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {SecurityGroupIds: [!Ref Sg], "
            "IamInstanceProfile: {Arn: !GetAtt Profile.Arn}, MetadataOptions: {HttpTokens: required}}}}\n"
            "  Old: {Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: {SecurityGroups: [!Ref Sg]}}\n"
            "  A: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {VPCZoneIdentifier: [!Ref Sub], "
            "LaunchTemplate: {LaunchTemplateId: !Ref New, Version: '1'}}}\n"
            "  B: {Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {LaunchConfigurationName: !Ref Old}}\n");
        QCOMPARE(targets(r, "t.yaml/A", EdgeKind::Uses), Ids{"t.yaml/New"});
        QCOMPARE(targets(r, "t.yaml/A", EdgeKind::InSubnet), Ids{"t.yaml/Sub"});
        QCOMPARE(targets(r, "t.yaml/B", EdgeKind::Uses), Ids{"t.yaml/Old"});
        for (const char* id : {"t.yaml/New", "t.yaml/Old"})
            QCOMPARE(targets(r, id, EdgeKind::GuardedBy), Ids{"t.yaml/Sg"});
        QCOMPARE(targets(r, "t.yaml/New", EdgeKind::RunsAs), Ids{"t.yaml/Profile"});
        QCOMPARE(r.estate.word(at(r, "t.yaml/New"), "metadata_tokens"), std::string_view("required"));
        QCOMPARE(r.estate.word(at(r, "t.yaml/Old"), "metadata_tokens"), std::string_view("optional"));
    }

    void whatStandsBeforeTheWorldHasItsSettings()
    {
        const Read r = template_(
            "  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: b}}\n"
            "  Acl: {Type: 'AWS::WAFv2::WebACL', Properties: {Scope: CLOUDFRONT, DefaultAction: {Block: {}}}}\n"
            "  Cdn: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Enabled: true, WebACLId: "
            "!GetAtt Acl.Arn, Origins: [{Id: o, DomainName: !GetAtt Bucket.DomainName}], DefaultCacheBehavior: "
            "{ViewerProtocolPolicy: allow-all}}}}\n"
            "  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: api, EndpointConfiguration: {Types: "
            "[PRIVATE]}, Policy: {Statement: [{Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: "
            "'*'}]}}}\n");
        const NodeId cdn = at(r, "t.yaml/Cdn");
        QCOMPARE(r.estate.flag(cdn, "enabled"), std::optional(true));
        QCOMPARE(r.estate.word(cdn, "viewer_protocol"), std::string_view("allow-all"));
        QCOMPARE(targets(r, "t.yaml/Cdn", EdgeKind::GuardedBy), Ids{"t.yaml/Acl"});
        QCOMPARE(targets(r, "t.yaml/Cdn", EdgeKind::ForwardsTo), Ids{"t.yaml/Bucket"});
        QCOMPARE(r.estate.word(at(r, "t.yaml/Acl"), "default_action"), std::string_view("block"));
        QCOMPARE(r.estate.word(at(r, "t.yaml/Api"), "endpoint_type"), std::string_view("PRIVATE"));
        QCOMPARE(r.estate.policies(at(r, "t.yaml/Api")).size(), std::size_t{1});
    }

    void routesOfATransitGatewayLeadToTheirAttachment()
    {
        const Read r = template_(
            "  Hub: {Type: 'AWS::EC2::TransitGateway'}\n"
            "  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
            "  Table: {Type: 'AWS::EC2::TransitGatewayRouteTable', Properties: {TransitGatewayId: !Ref Hub}}\n"
            "  At: {Type: 'AWS::EC2::TransitGatewayAttachment', Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref "
            "Vpc}}\n"
            "  A: {Type: 'AWS::EC2::TransitGatewayRoute', Properties: {TransitGatewayRouteTableId: !Ref Table, "
            "DestinationCidrBlock: 10.0.0.0/16, TransitGatewayAttachmentId: !Ref At}}\n"
            "  B: {Type: 'AWS::EC2::TransitGatewayRoute', Properties: {TransitGatewayRouteTableId: !Ref Table, "
            "DestinationCidrBlock: 10.9.0.0/16, Blackhole: true}}\n");
        const auto routes = r.estate.routes(at(r, "t.yaml/Table"));
        QCOMPARE(routes.size(), std::size_t{2});
        QCOMPARE(routes[0].target, at(r, "t.yaml/At"));
        QVERIFY(routes[1].blackhole);
    }

    void listsBesideAPolicyAreItsAttachments()
    {
        const Read r = template_(
            "  Account: {Type: 'AWS::Organizations::Account', Properties: {AccountName: a, Email: x@example.com}}\n"
            "  Limits: {Type: 'AWS::Organizations::Policy', Properties: {Name: p, Type: SERVICE_CONTROL_POLICY, "
            "TargetIds: [!Ref Account], Content: {Statement: [{Effect: Deny, Action: '*', Resource: '*'}]}}}\n"
            "  Vault: {Type: 'AWS::Backup::BackupVault', Properties: {BackupVaultName: v, AccessPolicy: {Statement: "
            "[{Effect: Deny, Principal: '*', Action: '*', Resource: '*'}]}}}\n");
        QCOMPARE(targets(r, "t.yaml/Account", EdgeKind::HasPolicy), Ids{"t.yaml/Limits"});
        QCOMPARE(r.estate.policies(at(r, "t.yaml/Limits"))[0].role, PolicyRole::ServiceControl);
        QCOMPARE(r.estate.policies(at(r, "t.yaml/Vault")).size(), std::size_t{1});
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
