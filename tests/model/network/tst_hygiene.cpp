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
    return hygieneOf(estate, inferTiers(estate));
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

    void aWidePrivateBlockOntoDataOrManagementIsTold_data()
    {
        QTest::addColumn<QByteArray>("tier");
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<bool>("told");
        QTest::newRow("all of ten") << QByteArray("data") << QByteArray("10.0.0.0/8") << true;
        QTest::newRow("sixteen") << QByteArray("data") << QByteArray("10.0.0.0/16") << true;
        QTest::newRow("a subnet") << QByteArray("data") << QByteArray("10.0.1.0/24") << false;
        QTest::newRow("just narrower") << QByteArray("data") << QByteArray("10.0.0.0/17") << false;
        QTest::newRow("management") << QByteArray("management") << QByteArray("172.16.0.0/12") << true;
        QTest::newRow("app") << QByteArray("app") << QByteArray("10.0.0.0/8") << false;
        QTest::newRow("another private block") << QByteArray("data") << QByteArray("192.168.0.0/16") << true;
        // What the whole world may open is told as a flow where it is one.
        QTest::newRow("everything") << QByteArray("data") << QByteArray("0.0.0.0/0") << false;
    }
    void aWidePrivateBlockOntoDataOrManagementIsTold()
    {
        QFETCH(QByteArray, tier);
        QFETCH(QByteArray, block);
        QFETCH(bool, told);
        SmallEstate small = machine(tier.constData());
        small.admit("sg-1", block.constData(), 5432);
        QCOMPARE(kinds(small), told ? Kinds{"broad_cidr"} : Kinds{});
    }

    void oneWideRuleIsToldOnceAndTwoRulesTwice()
    {
        SmallEstate small = machine("data");
        small.vm("i-2", "s-1", "10.0.1.5", "sg-1").tag("i-2", "Tier", "data").admit("sg-1", "10.0.0.0/8", 5432);
        QCOMPARE(kinds(small), Kinds{"broad_cidr"});
        small.admit("sg-1", "10.0.0.0/8", 22);
        QCOMPARE(kinds(small), (Kinds{"broad_cidr", "broad_cidr"}));
    }

    void anOutboundRuleIsNoInvitation()
    {
        SmallEstate small = machine("data");
        small.rule("sg-1", Direction::Out, "10.0.0.0/8", 5432);
        QCOMPARE(kinds(small), Kinds{});
    }
};

QTEST_APPLESS_MAIN(HygieneTest)
#include "tst_hygiene.moc"
