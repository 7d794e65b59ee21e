// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/fixes.h"

#include "paths/cuts.h"
#include "paths/dominators.h"
#include "paths/step_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

/// A fix while it is weighed: a cut, or a single edge that no change of the estate takes away.
struct Weighed {
    std::vector<std::uint32_t> edges;
    std::size_t path = 0; ///< the first that it is a step of
    std::size_t step = 0;
    const Cut* cut = nullptr;
    std::size_t removesPaths = 0;
    std::vector<std::uint32_t> stores; ///< that were taken from one start or another
};

/// What a step rests on: statements, or rules on the way.
template <class Take> void eachGround(const AttackGraph& graph, const AttackGraph::Edge& edge, Take take)
{
    const StepChanges::Basis basis = StepChanges::basisOf(graph, edge);
    for (const Reason& reason : basis.because)
        take(reason.of, std::string_view(reason.pointer));
    for (const Hop& hop : basis.hops)
        take(hop.node, std::string_view(hop.rule));
}

/// The steps of the paths, and all others that rest on something that they do: only those can be taken away together.
std::vector<std::uint32_t> edgesAlike(const AttackGraph& graph, const std::vector<AttackPath>& paths)
{
    std::set<std::pair<NodeId, std::string_view>> grounds;
    std::vector<std::uint32_t> edges;
    for (const AttackPath& path : paths) {
        for (const std::uint32_t edge : path.walk) {
            edges.push_back(edge);
            eachGround(
                graph, graph.edges()[edge], [&](NodeId of, std::string_view what) { grounds.emplace(of, what); });
        }
    }
    for (const AttackGraph::Edge& edge : graph.edges()) {
        bool alike = false;
        eachGround(graph, edge, [&](NodeId of, std::string_view what) {
            alike = alike || grounds.count({of, what}) > 0;
        });
        if (alike)
            edges.push_back(graph.position(edge));
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

class Weighing {
public:
    Weighing(
        const AttackGraph& graph, const std::vector<AttackPath>& paths, const StepFilter& filter, Progress& progress)
        : m_graph(graph), m_paths(paths), m_admitted(graph, filter), m_cuts(graph, edgesAlike(graph, paths), progress)
    {
        for (std::size_t p = 0; p < paths.size(); ++p)
            m_pathsFrom[index(paths[p].steps.front().from)].push_back(p);
    }

    std::vector<Fix> weighed(Progress& progress)
    {
        progress.begin("Weighing fixes", m_pathsFrom.size());
        for (const auto& [start, paths] : m_pathsFrom) {
            if (progress.cancelled())
                return {};
            weighFrom(start, paths);
            progress.advance();
        }
        return told();
    }

private:
    /// The fixes of the steps of a path, by their place in m_fixes.
    std::size_t fixOf(std::uint32_t edge, std::size_t path, std::size_t step)
    {
        const std::uint32_t cut = m_cuts.of(edge);
        const auto key = cut == Cuts::none ? std::pair(true, edge) : std::pair(false, cut);
        const auto [found, isNew] = m_fixAt.try_emplace(key, m_fixes.size());
        if (isNew) {
            Weighed fix;
            fix.path = path;
            fix.step = step;
            if (cut == Cuts::none) {
                fix.edges = {edge};
            } else {
                fix.cut = &m_cuts.all()[cut];
                fix.edges = fix.cut->edges;
            }
            m_fixes.push_back(std::move(fix));
        }
        return found->second;
    }

    void weighFrom(std::uint32_t start, const std::vector<std::size_t>& paths)
    {
        const Dominators dominators(m_graph, m_admitted, {start});
        std::set<std::size_t> fixes;
        for (const std::size_t path : paths) {
            std::size_t step = 0;
            for (const std::uint32_t edge : m_paths[path].walk) {
                if (m_graph.edges()[edge].isStep())
                    fixes.insert(fixOf(edge, path, step++));
            }
        }
        for (const std::size_t at : fixes) {
            Weighed& fix = m_fixes[at];
            std::vector<std::uint32_t> inUse;
            std::copy_if(fix.edges.begin(), fix.edges.end(), std::back_inserter(inUse),
                [&](std::uint32_t edge) { return m_admitted(edge) && dominators.reaches(m_graph.edges()[edge].from); });
            if (inUse.size() > 1)
                weighTogether(fix, start, inUse, dominators, paths);
            else if (!inUse.empty() && dominators.isOnEveryWay(inUse.front()))
                weighOne(fix, m_graph.edges()[inUse.front()].to, dominators, paths);
        }
    }

    /// All that lies behind a vertex that can't be got to any more.
    void weighOne(Weighed& fix, std::uint32_t lost, const Dominators& dominators, const std::vector<std::size_t>& paths)
    {
        for (const std::uint32_t vertex : dominators.dominatedBy(lost))
            lose(fix, vertex);
        for (const std::size_t path : paths)
            fix.removesPaths += dominators.dominates(lost, targetOf(path)) ? 1 : 0;
    }

    void weighTogether(Weighed& fix, std::uint32_t start, const std::vector<std::uint32_t>& edges,
        const Dominators& dominators, const std::vector<std::size_t>& paths)
    {
        Admitted without = m_admitted;
        for (const std::uint32_t edge : edges)
            without.bar(edge);
        const std::vector<bool> left = reachedFrom(m_graph, without, {start});
        for (const std::uint32_t vertex : dominators.dominatedBy(start)) {
            if (!left[vertex])
                lose(fix, vertex);
        }
        for (const std::size_t path : paths)
            fix.removesPaths += left[targetOf(path)] ? 0 : 1;
    }

    void lose(Weighed& fix, std::uint32_t vertex) const
    {
        if (m_graph.isThing(vertex) && holdsData(m_graph.facts().estate.kind(idAt<NodeId>(vertex))))
            fix.stores.push_back(vertex);
    }

    [[nodiscard]] std::uint32_t targetOf(std::size_t path) const { return index(m_paths[path].steps.back().to); }

    std::vector<Fix> told()
    {
        std::vector<Fix> fixes;
        for (Weighed& one : m_fixes) {
            std::sort(one.stores.begin(), one.stores.end());
            one.stores.erase(std::unique(one.stores.begin(), one.stores.end()), one.stores.end());
            if (one.removesPaths == 0 && one.stores.empty())
                continue;
            const AttackStep& step = m_paths[one.path].steps[one.step];
            fixes.push_back({step.fix, step, one.removesPaths, one.stores.size(),
                one.cut ? one.cut->changes : std::vector<Change>{}});
        }
        std::stable_sort(fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) {
            return std::tie(a.removesPaths, a.removesStores) > std::tie(b.removesPaths, b.removesStores);
        });
        return fixes;
    }

    const AttackGraph& m_graph;
    const std::vector<AttackPath>& m_paths;
    Admitted m_admitted;
    Cuts m_cuts;
    std::map<std::uint32_t, std::vector<std::size_t>> m_pathsFrom; ///< by start
    std::map<std::pair<bool, std::uint32_t>, std::size_t> m_fixAt; ///< by cut, or by edge when no change cuts it
    std::vector<Weighed> m_fixes;
};

} // namespace

std::vector<Fix> fixesOf(
    const AttackGraph& graph, const std::vector<AttackPath>& paths, Progress& progress, const StepFilter& filter)
{
    return Weighing(graph, paths, filter, progress).weighed(progress);
}

} // namespace glacis
