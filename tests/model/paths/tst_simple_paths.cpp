// SPDX-License-Identifier: GPL-3.0-or-later
#include "found_ways.h"

#include <QtTest>

#include <random>
#include <set>

using namespace glacis;

namespace {

using Lines = FoundWays::Lines;

constexpr std::size_t allOfThem = 100000;

/// All walks from a start to a target that pass no thing twice, found by trying every edge: what the search is held to.
class EveryWalk {
public:
    EveryWalk(const AttackGraph& graph, const PathQuestion& question) : m_graph(graph), m_question(question)
    {
        for (const NodeId start : std::set<NodeId>(question.from.begin(), question.from.end())) {
            m_passed = {index(start)};
            goOn(index(start));
        }
        std::sort(weights.begin(), weights.end());
    }
    std::set<Walk> walks;
    std::vector<Weight> weights;

private:
    void goOn(std::uint32_t vertex)
    {
        const bool isTarget =
            m_graph.isThing(vertex) && std::count(m_question.to.begin(), m_question.to.end(), idAt<NodeId>(vertex)) > 0;
        if (isTarget && !m_walk.empty()) {
            walks.insert(m_walk);
            weights.push_back(0);
            for (const std::uint32_t edge : m_walk)
                weights.back() += weightOf(m_graph.edges()[edge], m_question.measure);
        }
        for (const AttackGraph::Edge& edge : m_graph.out(vertex)) {
            if (!m_question.filter.admits(m_graph, edge))
                continue;
            if (m_graph.isThing(edge.to) && !m_passed.insert(edge.to).second)
                continue;
            m_walk.push_back(m_graph.position(edge));
            goOn(edge.to);
            m_walk.pop_back();
            if (m_graph.isThing(edge.to))
                m_passed.erase(edge.to);
        }
    }
    const AttackGraph& m_graph;
    const PathQuestion& m_question;
    Walk m_walk;
    std::set<std::uint32_t> m_passed;
};

/// Identities, stores and machines in classes, tied at random; no two machines are equal.
FoundWays tangle(std::mt19937& random)
{
    FoundWays::Things things;
    std::vector<std::string> identities, machines, stores;
    for (int i = 0; i < 5; ++i)
        things.emplace_back(i < 2 ? Kind::User : Kind::Role, identities.emplace_back("i" + std::to_string(i)));
    for (int i = 0; i < 4; ++i)
        things.emplace_back(Kind::Vm, machines.emplace_back("m" + std::to_string(i)));
    for (int i = 0; i < 2; ++i)
        things.emplace_back(Kind::ObjectStore, stores.emplace_back("s" + std::to_string(i)));
    FoundWays found(things);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    static const std::vector<const char*> ways = {
        "aws-passrole-lambda-invoke", "aws-assume-role", "aws-update-login-profile", "aws-create-access-key"};
    std::vector<const char*> known;
    std::copy_if(ways.begin(), ways.end(), std::back_inserter(known),
        [](const char* way) { return techniqueNamed(way).has_value(); });
    std::vector<std::string> actors = identities;
    actors.insert(actors.end(), machines.begin(), machines.end());
    for (int i = 0; i < 11; ++i) {
        FoundWays::How how{.open = below(4) == 0, .follows = true};
        how.technique = known[below(known.size())];
        found.becomes(actors[below(actors.size())], identities[below(identities.size())], how);
    }
    for (int i = 0; i < 4; ++i)
        found.reads(identities[below(identities.size())], stores[below(stores.size())],
            {.open = below(3) == 0, .follows = true});
    for (std::size_t i = 0; i < machines.size(); ++i)
        found.becomes(machines[i], identities[i], {.follows = true}); // so that none is equal to another
    const std::uint32_t one = found.group({machines[0], machines[1]}), two = found.group({machines[2], machines[3]});
    for (const auto& [from, to] : {std::pair(0u, one), {one, two}, {two, one}, {one, one}}) {
        if (below(3) > 0)
            found.opens(from, to, below(3) == 0 ? Reach::Partial : Reach::Reachable);
    }
    return found;
}

std::vector<NodeId> someOf(const Estate& estate, std::mt19937& random)
{
    std::vector<NodeId> some;
    for (std::size_t i = 0; i <= random() % 3; ++i)
        some.push_back(idAt<NodeId>(random() % estate.nodeCount()));
    return some;
}

} // namespace

class SimplePathsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thoseOfTangledGraphsAreAllFoundInOrder_data()
    {
        QTest::addColumn<bool>("bySteps");
        QTest::addColumn<int>("narrowed");
        for (const bool bySteps : {false, true}) {
            for (int narrowed = 0; narrowed < 3; ++narrowed)
                QTest::addRow("%s, filter %d", bySteps ? "steps" : "cost", narrowed) << bySteps << narrowed;
        }
    }
    void thoseOfTangledGraphsAreAllFoundInOrder()
    {
        QFETCH(bool, bySteps);
        QFETCH(int, narrowed);
        std::mt19937 random(7);
        std::size_t compared = 0;
        for (int round = 0; round < 150; ++round) {
            const FoundWays found = tangle(random);
            const AttackGraph graph = found.graph();
            PathQuestion question{someOf(found.estate, random), someOf(found.estate, random), allOfThem, {},
                bySteps ? Measure::Steps : Measure::Cost};
            question.filter.unconditional = narrowed == 1;
            if (narrowed == 2)
                question.filter.withoutTechniques = {"aws-passrole-lambda-invoke"};
            const EveryWalk every(graph, question);
            Progress progress;
            const std::vector<AttackPath> paths = cheapestPaths(graph, question, progress);
            std::set<Walk> walks;
            std::vector<Weight> weights;
            for (const AttackPath& path : paths) {
                walks.insert(path.walk);
                weights.push_back(0);
                for (const std::uint32_t edge : path.walk)
                    weights.back() += weightOf(graph.edges()[edge], question.measure);
            }
            QVERIFY(walks == every.walks);
            QCOMPARE(weights, every.weights); // each once, and in order
            compared += paths.size();
            question.most = 5;
            const std::vector<AttackPath> first = cheapestPaths(graph, question, progress);
            QCOMPARE(first.size(), std::min<std::size_t>(5, paths.size()));
            for (std::size_t i = 0; i < first.size(); ++i)
                QCOMPARE(first[i].walk, paths[i].walk);
        }
        QVERIFY2(compared > 100, qPrintable(QString::number(compared)));
    }

    void aPathBackThroughWhereItBeganIsNone()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("deploy", "eve").reads("eve", "customer-exports");
        QCOMPARE(found.along(found.cheapest({"eve"}, {"customer-exports"})), Lines{"eve customer-exports"});
    }

    void parallelStepsByOtherTechniquesAreOtherPaths()
    {
        FoundWays found;
        found.becomes("eve", "deploy", {.technique = "aws-passrole-lambda-invoke"})
            .becomes("eve", "deploy", {.technique = "aws-assume-role"});
        const auto paths = found.cheapest({"eve"}, {"deploy"});
        QCOMPARE(paths.size(), std::size_t(2));
        QVERIFY(paths[0].steps[0].technique != paths[1].steps[0].technique);
        QVERIFY(paths[0].cost <= paths[1].cost);
    }

    void aStartThatIsTheTargetHasNoPathToItself()
    {
        FoundWays found;
        found.becomes("eve", "deploy").becomes("deploy", "eve");
        QVERIFY(found.cheapest({"eve"}, {"eve"}).empty());
        QCOMPARE(
            found.along(found.cheapest({"eve", "deploy"}, {"eve", "deploy"})), Lines({"eve deploy", "deploy eve"}));
    }

    void whatCannotBeReachedHasNone()
    {
        FoundWays found;
        found.becomes("eve", "deploy");
        QVERIFY(found.cheapest({"deploy"}, {"eve"}).empty());
        QVERIFY(found.cheapest({"mallory"}, {"admin"}).empty());
    }

    void aPathMayPassAnotherStartAndAnotherTarget()
    {
        FoundWays found;
        found.becomes("eve", "mallory").becomes("mallory", "deploy").becomes("deploy", "admin");
        QCOMPARE(found.cheapest({"eve", "mallory"}, {"deploy", "admin"}).size(), std::size_t(4));
    }

    void equalCostsPutFewerStepsFirst()
    {
        // Two accesses cost as much as one account is worth: eve reads at once, or by administering.
        FoundWays found;
        found.becomes("eve", "deploy", {.technique = "aws-passrole-lambda-invoke"});
        const double one = techniques()[techniqueNamed("aws-passrole-lambda-invoke").value()].cost;
        const auto cheap = std::find_if(
            techniques().begin(), techniques().end(), [&](const Technique& each) { return each.cost * 2 == one; });
        QVERIFY(cheap != techniques().end());
        found.becomes("eve", "admin", {.technique = cheap->id.c_str()})
            .becomes("admin", "deploy", {.technique = cheap->id.c_str()});
        QCOMPARE(found.along(found.cheapest({"eve"}, {"deploy"})), Lines({"eve deploy", "eve admin deploy"}));
    }

    void fewestStepsAreAnotherOrder()
    {
        const auto dear = std::max_element(techniques().begin(), techniques().end(),
            [](const Technique& a, const Technique& b) { return a.cost < b.cost; });
        const auto cheap = std::min_element(techniques().begin(), techniques().end(),
            [](const Technique& a, const Technique& b) { return a.cost < b.cost; });
        QVERIFY(2 * cheap->cost < dear->cost);
        FoundWays found;
        found.becomes("eve", "deploy", {.technique = dear->id.c_str()});
        found.becomes("eve", "admin", {.technique = cheap->id.c_str()});
        found.becomes("admin", "deploy", {.technique = cheap->id.c_str()});
        QCOMPARE(found.along(found.cheapest({"eve"}, {"deploy"})), Lines({"eve admin deploy", "eve deploy"}));
        QCOMPARE(found.along(found.cheapest({"eve"}, {"deploy"}, 50, {}, Measure::Steps)),
            Lines({"eve deploy", "eve admin deploy"}));
    }

    void aClassIsNoStepAndMayBePassedTwice()
    {
        // From machine to machine of one class, then on: the class sends twice, no thing is passed twice.
        FoundWays found;
        const auto web = found.group({"web-1", "web-2"});
        found.opens(0, web).opens(web, web).becomes("web-1", "deploy").becomes("web-2", "admin");
        const auto paths = found.cheapest({"internet"}, {"admin"});
        QCOMPARE(found.along(paths), Lines({"internet web-2 admin", "internet web-1 web-2 admin"}));
        QCOMPARE(paths[1].steps.size(), std::size_t(3));
    }

    void ofEqualMachinesOneStandsForAll()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy").becomes("web-2", "deploy");
        QCOMPARE(found.along(found.cheapest({"internet"}, {"deploy"})), Lines{"internet web-1 deploy"});
        found.becomes("web-2", "admin"); // now there is a way that only one of them has
        QCOMPARE(found.cheapest({"internet"}, {"deploy"}).size(), std::size_t(2));
    }

    void anEqualMachineThatWasAskedAboutStandsForItself()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy").becomes("web-2", "deploy");
        QCOMPARE(found.along(found.cheapest({"web-2"}, {"deploy"})), Lines{"web-2 deploy"});
        QCOMPARE(found.along(found.cheapest({"internet"}, {"web-2"})), Lines{"internet web-2"});
        // Asked about both they are one again, unless one may lead to the other.
        QCOMPARE(found.cheapest({"web-1", "web-2"}, {"deploy"}).size(), std::size_t(1));
        const auto web = static_cast<std::uint32_t>(1);
        found.opens(web, web);
        QCOMPARE(found.cheapest({"web-1", "web-2"}, {"web-1", "web-2"}).size(), std::size_t(2));
    }

    void stepsAreLeftOutByKindTechniqueAndCondition()
    {
        FoundWays found;
        found.becomes("eve", "deploy", {.open = true, .technique = "aws-assume-role"})
            .becomes("eve", "deploy", {.technique = "aws-passrole-lambda-invoke"})
            .reads("deploy", "customer-exports");
        const auto count = [&](const StepFilter& filter) {
            return found.cheapest({"eve"}, {"customer-exports"}, 50, filter).size();
        };
        QCOMPARE(count({}), std::size_t(2));
        QCOMPARE(count({.unconditional = true}), std::size_t(1));
        QCOMPARE(count({.withoutTechniques = {"aws-passrole-lambda-invoke"}}), std::size_t(1));
        QCOMPARE(count({.unconditional = true, .withoutTechniques = {"aws-passrole-lambda-invoke"}}), std::size_t(0));
        for (const StepKind kind : {StepKind::Escalate, StepKind::Access})
            QCOMPARE(count({.without = static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind))}), std::size_t(0));
        QCOMPARE(count({.without = 1u << static_cast<unsigned>(StepKind::Reach)}), std::size_t(2));
    }

    void takingAMachineOverIsAConditionOfItsConnection()
    {
        FoundWays found;
        found.webIsOpen().becomes("web-1", "deploy");
        QCOMPARE(found.cheapest({"internet"}, {"deploy"}).size(), std::size_t(1));
        QVERIFY(found.cheapest({"internet"}, {"deploy"}, 50, {.unconditional = true}).empty());
    }

    void aCancelledSearchEnds()
    {
        FoundWays found;
        found.becomes("eve", "deploy");
        std::stop_source stop;
        stop.request_stop();
        Progress progress(stop.get_token());
        QVERIFY(cheapestPaths(found.graph(), {{found["eve"]}, {found["deploy"]}}, progress).empty());
    }
};

QTEST_APPLESS_MAIN(SimplePathsTest)
#include "tst_simple_paths.moc"
