// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"
#include "estate/facts.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace glacis {

struct NodeRow {
    StringId id{};
    StringId type{};
    StringId name{};
    NodeId parent = noNode;
    NodeId account = noNode;
    NodeId region = noNode;
    Kind kind{};
    Provider provider{};
    bool outside = false; ///< only spoken of by what was imported
};

/// Everything that was imported as one directed graph; immutable once built, and cheap to copy the handle of.
/// Rows of each table stand sorted by the node they belong to, edges by their source.
class Estate {
public:
    /// Edge positions equal EdgeId; the vertex of a node is its index.
    using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
        boost::no_property, std::uint32_t, std::uint32_t>;

    [[nodiscard]] std::size_t nodeCount() const { return m_nodes.size(); }
    [[nodiscard]] std::size_t edgeCount() const { return m_facts.edges.size(); }
    [[nodiscard]] const NodeRow& node(NodeId id) const { return m_nodes[index(id)]; }
    [[nodiscard]] Kind kind(NodeId id) const { return node(id).kind; }
    /// The provider's own id: ARN, "i-…", Terraform address.
    [[nodiscard]] std::string_view id(NodeId id) const { return text(node(id).id); }
    /// What people call it; the id, or the end of an ARN, when it has no name.
    [[nodiscard]] std::string_view name(NodeId id) const;
    [[nodiscard]] std::string_view text(StringId id) const { return m_strings[id]; }
    [[nodiscard]] const StringPool& strings() const { return m_strings; }

    /// By id or by any other name that the export gave it (ARN, key alias, account number).
    [[nodiscard]] std::optional<NodeId> find(std::string_view idOrAlias) const;
    /// The nearest container of a kind, the node itself included.
    [[nodiscard]] std::optional<NodeId> within(NodeId node, Kind container) const;
    [[nodiscard]] std::span<const NodeId> children(NodeId id) const;
    [[nodiscard]] std::span<const NodeId> ofKind(Kind kind) const;

    [[nodiscard]] std::span<const EdgeRow<NodeId>> out(NodeId id) const;
    [[nodiscard]] std::span<const EdgeId> in(NodeId id) const;
    [[nodiscard]] const EdgeRow<NodeId>& edge(EdgeId id) const { return m_facts.edges[index(id)]; }
    /// Targets of the edges of one kind, in the order they were read.
    [[nodiscard]] std::vector<NodeId> targets(NodeId id, EdgeKind kind) const;
    [[nodiscard]] std::vector<NodeId> sources(NodeId id, EdgeKind kind) const;
    [[nodiscard]] const Graph& graph() const { return m_graph; }

    [[nodiscard]] const FactTables<NodeId>& facts() const { return m_facts; }
    [[nodiscard]] std::span<const PropertyRow<NodeId>> properties(NodeId id) const;
    [[nodiscard]] const PropertyRow<NodeId>* property(NodeId id, std::string_view key) const; ///< null: unknown
    [[nodiscard]] std::optional<bool> flag(NodeId id, std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> number(NodeId id, std::string_view key) const;
    [[nodiscard]] std::string_view word(NodeId id, std::string_view key) const; ///< empty: unknown
    [[nodiscard]] std::span<const TagRow<NodeId>> tags(NodeId id) const;
    [[nodiscard]] std::string_view tag(NodeId id, std::string_view key) const; ///< key compared without case
    [[nodiscard]] std::span<const PolicyRow<NodeId>> policies(NodeId id) const;
    [[nodiscard]] std::span<const FirewallRow<NodeId>> firewall(NodeId id) const;
    [[nodiscard]] std::span<const PrefixRow<NodeId>> prefixes(NodeId id) const;
    [[nodiscard]] std::span<const RouteRow<NodeId>> routes(NodeId id) const;
    [[nodiscard]] std::span<const AddressRow<NodeId>> addresses(NodeId id) const;
    [[nodiscard]] std::span<const BlockRow<NodeId>> blocks(NodeId id) const;
    [[nodiscard]] std::span<const PortRow<NodeId>> ports(NodeId id) const;

    /// Every place that described the node, in the order of reading.
    [[nodiscard]] std::span<const EvidenceId> evidence(NodeId id) const;
    [[nodiscard]] const Evidence& evidence(EvidenceId id) const { return m_evidence[index(id)]; }
    [[nodiscard]] std::string_view file(FileId id) const
    {
        return id == noFile ? std::string_view{} : m_files[index(id)];
    }

private:
    friend class EstateBuilder;

    StringPool m_strings;
    std::vector<std::string> m_files;
    std::vector<Evidence> m_evidence;
    std::vector<NodeRow> m_nodes;
    FactTables<NodeId> m_facts;
    std::unordered_map<StringId, NodeId> m_byName;
    std::vector<std::uint32_t> m_evidenceAt; ///< nodeCount + 1 offsets into m_nodeEvidence
    std::vector<EvidenceId> m_nodeEvidence;
    std::vector<std::uint32_t> m_childrenAt;
    std::vector<NodeId> m_children;
    std::vector<std::uint32_t> m_kindAt;
    std::vector<NodeId> m_byKind;
    std::vector<std::uint32_t> m_inAt;
    std::vector<EdgeId> m_in;
    Graph m_graph;
};

} // namespace glacis
