// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/escalation.h"
#include "network/segmentation.h"

#include <string>
#include <vector>

namespace glacis {

/// What lets an attacker go one step.
enum class StepKind : std::uint8_t {
    Reach, ///< a connection can be opened
    TakeOver, ///< a workload that is reached is taken over; the step's condition says that it must be vulnerable
    UseRole, ///< who runs on a workload has its role
    Escalate, ///< one identity becomes another
    Access ///< an identity reads, writes or administers a store
};
[[nodiscard]] std::string_view name(StepKind kind);

/// One edge of the attack graph, with what made it true.
struct AttackEdge {
    NodeId from = noNode;
    NodeId to = noNode;
    StepKind kind{};
    std::string technique; ///< id: "aws-passrole-lambda", "network-reach", "store-read"
    std::string sentence; ///< "role ci-deploy may pass admin to a new function and run it"
    std::vector<std::string> open; ///< what must hold besides
    double cost = 1;
    std::vector<Reason> because;
    std::vector<Hop> hops; ///< of a Reach step
};

/// Everything an attacker can do with what the estate shows; edges sorted by source.
struct AttackGraph {
    std::vector<AttackEdge> edges;
    std::vector<std::uint32_t> at; ///< nodeCount + 1 offsets into edges
    std::vector<NodeId> crownJewels; ///< stores with data, confidential first
};
[[nodiscard]] AttackGraph attackGraph(const Estate& estate, const std::vector<Escalation>& escalations,
    const std::vector<StoreAccess>& access, const Segmentation& network, Progress& progress);

struct AttackPath {
    double cost = 0;
    std::vector<std::uint32_t> steps; ///< positions in AttackGraph::edges, from the source on
};

struct PathQuestion {
    std::vector<NodeId> from; ///< empty: the internet
    std::vector<NodeId> to; ///< empty: the crown jewels
    std::size_t most = 10; ///< paths in all; the cheapest to each target first
};
/// The cheapest path from any of the sources to each target, cheapest first.
[[nodiscard]] std::vector<AttackPath> cheapestPaths(
    const Estate& estate, const AttackGraph& graph, const PathQuestion& question, Progress& progress);

} // namespace glacis
