// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

namespace glacis {

/// Puts nodes and rows together in any order; `finish` sorts them into an Estate. Used by `link` and by changes.
class EstateBuilder {
public:
    EstateBuilder() = default;
    /// Starts from all that an estate holds.
    explicit EstateBuilder(const Estate& estate);

    NodeId add(const NodeRow& row);
    /// The node with this id, made when there is none; columns that are still empty are filled.
    NodeId merge(const NodeRow& row);
    void describe(NodeId node, EvidenceId seenAt);
    /// Another name; the first to claim a name keeps it. Returns the node that the name stands for.
    NodeId aliased(StringId other, NodeId node);
    void alias(StringId other, NodeId node) { aliased(other, node); }

    [[nodiscard]] std::optional<NodeId> find(StringId name) const;
    [[nodiscard]] NodeRow& row(NodeId id) { return m_estate.m_nodes[index(id)]; }
    [[nodiscard]] std::size_t size() const { return m_estate.m_nodes.size(); }
    [[nodiscard]] FactTables<NodeId>& facts() { return m_estate.m_facts; }
    [[nodiscard]] StringPool& strings() { return m_estate.m_strings; }

    [[nodiscard]] Estate finish(
        StringPool&& strings, std::vector<std::string>&& files, std::vector<Evidence>&& evidence);
    [[nodiscard]] Estate finish();

private:
    void breakLoops();
    void sortRows();
    void buildIndexes();

    Estate m_estate;
    std::vector<std::pair<NodeId, EvidenceId>> m_described;
};

} // namespace glacis
