// SPDX-License-Identifier: GPL-3.0-or-later
#include "found_ways.h"
#include "paths/choke_points.h"
#include "paths/path_selection.h"

#include <QtTest>

using namespace glacis;

namespace {

using Found = FoundWays;

QStringList thingsOn(const Found& found, const AttackPath& path)
{
    QStringList names;
    const auto name = [&](NodeId node) {
        const std::string_view text = found.estate.id(node);
        return QString::fromUtf8(text.data(), static_cast<int>(text.size()));
    };
    if (!path.steps.empty())
        names << name(path.steps.front().from);
    for (const AttackStep& step : path.steps)
        names << name(step.to);
    return names;
}

} // namespace

class AttackPathsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromTheInternetThroughAMachineAndItsRoleToTheData()
    {
        Found found;
        found.webIsOpen().becomes("web-1", "deploy").reads("deploy", "customer-exports");
        const auto paths = found.overview({{idAt<NodeId>(0)}, {}, 10});
        QCOMPARE(paths.size(), std::size_t(1));
        QCOMPARE(thingsOn(found, paths[0]),
            QStringList({QStringLiteral("internet"), QStringLiteral("web-1"), QStringLiteral("deploy"),
                QStringLiteral("customer-exports")}));
        QCOMPARE(paths[0].steps[0].kind, StepKind::Reach);
        QCOMPARE(paths[0].steps[0].open.size(), std::size_t(1)); // something there must be weak
        QCOMPARE(paths[0].steps[1].kind, StepKind::UseRole);
        QCOMPARE(paths[0].steps[2].kind, StepKind::Access);
    }

    void costsOfTheStepsAddUp()
    {
        Found found;
        found.webIsOpen().becomes("web-1", "deploy").reads("deploy", "customer-exports");
        const AttackPath path = found.overview().front();
        double sum = 0;
        for (const AttackStep& step : path.steps)
            sum += step.cost;
        QCOMPARE(path.cost, sum);
    }

    void whatIsOnlyLatentOrUnknownIsNoWay()
    {
        for (const Reach verdict : {Reach::Unknown, Reach::Blocked}) {
            Found found;
            found.webIsOpen(verdict).becomes("web-1", "deploy").reads("deploy", "customer-exports");
            QVERIFY(found.overview({{idAt<NodeId>(0)}, {}, 10}).empty());
        }
    }

    void aStolenIdentitysOwnGrantsAreNoAttackPath()
    {
        Found found;
        found.reads("eve", "customer-exports");
        QVERIFY(found.overview().empty());
        QCOMPARE(found.overview({{found["eve"]}, {}, 10}).size(), std::size_t(1)); // unless asked for
    }

    void aStolenIdentityThatBecomesAnotherIsOne()
    {
        Found found;
        found.becomes("eve", "deploy").reads("deploy", "customer-exports");
        const auto paths = found.overview();
        QCOMPARE(paths.size(), std::size_t(1));
        QCOMPARE(thingsOn(found, paths[0]),
            QStringList({QStringLiteral("eve"), QStringLiteral("deploy"), QStringLiteral("customer-exports")}));
        QCOMPARE(paths[0].steps[0].because.size(), std::size_t(1));
    }

    void administrationOfAnAccountIsATarget()
    {
        Found found;
        found.becomes("eve", "admin");
        found.administrators.emplace_back(found["admin"], Decision{Verdict::Allowed, {}, {}});
        const auto paths = found.overview();
        QCOMPARE(thingsOn(found, paths.at(0)),
            QStringList({QStringLiteral("eve"), QStringLiteral("admin"), QStringLiteral("111122223333")}));
        QCOMPARE(paths[0].steps[1].kind, StepKind::Administer);
    }

    void anAdministratorIsNoFoothold()
    {
        Found found;
        found.administrators.emplace_back(found["root-like"], Decision{Verdict::Allowed, {}, {}});
        found.becomes("root-like", "admin");
        QVERIFY(found.overview().empty());
    }

    void anOpenConditionCostsMoreAndIsKept()
    {
        Found found;
        found.becomes("eve", "deploy", true).reads("deploy", "customer-exports");
        found.becomes("mallory", "deploy").reads("mallory", "payment-archive");
        const auto paths = found.overview();
        QCOMPARE(thingsOn(found, paths.at(0)).first(), QStringLiteral("mallory"));
        QCOMPARE(paths.at(1).steps[0].open, std::vector<std::string>{"MFA is present"});
    }

    void aWayBackThroughTheStartIsNotTold()
    {
        Found found;
        found.becomes("eve", "deploy").becomes("deploy", "eve").reads("eve", "customer-exports");
        for (const AttackPath& path : found.overview())
            QCOMPARE(thingsOn(found, path).count(QStringLiteral("eve")), 1);
    }

    void whatEveryWayLeadsThroughIsAChokePoint()
    {
        Found found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").reads("deploy", "customer-exports");
        found.reads("deploy", "payment-archive").reads("mallory", "payment-archive");
        const std::vector<NodeId> from = {found["eve"], found["mallory"]};
        const auto points = chokePoints(found.graph(), from, {found["customer-exports"], found["payment-archive"]});
        QCOMPARE(points.size(), std::size_t(1));
        QCOMPARE(points[0].node, found["deploy"]);
        QCOMPARE(points[0].targets, std::size_t(1)); // the archive has another way, through mallory's own grant
    }

    void selectorsNameThings()
    {
        const Found found;
        QCOMPARE(select(found.estate, "internet").value().size(), std::size_t(1));
        QCOMPARE(select(found.estate, "kind:role").value().size(), std::size_t(2));
        QCOMPARE(select(found.estate, "class:restricted").value(), std::vector<NodeId>{found["payment-archive"]});
        QCOMPARE(select(found.estate, "account:111122223333").value().size(), std::size_t(10));
    }

    void aSelectorMayNameNoneOrMeanNothing()
    {
        const Found found;
        QVERIFY(select(found.estate, "kind:function").value().empty());
        QVERIFY(select(found.estate, "class:internal").value().empty());
        QVERIFY(select(found.estate, "tag:Env=prod").value().empty());
        for (const char* nothing : {"nobody", "kind:unicorn", "class:noble", "account:9"})
            QVERIFY2(!select(found.estate, nothing), nothing);
    }
};

QTEST_APPLESS_MAIN(AttackPathsTest)
#include "tst_attack_paths.moc"
