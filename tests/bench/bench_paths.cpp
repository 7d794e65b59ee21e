// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "paths/choke_points.h"
#include "paths/condensation.h"
#include "paths/fixes.h"
#include "paths/reached.h"
#include "paths/smallest_cut.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <memory>
#include <random>
#include <string>

/// How long questions to the attack graph take as it grows: each bar asks other things at random.
namespace glacis {

namespace {

/// Half of the things are machines in classes of twenty that open others, with one of the roles each; a third are
/// roles and users with some three ways to become others each; the rest are stores, read by some six roles each.
struct Tied {
    explicit Tied(std::int64_t size) : random(static_cast<std::mt19937::result_type>(size))
    {
        Inventory inventory;
        const ScopeId scope = inventory.scope(rootScope, "", "111122223333", "eu-central-1");
        const EvidenceId at = inventory.seen(inventory.file("bench.json"), "");
        const auto add = [&](Kind kind, const char* letter, std::int64_t count, std::vector<std::string>& ids) {
            for (std::int64_t i = 0; i < count; ++i) {
                ids.push_back(letter + std::to_string(i));
                inventory.thing(kind, Provider::Aws, "", ids.back(), scope, at);
            }
        };
        std::vector<std::string> ids[3];
        add(Kind::Vm, "machine-", size / 2, ids[0]);
        add(Kind::Role, "role-", size / 3, ids[1]);
        add(Kind::ObjectStore, "store-", size - size / 2 - size / 3, ids[2]);
        for (const std::string& id : ids[1]) {
            std::string statements;
            for (int i = 0; i < statementCount; ++i)
                statements += std::string(i > 0 ? "," : "") + R"({"Effect":"Allow","Action":"*","Resource":"*"})";
            inventory.facts.policies.push_back({inventory.text(id), PolicyRole::Inline, inventory.text("own"),
                inventory.text(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}"), at});
        }
        Progress progress;
        estate = link(std::move(inventory), progress);
        for (std::size_t kind = 0; kind < 3; ++kind) {
            for (const std::string& id : ids[kind])
                (kind == 0 ? machines : kind == 1 ? roles : stores).push_back(estate.find(id).value());
        }
        tie();
        graph = std::make_unique<AttackGraph>(AttackFacts{estate, escalations, access, administrators, network});
    }

    NodeId anyOf(const std::vector<NodeId>& nodes) { return nodes[random() % nodes.size()]; }
    NodeId any() { return idAt<NodeId>(random() % estate.nodeCount()); }

    std::mt19937 random;
    Estate estate;
    std::vector<NodeId> machines, roles, stores;
    std::vector<Escalation> escalations;
    std::vector<StoreAccess> access;
    std::vector<std::pair<NodeId, Decision>> administrators;
    Segmentation network;
    std::unique_ptr<AttackGraph> graph;

    void becomes(NodeId from, NodeId to)
    {
        escalations.push_back({from, to, static_cast<std::uint32_t>(random() % techniques().size()), decided(from)});
    }

private:
    static constexpr int statementCount = 4;

    Decision decided(NodeId principal)
    {
        Decision made{random() % 4 == 0 ? Verdict::Conditional : Verdict::Allowed, {}, {}};
        const auto policies = estate.policies(principal);
        if (!policies.empty())
            made.because.push_back(
                {principal, policies.front().evidence, "/Statement/" + std::to_string(random() % statementCount), ""});
        return made;
    }
    void tie()
    {
        for (const NodeId role : roles) {
            for (int i = 0; i < 3; ++i)
                becomes(role, anyOf(roles));
        }
        for (const NodeId store : stores) {
            for (int i = 0; i < 6; ++i) {
                const NodeId role = anyOf(roles);
                access.push_back({role, store, AccessLevel::Read, decided(role)});
            }
        }
        Flows& flows = network.flows;
        flows.classes.push_back({{idAt<NodeId>(0)}, noNode, noNode, {}, true});
        for (std::size_t i = 0; i < machines.size(); ++i) {
            if (i % 20 == 0)
                flows.classes.emplace_back();
            flows.classes.back().things.push_back(machines[i]);
            becomes(machines[i], anyOf(roles));
        }
        const auto groups = static_cast<std::uint32_t>(flows.classes.size());
        for (std::uint32_t from = 0; from < groups; ++from) {
            for (int i = 0; i < 8; ++i) {
                Flow flow;
                flow.from = from;
                flow.to = 1 + static_cast<std::uint32_t>(random() % (groups - 1));
                flow.ports = {{6, 443, 443}};
                flow.verdict = Reach::Reachable;
                flows.flows.push_back(flow);
            }
        }
    }
};

Tied& tied(const benchmark::State& state)
{
    static std::map<std::int64_t, std::unique_ptr<Tied>> made;
    auto& one = made[state.range(0)];
    if (!one)
        one = std::make_unique<Tied>(state.range(0));
    return *one;
}

/// There is one path only, and each thing on it leads into all the rest of the graph, which leads back to the start:
/// that there is no second path has to be seen without trying all of that.
void tenPathsWhereThereIsOne(benchmark::State& state)
{
    constexpr std::size_t length = 8;
    Tied of(state.range(0));
    const NodeId target = of.stores.front();
    of.access.clear();
    for (const NodeId role : of.roles)
        of.becomes(role, of.roles.front());
    std::vector<Escalation>& all = of.escalations;
    std::erase_if(all, [&](const Escalation& one) {
        const auto on = [&](NodeId node) { return node > of.roles.front() && node <= of.roles[length]; };
        return on(one.to);
    });
    for (std::size_t i = 0; i < length; ++i)
        of.becomes(of.roles[i], of.roles[i + 1]);
    of.access.push_back({of.roles[length], target, AccessLevel::Read, {Verdict::Allowed, {}, {}}});
    const AttackGraph graph({of.estate, of.escalations, of.access, of.administrators, of.network});
    std::size_t found = 0;
    for (auto _ : state) {
        Progress progress;
        found += cheapestPaths(graph, {{of.roles.front()}, {target}, 10, {}}, progress).size();
    }
    state.counters["paths"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}

/// Between any two things, many of which have no path at all.
void tenPathsBetweenAny(benchmark::State& state)
{
    Tied& of = tied(state);
    std::size_t found = 0;
    double slowest = 0;
    for (auto _ : state) {
        Progress progress;
        const std::clock_t began = std::clock();
        found += cheapestPaths(*of.graph, {{of.any()}, {of.any()}, 10, {}}, progress).size();
        slowest = std::max(slowest, 1000.0 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
    }
    state.counters["slowest_ms"] = slowest;
    state.counters["paths"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}

void tenPathsToAStore(benchmark::State& state, Measure measure)
{
    Tied& of = tied(state);
    std::size_t found = 0;
    for (auto _ : state) {
        Progress progress;
        found += cheapestPaths(*of.graph, {{of.anyOf(of.machines)}, {of.anyOf(of.stores)}, 10, {}, measure}, progress)
                     .size();
    }
    state.counters["paths"] = benchmark::Counter(static_cast<double>(found), benchmark::Counter::kAvgIterations);
}

void tenPathsToAnyOfTheJewels(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(cheapestPaths(*of.graph, {{of.anyOf(of.machines)}, {}, 10, {}}, progress).size());
    }
}

void overviewOfAll(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(pathOverview(*of.graph, {}, progress).ways.size());
    }
}

void blastRadius(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(descendants(*of.graph, {of.anyOf(of.machines)}).things.size());
}

void chokePointsOfTheInternet(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(chokePoints(*of.graph, {idAt<NodeId>(0)}, of.graph->crownJewels()).size());
}

void worthOfFixes(benchmark::State& state)
{
    Tied& of = tied(state);
    Progress progress;
    const std::vector<AttackPath> paths = pathOverview(*of.graph, {}, progress).paths;
    for (auto _ : state)
        benchmark::DoNotOptimize(fixesOf(*of.graph, paths, progress).size());
}

void smallestCutToTenStores(benchmark::State& state)
{
    Tied& of = tied(state);
    std::size_t fixes = 0;
    for (auto _ : state) {
        Progress progress;
        std::vector<NodeId> to;
        for (int i = 0; i < 10; ++i)
            to.push_back(of.anyOf(of.stores));
        fixes += smallestCut(*of.graph, {idAt<NodeId>(0)}, to, progress).fixes.size();
    }
    state.counters["fixes"] = benchmark::Counter(static_cast<double>(fixes), benchmark::Counter::kAvgIterations);
}

void strongComponents(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(Condensation(*of.graph).size());
}

void building(benchmark::State& state)
{
    Tied& of = tied(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            AttackGraph({of.estate, of.escalations, of.access, of.administrators, of.network}).edges().size());
    state.counters["edges"] = static_cast<double>(of.graph->edges().size());
}

void sizes(benchmark::internal::Benchmark* bar)
{
    bar->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);
}
BENCHMARK(building)->Apply(sizes);
BENCHMARK(tenPathsBetweenAny)->Apply(sizes);
BENCHMARK(tenPathsWhereThereIsOne)->Apply(sizes);
BENCHMARK_CAPTURE(tenPathsToAStore, cost, Measure::Cost)->Apply(sizes);
BENCHMARK_CAPTURE(tenPathsToAStore, steps, Measure::Steps)->Apply(sizes);
BENCHMARK(tenPathsToAnyOfTheJewels)->Apply(sizes);
BENCHMARK(overviewOfAll)->Apply(sizes);
BENCHMARK(blastRadius)->Apply(sizes);
BENCHMARK(chokePointsOfTheInternet)->Apply(sizes);
BENCHMARK(worthOfFixes)->Apply(sizes);
BENCHMARK(smallestCutToTenStores)->Apply(sizes);
BENCHMARK(strongComponents)->Apply(sizes);

} // namespace

} // namespace glacis

BENCHMARK_MAIN();
