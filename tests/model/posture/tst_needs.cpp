// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/needs.h"

#include "estate/link.h"

#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

/// A transit route table of an account and region, and what a test adds.
class Written {
public:
    explicit Written(std::string_view id = "tgw-rtb-0123456789abcdef0")
        : scope(inventory.scope(rootScope, "", "111122223333", "eu-central-1")),
          at(inventory.seen(inventory.file("a.json"), "/0"))
    {
        inventory.thing(Kind::TransitRouteTable, Provider::Aws, "AWS::EC2::TransitGatewayRouteTable", id, scope, at);
        table = inventory.text(id);
    }
    std::vector<OpenNeed> needs()
    {
        Progress progress;
        return openNeeds(link(std::move(inventory), progress), Catalog::builtIn());
    }
    static const OpenNeed* named(const std::vector<OpenNeed>& needs, std::string_view name)
    {
        const auto found = std::ranges::find_if(needs, [&](const OpenNeed& need) { return need.missing.name == name; });
        return found == needs.end() ? nullptr : &*found;
    }

    Inventory inventory;
    ScopeId scope;
    EvidenceId at;
    Ref table{};
};

constexpr std::string_view associations = "get-transit-gateway-route-table-associations";

} // namespace

class NeedsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCallAboutAThingNamesTheThingAndItsRegion()
    {
        const auto needs = Written().needs();
        const OpenNeed* need = Written::named(needs, associations);
        QVERIFY(need);
        QCOMPARE(need->missing.command,
            std::string("aws ec2 get-transit-gateway-route-table-associations --transit-gateway-route-table-id "
                        "tgw-rtb-0123456789abcdef0 --region eu-central-1"));
        QCOMPARE(need->missing.account, std::string("111122223333"));
    }

    void aCallThatWasMadeIsNotMissing()
    {
        Written written;
        written.inventory.property(written.table, "read:" + std::string(associations), true, written.at);
        const auto needs = written.needs();
        QVERIFY(!Written::named(needs, associations));
        QVERIFY(Written::named(needs, "get-transit-gateway-route-table-propagations"));
    }

    void whatAnotherExportToldIsNotMissing()
    {
        Written written;
        written.inventory.facts.routes.push_back(
            {written.table, *parseIpPrefix("10.0.0.0/8"), {}, false, {}, false, true, false, written.at, {}});
        QVERIFY(!Written::named(written.needs(), associations));
    }

    void nothingIsAskedAboutADesign()
    {
        QVERIFY(!Written::named(Written("aws_ec2_transit_gateway_route_table.main").needs(), associations));
    }

    void referencesMatterOnlyBesideAPeering()
    {
        Written written;
        written.inventory.thing(Kind::SecurityGroup, Provider::Aws, "AWS::EC2::SecurityGroup", "sg-0123456789abcdef0",
            written.scope, written.at);
        Inventory peered = written.inventory;
        QVERIFY(!Written::named(written.needs(), "describe-security-group-references"));
        peered.thing(Kind::NetworkPeering, Provider::Aws, "AWS::EC2::VPCPeeringConnection", "pcx-0123456789abcdef0",
            written.scope, written.at);
        Progress progress;
        const Estate estate = link(std::move(peered), progress);
        const auto needs = openNeeds(estate, Catalog::builtIn());
        QVERIFY(Written::named(needs, "describe-security-group-references"));
    }
};

QTEST_GUILESS_MAIN(NeedsTest)
#include "tst_needs.moc"
