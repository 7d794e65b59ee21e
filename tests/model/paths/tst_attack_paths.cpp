// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "paths/choke_points.h"
#include "paths/path_selection.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Things of one account, and what the engines are taken to have found about them.
class Found {
public:
    Found()
    {
        for (const char* user : {"eve", "mallory", "root-like"})
            add(Kind::User, user);
        for (const char* role : {"deploy", "admin"})
            add(Kind::Role, role);
        for (const char* machine : {"web-1", "web-2"})
            add(Kind::Vm, machine);
        for (const char* store : {"customer-exports", "payment-archive"})
            add(Kind::ObjectStore, store);
        Progress progress;
        estate = link(std::move(m_inventory), progress);
        network.flows.classOf.assign(estate.nodeCount(), ~0u);
    }

    NodeId operator[](const char* id) const { return estate.find(id).value(); }

    Found& becomes(const char* from, const char* to, bool open = false)
    {
        Escalation row;
        row.from = (*this)[from];
        row.to = (*this)[to];
        row.decision.verdict = open ? Verdict::Conditional : Verdict::Allowed;
        if (open)
            row.decision.open.emplace_back("MFA is present");
        row.decision.because.push_back({row.from, noEvidence, "/Statement/0", "says so"});
        escalations.push_back(row);
        return *this;
    }
    Found& reads(const char* principal, const char* store)
    {
        access.push_back({(*this)[principal], (*this)[store], AccessLevel::Read, {Verdict::Allowed, {}, {}}});
        return *this;
    }
    /// Both machines are one class, which the internet may open.
    Found& webIsOpen(Reach verdict = Reach::Reachable)
    {
        network.flows.classes = {{{idAt<NodeId>(0)}, noNode, noNode, {}, true},
            {{(*this)["web-1"], (*this)["web-2"]}, noNode, noNode, {}, true}};
        Flow flow;
        flow.to = 1;
        flow.ports = {{6, 443, 443}};
        flow.verdict = verdict;
        network.flows.flows = {flow};
        return *this;
    }
    [[nodiscard]] AttackGraph graph() const
    {
        return AttackGraph({estate, escalations, access, administrators, network});
    }
    [[nodiscard]] std::vector<AttackPath> paths(const PathQuestion& question = {}) const
    {
        Progress progress;
        return cheapestPaths(graph(), question, progress);
    }

    Estate estate;
    std::vector<Escalation> escalations;
    std::vector<StoreAccess> access;
    std::vector<std::pair<NodeId, Decision>> administrators;
    Segmentation network;

private:
    void add(Kind kind, const char* id)
    {
        if (m_scope == rootScope) {
            m_scope = m_inventory.scope(rootScope, "", "111122223333", "eu-central-1");
            m_at = m_inventory.seen(m_inventory.file("a.json"), "/0");
        }
        m_inventory.thing(kind, Provider::Aws, "", id, m_scope, m_at);
    }
    Inventory m_inventory;
    ScopeId m_scope = rootScope;
    EvidenceId m_at = noEvidence;
};

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
        const auto paths = found.paths({{idAt<NodeId>(0)}, {}, 10});
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
        const AttackPath path = found.paths().front();
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
            QVERIFY(found.paths({{idAt<NodeId>(0)}, {}, 10}).empty());
        }
    }

    void aStolenIdentitysOwnGrantsAreNoAttackPath()
    {
        Found found;
        found.reads("eve", "customer-exports");
        QVERIFY(found.paths().empty());
        QCOMPARE(found.paths({{found["eve"]}, {}, 10}).size(), std::size_t(1)); // unless asked for
    }

    void aStolenIdentityThatBecomesAnotherIsOne()
    {
        Found found;
        found.becomes("eve", "deploy").reads("deploy", "customer-exports");
        const auto paths = found.paths();
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
        const auto paths = found.paths();
        QCOMPARE(thingsOn(found, paths.at(0)),
            QStringList({QStringLiteral("eve"), QStringLiteral("admin"), QStringLiteral("111122223333")}));
        QCOMPARE(paths[0].steps[1].kind, StepKind::Administer);
    }

    void anAdministratorIsNoFoothold()
    {
        Found found;
        found.administrators.emplace_back(found["root-like"], Decision{Verdict::Allowed, {}, {}});
        found.becomes("root-like", "admin");
        QVERIFY(found.paths().empty());
    }

    void anOpenConditionCostsMoreAndIsKept()
    {
        Found found;
        found.becomes("eve", "deploy", true).reads("deploy", "customer-exports");
        found.becomes("mallory", "deploy").reads("mallory", "payment-archive");
        const auto paths = found.paths();
        QCOMPARE(thingsOn(found, paths.at(0)).first(), QStringLiteral("mallory"));
        QCOMPARE(paths.at(1).steps[0].open, std::vector<std::string>{"MFA is present"});
    }

    void aWayBackThroughTheStartIsNotTold()
    {
        Found found;
        found.becomes("eve", "deploy").becomes("deploy", "eve").reads("eve", "customer-exports");
        for (const AttackPath& path : found.paths())
            QCOMPARE(thingsOn(found, path).count(QStringLiteral("eve")), 1);
    }

    void theNextCheapestPathsComeInOrderAndWithoutLoops()
    {
        Found found;
        found.becomes("eve", "deploy")
            .becomes("deploy", "admin")
            .becomes("eve", "admin", true)
            .becomes("deploy", "eve");
        found.reads("admin", "payment-archive");
        Progress progress;
        const auto paths = cheapestPathsBetween(found.graph(), found["eve"], found["payment-archive"], 5, progress);
        QCOMPARE(paths.size(), std::size_t(2));
        QVERIFY(paths[0].cost <= paths[1].cost);
        for (const AttackPath& path : paths) {
            QStringList things = thingsOn(found, path);
            QCOMPARE(things.removeDuplicates(), 0);
        }
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

    void aFixIsWorthThePathsThatHaveNoWayRound()
    {
        Found found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").becomes("mallory", "admin");
        found.reads("deploy", "customer-exports").reads("admin", "customer-exports");
        const std::vector<AttackPath> paths = found.paths();
        QCOMPARE(paths.size(), std::size_t(2));
        Progress progress;
        const auto fixes = fixesOf(found.graph(), paths, progress);
        QVERIFY(!fixes.empty());
        for (const Fix& fix : fixes)
            QCOMPARE(fix.removesPaths, std::size_t(1)); // mallory has two ways: no single step stops both
    }

    void selectorsNameThings()
    {
        const Found found;
        QCOMPARE(select(found.estate, "internet").size(), std::size_t(1));
        QCOMPARE(select(found.estate, "kind:role").size(), std::size_t(2));
        QCOMPARE(select(found.estate, "class:restricted"), std::vector<NodeId>{found["payment-archive"]});
        QVERIFY(select(found.estate, "kind:unicorn").empty());
        QVERIFY(select(found.estate, "nobody").empty());
    }
};

QTEST_APPLESS_MAIN(AttackPathsTest)
#include "tst_attack_paths.moc"
