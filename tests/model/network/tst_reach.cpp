// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "network/reach.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A network 10.0.0.0/16 with two subnets: "pub" leads to an internet gateway, "priv" nowhere. Two machines in each.
class Town {
public:
    Town()
    {
        at = m.seen(m.file("town.json"), "/x");
        m.thing(Kind::Network, Provider::Aws, "AWS::EC2::VPC", "vpc-1", rootScope, at);
        block("vpc-1", "10.0.0.0/16");
        m.thing(Kind::InternetGateway, Provider::Aws, "", "igw-1", rootScope, at);
        m.edge(m.text("igw-1"), EdgeKind::AttachedTo, "vpc-1", at);
        for (const char* subnet : {"pub", "priv"}) {
            m.thing(Kind::Subnet, Provider::Aws, "", subnet, rootScope, at).parent = m.text("vpc-1");
            const std::string table = std::string("rtb-") + subnet;
            m.thing(Kind::RouteTable, Provider::Aws, "", table, rootScope, at);
            m.edge(m.text(subnet), EdgeKind::RoutedBy, table, at);
            route(table, "10.0.0.0/16", "", false);
        }
        block("pub", "10.0.1.0/24");
        block("priv", "10.0.2.0/24");
        route("rtb-pub", "0.0.0.0/0", "igw-1", false);
        machine("a", "pub", "10.0.1.4", "8.8.4.4", "sg-open");
        machine("b", "priv", "10.0.2.4", "", "sg-b");
        machine("c", "priv", "10.0.2.5", "", "sg-b");
        group("sg-open");
        group("sg-b");
        rule("sg-open", Direction::Out, -1, -1, "0.0.0.0/0");
        rule("sg-b", Direction::Out, -1, -1, "0.0.0.0/0");
    }

    void block(const char* of, const char* text) { m.facts.blocks.push_back({m.text(of), *parseIpPrefix(text), at}); }
    void group(const char* id) { m.thing(Kind::SecurityGroup, Provider::Aws, "", id, rootScope, at); }

    void route(const std::string& table, const char* to, const char* target, bool blackhole)
    {
        RouteRow<Ref> row;
        row.of = m.text(table);
        row.block = *parseIpPrefix(to);
        row.target = m.text(target);
        row.local = *target == '\0';
        row.blackhole = blackhole;
        row.evidence = at;
        m.facts.routes.push_back(row);
    }

    void machine(
        const std::string& name, const char* subnet, const char* inside, const char* outside, const char* guard)
    {
        m.thing(Kind::Vm, Provider::Aws, "", name, rootScope, at).parent = m.text(subnet);
        m.thing(Kind::NetworkInterface, Provider::Aws, "", "eni-" + name, rootScope, at).parent = m.text(subnet);
        m.edge(m.text("eni-" + name), EdgeKind::AttachedTo, name, at);
        m.edge(m.text("eni-" + name), EdgeKind::GuardedBy, guard, at);
        const auto publicAddress = parseIpAddress(outside);
        m.facts.addresses.push_back({m.text("eni-" + name), *parseIpAddress(inside),
            publicAddress.value_or(IpAddress{}), true, publicAddress.has_value(), at});
    }

    FirewallRow<Ref>& rule(const char* of, Direction direction, int protocol, int port, const char* block)
    {
        FirewallRow<Ref> row;
        row.of = m.text(of);
        row.direction = direction;
        row.protocol = static_cast<std::int16_t>(protocol);
        row.from = row.to = port;
        row.block = *parseIpPrefix(block);
        row.evidence = at;
        return m.facts.firewall.emplace_back(row);
    }

    void entry(const char* acl, Direction direction, int number, RuleEffect effect, int from, int to)
    {
        auto& row = rule(acl, direction, from < 0 ? -1 : 6, from, "0.0.0.0/0");
        row.to = to;
        row.effect = effect;
        row.priority = number;
    }

    void acl(const char* subnet)
    {
        m.thing(Kind::NetworkAcl, Provider::Aws, "", std::string("acl-") + subnet, rootScope, at);
        m.edge(m.text(subnet), EdgeKind::GuardedBy, std::string("acl-") + subnet, at);
    }

    ReachAnswer ask(const char* from, const char* to, Service service)
    {
        Progress progress;
        Inventory copy = m;
        const Estate estate = link(std::move(copy), progress);
        return Reachability(estate).ask(from, to, service);
    }

    Inventory m;
    EvidenceId at{};
};

constexpr Service https{6, 443};

} // namespace

class ReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theInternetNeedsAddressRouteAndRule()
    {
        Town town;
        QCOMPARE(town.ask("internet", "a", https).verdict, Reach::Blocked);
        town.rule("sg-open", Direction::In, 6, 443, "0.0.0.0/0");
        town.rule("sg-b", Direction::In, 6, 443, "0.0.0.0/0");
        QCOMPARE(town.ask("internet", "a", https).verdict, Reach::Reachable);
        const ReachAnswer priv = town.ask("internet", "b", https);
        QCOMPARE(priv.verdict, Reach::Blocked);
        QCOMPARE(priv.hops.back().control, std::string("address"));
    }

    void aRuleMatchesProtocolAndPort()
    {
        Town town;
        town.rule("sg-open", Direction::In, 6, 443, "0.0.0.0/0");
        QCOMPARE(town.ask("internet", "a", {17, 443}).verdict, Reach::Blocked);
        QCOMPARE(town.ask("internet", "a", {6, 444}).verdict, Reach::Blocked);
    }

    void aReferenceToAGroupMatchesPrivateAddressesOnly()
    {
        Town town;
        auto& row = town.rule("sg-b", Direction::In, 6, 443, "0.0.0.0/0");
        row.byPeer = true;
        row.peer = town.m.text("sg-open");
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Reachable);
        QCOMPARE(town.ask("c", "b", https).verdict, Reach::Blocked);
    }

    void anAclIsNotAskedWithinASubnet()
    {
        Town town;
        town.rule("sg-b", Direction::In, 6, 443, "10.0.0.0/8");
        town.acl("priv");
        QCOMPARE(town.ask("b", "c", https).verdict, Reach::Reachable);
        const ReachAnswer across = town.ask("a", "b", https);
        QCOMPARE(across.verdict, Reach::Blocked);
        QCOMPARE(across.hops.back().control, std::string("network ACL"));
    }

    void theFirstMatchingEntryDecides()
    {
        Town town;
        town.rule("sg-b", Direction::In, 6, 443, "10.0.0.0/8");
        town.acl("priv");
        town.entry("acl-priv", Direction::In, 110, RuleEffect::Allow, -1, -1);
        town.entry("acl-priv", Direction::Out, 100, RuleEffect::Allow, -1, -1);
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Reachable);
        town.entry("acl-priv", Direction::In, 90, RuleEffect::Deny, 443, 443);
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Latent);
    }

    void repliesNeedTheClientsPortsOnAnAcl()
    {
        Town town;
        town.rule("sg-b", Direction::In, 6, 443, "10.0.0.0/8");
        town.acl("priv");
        town.entry("acl-priv", Direction::In, 100, RuleEffect::Allow, 443, 443);
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Latent);
        town.entry("acl-priv", Direction::Out, 100, RuleEffect::Allow, 1024, 32767);
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Partial);
        town.entry("acl-priv", Direction::Out, 110, RuleEffect::Allow, 32768, 65535);
        QCOMPARE(town.ask("a", "b", https).verdict, Reach::Reachable);
    }

    void anAclIsNotAskedForRepliesToMessagesThatHaveNone()
    {
        Town town;
        auto& icmp = town.rule("sg-b", Direction::In, 1, -1, "10.0.0.0/8");
        icmp.from = icmp.to = -1;
        town.acl("priv");
        town.entry("acl-priv", Direction::In, 100, RuleEffect::Allow, -1, -1);
        QCOMPARE(town.ask("a", "b", {icmp4, icmpPort(3, 4)}).verdict, Reach::Reachable);
        QCOMPARE(town.ask("a", "b", {icmp4, icmpPort(8, 0)}).verdict, Reach::Latent);
    }

    void aBlackholeDropsAndTheLongestPrefixWins()
    {
        Town town;
        QCOMPARE(town.ask("a", "internet", https).verdict, Reach::Reachable);
        town.route("rtb-pub", "9.0.0.0/8", "pcx-1", true);
        QCOMPARE(town.ask("a", "internet", https).verdict, Reach::Blocked);
    }

    void withoutARouteToTheInternetNothingGetsOut()
    {
        Town town;
        QCOMPARE(town.ask("b", "internet", https).verdict, Reach::Blocked);
        QCOMPARE(town.ask("b", "internet", https).hops.back().control, std::string("route table"));
    }

    void anUnknownNameIsUnknownAndSaysWhatIsMissing()
    {
        Town town;
        const ReachAnswer answer = town.ask("a", "i-none", https);
        QCOMPARE(answer.verdict, Reach::Unknown);
        QVERIFY(answer.missing.find("aws ec2") != std::string::npos);
    }

    void everyHopThatARuleDecidedHasEvidence()
    {
        Town town;
        town.rule("sg-open", Direction::In, 6, 443, "0.0.0.0/0");
        for (const Hop& hop : town.ask("internet", "a", https).hops)
            QVERIFY(hop.control == "Internet gateway" || hop.evidence != noEvidence);
    }
};

QTEST_APPLESS_MAIN(ReachTest)
#include "tst_reach.moc"
