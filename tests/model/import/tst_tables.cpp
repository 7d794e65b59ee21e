// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Texts of JSON are written with single quotes here.
WrittenFolder& put(WrittenFolder& folder, const std::string& name, std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return folder.file(name, text);
}

} // namespace

class TablesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableOfTablesHoldsToItsSchema()
    {
        QCOMPARE(loadTable("tables/aws.json", "tables/schema.json", "tables").faults.size(), std::size_t{0});
    }

    void rowsAreTheRepliesThatTheyAreMadeOf()
    {
        WrittenFolder folder;
        put(folder, "q.json",
            "{'columns':[{'name':'group_id'}],'rows':[{'group_id':'sg-1','group_name':'web','vpc_id':'vpc-1',"
            "'account_id':'111122223333','region':'eu-west-1','tags_src':[{'Key':'Name','Value':'front'}],'tags':"
            "{'Name':'front'},'ip_permissions':[{'FromPort':443,'ToPort':443,'IpProtocol':'tcp','IpRanges':"
            "[{'CidrIp':'0.0.0.0/0'}]}]}]}");
        const Estate estate = folder.estate();
        const NodeId group = estate.find("sg-1").value();
        QCOMPARE(estate.kind(group), Kind::SecurityGroup);
        QCOMPARE(estate.name(group), std::string_view("front"));
        QCOMPARE(estate.firewall(group).size(), std::size_t{1});
        QCOMPARE(estate.text(estate.evidence(estate.firewall(group)[0].evidence).pointer),
            std::string_view("/rows/0/ip_permissions"));
        QCOMPARE(estate.id(estate.node(group).account), std::string_view("111122223333"));
        QCOMPARE(estate.name(estate.node(group).region), std::string_view("eu-west-1"));
    }

    void aRoleHasItsPoliciesAndItsTrust()
    {
        WrittenFolder folder;
        put(folder, "aws_iam_role.json",
            "[{'name':'app','arn':'arn:aws:iam::111122223333:role/app','account_id':'111122223333','region':'global',"
            "'assume_role_policy':{'Statement':[{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Service':"
            "'ec2.amazonaws.com'}}]},'attached_policy_arns':['arn:aws:iam::aws:policy/ReadOnlyAccess'],"
            "'inline_policies':[{'PolicyName':'in','PolicyDocument':{'Statement':[]}}],"
            "'permissions_boundary_arn':'arn:aws:iam::111122223333:policy/b'}]");
        const Estate estate = folder.estate();
        const NodeId role = estate.find("arn:aws:iam::111122223333:role/app").value();
        QCOMPARE(estate.policies(role).size(), std::size_t{2});
        QCOMPARE(estate.targets(role, EdgeKind::HasPolicy).size(), std::size_t{1});
        QCOMPARE(estate.targets(role, EdgeKind::BoundedBy).size(), std::size_t{1});
    }

    void aUserIsInItsGroups()
    {
        WrittenFolder folder;
        put(folder, "aws_iam_user.json",
            "[{'name':'ann','arn':'arn:aws:iam::111122223333:user/ann','user_id':'A','groups':[{'Arn':"
            "'arn:aws:iam::111122223333:group/ops','GroupName':'ops'}]}]");
        put(folder, "aws_iam_group.json",
            "[{'name':'ops','arn':'arn:aws:iam::111122223333:group/ops','group_id':'G'}]");
        const Estate estate = folder.estate();
        const NodeId user = estate.find("arn:aws:iam::111122223333:user/ann").value();
        QCOMPARE(estate.targets(user, EdgeKind::MemberOf),
            std::vector{estate.find("arn:aws:iam::111122223333:group/ops").value()});
    }

    void aBucketHasWhatOtherCallsWouldSay()
    {
        WrittenFolder folder;
        put(folder, "aws_s3_bucket.json",
            "[{'name':'b','account_id':'111122223333','region':'eu-west-1','versioning_enabled':true,"
            "'block_public_acls':true,'policy':{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject',"
            "'Resource':'arn:aws:s3:::b/*'}]},'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'Type':'Group','URI':"
            "'http://acs.amazonaws.com/groups/global/AllUsers'},'Permission':'READ'}]}}]");
        const Estate estate = folder.estate();
        const NodeId bucket = estate.find("arn:aws:s3:::b").value();
        QCOMPARE(estate.word(bucket, "versioning"), std::string_view("Enabled"));
        QCOMPARE(estate.flag(bucket, "block_public_acls"), std::optional(true));
        QCOMPARE(estate.word(bucket, "acl_all_users"), std::string_view("READ"));
        QCOMPARE(estate.policies(bucket).size(), std::size_t{1});
    }

    void aDatabaseStandsInItsNetwork()
    {
        WrittenFolder folder;
        put(folder, "x.json",
            "[{'db_instance_identifier':'d','arn':'arn:aws:rds:eu-west-1:111122223333:db:d','class':'db.m5.large',"
            "'engine':'mysql','publicly_accessible':true,'storage_encrypted':false,'vpc_security_groups':"
            "[{'VpcSecurityGroupId':'sg-1','Status':'active'}],'vpc_id':'vpc-1'}]");
        const Estate estate = folder.estate();
        const NodeId database = estate.find("arn:aws:rds:eu-west-1:111122223333:db:d").value();
        QCOMPARE(estate.kind(database), Kind::SqlDb);
        QCOMPARE(estate.flag(database, "publicly_accessible"), std::optional(true));
        QCOMPARE(estate.targets(database, EdgeKind::GuardedBy), std::vector{estate.find("sg-1").value()});
    }

    void linesOfCloudQueryAreReadOneByOne()
    {
        WrittenFolder folder;
        put(folder, "aws_ec2_vpcs/part.json",
            "{'_cq_id':'1','account_id':'111122223333','region':'eu-west-1','vpc_id':'vpc-1','cidr_block':'10.0.0.0/"
            "16'}"
            "\n"
            "{'_cq_id':'2','account_id':'111122223333','region':'eu-west-1','vpc_id':'vpc-2','cidr_block':'10.1.0.0/"
            "16'}"
            "\n");
        const Estate estate = folder.estate();
        QCOMPARE(estate.blocks(estate.find("vpc-1").value()).size(), std::size_t{1});
        QCOMPARE(estate.evidence(estate.evidence(estate.find("vpc-2").value())[0]).line, 2U);
    }

    void rowsWithoutWhatNamesTheThingAreLeftOutWithAReason()
    {
        WrittenFolder folder;
        put(folder, "aws_vpc_security_group.json", "[{'title':'x','akas':[]}]");
        put(folder, "aws_vpc_route.json", "[{'route_table_id':'rtb-1','title':'x'}]");
        put(folder, "n.json", "[{'akas':['a'],'title':'x'}]");
        const Imported imported = folder.imported();
        for (const LedgerRow& row : imported.ledger.rows) {
            QCOMPARE(row.format, std::string("Steampipe or CloudQuery table"));
            QCOMPARE(row.leftOut.size(), std::size_t{1});
            QCOMPARE(row.facts, std::size_t{0});
        }
    }

    void aSecretInAFunctionsEnvironmentIsNotKept()
    {
        WrittenFolder folder;
        put(folder, "aws_lambda_function.json",
            "[{'name':'f','arn':'arn:aws:lambda:eu-west-1:111122223333:function:f','runtime':'python3.12',"
            "'environment_variables':{'PASSWORD':'hunter2hunter2'}}]");
        const Imported imported = folder.imported();
        for (std::uint32_t i = 0; i < imported.inventory.strings.size(); ++i)
            QVERIFY(imported.inventory.strings[StringId{i}].find("hunter2") == std::string_view::npos);
    }

    void constantsAreReadWhereTheirContentTellsTheCall()
    {
        WrittenFolder folder;
        put(folder, "c.json",
            "{'DESCRIBE_SGS':[{'GroupId':'sg-1','GroupName':'web','OwnerId':'111122223333','IpPermissions':[]}],"
            "'DESCRIBE_VPCS':{'Vpcs':[{'VpcId':'vpc-1','CidrBlock':'10.0.0.0/16','OwnerId':'111122223333'}]},"
            "'DESCRIBE_LISTENERS':[{'ListenerArn':'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/b/c',"
            "'LoadBalancerArn':'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/b','DefaultActions':[]}],"
            "'ODD_ONES':[{'x':1},{'x':2}],'NUMBER':3}");
        const Estate estate = folder.estate();
        QCOMPARE(estate.kind(estate.find("sg-1").value()), Kind::SecurityGroup);
        QCOMPARE(estate.kind(estate.find("vpc-1").value()), Kind::Network);
        QVERIFY(estate.find("arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/b/c"));
        const LedgerRow row = *rowOf(folder.imported().ledger, "c.json");
        QCOMPARE(row.leftOut.size(), std::size_t{2});
        QCOMPARE(row.leftOut[0].count, std::size_t{2});
    }

    void wrongTypesAreNoCrash()
    {
        WrittenFolder folder;
        put(folder, "aws_iam_role.json",
            "[{'arn':7},{'arn':'a','inline_policies':3,'attached_policy_arns':{},"
            "'assume_role_policy':[]},null,4]");
        put(folder, "aws_lambda_function.json", "[{'arn':'x','runtime':[],'configuration':4,'vpc_id':{}}]");
        put(folder, "aws_iam_policy.json", "[{'arn':'x','policy_id':'y','policy_version_list':4,'policy':[]}]");
        QCOMPARE(folder.imported().ledger.rows.size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TablesTest)
#include "tst_tables.moc"
