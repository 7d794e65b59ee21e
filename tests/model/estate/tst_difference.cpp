// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/difference.h"
#include "estate/link.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Machines with one setting each, described in a file of its own, from line `line` on.
Estate estateWith(const std::vector<std::pair<std::string, bool>>& machines, std::uint32_t line = 1)
{
    Inventory inventory;
    const FileId file = inventory.file("main.tf");
    for (const auto& [id, encrypted] : machines) {
        const EvidenceId at = inventory.seen(file, {}, line++);
        inventory.thing(Kind::Vm, Provider::Aws, "AWS::EC2::Instance", id, rootScope, at);
        inventory.property(inventory.text(id), "encrypted", encrypted, at);
    }
    Progress progress;
    return link(std::move(inventory), progress);
}

std::vector<std::string> idsOf(const Estate& estate, const std::vector<NodeId>& nodes)
{
    std::vector<std::string> ids;
    for (const NodeId node : nodes)
        ids.emplace_back(estate.id(node));
    return ids;
}

} // namespace

class DifferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatCameChangedAndWentIsTold()
    {
        const Estate before = estateWith({{"a", true}, {"b", true}, {"c", true}});
        const Estate after = estateWith({{"d", true}, {"a", true}, {"b", false}});
        const EstateDifference difference = differenceOf(before, after);
        QCOMPARE(idsOf(after, difference.added), std::vector<std::string>{"d"});
        QCOMPARE(idsOf(after, difference.changed), std::vector<std::string>{"b"});
        QCOMPARE(idsOf(before, difference.removed), std::vector<std::string>{"c"});
    }

    void whereAThingIsDescribedDoesNotCount()
    {
        const Estate before = estateWith({{"a", true}, {"b", true}});
        QVERIFY(differenceOf(before, estateWith({{"a", true}, {"b", true}}, 40)).isNone());
        QVERIFY(differenceOf(before, estateWith({{"b", true}, {"a", true}})).isNone());
    }

    void thingsAreFoundAgainByTheirIds()
    {
        const Estate before = estateWith({{"a", true}, {"b", true}, {"c", true}});
        const Estate after = estateWith({{"c", true}, {"b", true}});
        const auto same = sameThings(before, {*before.find("c"), *before.find("a"), *before.find("b")}, after);
        QCOMPARE(idsOf(after, same), (std::vector<std::string>{"c", "b"}));
    }

    void aThingThatIsOnlySpokenOfNowWent()
    {
        Inventory inventory;
        const EvidenceId at = inventory.seen(inventory.file("main.tf"), {}, 1);
        inventory.thing(Kind::Vm, Provider::Aws, "AWS::EC2::Instance", "a", rootScope, at);
        inventory.edge(inventory.text("a"), EdgeKind::Uses, "b", at);
        Progress progress;
        const Estate after = link(std::move(inventory), progress);
        const Estate before = estateWith({{"a", true}, {"b", true}});
        QCOMPARE(differenceOf(before, after).removed.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(DifferenceTest)
#include "tst_difference.moc"
