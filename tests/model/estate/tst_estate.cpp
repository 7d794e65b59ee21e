// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/change.h"
#include "estate/link.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Two machines in a subnet; one is guarded by a group with one rule.
Estate small()
{
    Inventory inventory;
    const FileId file = inventory.file("a.json");
    const EvidenceId at = inventory.seen(file, "/x");
    const ScopeId scope = inventory.scope(rootScope, "folder", "111122223333", "eu-west-1");
    inventory.thing(Kind::Subnet, Provider::Aws, "AWS::EC2::Subnet", "subnet-1", scope, at).parent =
        inventory.text("vpc-1");
    for (const char* machine : {"i-1", "i-2"})
        inventory.thing(Kind::Vm, Provider::Aws, "AWS::EC2::Instance", machine, scope, at).parent =
            inventory.text("subnet-1");
    const Ref group =
        inventory.thing(Kind::SecurityGroup, Provider::Aws, "AWS::EC2::SecurityGroup", "sg-1", scope, at).id;
    inventory.edge(inventory.text("i-1"), EdgeKind::GuardedBy, "sg-1", at);
    FirewallRow<Ref> rule;
    rule.of = group;
    rule.rule = inventory.text("in#0");
    inventory.facts.firewall.push_back(rule);
    inventory.property(group, "open", true, at);
    Progress progress;
    return link(std::move(inventory), progress);
}

} // namespace

class EstateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingLinkedIsAnEmptyEstate()
    {
        const Estate nothing;
        QVERIFY(nothing.ofKind(Kind::Vm).empty());
        QVERIFY(!nothing.find("anything"));
    }

    void containersNest()
    {
        const Estate estate = small();
        const auto machine = *estate.find("i-1");
        QCOMPARE(estate.id(*estate.within(machine, Kind::Network)), std::string_view("vpc-1"));
        QCOMPARE(estate.id(*estate.within(*estate.find("sg-1"), Kind::Account)), std::string_view("111122223333"));
        QCOMPARE(estate.children(*estate.find("subnet-1")).size(), std::size_t{2});
    }

    /// "Resource name rules", Azure Resource Manager documentation.
    void idsOfAzureAreTheSameWhateverTheirCase()
    {
        Inventory inventory;
        const EvidenceId at = inventory.seen(inventory.file("a.json"), "/x");
        const auto add = [&](Kind kind, std::string_view id) {
            return inventory.thing(kind, Provider::Azure, "", id, rootScope, at).id;
        };
        const Ref machine = add(Kind::Vm, "/subscriptions/s/resourceGroups/Web/providers/Microsoft.Compute/x/VM1");
        inventory.edge(
            machine, EdgeKind::Uses, "/subscriptions/s/resourcegroups/web/providers/microsoft.compute/disks/d", at);
        add(Kind::Disk, "/subscriptions/s/resourceGroups/Web/providers/Microsoft.Compute/disks/D");
        add(Kind::Vm, "/SUBSCRIPTIONS/s/resourceGroups/WEB/providers/Microsoft.Compute/x/vm1");
        Progress progress;
        const Estate estate = link(std::move(inventory), progress);
        QCOMPARE(estate.ofKind(Kind::Vm).size(), std::size_t{1});
        QCOMPARE(estate.ofKind(Kind::Disk).size(), std::size_t{1});
        const NodeId disk = estate.ofKind(Kind::Disk).front();
        QCOMPARE(estate.targets(estate.ofKind(Kind::Vm).front(), EdgeKind::Uses), std::vector{disk});
        QVERIFY(!estate.node(disk).outside);
        QCOMPARE(estate.id(disk),
            std::string_view("/subscriptions/s/resourceGroups/Web/providers/Microsoft.Compute/disks/D"));
        QCOMPARE(estate.find("/Subscriptions/S/ResourceGroups/web/providers/Microsoft.Compute/DISKS/d"),
            std::optional(disk));
        QCOMPARE(estate.name(disk), std::string_view("D"));
    }

    void whatBelongsToADirectoryBelongsToNoSubscription()
    {
        Inventory inventory;
        const EvidenceId at = inventory.seen(inventory.file("a.json"), "/x");
        const ScopeId scope = inventory.scope(rootScope, "folder", "/subscriptions/s", "");
        ThingRow& user = inventory.thing(Kind::User, Provider::Azure, "", "u", scope, at);
        user.region = inventory.text("global");
        user.parent = inventory.text("tenant");
        Progress progress;
        const Estate estate = link(std::move(inventory), progress);
        const NodeRow& row = estate.node(*estate.find("u"));
        QVERIFY(row.account == noNode);
        QCOMPARE(row.parent, *estate.find("tenant"));
    }

    void edgesAreFoundFromBothEnds()
    {
        const Estate estate = small();
        QCOMPARE(estate.targets(*estate.find("i-1"), EdgeKind::GuardedBy), std::vector{*estate.find("sg-1")});
        QCOMPARE(estate.sources(*estate.find("sg-1"), EdgeKind::GuardedBy), std::vector{*estate.find("i-1")});
        QVERIFY(estate.out(*estate.find("i-2")).empty());
    }

    void theBoostGraphHasTheSameEdges()
    {
        const Estate estate = small();
        QCOMPARE(boost::num_vertices(estate.graph()), estate.nodeCount());
        QCOMPARE(boost::num_edges(estate.graph()), estate.edgeCount());
        const auto [first, last] = boost::out_edges(index(*estate.find("i-1")), estate.graph());
        QCOMPARE(std::distance(first, last), std::ptrdiff_t{1});
        QCOMPARE(boost::target(*first, estate.graph()), index(*estate.find("sg-1")));
    }

    void aSettingThatWasNotExportedIsUnknown()
    {
        const Estate estate = small();
        QCOMPARE(estate.flag(*estate.find("sg-1"), "open").value_or(false), true);
        QVERIFY(!estate.flag(*estate.find("i-1"), "open").has_value());
        QVERIFY(!estate.flag(*estate.find("sg-1"), "never heard of").has_value());
    }

    void aDescriptionBeatsAMention()
    {
        Inventory inventory;
        Progress progress;
        ThingRow& mention =
            inventory.thing(Kind::Network, Provider::Aws, "AWS::EC2::VPC", "vpc-1", rootScope, noEvidence);
        mention.outside = true;
        inventory.thing(Kind::Network, Provider::Aws, "AWS::EC2::VPC", "vpc-1", rootScope,
            inventory.seen(inventory.file("a"), "/0"));
        const Estate estate = link(std::move(inventory), progress);
        QVERIFY(!estate.node(*estate.find("vpc-1")).outside);
    }

    void changesGiveAnotherEstateAndLeaveTheFirst()
    {
        const Estate before = small();
        const std::vector<Change> changes = {RemoveEdge{"i-1", EdgeKind::GuardedBy, "sg-1"},
            RemoveFirewallRule{"sg-1", "in#0"}, SetFlag{"sg-1", "open", false},
            RemoveEdge{"i-9", EdgeKind::GuardedBy, "sg-1"}};
        const ChangedEstate after = changed(before, changes);
        QCOMPARE(after.withoutEffect, std::vector<std::size_t>{3});
        QVERIFY(after.estate.out(*after.estate.find("i-1")).empty());
        QVERIFY(after.estate.firewall(*after.estate.find("sg-1")).empty());
        QCOMPARE(after.estate.flag(*after.estate.find("sg-1"), "open").value_or(true), false);
        QCOMPARE(before.firewall(*before.find("sg-1")).size(), std::size_t{1});
        QCOMPARE(after.estate.find("i-2"), before.find("i-2"));
        QCOMPARE(after.estate.evidence(*after.estate.find("i-2")).size(), std::size_t{1});
    }

    void theKindOfAnArn()
    {
        QCOMPARE(kindOfArn("arn:aws:iam::111122223333:role/a/b"), Kind::Role);
        QCOMPARE(kindOfArn("arn:aws:s3:::bucket"), Kind::ObjectStore);
        QCOMPARE(kindOfArn("arn:aws-cn:kms:cn-north-1:111122223333:key/x"), Kind::Key);
        QCOMPARE(kindOfArn("arn:aws:braket:::x"), Kind::Other);
        QCOMPARE(kindOfArn("no arn"), Kind::Other);
    }
};

QTEST_APPLESS_MAIN(EstateTest)
#include "tst_estate.moc"
