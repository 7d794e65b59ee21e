// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "network/reach.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Two networks of Azure, "v" (10.0.0.0/16) with subnets "web" and "db" and "far" (10.1.0.0/16) with "s"; machines are
/// said by the test.
class SmallNetwork {
public:
    SmallNetwork()
    {
        at = m.seen(m.file("small.json"), "/x");
        network("v", "10.0.0.0/16").subnet("web", "10.0.1.0/24", "v").subnet("db", "10.0.2.0/24", "v");
        network("far", "10.1.0.0/16").subnet("s", "10.1.1.0/24", "far");
    }
    SmallNetwork& thing(Kind kind, std::string_view id, std::string_view parent = {})
    {
        ThingRow& row = m.thing(kind, Provider::Azure, "", id, rootScope, at);
        row.parent = parent.empty() ? Ref{} : m.text(parent);
        return *this;
    }
    SmallNetwork& network(std::string_view id, std::string_view block)
    {
        thing(Kind::Network, id);
        m.facts.blocks.push_back({m.text(id), *parseIpPrefix(block), at});
        return *this;
    }
    SmallNetwork& subnet(std::string_view id, std::string_view block, std::string_view network)
    {
        thing(Kind::Subnet, id, network);
        m.facts.blocks.push_back({m.text(id), *parseIpPrefix(block), at});
        return *this;
    }
    SmallNetwork& machine(const std::string& id, std::string_view subnet, std::string_view address)
    {
        thing(Kind::Vm, id).thing(Kind::NetworkInterface, id + "-nic", subnet);
        m.facts.addresses.push_back({m.text(id + "-nic"), *parseIpAddress(address), {}, true, false, at});
        return edge(id + "-nic", EdgeKind::AttachedTo, id);
    }
    SmallNetwork& publicAddress(const std::string& machine, std::string_view sku)
    {
        const std::string id = machine + "-ip";
        thing(Kind::PublicIp, id).edge(machine + "-nic", EdgeKind::Uses, id);
        m.property(m.text(id), "sku", sku, at);
        m.facts.addresses.push_back({m.text(id), {}, *parseIpAddress("20.1.2.3"), false, true, at});
        return *this;
    }
    SmallNetwork& edge(std::string_view from, EdgeKind kind, std::string_view to)
    {
        m.edge(m.text(from), kind, to, at);
        return *this;
    }
    SmallNetwork& guarded(std::string_view what, std::string_view group)
    {
        return thing(Kind::SecurityGroup, group).edge(what, EdgeKind::GuardedBy, group);
    }
    SmallNetwork& rule(
        std::string_view group, std::int32_t priority, RuleEffect effect, std::string_view from, std::int32_t port)
    {
        FirewallRow<Ref> row;
        row.of = m.text(group);
        row.priority = priority;
        row.effect = effect;
        row.protocol = port < 0 ? -1 : 6;
        row.from = row.to = port;
        row.rule = m.text("rule" + std::to_string(priority));
        row.evidence = at;
        if (const auto block = parseIpPrefix(from)) {
            row.block = *block;
        } else {
            row.byPeer = true;
            row.peer = m.text(from);
            thing(Kind::PrefixList, from);
        }
        m.facts.firewall.push_back(row);
        return *this;
    }
    SmallNetwork& peering(const std::string& from, const std::string& to, std::string_view state)
    {
        const std::string id = from + "-to-" + to;
        thing(Kind::NetworkPeering, id).edge(id, EdgeKind::Connects, from).edge(id, EdgeKind::Connects, to);
        m.property(m.text(id), "state", state, at);
        return *this;
    }
    [[nodiscard]] ReachAnswer answer(std::string_view from, std::string_view to, std::int32_t port) const
    {
        Progress progress;
        Inventory copy = m;
        const Estate estate = link(std::move(copy), progress);
        return Reachability(estate).ask(from, to, {6, port});
    }
    [[nodiscard]] Reach ask(std::string_view from, std::string_view to, std::int32_t port) const
    {
        return answer(from, to, port).verdict;
    }

    Inventory m;
    EvidenceId at{};
};

} // namespace

class AzureReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutGroupsAllIsOpenWithinANetwork()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").machine("b", "db", "10.0.2.4").machine("c", "s", "10.1.1.4");
        QCOMPARE(small.ask("a", "b", 1433), Reach::Reachable);
        QCOMPARE(small.ask("a", "c", 1433), Reach::Blocked);
    }

    void whatHasNoPlaceIsUnknownForWantOfTheProvidersOwnExport()
    {
        SmallNetwork small;
        small.machine("vm", "web", "10.0.1.4").thing(Kind::Vm, "lost");
        const ReachAnswer answer = small.answer("vm", "lost", 443);
        QCOMPARE(answer.verdict, Reach::Unknown);
        QCOMPARE(answer.missing, std::string("the network place of lost (az network nic list)"));
    }

    void theFirstRuleByPriorityDecides()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").machine("b", "db", "10.0.2.4").guarded("db", "n");
        small.rule("n", 200, RuleEffect::Deny, "10.0.0.0/8", 1433)
            .rule("n", 100, RuleEffect::Allow, "10.0.1.0/24", 1433);
        QCOMPARE(small.ask("a", "b", 1433), Reach::Reachable);
        small.rule("n", 90, RuleEffect::Deny, "10.0.1.4/32", 1433);
        QCOMPARE(small.ask("a", "b", 1433), Reach::Blocked);
    }

    void subnetAndInterfaceMustBothLetItThroughWithinASubnetToo()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").machine("b", "web", "10.0.1.5").guarded("web", "n").guarded("b-nic", "m");
        QCOMPARE(small.ask("a", "b", 22), Reach::Reachable); // AllowVnetInBound of both
        small.rule("n", 100, RuleEffect::Deny, "10.0.1.0/24", 22);
        QCOMPARE(small.ask("a", "b", 22), Reach::Blocked);
    }

    void theInternetIsDeniedUnlessARuleAllowsIt()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").publicAddress("a", "Standard").guarded("web", "n");
        QCOMPARE(small.ask("internet", "a", 443), Reach::Blocked);
        small.rule("n", 100, RuleEffect::Allow, "tag:internet", 443);
        QCOMPARE(small.ask("internet", "a", 443), Reach::Reachable);
        QCOMPARE(small.ask("internet", "a", 80), Reach::Blocked);
    }

    void aStandardPublicAddressIsClosedWithoutAGroup()
    {
        SmallNetwork standard, basic;
        standard.machine("a", "web", "10.0.1.4").publicAddress("a", "Standard");
        basic.machine("a", "web", "10.0.1.4").publicAddress("a", "Basic");
        QCOMPARE(standard.ask("internet", "a", 443), Reach::Blocked);
        QCOMPARE(basic.ask("internet", "a", 443), Reach::Reachable);
    }

    void aTagWithoutItsRangesIsUnknown()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").publicAddress("a", "Standard").guarded("web", "n");
        small.rule("n", 100, RuleEffect::Allow, "tag:azuremonitor", 443);
        QCOMPARE(small.ask("internet", "a", 443), Reach::Unknown);
    }

    void aPeeringNeedsBothHalvesConnected()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").machine("c", "s", "10.1.1.4").peering("v", "far", "Connected");
        QCOMPARE(small.ask("a", "c", 22), Reach::Blocked); // replies find no way back
        small.peering("far", "v", "Connected");
        QCOMPARE(small.ask("a", "c", 22), Reach::Reachable);
        SmallNetwork waiting;
        waiting.machine("a", "web", "10.0.1.4").machine("c", "s", "10.1.1.4");
        waiting.peering("v", "far", "Initiated").peering("far", "v", "Initiated");
        QCOMPARE(waiting.ask("a", "c", 22), Reach::Blocked);
    }

    void anApplianceOnTheWayIsUnknown()
    {
        SmallNetwork small;
        small.machine("a", "web", "10.0.1.4").thing(Kind::RouteTable, "r").edge("web", EdgeKind::RoutedBy, "r");
        RouteRow<Ref> row;
        row.of = small.m.text("r");
        row.block = *parseIpPrefix("0.0.0.0/0");
        row.via = small.m.text("10.0.2.9");
        row.evidence = small.at;
        small.m.facts.routes.push_back(row);
        QCOMPARE(small.ask("a", "internet", 443), Reach::Unknown);
    }
};

QTEST_GUILESS_MAIN(AzureReachTest)
#include "tst_azure_reach.moc"
