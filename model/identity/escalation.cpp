// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation.h"

#include "identity/escalation_search.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <thread>
#include <tuple>

namespace glacis {

namespace {

std::uint32_t techniqueGiving(Gives gives, bool assumes)
{
    const auto row = std::ranges::find_if(recipes(), [&](const Recipe& one) {
        return one.gives == gives && one.assumes == assumes && one.rights.empty() && one.policyRights.empty();
    });
    assert(row != recipes().end());
    return row->technique;
}

/// Searches for each group of equal principals, on some threads; the results stand in the order of the groups.
std::vector<EscalationSearch> searched(const EscalationGround& ground, const std::vector<std::vector<NodeId>>& groups,
    EscalationSearch::Look look, Progress& progress, unsigned threads)
{
    std::vector<EscalationSearch> searches;
    searches.reserve(groups.size());
    for (const std::vector<NodeId>& group : groups)
        searches.emplace_back(ground, group, look);
    progress.begin("Looking for escalations", groups.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t at = next++; at < searches.size() && !progress.cancelled(); at = next++) {
            searches[at].search();
            progress.advance();
        }
    };
    const unsigned wanted = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < wanted && i < groups.size(); ++i)
        others.emplace_back(work);
    work();
    others.clear();
    return searches;
}

/// Accounts and identities of others that a trust policy lets in.
void addFromOutside(const Estate& estate, const Access& access, std::vector<Escalation>& found)
{
    const std::uint32_t technique = techniqueGiving(Gives::Target, true);
    for (const NodeId target : estate.ofKind(Kind::Role)) {
        for (const NodeId named : estate.targets(target, EdgeKind::Mentions)) {
            const Kind kind = estate.kind(named);
            if (!estate.node(named).outside || kind == Kind::ServicePrincipal || kind == Kind::Internet
                || estate.node(target).outside)
                continue;
            Decision decision = access.mayAssume(named, target);
            if (decision.possible())
                found.push_back({named, target, technique, std::move(decision)});
        }
    }
}

void addFromWorkloads(const EscalationGround& ground, std::vector<Escalation>& found)
{
    const Estate& estate = ground.estate();
    const std::uint32_t technique = techniqueGiving(Gives::RunsAs, false);
    for (const auto& edge : estate.facts().edges) {
        if (edge.kind != EdgeKind::RunsAs || info(estate.kind(edge.from)).shape != Shape::Workload)
            continue;
        for (const NodeId role : ground.rolesBehind(edge.to)) {
            Decision decision = allowedAnyway();
            decision.because.push_back({edge.from, edge.evidence, "",
                std::string(estate.name(edge.from)) + " runs as " + std::string(estate.name(role)) + '.'});
            found.push_back({edge.from, role, technique, std::move(decision)});
        }
    }
}

/// What is closest to being true first, so that a way is told once with the fewest conditions.
template <class Row> void sortOnce(std::vector<Row>& rows, std::size_t (*conditions)(const Row&))
{
    std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) {
        return std::tuple(a.from, a.to, a.technique, conditions(a))
            < std::tuple(b.from, b.to, b.technique, conditions(b));
    });
    const auto same = std::ranges::unique(rows,
        [](const Row& a, const Row& b) { return a.from == b.from && a.to == b.to && a.technique == b.technique; });
    rows.erase(same.begin(), same.end());
}

} // namespace

std::vector<Escalation> escalations(const Estate& estate, const Access& access, Progress& progress, unsigned threads)
{
    const EscalationGround ground(estate, access);
    const std::vector<std::vector<NodeId>> groups = access.alike();
    std::vector<Escalation> found;
    for (EscalationSearch& search : searched(ground, groups, EscalationSearch::Look::ForWays, progress, threads))
        std::ranges::move(search.found, std::back_inserter(found));
    addFromOutside(estate, access, found);
    addFromWorkloads(ground, found);
    sortOnce<Escalation>(found, [](const Escalation& one) { return one.decision.open.size(); });
    return found;
}

std::vector<NearMiss> nearMisses(const Estate& estate, const Access& access, Progress& progress, unsigned threads)
{
    const EscalationGround ground(estate, access);
    const std::vector<std::vector<NodeId>> groups = access.alike();
    std::vector<NearMiss> missed;
    for (EscalationSearch& search : searched(ground, groups, EscalationSearch::Look::ForNearMisses, progress, threads))
        std::ranges::move(search.missed, std::back_inserter(missed));
    sortOnce<NearMiss>(missed, [](const NearMiss&) { return std::size_t(0); });
    return missed;
}

} // namespace glacis
