// SPDX-License-Identifier: GPL-3.0-or-later
#include "found_ways.h"
#include "paths/choke_points.h"
#include "paths/condensation.h"
#include "paths/dominators.h"
#include "paths/reached.h"

#include <QtTest>

#include <random>

using namespace glacis;

namespace {

using Lines = FoundWays::Lines;

constexpr int identities = 9;

std::string identity(std::size_t number)
{
    return "i" + std::to_string(number);
}

/// Identities that become each other at random.
FoundWays tangle(std::mt19937& random, int ways)
{
    FoundWays::Things things;
    for (std::size_t i = 0; i < identities; ++i)
        things.emplace_back(Kind::Role, identity(i));
    FoundWays found(things);
    for (int i = 0; i < ways; ++i)
        found.becomes(identity(random() % identities), identity(random() % identities), {.follows = true});
    return found;
}

/// The graph without one vertex, or without one edge.
std::vector<bool> reachedWithout(
    const AttackGraph& graph, const std::vector<std::uint32_t>& starts, std::uint32_t vertex, std::uint32_t edge)
{
    Admitted admitted(graph, {});
    for (std::uint32_t i = 0; i < graph.edges().size(); ++i) {
        if (i == edge || graph.edges()[i].to == vertex || graph.edges()[i].from == vertex)
            admitted.bar(i);
    }
    std::vector<std::uint32_t> left = starts;
    std::erase(left, vertex);
    std::vector<bool> reached = reachedFrom(graph, admitted, left);
    return reached;
}

} // namespace

class GraphAnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBlastRadiusIsAllThatCanBeGotAtCounted()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy").reads("deploy", "customer-exports");
        found.reads("deploy", "payment-archive").reads("admin", "payment-archive");
        const Reached reached = descendants(found.graph(), {found["internet"]});
        QCOMPARE(
            found.idsOf(reached.things), Lines({"deploy", "web-1", "web-2", "customer-exports", "payment-archive"}));
        const std::vector<std::pair<Kind, std::size_t>> kinds = {
            {Kind::Role, 1}, {Kind::Vm, 2}, {Kind::ObjectStore, 2}};
        QCOMPARE(reached.kinds, kinds);
        QCOMPARE(reached.storesOfClass[static_cast<std::size_t>(DataClass::Confidential)], std::size_t(1));
        QCOMPARE(reached.storesOfClass[static_cast<std::size_t>(DataClass::Restricted)], std::size_t(1));
    }

    void ancestorsAreAllFromWhereSomethingCanBeGotAt()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy").becomes("eve", "deploy").reads("deploy", "payment-archive");
        QCOMPARE(found.idsOf(ancestors(found.graph(), {found["payment-archive"]}).things),
            Lines({"internet", "eve", "deploy", "web-1", "111122223333"}));
    }

    void whatWasAskedAboutIsNotCountedThoughALoopLeadsBack()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("deploy", "eve");
        QCOMPARE(found.idsOf(descendants(found.graph(), {found["eve"]}).things), Lines{"deploy"});
        QVERIFY(descendants(found.graph(), {found["eve"], found["deploy"]}).things.empty());
        QVERIFY(ancestors(found.graph(), {}).things.empty());
    }

    void reachIsNarrowedToo()
    {
        FoundWays found;
        found.becomes("eve", "deploy", true).becomes("deploy", "admin");
        QVERIFY(descendants(found.graph(), {found["eve"]}, {.unconditional = true}).things.empty());
        QCOMPARE(
            found.idsOf(ancestors(found.graph(), {found["admin"]}, {.unconditional = true}).things), Lines{"deploy"});
    }

    void identitiesThatBecomeEachOtherAreOneComponent()
    {
        FoundWays found;
        found.becomes("eve", "deploy")
            .becomes("deploy", "mallory")
            .becomes("mallory", "eve")
            .becomes("deploy", "admin");
        const Condensation condensed(found.graph());
        const auto groups = condensed.groups();
        QCOMPARE(groups.size(), std::size_t(1));
        const auto members = condensed.members(groups[0]);
        QCOMPARE(found.idsOf({members.begin(), members.end()}), Lines({"eve", "mallory", "deploy"}));
        QVERIFY(condensed.componentOf(found["admin"]) > condensed.componentOf(found["eve"]));
        QVERIFY(
            Condensation(found.graph(), {.without = 1u << static_cast<unsigned>(StepKind::Escalate)}).groups().empty());
    }

    void machinesOfAClassThatReachesItselfAreOneComponent()
    {
        FoundWays found;
        const auto web = found.group({"web-1", "web-2"});
        found.opens(web, web);
        const Condensation condensed(found.graph());
        QCOMPARE(condensed.groups().size(), std::size_t(1));
        QCOMPARE(condensed.componentOf(found["web-1"]), condensed.componentOf(found["web-2"]));
    }

    void componentsAreThoseThatReachEachOther()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 100; ++round) {
            const FoundWays found = tangle(random, 12);
            const AttackGraph graph = found.graph();
            const Condensation condensed(graph);
            const Admitted all(graph, {});
            for (std::uint32_t a = 0; a < graph.vertexCount(); ++a) {
                const std::vector<bool> fromA = reachedFrom(graph, all, {a}), toA = leadingTo(graph, all, {a});
                for (std::uint32_t b = 0; b < graph.vertexCount(); ++b)
                    QCOMPARE(condensed.componentOf(a) == condensed.componentOf(b), fromA[b] && toA[b]);
            }
            for (const AttackGraph::Edge& edge : graph.edges())
                QVERIFY(condensed.componentOf(edge.from) <= condensed.componentOf(edge.to));
        }
    }

    void whatEveryWayLeadsThroughIsAChokePoint()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("mallory", "deploy").reads("deploy", "customer-exports");
        found.reads("deploy", "payment-archive").reads("mallory", "payment-archive");
        const auto points = chokePoints(
            found.graph(), found.all({"eve", "mallory"}), found.all({"customer-exports", "payment-archive"}));
        QCOMPARE(points.size(), std::size_t(1));
        QCOMPARE(points[0].node, found["deploy"]);
        QCOMPARE(points[0].targets, std::size_t(1)); // the archive has another way, through mallory's own grant
    }

    void neitherAClassNorAStartIsAChokePoint()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy").becomes("web-2", "deploy").reads("deploy", "payment-archive");
        const auto points =
            chokePoints(found.graph(), {found["internet"], found["internet"]}, {found["payment-archive"]});
        QCOMPARE(points.size(), std::size_t(1));
        QCOMPARE(points[0].node, found["deploy"]);
    }

    /// By definition: without a dominator, or without an edge on every way, there is no way.
    void dominatorsAreWhatNoWayGoesAround()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 200; ++round) {
            const FoundWays found = tangle(random, 8 + static_cast<int>(random() % 14));
            const AttackGraph graph = found.graph();
            std::vector<std::uint32_t> starts = {index(found["i0"])};
            if (round % 3 == 0)
                starts.push_back(index(found["i1"]));
            const Admitted all(graph, {});
            const Dominators dominators(graph, all, starts);
            const std::vector<bool> reached = reachedFrom(graph, all, starts);
            for (std::uint32_t v = 0; v < graph.vertexCount(); ++v) {
                QCOMPARE(dominators.reaches(v), bool(reached[v]));
                if (!reached[v])
                    continue;
                const std::vector<bool> left = reachedWithout(graph, starts, v, ~0u);
                std::size_t lost = 0;
                for (std::uint32_t w = 0; w < graph.vertexCount(); ++w) {
                    if (!reached[w])
                        continue;
                    QCOMPARE(dominators.dominates(v, w), !left[w]);
                    lost += left[w] ? 0 : 1;
                }
                QCOMPARE(dominators.dominatedBy(v).size(), lost);
                QCOMPARE(dominators.dominatedBy(v).front(), v);
            }
            for (std::uint32_t edge = 0; edge < graph.edges().size(); ++edge) {
                const std::uint32_t to = graph.edges()[edge].to;
                if (reached[graph.edges()[edge].from])
                    QCOMPARE(dominators.isOnEveryWay(edge), !reachedWithout(graph, starts, ~0u, edge)[to]);
            }
        }
    }
};

QTEST_APPLESS_MAIN(GraphAnswersTest)
#include "tst_graph_answers.moc"
