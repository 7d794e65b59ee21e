// SPDX-License-Identifier: GPL-3.0-or-later
#include "found_ways.h"
#include "paths/fixes.h"
#include "paths/smallest_cut.h"
#include "paths/step_changes.h"

#include <QtTest>

#include <random>

using namespace glacis;

namespace {

using Lines = FoundWays::Lines;

std::vector<Fix> fixesFor(const FoundWays& found, const std::vector<AttackPath>& paths)
{
    Progress progress;
    return fixesOf(found.graph(), paths, progress);
}

SmallestCut cutFor(const FoundWays& found, const std::vector<std::string>& from, const std::vector<std::string>& to)
{
    Progress progress;
    return smallestCut(found.graph(), found.all(from), found.all(to), progress);
}

/// Whether a start still gets to a target when these cuts are made.
bool stands(const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to,
    const std::vector<Cut>& cuts)
{
    Admitted admitted(graph, {});
    for (const Cut& cut : cuts) {
        for (const std::uint32_t edge : cut.edges)
            admitted.bar(edge);
    }
    const std::vector<bool> reached = reachedFrom(graph, admitted, verticesOf(from));
    return std::any_of(to.begin(), to.end(),
        [&](NodeId target) { return reached[index(target)] && std::count(from.begin(), from.end(), target) == 0; });
}

/// Whether some of these, so many at most, leave no path.
bool fewerDo(const AttackGraph& graph, const std::vector<NodeId>& from, const std::vector<NodeId>& to,
    const std::vector<Cut>& of, std::size_t most, std::vector<Cut> made = {}, std::size_t next = 0)
{
    if (!stands(graph, from, to, made))
        return true;
    for (std::size_t i = next; i < of.size() && made.size() < most; ++i) {
        made.push_back(of[i]);
        if (fewerDo(graph, from, to, of, most, made, i + 1))
            return true;
        made.pop_back();
    }
    return false;
}

std::string identity(std::size_t number)
{
    return "i" + std::to_string(number);
}

} // namespace

class FixesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFixIsWorthThePathsThatHaveNoWayRound()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").becomes("mallory", "admin");
        found.reads("deploy", "customer-exports").reads("admin", "customer-exports");
        const std::vector<AttackPath> paths = found.overview();
        QCOMPARE(paths.size(), std::size_t(2));
        const auto fixes = fixesFor(found, paths);
        QCOMPARE(fixes.size(), std::size_t(2)); // both of eve's steps
        for (const Fix& fix : fixes) {
            QCOMPARE(fix.removesPaths, std::size_t(1)); // mallory has two ways: no single step stops both
            QCOMPARE(fix.removesStores, std::size_t(1));
            QCOMPARE(fix.changes.size(), std::size_t(1));
        }
    }

    void theStoresOfAFixAreAllThatLieBehindIt()
    {
        FoundWays found;
        found.becomes("eve", "deploy").reads("deploy", "customer-exports").reads("deploy", "payment-archive");
        const auto fixes = fixesFor(found, found.cheapest({"eve"}, {"customer-exports"}));
        QCOMPARE(fixes.size(), std::size_t(2));
        QCOMPARE(fixes[0].removesPaths, std::size_t(1));
        QCOMPARE(fixes[0].removesStores, std::size_t(2)); // taking deploy away from eve
        QCOMPARE(fixes[0].step.to, found["deploy"]);
        QCOMPARE(fixes[1].removesStores, std::size_t(1));
    }

    void stepsOfOneStatementAreOneFix()
    {
        FoundWays found;
        found.becomes("eve", "deploy", {.statement = 0}).becomes("eve", "admin", {.statement = 0});
        found.reads("deploy", "customer-exports").reads("admin", "customer-exports");
        const auto fixes = fixesFor(found, found.cheapest({"eve"}, {"customer-exports"}));
        QCOMPARE(fixes.size(), std::size_t(1)); // no other step is on both ways
        QCOMPARE(fixes[0].removesPaths, std::size_t(2));
        QCOMPARE(fixes[0].removesStores, std::size_t(1));
    }

    void aStatementAlsoTakesAwayWhatNoPathWasAskedAbout()
    {
        // Only the way by deploy is given; the statement would take the way by admin away as well.
        FoundWays found;
        found.becomes("eve", "deploy", {.statement = 0}).becomes("eve", "admin", {.statement = 0});
        found.reads("deploy", "customer-exports").reads("admin", "customer-exports");
        const auto fixes = fixesFor(found, found.cheapest({"eve"}, {"customer-exports"}, 1));
        QCOMPARE(fixes.size(), std::size_t(1));
        QCOMPARE(fixes[0].removesPaths, std::size_t(1));
    }

    void whatFollowsFromNoStatementIsAFixWithoutChanges()
    {
        FoundWays found;
        found.administers("eve");
        const auto fixes = fixesFor(found, found.cheapest({"eve"}, {"payment-archive"}));
        QCOMPARE(fixes.size(), std::size_t(2));
        QCOMPARE(fixes[0].step.technique, std::string("account-administration"));
        QCOMPARE(fixes[0].removesStores, std::size_t(2));
        QCOMPARE(fixes[1].step.technique, std::string("store-administer"));
        QVERIFY(fixes[1].changes.empty());
    }

    void theSmallestCutIsTheNarrowPlace()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").becomes("deploy", "admin");
        found.reads("admin", "customer-exports").reads("admin", "payment-archive");
        const SmallestCut cut = cutFor(found, {"eve", "mallory"}, {"customer-exports", "payment-archive"});
        QCOMPARE(cut.fixes.size(), std::size_t(1));
        QCOMPARE(cut.fixes[0].edges.size(), std::size_t(1));
        QCOMPARE(found.graph().edges()[cut.fixes[0].edges[0]].to, index(found["admin"]));
        QVERIFY(cut.standing.empty());
    }

    void nothingHasToBeCutWhereThereIsNoPath()
    {
        FoundWays found;
        found.becomes("eve", "deploy");
        const SmallestCut cut = cutFor(found, {"deploy"}, {"eve"});
        QVERIFY(cut.fixes.empty() && cut.standing.empty());
        const SmallestCut itself = cutFor(found, {"eve"}, {"eve"});
        QVERIFY(itself.fixes.empty() && itself.standing.empty());
    }

    void oneStatementForManyStoresIsOneFix()
    {
        FoundWays found;
        found.reads("deploy", "customer-exports", {.statement = 0})
            .reads("deploy", "payment-archive", {.statement = 0});
        found.becomes("eve", "deploy", {.follows = true}).becomes("mallory", "deploy", {.follows = true});
        const SmallestCut cut = cutFor(found, {"eve", "mallory"}, {"customer-exports", "payment-archive"});
        QCOMPARE(cut.fixes.size(), std::size_t(1));
        QCOMPARE(cut.fixes[0].edges.size(), std::size_t(2));
    }

    void theRightOfAGroupIsOneFixForAllItsMembers()
    {
        FoundWays found({{Kind::Group, "staff"}, {Kind::User, "eve"}, {Kind::User, "mallory"},
                            {Kind::ObjectStore, "one"}, {Kind::ObjectStore, "two"}, {Kind::ObjectStore, "three"}},
            {{"eve", "staff"}, {"mallory", "staff"}});
        for (const char* user : {"eve", "mallory"}) {
            for (const char* store : {"one", "two", "three"})
                found.reads(user, store, {.statement = 0, .by = "staff"});
        }
        const SmallestCut cut = cutFor(found, {"eve", "mallory"}, {"one", "two", "three"});
        QCOMPARE(cut.fixes.size(), std::size_t(1));
        QCOMPARE(cut.fixes[0].changes.size(), std::size_t(1));
    }

    void aBundleLeadsNobodyWhereNoEdgeDoes()
    {
        // One statement lets eve become deploy and mallory admin: neither eve admin nor mallory deploy.
        FoundWays found({{Kind::Group, "staff"}, {Kind::User, "eve"}, {Kind::User, "mallory"}, {Kind::Role, "deploy"},
                            {Kind::Role, "admin"}, {Kind::ObjectStore, "one"}},
            {{"eve", "staff"}, {"mallory", "staff"}});
        found.becomes("eve", "deploy", {.statement = 0, .by = "staff"});
        found.becomes("mallory", "admin", {.statement = 0, .by = "staff"});
        found.reads("admin", "one");
        QVERIFY(cutFor(found, {"eve"}, {"one"}).fixes.empty());
        QCOMPARE(cutFor(found, {"eve", "mallory"}, {"one"}).fixes.size(), std::size_t(1));
    }

    void aStepThatNoChangeTakesAwayStands()
    {
        FoundWays found;
        found.becomes("eve", "deploy", {.follows = true}).reads("deploy", "customer-exports", {.follows = true});
        found.reads("deploy", "payment-archive");
        const SmallestCut cut = cutFor(found, {"eve"}, {"customer-exports", "payment-archive"});
        QCOMPARE(found.along(cut.standing), Lines{"eve deploy customer-exports"});
        QCOMPARE(cut.fixes.size(), std::size_t(1)); // the other target's way is cut all the same
        QCOMPARE(found.graph().edges()[cut.fixes[0].edges[0]].to, index(found["payment-archive"]));
    }

    void aDearCutIsMadeAroundWhatNoChangeTakesAway()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").becomes("deploy", "admin", {.follows = true});
        found.reads("admin", "customer-exports", {.follows = true});
        QCOMPARE(cutFor(found, {"eve", "mallory"}, {"customer-exports"}).fixes.size(), std::size_t(2));
    }

    /// By definition: no set of fewer cuts leaves no path. Statements are shared only by steps of one identity.
    void noSmallerSetCutsTangledGraphs()
    {
        std::mt19937 random(5);
        std::size_t cuts = 0;
        for (int round = 0; round < 150; ++round) {
            FoundWays::Things things;
            for (std::size_t i = 0; i < 7; ++i)
                things.emplace_back(Kind::Role, identity(i));
            FoundWays found(things);
            for (int i = 0; i < 13; ++i) {
                const FoundWays::How how{.statement = static_cast<int>(random() % 3), .follows = random() % 6 == 0};
                found.becomes(identity(random() % 7), identity(random() % 7), how);
            }
            const AttackGraph graph = found.graph();
            const std::vector<NodeId> from = found.all({"i0", "i1"});
            Progress progress;
            const SmallestCut cut = smallestCut(graph, from, found.all({"i5", "i6"}), progress);
            std::vector<NodeId> to;
            for (const NodeId target : found.all({"i5", "i6"})) {
                const bool standing = std::any_of(cut.standing.begin(), cut.standing.end(),
                    [&](const AttackPath& path) { return path.steps.back().to == target; });
                if (!standing)
                    to.push_back(target);
            }
            QVERIFY(!stands(graph, from, to, cut.fixes));
            std::vector<std::uint32_t> edges(graph.edges().size());
            for (std::uint32_t i = 0; i < edges.size(); ++i)
                edges[i] = i;
            const Cuts every(graph, edges, progress);
            for (const AttackPath& path : cut.standing) {
                for (const std::uint32_t edge : path.walk)
                    QCOMPARE(every.of(edge), Cuts::none);
            }
            QVERIFY(cut.fixes.empty() || !fewerDo(graph, from, to, every.all(), cut.fixes.size() - 1));
            cuts += cut.fixes.size();
        }
        QVERIFY(cuts > 50);
    }

    void aRoleBindingGoesAsAWhole()
    {
        FoundWays found({{Kind::RoleBinding, "binding"}, {Kind::Group, "staff"}, {Kind::ServiceAccount, "eve"},
            {Kind::ServiceAccount, "deploy"}, {Kind::ObjectStore, "one"}});
        found.becomes("eve", "deploy", {.by = "binding"}).reads("eve", "one", {.by = "binding"});
        found.reads("deploy", "one", {.follows = true});
        const SmallestCut cut = cutFor(found, {"eve"}, {"one"});
        QCOMPARE(cut.fixes.size(), std::size_t(1));
        QCOMPARE(cut.fixes[0].changes.size(), std::size_t(1));
        QVERIFY(std::holds_alternative<RemovePolicy>(cut.fixes[0].changes[0]));
        const ChangedEstate changedBy = changed(found.estate, cut.fixes[0].changes);
        QVERIFY(changedBy.withoutEffect.empty());
        QVERIFY(changedBy.estate.policies(found["binding"]).empty());
    }

    /// "Understanding allow policies", Identity and Access Management documentation of Google Cloud.
    void ofABindingOnlyTheOneWhoActsIsTakenOut()
    {
        Inventory m;
        const EvidenceId at = m.seen(m.file("policy.json"), "/0");
        for (const char* user : {"user:eve@example.com", "user:ann@example.com"})
            m.thing(Kind::User, Provider::Gcp, "", user, rootScope, at);
        m.thing(Kind::ObjectStore, Provider::Gcp, "", "bucket", rootScope, at);
        m.facts.policies.push_back({m.text("bucket"), PolicyRole::Gcp, m.text("allow policy"),
            m.text(R"({"bindings":[{"role":"roles/viewer","members":["user:eve@example.com"]},{"role":"roles/owner",)"
                   R"("members":["user:ann@example.com","user:eve@example.com"]},{"role":"roles/editor","members":)"
                   R"(["domain:example.com"]}]})"),
            at});
        Progress progress;
        const Estate estate = link(std::move(m), progress);
        const NodeId eve = *estate.find("user:eve@example.com"), bucket = *estate.find("bucket");
        const auto cut = [&](const char* pointer) {
            AttackStep step;
            step.from = eve;
            step.to = bucket;
            step.kind = StepKind::Access;
            step.because = {{bucket, estate.policies(bucket)[0].evidence, pointer, "a binding grants it"}};
            return changesThatCut(estate, step);
        };
        const std::vector<Change> member = cut("/bindings/1");
        QCOMPARE(member.size(), std::size_t(1));
        QCOMPARE(describe(member[0]), std::string("Remove member 1 of binding 1 of the allow policy of bucket"));
        const ChangedEstate after = changed(estate, member);
        QVERIFY(after.withoutEffect.empty());
        QCOMPARE(after.estate.text(after.estate.policies(bucket)[0].document),
            std::string_view(R"({"bindings":[{"members":["user:eve@example.com"],"role":"roles/viewer"},{"members":)"
                             R"(["user:ann@example.com",""],"role":"roles/owner"},{"members":["domain:example.com"],)"
                             R"("role":"roles/editor"}]})"));
        QCOMPARE(describe(cut("/bindings/2").at(0)), std::string("Remove binding 2 of the allow policy of bucket"));
    }

    void stepsOfOneIdentityByOneStatementAreOneCut()
    {
        FoundWays found;
        found.becomes("eve", "deploy", {.statement = 1}).becomes("eve", "admin", {.statement = 1});
        found.becomes("mallory", "deploy", {.statement = 1}); // of a policy of its own
        const AttackGraph graph = found.graph();
        Progress progress;
        std::vector<std::uint32_t> edges(graph.edges().size());
        for (std::uint32_t i = 0; i < edges.size(); ++i)
            edges[i] = i;
        const Cuts cuts(graph, edges, progress);
        QCOMPARE(cuts.all().size(), std::size_t(2));
        for (const AttackGraph::Edge& edge : graph.edges()) {
            if (edge.source == AttackGraph::EdgeSource::AccountStore)
                QCOMPARE(cuts.of(graph.position(edge)), Cuts::none);
            else
                QCOMPARE(cuts.all()[cuts.of(graph.position(edge))].edges.size(),
                    std::size_t(edge.from == index(found["eve"]) ? 2 : 1));
        }
    }
};

QTEST_APPLESS_MAIN(FixesTest)
#include "tst_fixes.moc"
