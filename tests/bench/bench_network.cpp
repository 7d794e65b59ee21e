// SPDX-License-Identifier: GPL-3.0-or-later
// How the answers of the network engine grow with the estate: all that the internet may open, all that zones may open
// to each other, and all violations.
#include "estate/link.h"
#include "network/segmentation.h"

#include <benchmark/benchmark.h>

using namespace glacis;

namespace {

/// Machines of three tiers in networks of at most 2,000, each network with the same groups and subnets.
class Estates {
public:
    static const Estate& of(std::int64_t machines)
    {
        static std::map<std::int64_t, Estate> made;
        const auto found = made.find(machines);
        return found != made.end() ? found->second : made.emplace(machines, Estates(machines).linked()).first->second;
    }

private:
    explicit Estates(std::int64_t machines)
    {
        constexpr std::int64_t mostInANetwork = 2000;
        for (std::int64_t first = 0; first < machines; first += mostInANetwork)
            network(first / mostInANetwork, std::min(mostInANetwork, machines - first));
    }

    Estate linked()
    {
        Progress progress;
        return link(std::move(m_made), progress);
    }

    Ref thing(Kind kind, const std::string& id, const std::string& parent)
    {
        m_made.thing(kind, Provider::Aws, "", id, rootScope, m_at).parent = m_made.text(parent);
        return m_made.text(id);
    }
    void block(const std::string& of, const std::string& text)
    {
        m_made.facts.blocks.push_back({m_made.text(of), *parseIpPrefix(text), m_at});
    }
    FirewallRow<Ref>& rule(const std::string& group, Direction direction, int port)
    {
        FirewallRow<Ref> row;
        row.of = m_made.text(group);
        row.direction = direction;
        row.protocol = port < 0 ? -1 : 6;
        row.from = row.to = port;
        row.block = *parseIpPrefix("0.0.0.0/0");
        row.rule = m_made.text(std::to_string(m_made.facts.firewall.size()));
        row.evidence = m_at;
        return m_made.facts.firewall.emplace_back(row);
    }
    void route(const std::string& table, const std::string& to, const std::string& target)
    {
        RouteRow<Ref> row;
        row.of = m_made.text(table);
        row.block = *parseIpPrefix(to);
        row.target = target.empty() ? Ref{} : m_made.text(target);
        row.local = target.empty();
        row.evidence = m_at;
        m_made.facts.routes.push_back(row);
    }

    void network(std::int64_t number, std::int64_t machines)
    {
        const std::string n = std::to_string(number), base = "10." + std::to_string(number) + '.';
        const std::string vpc = "vpc-" + n;
        thing(Kind::Network, vpc, {});
        block(vpc, base + "0.0/16");
        m_made.edge(thing(Kind::InternetGateway, "igw-" + n, vpc), EdgeKind::AttachedTo, vpc, m_at);
        const char* const tiers[] = {"web", "app", "data"};
        for (std::size_t tier = 0; tier < std::size(tiers); ++tier) {
            const std::string own = std::string(tiers[tier]) + '-' + n, table = "rtb-" + own;
            const Ref subnet = thing(Kind::Subnet, "subnet-" + own, vpc);
            block("subnet-" + own, base + std::to_string(tier * 64) + ".0/18");
            thing(Kind::RouteTable, table, vpc);
            m_made.edge(subnet, EdgeKind::RoutedBy, table, m_at);
            route(table, base + "0.0/16", {});
            if (tier == 0)
                route(table, "0.0.0.0/0", "igw-" + n);
            thing(Kind::SecurityGroup, "sg-" + own, vpc);
            rule("sg-" + own, Direction::Out, -1);
        }
        rule("sg-web-" + n, Direction::In, 443);
        for (const auto& [from, to, port] :
            {std::tuple("web", "app", 8080), std::tuple("app", "data", 5432), std::tuple("web", "data", 5432)}) {
            auto& row = rule(std::string("sg-") + to + '-' + n, Direction::In, port);
            row.byPeer = true;
            row.peer = m_made.text(std::string("sg-") + from + '-' + n);
        }
        for (std::int64_t i = 0; i < machines; ++i) {
            const std::size_t tier = static_cast<std::size_t>(i) % std::size(tiers);
            const std::string own = std::string(tiers[tier]) + '-' + n, id = n + '-' + std::to_string(i);
            const Ref machine = thing(Kind::Vm, "i-" + id, "subnet-" + own);
            m_made.tag(machine, "Tier", tiers[tier]);
            const Ref interface = thing(Kind::NetworkInterface, "eni-" + id, "subnet-" + own);
            m_made.edge(interface, EdgeKind::AttachedTo, "i-" + id, m_at);
            m_made.edge(interface, EdgeKind::GuardedBy, "sg-" + own, m_at);
            const auto inside = parseIpAddress(base + std::to_string(tier * 64 + static_cast<std::size_t>(i) / 250)
                + '.' + std::to_string(i % 250 + 4));
            m_made.facts.addresses.push_back({interface, *inside, {}, true, tier == 0, m_at});
        }
    }

    Inventory m_made;
    EvidenceId m_at = m_made.seen(m_made.file("made.json"), "/x");
};

/// All flows: what the internet may open, and what every class may open to every other.
void flows(benchmark::State& state)
{
    const Estate& estate = Estates::of(state.range(0));
    std::size_t found = 0;
    for (auto _ : state) {
        Progress progress;
        found = findFlows(estate, Reachability(estate), progress).flows.size();
    }
    state.counters["flows"] = static_cast<double>(found);
    state.SetComplexityN(state.range(0));
}

void violations(benchmark::State& state)
{
    const Estate& estate = Estates::of(state.range(0));
    Progress progress;
    const Flows known = findFlows(estate, Reachability(estate), progress);
    std::size_t found = 0;
    for (auto _ : state)
        found = segmentation(estate, inferTiers(estate), known, ZoneMatrix::builtIn(), 0).violations.size();
    state.counters["violations"] = static_cast<double>(found);
    state.SetComplexityN(state.range(0));
}

BENCHMARK(flows)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(violations)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Complexity();

} // namespace

BENCHMARK_MAIN();
