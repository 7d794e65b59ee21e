// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_class.h"
#include "identity/escalation.h"
#include "network/segmentation.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace glacis {

/// What lets an attacker go one step.
enum class StepKind : std::uint8_t {
    Reach, ///< a connection can be opened, and what answers it be taken over
    UseRole, ///< who runs on a workload has its role
    Escalate, ///< one identity becomes another
    Administer, ///< an identity may do everything in its account
    Access ///< an identity, or anyone, reads, writes or administers a store
};
[[nodiscard]] std::string_view name(StepKind kind); ///< "use_role"
[[nodiscard]] std::optional<StepKind> stepKindNamed(std::string_view name);
/// Whether it is what AttackStep::technique may say.
[[nodiscard]] bool isTechniqueOfStep(std::string_view name);

/// One step between two things, with what makes it true.
struct AttackStep {
    NodeId from = noNode;
    NodeId to = noNode;
    StepKind kind{};
    std::string technique; ///< "aws-passrole-lambda", "network-reach", "store-read"
    std::string sentence; ///< "ci-deploy may pass admin to a new function and run it."
    std::vector<std::string> open; ///< what must hold besides
    double cost = 1;
    std::vector<Reason> because;
    std::vector<Hop> hops; ///< of a Reach step
    std::string fix; ///< the one change that takes the step away
};

/// What the engines found, as the attack graph needs it; outlives the graph.
struct AttackFacts {
    const Estate& estate;
    const std::vector<Escalation>& escalations;
    const std::vector<StoreAccess>& access;
    const std::vector<std::pair<NodeId, Decision>>& administrators;
    const Segmentation& network;
};

/// All that an attacker can do with what the estate shows. Vertices are the things, then for each class of endpoints
/// one through which its members send and one through which they receive, so that the graph grows with classes and not
/// with pairs of things. A class is neither a step of its own nor a thing that is passed: a path leads through as many
/// of its members as it likes, each once.
class AttackGraph {
public:
    enum class EdgeSource : std::uint8_t { Member, Flow, Escalation, Access, Administers, AccountStore };
    struct Edge {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        float cost = 0;
        std::uint32_t row = 0; ///< position in the list that the source names
        EdgeSource source{};
        StepKind kind{};
        bool open = false; ///< something must hold besides

        /// Whether it is what an attacker does, and no way into or out of a class.
        [[nodiscard]] bool isStep() const { return source != EdgeSource::Member; }
    };

    explicit AttackGraph(const AttackFacts& facts);

    [[nodiscard]] const AttackFacts& facts() const { return m_facts; }
    [[nodiscard]] const std::vector<Edge>& edges() const { return m_edges; } ///< sorted by from, to, cost
    [[nodiscard]] std::size_t vertexCount() const { return m_outAt.size() - 1; }
    [[nodiscard]] std::span<const Edge> out(std::uint32_t vertex) const;
    /// Positions of the edges that lead to a vertex.
    [[nodiscard]] std::span<const std::uint32_t> in(std::uint32_t vertex) const;
    [[nodiscard]] std::uint32_t position(const Edge& edge) const
    {
        return static_cast<std::uint32_t>(&edge - m_edges.data());
    }
    /// "aws-passrole-lambda", "network-reach", "store-read"; empty for what is no step.
    [[nodiscard]] std::string_view technique(const Edge& edge) const;
    /// Whether the vertex is a thing and no class.
    [[nodiscard]] bool isThing(std::uint32_t vertex) const { return vertex < m_facts.estate.nodeCount(); }

    /// Who was asked, and what was answered; null for flows and for what follows from an account's administration.
    [[nodiscard]] const Decision* decision(const Edge& edge) const;

    /// The first of the things that are to an attacker what this one is: workloads of one class of endpoints with the
    /// same ways in and the same ways out.
    [[nodiscard]] std::uint32_t equalTo(std::uint32_t vertex) const
    {
        return vertex < m_equalTo.size() ? m_equalTo[vertex] : vertex;
    }
    [[nodiscard]] DataClass dataClass(NodeId store) const { return m_dataClasses[index(store)]; }

    /// What an attacker is after: stores whose data is confidential or worse, or of unknown class, and the
    /// administration of accounts. In node order.
    [[nodiscard]] const std::vector<NodeId>& crownJewels() const { return m_crownJewels; }
    /// Where an attacker may start: the internet, and any identity that is no administrator already (a stolen one).
    [[nodiscard]] const std::vector<NodeId>& footholds() const { return m_footholds; }

    /// The steps of a walk along edges; what leads through classes becomes one step.
    [[nodiscard]] std::vector<AttackStep> steps(const std::vector<std::uint32_t>& walk) const;

private:
    void add(Edge edge) { m_edges.push_back(edge); }
    void addFlows();
    void addIdentities();
    void addAccountStores();
    void indexEdges();
    void findTargetsAndStarts();
    void findEqualThings();
    [[nodiscard]] bool waysAreEqual(std::uint32_t one, std::uint32_t other) const;
    [[nodiscard]] std::size_t hashOfWays(std::uint32_t vertex) const;
    [[nodiscard]] AttackStep reachStep(NodeId from, NodeId to, std::uint32_t flow) const;
    [[nodiscard]] AttackStep identityStep(const Edge& edge) const;

    AttackFacts m_facts;
    std::vector<Edge> m_edges;
    std::vector<std::uint32_t> m_outAt; ///< vertices + 1 offsets into m_edges
    std::vector<std::uint32_t> m_inAt; ///< the same into m_in
    std::vector<std::uint32_t> m_in;
    std::vector<std::uint32_t> m_equalTo; ///< by node
    std::vector<DataClass> m_dataClasses; ///< by node
    std::vector<NodeId> m_crownJewels;
    std::vector<NodeId> m_footholds;
    std::vector<std::pair<NodeId, NodeId>> m_accountStores; ///< account, store
};

} // namespace glacis
