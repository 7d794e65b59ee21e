// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

/// What the network engine reads besides networks and their rules.
class AwsNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// "DescribeVpcBlockPublicAccessOptions", Amazon EC2 API Reference: one answer for each region.
    void theBlockOfPublicAccessBelongsToItsRegion()
    {
        WrittenFolder folder;
        folder.file("111122223333/eu-west-1/a.json", R"({"Vpcs":[{"VpcId":"vpc-1"}]})")
            .file("111122223333/us-east-1/a.json", R"({"Vpcs":[{"VpcId":"vpc-2"}]})")
            .file("111122223333/eu-west-1/describe-vpc-block-public-access-options.json",
                R"({"VpcBlockPublicAccessOptions":{"AwsRegion":"eu-west-1","InternetGatewayBlockMode":"block-ingress"}})");
        const Estate estate = folder.estate();
        const auto modeAt = [&](const char* network) {
            return estate.word(estate.node(*estate.find(network)).region, "vpc_block_public_access");
        };
        QCOMPARE(modeAt("vpc-1"), std::string_view("block-ingress"));
        QVERIFY(modeAt("vpc-2").empty());
    }

    void anExclusionBelongsToItsSubnetWhileItIsInForce()
    {
        WrittenFolder folder;
        folder
            .file("a.json",
                R"({"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1"},{"SubnetId":"subnet-2","VpcId":"vpc-1"}]})")
            .file("b.json",
                R"({"VpcBlockPublicAccessExclusions":[
                {"ExclusionId":"e-1","State":"create-complete","InternetGatewayExclusionMode":"allow-egress","ResourceArn":"arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1"},
                {"ExclusionId":"e-2","State":"delete-complete","InternetGatewayExclusionMode":"allow-egress","ResourceArn":"arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-2"}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.word(*estate.find("subnet-1"), "public_access_exclusion"), std::string_view("allow-egress"));
        QVERIFY(estate.word(*estate.find("subnet-2"), "public_access_exclusion").empty());
    }

    /// "DescribeVpcEndpointServiceConfigurations", Amazon EC2 API Reference.
    void anEndpointKnowsTheServiceThatItBelongsToAndTheServiceItsBalancer()
    {
        const char* const endpoints = R"({"VpcEndpoints":[
            {"VpcEndpointId":"vpce-1","VpcEndpointType":"Interface","VpcId":"vpc-1","ServiceName":"com.amazonaws.vpce.eu-west-1.vpce-svc-1"},
            {"VpcEndpointId":"vpce-2","VpcEndpointType":"Interface","VpcId":"vpc-1","ServiceName":"com.amazonaws.vpce.eu-west-1.vpce-svc-2"},
            {"VpcEndpointId":"vpce-3","VpcEndpointType":"Interface","VpcId":"vpc-1","ServiceName":"com.amazonaws.eu-west-1.kms"}]})";
        WrittenFolder folder;
        folder.file("a.json", endpoints)
            .file("b.json",
                R"({"ServiceConfigurations":[{"ServiceId":"vpce-svc-1","ServiceName":"com.amazonaws.vpce.eu-west-1.vpce-svc-1","AcceptanceRequired":true,
                "NetworkLoadBalancerArns":["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/n/1"]}]})");
        const Estate estate = folder.estate();
        const NodeId service = estate.find("vpce-svc-1").value();
        QVERIFY(!estate.node(service).outside);
        QCOMPARE(estate.targets(estate.find("vpce-1").value(), EdgeKind::ForwardsTo), std::vector{service});
        QCOMPARE(estate.targets(service, EdgeKind::ForwardsTo).size(), std::size_t{1});
        const auto foreign = estate.targets(estate.find("vpce-2").value(), EdgeKind::ForwardsTo);
        QCOMPARE(foreign.size(), std::size_t{1});
        QVERIFY(estate.node(foreign.front()).outside);
        QVERIFY(estate.targets(estate.find("vpce-3").value(), EdgeKind::ForwardsTo).empty());
    }

    void referencesToAGroupFromOtherNetworksAreKnown()
    {
        WrittenFolder folder;
        folder.file("a.json", R"({"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g","VpcId":"vpc-1"}]})")
            .file("b.json",
                R"({"SecurityGroupReferenceSet":[{"GroupId":"sg-1","ReferencingVpcId":"vpc-9","VpcPeeringConnectionId":"pcx-1"}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.word(*estate.find("sg-1"), "referenced_from:vpc-9"), std::string_view("pcx-1"));
    }

    void aStaleReferenceIsKnownFromTheListAndFromTheRule()
    {
        WrittenFolder folder;
        folder
            .file("a.json",
                R"({"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g","VpcId":"vpc-1","IpPermissions":[{"IpProtocol":"-1",
                "UserIdGroupPairs":[{"GroupId":"sg-gone","PeeringStatus":"deleted"},{"GroupId":"sg-here","PeeringStatus":"active"}]}]}]})")
            .file("b.json",
                R"({"StaleSecurityGroupSet":[{"GroupId":"sg-1","StaleIpPermissions":[{"IpProtocol":"tcp","UserIdGroupPairs":[{"GroupId":"sg-old"}]}]}]})");
        const Estate estate = folder.estate();
        const NodeId group = *estate.find("sg-1");
        QVERIFY(estate.flag(group, "stale_reference:sg-gone").value_or(false));
        QVERIFY(estate.flag(group, "stale_reference:sg-old").value_or(false));
        QVERIFY(!estate.flag(group, "stale_reference:sg-here").has_value());
    }

    /// "Default route table association": only where it is enabled does the default table stand for all.
    void theDefaultTableOfATransitGatewayCountsOnlyWhenItIsInUse()
    {
        WrittenFolder folder;
        folder.file("a.json",
            R"({"TransitGateways":[
            {"TransitGatewayId":"tgw-1","Options":{"DefaultRouteTableAssociation":"enable","AssociationDefaultRouteTableId":"tgw-rtb-1","SecurityGroupReferencingSupport":"enable"}},
            {"TransitGatewayId":"tgw-2","Options":{"DefaultRouteTableAssociation":"disable","AssociationDefaultRouteTableId":"tgw-rtb-2"}}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.word(*estate.find("tgw-1"), "default_association_table"), std::string_view("tgw-rtb-1"));
        QCOMPARE(estate.word(*estate.find("tgw-1"), "security_group_references"), std::string_view("enable"));
        QVERIFY(estate.word(*estate.find("tgw-2"), "default_association_table").empty());
    }

    void associationsAreOfTheTableThatTheFileIsNamedAfter()
    {
        WrittenFolder folder;
        folder
            .file("a.json",
                R"({"TransitGatewayRouteTables":[{"TransitGatewayRouteTableId":"tgw-rtb-1","TransitGatewayId":"tgw-1"}]})")
            .file("get-transit-gateway-route-table-associations/tgw-rtb-1.json",
                R"({"Associations":[{"TransitGatewayAttachmentId":"tgw-attach-1","ResourceType":"vpc","State":"associated"},
                {"TransitGatewayAttachmentId":"tgw-attach-2","ResourceType":"vpc","State":"disassociated"}]})");
        const Estate estate = folder.estate();
        const auto users = estate.sources(*estate.find("tgw-rtb-1"), EdgeKind::Associated);
        QCOMPARE(users.size(), std::size_t{1});
        QCOMPARE(estate.id(users[0]), std::string_view("tgw-attach-1"));
    }

    /// "Client IP preservation", Elastic Load Balancing: an attribute of the target group.
    void attributesOfATargetGroupAreItsSettings()
    {
        WrittenFolder folder;
        folder
            .file("a.json",
                R"({"TargetGroups":[{"TargetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/t/1","TargetGroupName":"t","Protocol":"TCP","Port":80}]})")
            .file("describe-target-group-attributes/"
                  "arn%3Aaws%3Aelasticloadbalancing%3Aeu-west-1%3A111122223333%3Atargetgroup%2Ft%2F1",
                R"({"Attributes":[{"Key":"preserve_client_ip.enabled","Value":"false"}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.word(*estate.find("arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/t/1"),
                     "preserve_client_ip.enabled"),
            std::string_view("false"));
    }

    void aTableOfAGatewayIsUsedByIt()
    {
        WrittenFolder folder;
        folder.file("a.json",
            R"({"RouteTables":[{"RouteTableId":"rtb-1","VpcId":"vpc-1","Routes":[],"Associations":[{"Main":false,"RouteTableId":"rtb-1","GatewayId":"igw-1"}]}]})");
        const Estate estate = folder.estate();
        QCOMPARE(estate.sources(*estate.find("rtb-1"), EdgeKind::RoutedBy).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(AwsNetworkTest)
#include "tst_aws_network.moc"
