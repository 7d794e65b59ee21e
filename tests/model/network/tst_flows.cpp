// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A public and a private subnet with a machine in each: "web" has a public address, "app" has none.
SmallEstate twoSubnets()
{
    SmallEstate small;
    small.subnet("pub", "10.0.1.0/24", "igw-1").subnet("priv", "10.0.2.0/24");
    small.group("sg-web").group("sg-app");
    small.vm("web", "pub", "10.0.1.4", "sg-web", "198.51.100.4").vm("app", "priv", "10.0.2.4", "sg-app");
    return small;
}

void balancer(SmallEstate& small, const char* target, int port)
{
    small.group("sg-lb").admit("sg-lb", "0.0.0.0/0", 443);
    small.thing(Kind::LoadBalancer, "lb").with("lb", "scheme", "internet-facing").with("lb", "lb_type", "application");
    small.edge("lb", EdgeKind::InSubnet, "pub").edge("lb", EdgeKind::GuardedBy, "sg-lb");
    small.thing(Kind::Listener, "listener").edge("lb", EdgeKind::ForwardsTo, "listener");
    small.thing(Kind::TargetGroup, "tg").edge("listener", EdgeKind::ForwardsTo, "tg");
    small.edge("tg", EdgeKind::Targets, target);
    small.m.facts.ports.push_back({small.m.text("listener"), 6, 443, small.at});
    small.m.facts.ports.push_back({small.m.text("tg"), 6, port, small.at});
}

/// A second network, 10.1.0.0/16, with machine "far".
void farNetwork(SmallEstate& small)
{
    small.network("vpc-2", "10.1.0.0/16").subnet("far-s", "10.1.1.0/24", {}, "vpc-2", "10.1.0.0/16");
    small.group("sg-far", {}, "vpc-2").vm("far", "far-s", "10.1.1.4", "sg-far");
}

void peering(SmallEstate& small, const char* state)
{
    small.thing(Kind::NetworkPeering, "pcx-1").with("pcx-1", "state", state);
    small.edge("pcx-1", EdgeKind::Connects, "vpc-1").edge("pcx-1", EdgeKind::Connects, "vpc-2");
    small.route("rtb-priv", "10.1.0.0/16", "pcx-1");
    small.route("rtb-far-s", "10.0.0.0/16", "pcx-1");
}

/// An endpoint "ep" in "priv" of a service whose balancer "nlb" stands before "far" in another network; nothing joins
/// the two networks. `group` guards the balancer.
SmallEstate overPrivateLink(const char* group = nullptr)
{
    SmallEstate small = twoSubnets();
    farNetwork(small);
    small.group("sg-ep").admit("sg-ep", "10.0.0.0/16", 443);
    small.thing(Kind::PrivateEndpoint, "ep").edge("ep", EdgeKind::InSubnet, "priv");
    small.edge("ep", EdgeKind::GuardedBy, "sg-ep").thing(Kind::PrivateEndpoint, "service");
    small.edge("ep", EdgeKind::ForwardsTo, "service").edge("service", EdgeKind::ForwardsTo, "nlb");
    small.thing(Kind::LoadBalancer, "nlb").with("nlb", "scheme", "internal").with("nlb", "lb_type", "network");
    small.edge("nlb", EdgeKind::InSubnet, "far-s").thing(Kind::Listener, "l").edge("nlb", EdgeKind::ForwardsTo, "l");
    small.thing(Kind::TargetGroup, "tg").edge("l", EdgeKind::ForwardsTo, "tg").edge("tg", EdgeKind::Targets, "far");
    if (group)
        small.edge("nlb", EdgeKind::GuardedBy, group);
    small.m.facts.ports.push_back({small.m.text("l"), 6, 443, small.at});
    small.m.facts.ports.push_back({small.m.text("tg"), 6, 8443, small.at});
    return small;
}

std::uint32_t classOf(const Estate& estate, const Flows& flows, const char* thing)
{
    return flows.classOf[index(*estate.find(thing))];
}

} // namespace

class FlowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thingsThatEveryControlTreatsAlikeAreOneClass()
    {
        SmallEstate small = twoSubnets();
        small.vm("app-2", "priv", "10.0.2.5", "sg-app");
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        QCOMPARE(classOf(estate, flows, "app"), classOf(estate, flows, "app-2"));
        QVERIFY(classOf(estate, flows, "app") != classOf(estate, flows, "web"));
    }

    void groupSubnetAndPublicAddressPartClasses()
    {
        SmallEstate small = twoSubnets();
        small.vm("other-group", "priv", "10.0.2.5", "sg-web").vm("other-subnet", "pub", "10.0.1.5", "sg-app");
        small.vm("no-address", "pub", "10.0.1.6", "sg-web");
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        QVERIFY(classOf(estate, flows, "other-group") != classOf(estate, flows, "app"));
        QVERIFY(classOf(estate, flows, "other-subnet") != classOf(estate, flows, "app"));
        QVERIFY(classOf(estate, flows, "no-address") != classOf(estate, flows, "web"));
    }

    void anAddressThatARuleNamesIsApart()
    {
        SmallEstate small = twoSubnets();
        small.vm("app-2", "priv", "10.0.2.5", "sg-app").admit("sg-web", "10.0.2.5/32", 22);
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        QVERIFY(classOf(estate, flows, "app") != classOf(estate, flows, "app-2"));
        QVERIFY(!flowBetween(estate, flows, "app", "web"));
        QVERIFY(flowBetween(estate, flows, "app-2", "web"));
    }

    void withoutARuleNothingFlows()
    {
        const SmallEstate small = twoSubnets();
        QCOMPARE(portsBetween(small.linked(), "web", "app"), std::string("none"));
        QCOMPARE(portsBetween(small.linked(), "internet", "web"), std::string("none"));
    }

    void aReferenceToAGroupAdmitsItsHoldersOnly()
    {
        SmallEstate small = twoSubnets();
        small.group("sg-x").vm("x", "pub", "10.0.1.5", "sg-x").admitGroup("sg-app", "sg-web", 8080);
        QCOMPARE(portsBetween(small.linked(), "web", "app"), std::string("tcp/8080"));
        QCOMPARE(portsBetween(small.linked(), "x", "app"), std::string("none"));
        QCOMPARE(portsBetween(small.linked(), "app", "web"), std::string("none"));
    }

    /// "Security group rules": a group that refers to itself lets its holders talk to each other.
    void oneClassTalksToItselfWhenItHasTwo()
    {
        SmallEstate small = twoSubnets();
        small.admitGroup("sg-app", "sg-app", -1);
        QCOMPARE(portsBetween(small.linked(), "app", "app"), std::string("none"));
        small.vm("app-2", "priv", "10.0.2.5", "sg-app");
        QCOMPARE(portsBetween(small.linked(), "app", "app"), std::string("any"));
    }

    void outboundRulesNarrowWhatInboundRulesAdmit()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::SecurityGroup, "sg-tight", "vpc-1").vm("tight", "pub", "10.0.1.5", "sg-tight");
        small.rule("sg-tight", Direction::Out, "10.0.0.0/16", 100).to = 200;
        small.admit("sg-app", "10.0.0.0/16", -1);
        QCOMPARE(portsBetween(small.linked(), "tight", "app"), std::string("tcp/100-200"));
    }

    void anAclCutsAHoleIntoARange()
    {
        SmallEstate small = twoSubnets();
        small.rule("sg-app", Direction::In, "10.0.0.0/16", 80).to = 443;
        small.thing(Kind::NetworkAcl, "acl-1").edge("priv", EdgeKind::GuardedBy, "acl-1");
        for (const Direction direction : {Direction::In, Direction::Out}) {
            small.rule("acl-1", direction, "0.0.0.0/0", -1).priority = 100;
        }
        auto& deny = small.rule("acl-1", Direction::In, "0.0.0.0/0", 100);
        deny.to = 200;
        deny.effect = RuleEffect::Deny;
        deny.priority = 50;
        QCOMPARE(portsBetween(small.linked(), "web", "app"), std::string("tcp/80-99,201-443"));
    }

    void aDatabaseIsReachedOnItsOwnPort()
    {
        SmallEstate small = twoSubnets();
        small.group("sg-db").database("db", "priv", "sg-db", 5432).admit("sg-db", "10.0.0.0/16", -1);
        QCOMPARE(portsBetween(small.linked(), "app", "db"), std::string("tcp/5432"));
    }

    void aStoreOpensNoConnections()
    {
        SmallEstate small = twoSubnets();
        small.group("sg-db").database("db", "priv", "sg-db", 5432).admit("sg-app", "10.0.0.0/16", -1);
        QCOMPARE(portsBetween(small.linked(), "db", "app"), std::string("none"));
    }

    /// "Giving Lambda functions access to resources in an Amazon VPC": functions call out; nothing connects to them.
    void aFunctionOpensConnectionsAndAcceptsNone()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::Function, "fn")
            .edge("fn", EdgeKind::InSubnet, "priv")
            .edge("fn", EdgeKind::GuardedBy, "sg-app");
        small.admit("sg-app", "10.0.0.0/16", 443);
        QCOMPARE(portsBetween(small.linked(), "web", "fn"), std::string("none"));
        QCOMPARE(portsBetween(small.linked(), "fn", "app"), std::string("tcp/443"));
    }

    void theInternetReachesAPublicAddress()
    {
        SmallEstate small = twoSubnets();
        small.admit("sg-web", "0.0.0.0/0", 443).admit("sg-app", "0.0.0.0/0", 443);
        QCOMPARE(portsBetween(small.linked(), "internet", "web"), std::string("tcp/443"));
        QCOMPARE(portsBetween(small.linked(), "internet", "app"), std::string("none"));
    }

    void aBlockOfSomebodyIsNotTheInternet()
    {
        SmallEstate small = twoSubnets();
        small.admit("sg-web", "203.0.113.0/24", 443);
        QCOMPARE(portsBetween(small.linked(), "internet", "web"), std::string("none"));
    }

    void aPrefixListMayHoldTheWholeInternet()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::PrefixList, "pl-1");
        small.m.facts.prefixes.push_back({small.m.text("pl-1"), *parseIpPrefix("0.0.0.0/0"), small.at});
        small.admitGroup("sg-web", "pl-1", 443);
        QCOMPARE(portsBetween(small.linked(), "internet", "web"), std::string("tcp/443"));
    }

    void oneChangeFromOpenIsLatentAndNamesWhatHoldsItBack()
    {
        SmallEstate small = twoSubnets();
        small.vm("hidden", "pub", "10.0.1.9", "sg-web").admit("sg-web", "0.0.0.0/0", 443);
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        const Flow* flow = flowBetween(estate, flows, "internet", "hidden", Reach::Latent);
        QVERIFY(flow);
        QVERIFY(
            std::ranges::any_of(flow->hops, [](const Hop& hop) { return !hop.passed && hop.control == "address"; }));
    }

    void openGroupsTwoChangesFromTheInternetAreNoFlow()
    {
        SmallEstate small = twoSubnets();
        small.admit("sg-app", "0.0.0.0/0", 443);
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        QVERIFY(!flowBetween(estate, flows, "internet", "app", Reach::Latent));
    }

    void groupsThatWereNotExportedLeaveItUnknown()
    {
        SmallEstate small = twoSubnets();
        small.vm("dark", "pub", "10.0.1.9", "sg-elsewhere", "198.51.100.9");
        const Estate estate = small.linked();
        const Flows flows = flowsOf(estate);
        const Flow* flow = flowBetween(estate, flows, "internet", "dark", Reach::Unknown);
        QVERIFY(flow);
        QVERIFY(flow->missing.find("describe-security-groups") != std::string::npos);
    }

    void aBalancerReachesItsTargetsOnTheirPort()
    {
        SmallEstate small = twoSubnets();
        balancer(small, "app", 8080);
        small.admitGroup("sg-app", "sg-lb", -1);
        QCOMPARE(portsBetween(small.linked(), "internet", "lb"), std::string("tcp/443"));
        QCOMPARE(portsBetween(small.linked(), "lb", "app"), std::string("tcp/8080"));
    }

    void aBalancerAnswersOnItsListenersOnly()
    {
        SmallEstate small = twoSubnets();
        balancer(small, "app", 8080);
        small.admit("sg-lb", "0.0.0.0/0", 22);
        QCOMPARE(portsBetween(small.linked(), "internet", "lb"), std::string("tcp/443"));
    }

    /// "Security groups for your Network Load Balancer": one without groups lets its listeners decide.
    void aNetworkBalancerWithoutGroupsAnswersOnItsListeners()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::LoadBalancer, "nlb").with("nlb", "scheme", "internal").with("nlb", "lb_type", "network");
        small.edge("nlb", EdgeKind::InSubnet, "priv").thing(Kind::Listener, "l").edge("nlb", EdgeKind::ForwardsTo, "l");
        small.m.facts.ports.push_back({small.m.text("l"), 6, 5432, small.at});
        QCOMPARE(portsBetween(small.linked(), "web", "nlb"), std::string("tcp/5432"));
        QCOMPARE(portsBetween(small.linked(), "app", "nlb"), std::string("tcp/5432"));
        QCOMPARE(portsBetween(small.linked(), "internet", "nlb"), std::string("none"));
    }

    void aNetworkBalancerWithoutGroupsThatFacesTheInternetIsOpenToIt()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::LoadBalancer, "nlb")
            .with("nlb", "scheme", "internet-facing")
            .with("nlb", "lb_type", "network");
        small.edge("nlb", EdgeKind::InSubnet, "pub").thing(Kind::Listener, "l").edge("nlb", EdgeKind::ForwardsTo, "l");
        small.m.facts.ports.push_back({small.m.text("l"), 6, 443, small.at});
        QCOMPARE(portsBetween(small.linked(), "internet", "nlb"), std::string("tcp/443"));
    }

    /// "Share your services through AWS PrivateLink": an endpoint answers on the ports of the service's balancer, which
    /// sends on from its own addresses.
    void anEndpointLeadsToWhatStandsBehindItsService()
    {
        SmallEstate small = overPrivateLink();
        small.admit("sg-far", "10.1.1.0/24", 8443);
        QCOMPARE(portsBetween(small.linked(), "app", "ep"), std::string("tcp/443"));
        QCOMPARE(portsBetween(small.linked(), "ep", "far"), std::string("tcp/8443"));
        QCOMPARE(portsBetween(small.linked(), "app", "far"), std::string("none"));
    }

    void aTargetBehindAServiceDoesNotSeeTheClient()
    {
        SmallEstate small = overPrivateLink();
        small.admit("sg-far", "10.0.0.0/16", 8443);
        QCOMPARE(portsBetween(small.linked(), "ep", "far"), std::string("none"));
    }

    /// "Update the security groups for your Network Load Balancer": its inbound rules see the client's own address,
    /// unless they are not asked for traffic over PrivateLink.
    void theGroupsOfAServicesBalancerAreAskedForTheClient()
    {
        SmallEstate small = overPrivateLink("sg-nlb");
        small.group("sg-nlb", {}, "vpc-2").admit("sg-far", "10.1.1.0/24", 8443);
        const auto is = [&](Reach verdict) {
            const Estate estate = small.linked();
            const Flows flows = flowsOf(estate);
            return flowBetween(estate, flows, "ep", "far", verdict) != nullptr;
        };
        QVERIFY(is(Reach::Unknown));
        small.with("nlb", "privatelink_rules", "off");
        QVERIFY(is(Reach::Reachable));
        small.with("nlb", "privatelink_rules", "on").admit("sg-nlb", "10.0.0.0/16", 443);
        QVERIFY(is(Reach::Reachable));
    }

    void outToTheInternetNeedsARouteAndAnAddress()
    {
        const SmallEstate small = twoSubnets();
        QCOMPARE(portsBetween(small.linked(), "web", "internet"), std::string("any"));
        QCOMPARE(portsBetween(small.linked(), "app", "internet"), std::string("none"));
    }

    /// "NAT gateway basics": TCP, UDP and ICMP, from a private address.
    void aNatGatewayLetsOutAndNotIn()
    {
        SmallEstate small = twoSubnets();
        small.thing(Kind::NatGateway, "nat-1", "pub").route("rtb-priv", "0.0.0.0/0", "nat-1");
        small.admit("sg-app", "0.0.0.0/0", -1);
        QCOMPARE(portsBetween(small.linked(), "app", "internet"), std::string("icmp,tcp,udp"));
        QCOMPARE(portsBetween(small.linked(), "internet", "app"), std::string("none"));
    }

    void networksThatNothingJoinsDoNotTalk()
    {
        SmallEstate small = twoSubnets();
        farNetwork(small);
        small.admit("sg-far", "10.0.0.0/8", 443);
        QCOMPARE(portsBetween(small.linked(), "app", "far"), std::string("none"));
    }

    void anActivePeeringWithRoutesJoinsNetworks()
    {
        SmallEstate small = twoSubnets();
        farNetwork(small);
        peering(small, "active");
        small.admit("sg-far", "10.0.0.0/16", 443);
        QCOMPARE(portsBetween(small.linked(), "app", "far"), std::string("tcp/443"));
        QCOMPARE(portsBetween(small.linked(), "web", "far"), std::string("none"));
    }

    void aPeeringThatIsNotAcceptedJoinsNothing()
    {
        SmallEstate small = twoSubnets();
        farNetwork(small);
        peering(small, "pending-acceptance");
        small.admit("sg-far", "10.0.0.0/16", 443);
        QCOMPARE(portsBetween(small.linked(), "app", "far"), std::string("none"));
    }

    void flowsAreSortedAndEachHasItsWay()
    {
        SmallEstate small = twoSubnets();
        small.admit("sg-web", "0.0.0.0/0", 443).admit("sg-app", "10.0.0.0/16", 8080).admit("sg-web", "10.0.2.0/24", 22);
        const Flows flows = flowsOf(small.linked());
        QVERIFY(std::ranges::is_sorted(
            flows.flows, [](const Flow& a, const Flow& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); }));
        for (const Flow& flow : flows.flows) {
            QVERIFY(flow.verdict != Reach::Blocked);
            QVERIFY(!flow.ports.empty());
            QVERIFY(!flow.hops.empty());
        }
    }

    void aCancelledSearchReturns()
    {
        const Estate estate = twoSubnets().linked();
        std::stop_source stop;
        stop.request_stop();
        Progress progress(stop.get_token());
        const Reachability reachability(estate);
        QVERIFY(findFlows(estate, reachability, progress).flows.empty());
    }
};

QTEST_APPLESS_MAIN(FlowsTest)
#include "tst_flows.moc"
