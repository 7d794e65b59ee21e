// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/hygiene.h"
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A machine that holds "sg-1".
SmallEstate machine(const char* tier = "app")
{
    SmallEstate small;
    small.subnet("s-1", "10.0.1.0/24").group("sg-1").vm("i-1", "s-1", "10.0.1.4", "sg-1").tag("i-1", "Tier", tier);
    return small;
}

/// A second network with group "sg-far", that "sg-1" refers to.
SmallEstate farReference()
{
    SmallEstate small = machine();
    small.network("vpc-2", "10.1.0.0/16").subnet("s-2", "10.1.1.0/24", {}, "vpc-2", "10.1.0.0/16");
    small.group("sg-far", {}, "vpc-2").vm("i-2", "s-2", "10.1.1.4", "sg-far").admitGroup("sg-1", "sg-far", 443);
    return small;
}

std::vector<Violation> found(const SmallEstate& small)
{
    const Estate estate = small.linked();
    return hygieneOf(estate);
}

std::vector<std::string> kinds(const SmallEstate& small)
{
    std::vector<std::string> all;
    for (const Violation& violation : found(small))
        all.push_back(violation.kind);
    return all;
}
using Kinds = std::vector<std::string>;

} // namespace

class HygieneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTidyNetworkHasNothingToTell() { QCOMPARE(kinds(machine()), Kinds{}); }

    void aGroupOnNothingIsUnused()
    {
        SmallEstate small = machine();
        small.group("sg-2", "left-over");
        const auto violations = found(small);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("unused_sg"));
        QCOMPARE(violations[0].severity, Risk::Info);
        QVERIFY(violations[0].sentence.find("left-over") != std::string::npos);
        QVERIFY(violations[0].hops.at(0).evidence != noEvidence);
    }

    void anUnusedGroupThatIsOpenToTheWorldMattersMore()
    {
        SmallEstate small = machine();
        small.group("sg-2").admit("sg-2", "::/0", 22);
        QCOMPARE(found(small).at(0).severity, Risk::Medium);
    }

    /// "Default security groups for your VPCs": it can't be deleted.
    void theDefaultGroupMayBeUnused()
    {
        SmallEstate small = machine();
        small.group("sg-2", "default");
        QCOMPARE(kinds(small), Kinds{});
    }

    void aGroupOfADatabaseIsUsed()
    {
        SmallEstate small = machine();
        small.group("sg-2").database("db", "s-1", "sg-2", 5432);
        QCOMPARE(kinds(small), Kinds{});
    }

    void withoutInterfacesInTheExportNobodyKnowsWhatIsUnused()
    {
        SmallEstate small;
        small.group("sg-2");
        QCOMPARE(kinds(small), Kinds{});
    }

    void aGroupThatIsOnlySpokenOfIsNotCalledUnused()
    {
        SmallEstate small = machine();
        small.admitGroup("sg-1", "sg-0123456789abcdef0", 443);
        QCOMPARE(kinds(small), Kinds{});
    }

    void aRouteToATargetThatIsGoneIsTold()
    {
        SmallEstate small = machine();
        small.route("rtb-s-1", "192.0.2.0/24", "pcx-gone").blackhole = true;
        const auto violations = found(small);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("blackhole_route"));
        QVERIFY(violations[0].sentence.find("192.0.2.0/24") != std::string::npos);
    }

    /// "Work with stale security group rules": a reference into a network that is not peered any more.
    void aReferenceWithoutAPeeringIsStale() { QCOMPARE(kinds(farReference()), Kinds{"stale_sg_reference"}); }

    void aPeeringThatIsNotActiveDoesNotCount()
    {
        SmallEstate small = farReference();
        small.thing(Kind::NetworkPeering, "pcx-1").with("pcx-1", "state", "deleted");
        small.edge("pcx-1", EdgeKind::Connects, "vpc-1").edge("pcx-1", EdgeKind::Connects, "vpc-2");
        QCOMPARE(kinds(small), Kinds{"stale_sg_reference"});
    }

    void aReferenceOverAnActivePeeringIsOnlyNoted()
    {
        SmallEstate small = farReference();
        small.thing(Kind::NetworkPeering, "pcx-1").with("pcx-1", "state", "active");
        small.edge("pcx-1", EdgeKind::Connects, "vpc-2").edge("pcx-1", EdgeKind::Connects, "vpc-1");
        const auto violations = found(small);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("sg_peer_reference"));
        QCOMPARE(violations[0].severity, Risk::Info);
    }

    void aReferenceWithinTheNetworkIsFine()
    {
        SmallEstate small = machine();
        small.group("sg-2").vm("i-2", "s-1", "10.0.1.5", "sg-2").admitGroup("sg-1", "sg-2", 443);
        QCOMPARE(kinds(small), Kinds{});
    }

    void aRuleForABlockInWhichNothingStandsIsUnused()
    {
        SmallEstate small = machine();
        small.admit("sg-1", "10.0.200.0/24", 443);
        const auto violations = found(small);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("unused_rule"));
        QVERIFY(violations[0].sentence.find("10.0.200.0/24") != std::string::npos);
        QVERIFY(violations[0].hops.at(0).evidence != noEvidence);
    }

    /// What the export does not hold may well be there: another network, the office behind a VPN, the internet.
    void aRuleForABlockOutsideTheExportMayBeUsed()
    {
        SmallEstate small = machine();
        small.admit("sg-1", "192.168.0.0/24", 443)
            .admit("sg-1", "198.51.100.0/24", 443)
            .admit("sg-1", "10.0.0.0/8", 443);
        QCOMPARE(kinds(small), Kinds{});
    }

    void aRuleForTheSubnetOfAManagedDatabaseIsUsed()
    {
        SmallEstate small = machine();
        small.subnet("s-2", "10.0.2.0/24").group("sg-2").database("db", "s-2", "sg-2", 5432);
        small.admit("sg-1", "10.0.2.0/24", 443);
        QCOMPARE(kinds(small), Kinds{});
    }

    void aRuleForAGroupOnNothingIsUnused()
    {
        SmallEstate small = machine();
        small.group("sg-2").admitGroup("sg-1", "sg-2", 443);
        QCOMPARE(kinds(small), (Kinds{"unused_sg", "unused_rule"}));
    }

    void aTableOfNoSubnetIsAnOrphan()
    {
        SmallEstate small = machine();
        small.thing(Kind::RouteTable, "rtb-left", "vpc-1").route("rtb-left", "10.0.0.0/16", {});
        QCOMPARE(kinds(small), Kinds{"orphan_route_table"});
    }

    void theMainTableAndThatOfAGatewayAreUsed()
    {
        SmallEstate small = machine();
        small.thing(Kind::RouteTable, "rtb-main", "vpc-1").edge("vpc-1", EdgeKind::RoutedBy, "rtb-main");
        small.thing(Kind::RouteTable, "rtb-edge", "vpc-1").edge("igw-1", EdgeKind::RoutedBy, "rtb-edge");
        QCOMPARE(kinds(small), Kinds{});
    }

    void networksWithTheSameAddressesThatMeetAreTold()
    {
        SmallEstate small = machine();
        small.network("vpc-2", "10.9.0.0/16").network("vpc-3", "10.9.128.0/17");
        for (const char* far : {"vpc-2", "vpc-3"}) {
            const std::string peering = std::string("pcx-") + far;
            small.thing(Kind::NetworkPeering, peering).with(peering, "state", "active");
            small.edge(peering, EdgeKind::Connects, "vpc-1").edge(peering, EdgeKind::Connects, far);
        }
        const auto violations = found(small);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("overlapping_cidr"));
        QVERIFY(violations[0].sentence.find("10.9.128.0/17") != std::string::npos);
    }

    void networksWithTheSameAddressesThatDoNotMeetAreFine()
    {
        SmallEstate small = machine();
        small.network("vpc-2", "10.9.0.0/16").network("vpc-3", "10.9.0.0/16");
        QCOMPARE(kinds(small), Kinds{});
    }

    void whatTheProviderCallsStaleIsStale()
    {
        SmallEstate small = machine();
        small.thing(Kind::SecurityGroup, "sg-gone").admitGroup("sg-1", "sg-gone", 443);
        small.with("sg-1", "stale_reference:sg-gone", true);
        const auto all = kinds(small);
        QVERIFY(std::ranges::find(all, "stale_sg_reference") != all.end());
    }
};

QTEST_APPLESS_MAIN(HygieneTest)
#include "tst_hygiene.moc"
