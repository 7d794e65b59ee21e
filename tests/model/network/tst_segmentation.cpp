// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "core/time.h"
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Machines "web", "app" and database "db" in tiers by their tags and kind; "web" has a public address. Groups let out
/// to the tiers behind only.
SmallEstate threeTiers()
{
    SmallEstate small;
    small.subnet("pub", "10.0.1.0/24", "igw-1").subnet("priv", "10.0.2.0/24").subnet("iso", "10.0.3.0/24");
    for (const char* group : {"sg-1", "sg-2", "sg-3"})
        small.thing(Kind::SecurityGroup, group, "vpc-1");
    small.rule("sg-1", Direction::Out, "10.0.2.0/23", -1);
    small.rule("sg-2", Direction::Out, "10.0.3.0/24", -1);
    small.vm("web", "pub", "10.0.1.4", "sg-1", "198.51.100.4").tag("web", "Tier", "web");
    small.vm("app", "priv", "10.0.2.4", "sg-2").tag("app", "Tier", "app");
    small.database("db", "iso", "sg-3", 5432);
    return small;
}

Segmentation judged(const Estate& estate, const ZoneMatrix& matrix = ZoneMatrix::builtIn())
{
    return segmentation(estate, inferTiers(estate), flowsOf(estate), matrix);
}

ZoneMatrix matrixOf(const Json& rows)
{
    Diagnostics notes;
    return ZoneMatrix::from(Json{{"rows", rows}}.dump(), "m.json", notes);
}

/// Kind and ports of each violation, in their order.
QString kinds(const Segmentation& made)
{
    QStringList all;
    for (const Violation& violation : made.violations)
        all << QString::fromStdString(violation.kind + ' ' + describe(violation.ports));
    return all.join(QStringLiteral("; "));
}

} // namespace

class SegmentationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatTheMatrixWantsIsNoViolation()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-1", "0.0.0.0/0", 443).admitGroup("sg-2", "sg-1", 8080).admitGroup("sg-3", "sg-2", 5432);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QString());
        QCOMPARE(made.pairsThatTalk, std::size_t(2));
        QCOMPARE(made.pairsWanted, std::size_t(2));
        QVERIFY(std::ranges::all_of(made.violationOf, [](std::uint32_t of) { return of == ~0u; }));
    }

    void aTierThatIsSkippedIsAViolation()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-1", 5432);
        const Estate estate = small.linked();
        const Segmentation made = judged(estate);
        QCOMPARE(kinds(made), QStringLiteral("tier_skip tcp/5432"));
        const Violation& violation = made.violations[0];
        QCOMPARE(violation.severity, Risk::High);
        QCOMPARE(violation.row, std::string("web → data"));
        QCOMPARE(violation.from, (std::vector<NodeId>{*estate.find("web")}));
        QCOMPARE(violation.to, (std::vector<NodeId>{*estate.find("db")}));
        QVERIFY(violation.sentence.find("tcp/5432") != std::string::npos);
        QVERIFY(violation.fix.find("sg-3") != std::string::npos);
        QVERIFY(std::ranges::any_of(violation.hops, [](const Hop& hop) { return hop.evidence != noEvidence; }));
        QCOMPARE(made.pairsThatTalk, std::size_t(1));
        QCOMPARE(made.pairsWanted, std::size_t(0));
    }

    void aFlowAndItsViolationPointAtEachOther()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-1", 5432).admitGroup("sg-3", "sg-2", 5432);
        const Estate estate = small.linked();
        const Segmentation made = judged(estate);
        const Flow* skip = flowBetween(estate, made.flows, "web", "db");
        const Flow* wanted = flowBetween(estate, made.flows, "app", "db");
        QVERIFY(skip && wanted);
        QCOMPARE(made.violationOf[static_cast<std::size_t>(skip - made.flows.flows.data())], 0u);
        QCOMPARE(made.violationOf[static_cast<std::size_t>(wanted - made.flows.flows.data())], ~0u);
    }

    void anExceptionInTheMatrixWantsTheSkip()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-1", 5432);
        const ZoneMatrix matrix = matrixOf({{{"from", "*"}, {"to", "data"}, {"access", "deny"}},
            {{"from", "web"}, {"to", "data"}, {"access", "allow"}, {"services", {"tcp/5432"}}}});
        QCOMPARE(kinds(judged(small.linked(), matrix)), QString());
    }

    void onlyThePortsBeyondTheExceptionAreTold()
    {
        SmallEstate small = threeTiers();
        small.rule("sg-2", Direction::In, "10.0.1.0/24", 20).to = 25;
        const ZoneMatrix matrix =
            matrixOf({{{"from", "web"}, {"to", "app"}, {"access", "allow"}, {"services", {"tcp/22"}}}});
        QCOMPARE(kinds(judged(small.linked(), matrix)), QStringLiteral("tier_skip tcp/20-21,23-25"));
    }

    void theInternetOnADatabaseIsCritical()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-3", "0.0.0.0/0", 5432)
            .with("db", "publicly_accessible", true)
            .route("rtb-iso", "0.0.0.0/0", "igw-1");
        const Segmentation made = judged(small.linked());
        QVERIFY(!made.violations.empty());
        QCOMPARE(made.violations[0].kind, std::string("internet_to_data"));
        QCOMPARE(made.violations[0].severity, Risk::Critical);
    }

    void anAdminPortOpenToTheWorldHasItsOwnKind()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-1", "0.0.0.0/0", 22).admit("sg-1", "0.0.0.0/0", 443);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("admin_port_world tcp/22"));
        QVERIFY(made.violations[0].severity >= Risk::High);
    }

    void anotherPortOpenToTheWorldIsExposed()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-1", "0.0.0.0/0", 8081);
        QCOMPARE(kinds(judged(small.linked())), QStringLiteral("internet_exposed tcp/8081"));
    }

    /// An open group is not enough: what can't be reached is only one change away.
    void whatIsHeldBackByOneControlIsLatentAndLow()
    {
        SmallEstate small = threeTiers();
        small.vm("hidden", "pub", "10.0.1.9", "sg-1").tag("hidden", "Tier", "data").admit("sg-1", "0.0.0.0/0", 443);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("latent_open_sg tcp/443"));
        QVERIFY(made.violations[0].severity <= Risk::Low);
        QVERIFY(made.violations[0].sentence.find("it has no public address") != std::string::npos);
    }

    void theInternetThroughABalancerOntoDataIsCritical()
    {
        SmallEstate small = threeTiers();
        small.vm("store", "iso", "10.0.3.9", "sg-3").tag("store", "Tier", "data");
        small.group("sg-lb").admit("sg-lb", "0.0.0.0/0", 443).admitGroup("sg-3", "sg-lb", 9200);
        small.thing(Kind::LoadBalancer, "lb")
            .with("lb", "scheme", "internet-facing")
            .edge("lb", EdgeKind::InSubnet, "pub");
        small.edge("lb", EdgeKind::GuardedBy, "sg-lb").thing(Kind::Listener, "l").thing(Kind::TargetGroup, "tg");
        small.edge("lb", EdgeKind::ForwardsTo, "l")
            .edge("l", EdgeKind::ForwardsTo, "tg")
            .edge("tg", EdgeKind::Targets, "store");
        small.m.facts.ports.push_back({small.m.text("l"), 6, 443, small.at});
        small.m.facts.ports.push_back({small.m.text("tg"), 6, 9200, small.at});
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("internet_to_data tcp/9200"));
        QCOMPARE(made.violations[0].severity, Risk::Critical);
    }

    void withinATierItIsLateral()
    {
        SmallEstate small = threeTiers();
        small.vm("web-2", "pub", "10.0.1.5", "sg-1", "198.51.100.5").tag("web-2", "Tier", "web");
        small.admitGroup("sg-1", "sg-1", 22).rule("sg-1", Direction::Out, "10.0.1.0/24", 22);
        QCOMPARE(kinds(judged(small.linked())), QStringLiteral("lateral_same_tier tcp/22"));
    }

    void everythingBetweenTwoTiersIsFlat()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-1", "sg-2", -1).rule("sg-2", Direction::Out, "10.0.1.0/24", -1);
        QCOMPARE(kinds(judged(small.linked())), QStringLiteral("flat_east_west any"));
    }

    void dataThatMayCallOutIsToldAsEgress()
    {
        SmallEstate small = threeTiers();
        small.thing(Kind::NatGateway, "nat-1", "pub").route("rtb-iso", "0.0.0.0/0", "nat-1");
        small.group("sg-out").vm("store", "iso", "10.0.3.9", "sg-out").tag("store", "Tier", "data");
        QCOMPARE(kinds(judged(small.linked())), QStringLiteral("unrestricted_data_egress icmp,tcp,udp"));
    }

    void betweenEnvironmentsItIsACrossing()
    {
        SmallEstate small = threeTiers();
        small.tag("web", "Env", "dev").tag("db", "Env", "prod").admitGroup("sg-3", "sg-1", 5432);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("prod_nonprod_crossing tcp/5432"));
        QVERIFY(made.violations[0].severity >= Risk::High);
    }

    void anEnvironmentIsTheSameInAnyCaseAndMayStandOnTheNetwork()
    {
        SmallEstate small = threeTiers();
        small.tag("vpc-1", "Environment", "Prod").tag("web", "Environment", "prod").admitGroup("sg-3", "sg-1", 5432);
        QCOMPARE(kinds(judged(small.linked())), QStringLiteral("tier_skip tcp/5432"));
    }

    void whatHasNoTierIsNotJudged()
    {
        SmallEstate small = threeTiers();
        small.thing(Kind::Subnet, "bare", "vpc-1");
        small.m.facts.blocks.push_back({small.m.text("bare"), *parseIpPrefix("10.0.9.0/24"), small.at});
        small.edge("vpc-1", EdgeKind::RoutedBy, "rtb-none");
        small.vm("plain", "bare", "10.0.9.4", "sg-1")
            .vm("plain-2", "bare", "10.0.9.5", "sg-1")
            .admitGroup("sg-1", "sg-1", 22);
        small.rule("sg-1", Direction::Out, "10.0.9.0/24", 22);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QString());
        QVERIFY(made.tiers.unassigned >= 2);
        QVERIFY(made.pairsThatTalk > 0);
        QCOMPARE(made.pairsWanted, std::size_t(0));
    }

    void oneRuleThatOpensTheSameForManyIsOneViolation()
    {
        SmallEstate small = threeTiers();
        small.subnet("pub-2", "10.0.4.0/24", "igw-1").vm("web-2", "pub-2", "10.0.4.4", "sg-1", "198.51.100.5");
        small.tag("web-2", "Tier", "web").admitGroup("sg-3", "sg-1", 5432);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("tier_skip tcp/5432"));
        QCOMPARE(made.violations[0].from.size(), std::size_t(2));
    }

    void oneClassMayStandInTwoTiers()
    {
        SmallEstate small = threeTiers();
        small.vm("app-2", "priv", "10.0.2.5", "sg-2").tag("app-2", "Tier", "web").admitGroup("sg-3", "sg-2", 5432);
        const Estate estate = small.linked();
        const Segmentation made = judged(estate);
        QCOMPARE(kinds(made), QStringLiteral("tier_skip tcp/5432"));
        QCOMPARE(made.violations[0].from, (std::vector<NodeId>{*estate.find("app-2")}));
    }

    /// "any" in a matrix means any protocol, not only those that have ports.
    void anAllowanceOfEverythingHoldsForOtherProtocolsToo()
    {
        SmallEstate small = threeTiers();
        auto& esp = small.rule("sg-2", Direction::In, "10.0.1.0/24", -1);
        esp.protocol = 50;
        QCOMPARE(kinds(judged(small.linked())), QString());
    }

    void aWideBlockThatLetsSomethingOntoDataIsTold_data()
    {
        QTest::addColumn<QByteArray>("tier");
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<bool>("told");
        QTest::newRow("all of ten") << QByteArray("data") << QByteArray("10.0.0.0/8") << true;
        QTest::newRow("sixteen") << QByteArray("data") << QByteArray("10.0.0.0/16") << true;
        QTest::newRow("a subnet") << QByteArray("data") << QByteArray("10.0.2.0/24") << false;
        QTest::newRow("just narrower") << QByteArray("data") << QByteArray("10.0.0.0/17") << false;
        QTest::newRow("management") << QByteArray("management") << QByteArray("10.0.0.0/12") << true;
        QTest::newRow("app") << QByteArray("app") << QByteArray("10.0.0.0/8") << false;
        // Nothing that is in it can come here.
        QTest::newRow("another private block") << QByteArray("data") << QByteArray("192.168.0.0/16") << false;
        QTest::newRow("part of the internet") << QByteArray("data") << QByteArray("203.0.0.0/16") << true;
        QTest::newRow("an office") << QByteArray("data") << QByteArray("203.0.113.0/24") << false;
    }
    void aWideBlockThatLetsSomethingOntoDataIsTold()
    {
        QFETCH(QByteArray, tier);
        QFETCH(QByteArray, block);
        QFETCH(bool, told);
        SmallEstate small = threeTiers();
        small.group("sg-store").vm("store", "pub", "10.0.1.9", "sg-store", "198.51.100.9");
        small.tag("store", "Tier", tier.constData()).admit("sg-store", block.constData(), 5432);
        small.rule("sg-2", Direction::Out, "10.0.1.0/24", 5432);
        const Segmentation made = judged(small.linked());
        const auto wide = std::ranges::find(made.violations, "broad_cidr", &Violation::kind);
        QCOMPARE(wide != made.violations.end(), told);
        if (told)
            QVERIFY(wide->sentence.find(block.constData()) != std::string::npos);
    }

    /// Judged on what is reachable: a wide rule that a network ACL makes void opens nothing.
    void aWideBlockThatNothingGetsThroughIsNotTold()
    {
        SmallEstate small = threeTiers();
        small.group("sg-store").vm("store", "iso", "10.0.3.9", "sg-store").tag("store", "Tier", "data");
        small.admit("sg-store", "10.0.0.0/8", 5432);
        small.thing(Kind::NetworkAcl, "acl-1").edge("iso", EdgeKind::GuardedBy, "acl-1");
        QCOMPARE(kinds(judged(small.linked())), QString());
    }

    void oneWideRuleIsToldOnceAndTwoRulesTwice()
    {
        SmallEstate small = threeTiers();
        small.group("sg-store").vm("store", "iso", "10.0.3.9", "sg-store").vm("store-2", "iso", "10.0.3.8", "sg-store");
        small.tag("store", "Tier", "data").tag("store-2", "Tier", "data").admit("sg-store", "10.0.0.0/8", 5432);
        const auto count = [&] {
            const Segmentation made = judged(small.linked());
            return std::ranges::count(made.violations, "broad_cidr", &Violation::kind);
        };
        QCOMPARE(count(), 1);
        small.admit("sg-store", "10.0.0.0/8", 22);
        QCOMPARE(count(), 2);
    }

    /// "Ephemeral ports", Amazon VPC User Guide: the entry that lets replies in lets more in than replies.
    void anEntryForRepliesThatOpensADatabaseIsAHole()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-2", 5432).thing(Kind::NetworkAcl, "acl-1");
        small.edge("iso", EdgeKind::GuardedBy, "acl-1");
        auto& replies = small.rule("acl-1", Direction::In, "0.0.0.0/0", 1024);
        replies.to = 65535;
        replies.priority = 120;
        small.rule("acl-1", Direction::Out, "0.0.0.0/0", -1).priority = 100;
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("nacl_ephemeral_hole tcp/5432"));
        QCOMPARE(made.violations[0].hops.back().control, std::string("network ACL"));
        QVERIFY(made.violations[0].fix.find("denies tcp/5432") != std::string::npos);

        small.rule("acl-1", Direction::In, "10.0.2.0/24", 5432).priority = 110;
        QCOMPARE(kinds(judged(small.linked())), QString());
    }

    void repliesToSomeClientsOnlyAreTold()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-2", 5432).thing(Kind::NetworkAcl, "acl-1");
        small.edge("iso", EdgeKind::GuardedBy, "acl-1");
        small.rule("acl-1", Direction::In, "0.0.0.0/0", 5432).priority = 100;
        auto& out = small.rule("acl-1", Direction::Out, "0.0.0.0/0", 1024);
        out.to = 32767;
        out.priority = 100;
        Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("nacl_return_partial tcp/5432"));
        QCOMPARE(made.violations[0].verdict, Reach::Partial);
        QVERIFY(made.violations[0].sentence.find("Linux") != std::string::npos);

        small.m.facts.firewall.back().to = 65535;
        QCOMPARE(kinds(judged(small.linked())), QString());
    }

    void anExceptionLetsPassUntilItsDay()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-1", 5432);
        const Estate estate = small.linked();
        Diagnostics notes;
        const Json json = {{"rows", Json::array({{{"id", "R1"}, {"from", "web"}, {"to", "data"}, {"access", "deny"}}})},
            {"exceptions",
                Json::array({{{"row", "R1"}, {"resources", {"web"}}, {"owner", "dba"}, {"reason", "migration"},
                    {"expires", "2027-01-31"}}})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QVERIFY(notes.empty());
        const auto asOf = [&](const char* day) {
            return segmentation(estate, inferTiers(estate), flowsOf(estate), matrix, *parseTime(day));
        };
        const Segmentation before = asOf("2027-01-31T23:59:59Z");
        QCOMPARE(kinds(before), QString());
        QCOMPARE(before.excepted.size(), std::size_t(1));
        QVERIFY(std::ranges::all_of(before.violationOf, [](std::uint32_t of) { return of == ~0u; }));
        const Segmentation after = asOf("2027-02-01T00:00:00Z");
        QCOMPARE(kinds(after), QStringLiteral("tier_skip tcp/5432"));
        QVERIFY(after.violations[0].lapsed.find("2027-01-31") != std::string::npos);
        QVERIFY(after.excepted.empty());
    }

    void anExceptionForOneThingDoesNotCoverItsNeighbour()
    {
        SmallEstate small = threeTiers();
        small.admitGroup("sg-3", "sg-1", 5432).vm("web-2", "pub", "10.0.1.5", "sg-1", "198.51.100.5");
        small.tag("web-2", "Tier", "web");
        const Estate estate = small.linked();
        Diagnostics notes;
        const Json json = {{"rows", Json::array({{{"id", "R1"}, {"from", "web"}, {"to", "data"}, {"access", "deny"}}})},
            {"exceptions",
                Json::array({{{"from", "web"}, {"to", "*"}, {"resources", {"web"}}, {"owner", "dba"},
                    {"reason", "migration"}, {"expires", "2027-01-31"}}})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        const Segmentation made =
            segmentation(estate, inferTiers(estate), flowsOf(estate), matrix, *parseTime("2026-06-01T00:00:00Z"));
        QCOMPARE(kinds(made), QStringLiteral("tier_skip tcp/5432"));
        QCOMPARE(made.violations[0].from, (std::vector<NodeId>{*estate.find("web-2")}));
    }

    void aZoneOfTheOfficeIsJudgedByItsBlock()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-1", "203.0.113.0/24", 22).admit("sg-1", "192.0.2.0/24", 22);
        const Estate estate = small.linked();
        Diagnostics notes;
        const Json json = {{"zones",
                               {{"office", {{"builtin", "cidr"}, {"cidrs", {"203.0.113.0/24"}}}},
                                   {"web", {{"match", Json::array({{{"tag", {{"Tier", "web"}}}}})}}}}},
            {"rows", Json::array({{{"from", "*"}, {"to", "*"}, {"access", "deny"}}})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QVERIFY(notes.empty());
        const Segmentation made =
            segmentation(estate, inferTiers(estate, {}, matrix.zones), flowsOf(estate), matrix, 0);
        QCOMPARE(kinds(made), QStringLiteral("block_exposed tcp/22"));
        QCOMPARE(made.violations[0].fromBlock, std::string("203.0.113.0/24"));
    }

    void whatARowAsksOfItsRulesIsHeldAgainstThem()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-3", "10.0.2.0/24", 5432);
        const auto with = [&](const char* need) {
            return kinds(judged(small.linked(),
                matrixOf({{{"from", "app"}, {"to", "data"}, {"access", "allow"}, {"require", {need}}}})));
        };
        QCOMPARE(with("sg_reference"), QStringLiteral("rule_requirement tcp/5432"));
        QCOMPARE(with("no_broad_cidr:/25"), QStringLiteral("rule_requirement tcp/5432"));
        QCOMPARE(with("no_broad_cidr:/24"), QString());
    }

    /// Between prod and nonprod even what the tiers may do is not wanted; a shared environment is neither.
    void whatTheTiersMayDoTheEnvironmentsMayNot()
    {
        SmallEstate small = threeTiers();
        small.tag("app", "Env", "dev-2").tag("db", "Env", "Production").admitGroup("sg-3", "sg-2", 5432);
        const Segmentation made = judged(small.linked());
        QCOMPARE(kinds(made), QStringLiteral("prod_nonprod_crossing tcp/5432"));
        QCOMPARE(made.violations[0].severity, Risk::Critical);
        QCOMPARE(made.violations[0].row, std::string("* → *"));
    }

    void aSharedEnvironmentCrossesNothing()
    {
        SmallEstate small = threeTiers();
        small.tag("app", "Env", "shared").tag("db", "Env", "prod").admitGroup("sg-3", "sg-2", 5432);
        QCOMPARE(kinds(judged(small.linked())), QString());
    }

    void theWorstStandsFirst()
    {
        SmallEstate small = threeTiers();
        small.admit("sg-1", "0.0.0.0/0", 8081).admitGroup("sg-3", "sg-1", 5432).group("sg-unused");
        small.admit("sg-3", "0.0.0.0/0", 5432)
            .with("db", "publicly_accessible", true)
            .route("rtb-iso", "0.0.0.0/0", "igw-1");
        const Segmentation made = judged(small.linked());
        QVERIFY(made.violations.size() >= 4);
        QVERIFY(std::ranges::is_sorted(made.violations, std::greater<>(), &Violation::severity));
        for (std::size_t at = 0; at < made.violationOf.size(); ++at) {
            if (made.violationOf[at] == ~0u)
                continue;
            const Violation& violation = made.violations[made.violationOf[at]];
            const auto& things = made.flows.classes[made.flows.flows[at].to].things;
            QVERIFY(std::ranges::find(violation.to, things.front()) != violation.to.end());
        }
    }
};

QTEST_APPLESS_MAIN(SegmentationTest)
#include "tst_segmentation.moc"
