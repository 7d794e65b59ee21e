// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/cuts.h"

#include "paths/step_changes.h"

#include <map>
#include <string_view>
#include <tuple>

namespace glacis {

namespace {

/// Steps of one identity with the same reasons are cut by the same changes; which is cheaper to see than the changes.
/// What a workload's own role lets it do depends on the role, too.
using BasisKey = std::tuple<NodeId, NodeId, StepKind, std::vector<std::tuple<NodeId, EvidenceId, std::string_view>>>;

BasisKey keyOf(const StepChanges::Basis& basis)
{
    BasisKey key{basis.from, basis.kind == StepKind::UseRole ? basis.to : noNode, basis.kind, {}};
    for (const Reason& reason : basis.because)
        std::get<3>(key).emplace_back(reason.of, reason.evidence, reason.pointer);
    return key;
}

} // namespace

Cuts::Cuts(const AttackGraph& graph, const std::vector<std::uint32_t>& edges, Progress& progress)
    : m_cutOf(graph.edges().size(), none)
{
    StepChanges changes(graph.facts().estate);
    std::map<std::vector<Change>, std::uint32_t> byChanges;
    const auto cutBy = [&](const StepChanges::Basis& basis) {
        std::vector<Change> made = changes.thatCut(basis);
        if (made.empty())
            return none;
        const auto [found, isNew] = byChanges.try_emplace(made, static_cast<std::uint32_t>(m_cuts.size()));
        if (isNew)
            m_cuts.push_back({std::move(made), {}});
        return found->second;
    };
    std::map<BasisKey, std::uint32_t> byBasis;
    for (const std::uint32_t position : edges) {
        if (progress.cancelled())
            return;
        const AttackGraph::Edge& edge = graph.edges()[position];
        if (!edge.isStep() || edge.source == AttackGraph::EdgeSource::AccountStore)
            continue;
        const StepChanges::Basis basis = StepChanges::basisOf(graph, edge);
        std::uint32_t& cut = m_cutOf[position];
        if (edge.kind == StepKind::Reach) {
            cut = cutBy(basis);
        } else {
            const auto [found, isNew] = byBasis.try_emplace(keyOf(basis), none);
            if (isNew)
                found->second = cutBy(basis);
            cut = found->second;
        }
        if (cut != none)
            m_cuts[cut].edges.push_back(position);
    }
    addWhatFewerDoFor();
}

/// To a cut of several changes the edges of those cuts that are made of some of them.
void Cuts::addWhatFewerDoFor()
{
    std::map<Change, std::vector<std::uint32_t>> with;
    for (std::uint32_t cut = 0; cut < m_cuts.size(); ++cut) {
        for (const Change& change : m_cuts[cut].changes)
            with[change].push_back(cut);
    }
    std::vector<std::vector<std::uint32_t>> more(m_cuts.size());
    for (std::uint32_t cut = 0; cut < m_cuts.size(); ++cut) {
        if (m_cuts[cut].changes.size() < 2)
            continue;
        std::map<std::uint32_t, std::size_t> shared;
        for (const Change& change : m_cuts[cut].changes) {
            for (const std::uint32_t other : with[change])
                ++shared[other];
        }
        for (const auto& [other, count] : shared) {
            if (other != cut && count == m_cuts[other].changes.size())
                more[cut].insert(more[cut].end(), m_cuts[other].edges.begin(), m_cuts[other].edges.end());
        }
    }
    for (std::uint32_t cut = 0; cut < m_cuts.size(); ++cut)
        m_cuts[cut].edges.insert(m_cuts[cut].edges.end(), more[cut].begin(), more[cut].end());
}

} // namespace glacis
