// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

/// What is concluded of one thing, by the zone's id.
struct Concluded {
    QString zone, reason, conflict;
    EvidenceId evidence = noEvidence;
};

Concluded tierOf(const SmallEstate& small, std::string_view node, const std::vector<TierOverride>& overrides = {},
    const std::vector<MatrixZone>& zones = {})
{
    const Estate estate = small.linked();
    const Tiers tiers = inferTiers(estate, overrides, zones);
    const Placement& placed = tiers.of[index(*estate.find(node))];
    return {placed.zone == Placement::unassigned ? QStringLiteral("unassigned")
                                                 : QString::fromStdString(tiers.zones[placed.zone].id),
        QString::fromStdString(placed.reason), QString::fromStdString(placed.conflict), placed.evidence};
}

/// A machine in a subnet of which nothing is known but its block.
SmallEstate plainMachine()
{
    SmallEstate small;
    small.thing(Kind::Subnet, "s-1", "vpc-1");
    small.group("sg-1").vm("i-1", "s-1", "10.0.1.4", "sg-1");
    return small;
}

/// Zones of a policy: by kind, tag, name of a group, address block and prefix list.
std::vector<MatrixZone> ownZones()
{
    Diagnostics notes;
    return ZoneMatrix::from(R"({"zones": {
        "internet": {"builtin": "internet"},
        "offices": {"builtin": "cidr", "cidrs": ["10.0.9.0/24"], "prefix_lists": ["corp-offices"]},
        "front": {"match": [{"kind": ["alb"]}, {"sg_name": "*front*"}]},
        "core": {"match": [{"tag": {"Tier": "core*"}, "sg_name": "core-*"}, {"kind": ["lambda"]}]},
        "data": {"title": "Stores"},
        "unassigned": {"builtin": "rest"}},
        "flows": [{"from": "front", "to": "core", "access": "allow_all"}]})",
        "m.json", notes)
        .zones;
}

} // namespace

class TiersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatNothingSpeaksForIsUnassigned()
    {
        const SmallEstate small = plainMachine();
        QCOMPARE(tierOf(small, "i-1").zone, QStringLiteral("unassigned"));
        const Estate estate = small.linked();
        QCOMPARE(inferTiers(estate).unassigned, std::size_t(1));
    }

    void aTagNamesTheTier()
    {
        SmallEstate small = plainMachine();
        small.tag("i-1", "tier", "Web");
        const Concluded tier = tierOf(small, "i-1");
        QCOMPARE(tier.zone, QStringLiteral("web"));
        QVERIFY(tier.reason.contains(QStringLiteral("is Web")));
        QVERIFY(tier.evidence != noEvidence);
    }

    void aTagMayNameItByAWord()
    {
        SmallEstate small = plainMachine();
        small.tag("i-1", "Role", "postgres-primary");
        QCOMPARE(tierOf(small, "i-1").zone, QStringLiteral("data"));
    }

    void aTagThatNamesNoTierIsPassedOver()
    {
        SmallEstate small = plainMachine();
        small.tag("i-1", "Tier", "gold").tag("i-1", "Role", "api");
        QCOMPARE(tierOf(small, "i-1").zone, QStringLiteral("app"));
    }

    void theUsersWordStandsAboveATag()
    {
        SmallEstate small = plainMachine();
        small.tag("i-1", "Tier", "web");
        const Concluded tier = tierOf(small, "i-1", {{"i-1", "data"}});
        QCOMPARE(tier.zone, QStringLiteral("data"));
        QCOMPARE(tier.reason, QStringLiteral("you placed it here"));
        QVERIFY(tier.conflict.contains(QStringLiteral("Web")));
    }

    void aWordOfTheUsersThatIsNoZoneChangesNothing()
    {
        SmallEstate small = plainMachine();
        small.tag("i-1", "Tier", "web");
        QCOMPARE(tierOf(small, "i-1", {{"i-1", "basement"}, {"i-unknown", "web"}}).zone, QStringLiteral("web"));
    }

    void aManagedDatabaseIsData()
    {
        SmallEstate small = plainMachine();
        small.database("db-1", "s-1", "sg-1", 5432);
        const Concluded tier = tierOf(small, "db-1");
        QCOMPARE(tier.zone, QStringLiteral("data"));
        QVERIFY(tier.reason.startsWith(QStringLiteral("its kind is ")));
    }

    void balancersAreTheEdgeAndFunctionsTheApp()
    {
        SmallEstate small = plainMachine();
        small.thing(Kind::LoadBalancer, "lb-1").thing(Kind::Function, "fn-1");
        QCOMPARE(tierOf(small, "lb-1").zone, QStringLiteral("edge"));
        QCOMPARE(tierOf(small, "fn-1").zone, QStringLiteral("app"));
    }

    void theKindStandsAboveTheName()
    {
        SmallEstate small = plainMachine();
        small.group("sg-w", "web-db").database("db-web", "s-1", "sg-w", 5432);
        QCOMPARE(tierOf(small, "db-web").zone, QStringLiteral("data"));
    }

    void aGroupsNameSpeaksByWholeWords()
    {
        SmallEstate small = plainMachine();
        small.group("sg-2", "prod-app-sg").vm("i-2", "s-1", "10.0.1.5", "sg-2");
        const Concluded tier = tierOf(small, "i-2");
        QCOMPARE(tier.zone, QStringLiteral("app"));
        QVERIFY(tier.reason.contains(QStringLiteral("prod-app-sg")));
        small.group("sg-3", "happy").vm("i-3", "s-1", "10.0.1.6", "sg-3");
        QCOMPARE(tierOf(small, "i-3").zone, QStringLiteral("unassigned"));
    }

    void aTagAndANameThatDisagreeAreShown()
    {
        SmallEstate small = plainMachine();
        small.group("sg-2", "db-sg").vm("i-2", "s-1", "10.0.1.5", "sg-2").tag("i-2", "Tier", "app");
        const Concluded tier = tierOf(small, "i-2");
        QCOMPARE(tier.zone, QStringLiteral("app"));
        QVERIFY(tier.conflict.contains(QStringLiteral("db-sg")));
        QVERIFY(tier.conflict.contains(QStringLiteral("Data")));
    }

    void aTagAndANameThatAgreeAreNoConflict()
    {
        SmallEstate small = plainMachine();
        small.group("sg-2", "app-sg").vm("i-2", "s-1", "10.0.1.5", "sg-2").tag("i-2", "Tier", "app");
        QVERIFY(tierOf(small, "i-2").conflict.isEmpty());
    }

    void aPortOfADatabaseSpeaksForData()
    {
        SmallEstate small = plainMachine();
        small.admit("sg-1", "10.0.0.0/8", 6379);
        const Concluded tier = tierOf(small, "i-1");
        QCOMPARE(tier.zone, QStringLiteral("data"));
        QVERIFY(tier.reason.contains(QStringLiteral("tcp/6379")));
    }

    void aWideRangeOrAnOutboundPortSaysNothing()
    {
        SmallEstate small = plainMachine();
        small.rule("sg-1", Direction::In, "10.0.0.0/8", 1000).to = 6000;
        small.rule("sg-1", Direction::Out, "10.0.0.0/8", 5432);
        QCOMPARE(tierOf(small, "i-1").zone, QStringLiteral("unassigned"));
    }

    void theSubnetsWayOutIsTheLastResort()
    {
        SmallEstate small;
        small.thing(Kind::NatGateway, "nat-1");
        small.subnet("pub", "10.0.1.0/24", "igw-1").subnet("priv", "10.0.2.0/24", "nat-1").subnet("iso", "10.0.3.0/24");
        small.group("sg-1");
        small.vm("i-pub", "pub", "10.0.1.4", "sg-1").vm("i-priv", "priv", "10.0.2.4", "sg-1");
        small.vm("i-iso", "iso", "10.0.3.4", "sg-1");
        QCOMPARE(tierOf(small, "i-pub").zone, QStringLiteral("edge"));
        QVERIFY(tierOf(small, "i-pub").reason.contains(QStringLiteral("internet gateway")));
        QCOMPARE(tierOf(small, "i-priv").zone, QStringLiteral("app"));
        QVERIFY(tierOf(small, "i-priv").reason.contains(QStringLiteral("NAT gateway")));
        QCOMPARE(tierOf(small, "i-iso").zone, QStringLiteral("data"));
        QVERIFY(tierOf(small, "i-iso").reason.contains(QStringLiteral("no route out")));
    }

    void aBlackholeIsNoWayOut()
    {
        SmallEstate small;
        small.subnet("s-1", "10.0.1.0/24").group("sg-1").vm("i-1", "s-1", "10.0.1.4", "sg-1");
        small.route("rtb-s-1", "0.0.0.0/0", "nat-gone").blackhole = true;
        QCOMPARE(tierOf(small, "i-1").zone, QStringLiteral("data"));
    }

    void theSubnetsTagStandsAboveItsRoute()
    {
        SmallEstate small;
        small.subnet("s-1", "10.0.1.0/24", "igw-1").tag("s-1", "Tier", "web");
        small.group("sg-1").vm("i-1", "s-1", "10.0.1.4", "sg-1");
        const Concluded tier = tierOf(small, "i-1");
        QCOMPARE(tier.zone, QStringLiteral("web"));
        QVERIFY(tier.reason.contains(QStringLiteral("subnet's tag")));
    }

    void whatIsOnlySpokenOfHasNoTier()
    {
        SmallEstate small = plainMachine();
        small.edge("i-1", EdgeKind::Uses, "arn:aws:rds:eu-central-1:444455556666:db:theirs");
        const Estate estate = small.linked();
        const Tiers tiers = inferTiers(estate);
        const NodeId theirs = *estate.find("arn:aws:rds:eu-central-1:444455556666:db:theirs");
        QCOMPARE(std::ranges::count(tiers.placed, theirs), std::ptrdiff_t(0));
    }

    void aMatrixTellsItsZonesByTestsOfItsOwn()
    {
        SmallEstate small = plainMachine();
        small.group("sg-f", "shop-front-1").group("sg-c", "core-1");
        small.vm("front", "s-1", "10.0.1.5", "sg-f")
            .vm("core", "s-1", "10.0.1.6", "sg-c")
            .tag("core", "Tier", "core-a");
        small.vm("half", "s-1", "10.0.1.7", "sg-c").thing(Kind::Function, "fn-1");
        small.database("db-1", "s-1", "sg-1", 5432);
        const auto zone = [&](const char* node) { return tierOf(small, node, {}, ownZones()).zone; };
        QCOMPARE(zone("front"), QStringLiteral("front"));
        QCOMPARE(zone("core"), QStringLiteral("core"));
        QVERIFY2(zone("half") != QStringLiteral("core"), "all parts of a test must hold");
        QCOMPARE(zone("fn-1"), QStringLiteral("core"));
        QVERIFY2(zone("db-1") == QStringLiteral("data"), "a zone without tests is told as ever");
        QCOMPARE(zone("internet"), QStringLiteral("internet"));
        QCOMPARE(zone("i-1"), QStringLiteral("unassigned"));
    }

    void aMatrixTellsAZoneByAddressesAndPrefixLists()
    {
        SmallEstate small = plainMachine();
        small.thing(Kind::PrefixList, "pl-1", {}, "corp-offices").thing(Kind::PrefixList, "pl-2", {}, "others");
        small.m.facts.prefixes.push_back({small.m.text("pl-1"), *parseIpPrefix("10.0.4.0/24"), small.at});
        small.m.facts.prefixes.push_back({small.m.text("pl-2"), *parseIpPrefix("10.0.5.0/24"), small.at});
        small.vm("desk", "s-1", "10.0.9.5", "sg-1").vm("listed", "s-1", "10.0.4.5", "sg-1");
        small.vm("other", "s-1", "10.0.5.5", "sg-1");
        const auto tier = [&](const char* node) { return tierOf(small, node, {}, ownZones()); };
        QCOMPARE(tier("desk").zone, QStringLiteral("offices"));
        QCOMPARE(tier("listed").zone, QStringLiteral("offices"));
        QCOMPARE(tier("listed").reason, QStringLiteral("its address is in 10.0.4.0/24"));
        QCOMPARE(tier("other").zone, QStringLiteral("unassigned"));
    }

    void theInternetIsAZoneOfItsOwn() { QCOMPARE(tierOf(SmallEstate(), "internet").zone, QStringLiteral("internet")); }
};

QTEST_APPLESS_MAIN(TiersTest)
#include "tst_tiers.moc"
