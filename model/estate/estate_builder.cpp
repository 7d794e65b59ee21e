// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/estate_builder.h"

#include <algorithm>
#include <numeric>

namespace glacis {

namespace {

/// Counting sort: items 0…n-1 grouped by `groupOf` (items whose group is `none` left out), with offsets for `groups`
/// groups.
template <class Item, class GroupOf>
void groupBy(std::size_t items, std::size_t groups, std::size_t none, GroupOf groupOf, std::vector<std::uint32_t>& at,
    std::vector<Item>& grouped)
{
    at.assign(groups + 1, 0);
    for (std::size_t i = 0; i < items; ++i) {
        if (groupOf(i) != none)
            ++at[groupOf(i) + 1];
    }
    std::partial_sum(at.begin(), at.end(), at.begin());
    grouped.resize(at.back());
    std::vector<std::uint32_t> next(at.begin(), at.end() - 1);
    for (std::size_t i = 0; i < items; ++i) {
        if (groupOf(i) != none)
            grouped[next[groupOf(i)]++] = idAt<Item>(i);
    }
}

template <class Row> void sortByNode(std::vector<Row>& rows)
{
    std::ranges::stable_sort(rows, {}, &Row::of);
}

} // namespace

EstateBuilder::EstateBuilder(const Estate& estate) : m_estate(estate)
{
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        for (const EvidenceId seenAt : estate.evidence(idAt<NodeId>(i)))
            m_described.emplace_back(idAt<NodeId>(i), seenAt);
    }
}

NodeId EstateBuilder::add(const NodeRow& row)
{
    const auto id = idAt<NodeId>(m_estate.m_nodes.size());
    m_estate.m_nodes.push_back(row);
    m_estate.m_byName.emplace(row.id, id);
    return id;
}

NodeId EstateBuilder::merge(const NodeRow& more)
{
    const auto known = find(more.id);
    if (!known)
        return add(more);
    NodeRow& kept = row(*known);
    if (kept.kind == Kind::Other || (kept.outside && !more.outside && more.kind != Kind::Other))
        kept.kind = more.kind;
    if (kept.type == StringId::Empty)
        kept.type = more.type;
    if (kept.name == StringId::Empty)
        kept.name = more.name;
    if (kept.provider == Provider::Unknown)
        kept.provider = more.provider;
    kept.outside = kept.outside && more.outside;
    return *known;
}

void EstateBuilder::describe(NodeId node, EvidenceId seenAt)
{
    if (seenAt != noEvidence)
        m_described.emplace_back(node, seenAt);
}

NodeId EstateBuilder::aliased(StringId other, NodeId node)
{
    return m_estate.m_byName.emplace(other, node).first->second;
}

std::optional<NodeId> EstateBuilder::find(StringId name) const
{
    const auto found = m_estate.m_byName.find(name);
    return found == m_estate.m_byName.end() ? std::nullopt : std::optional(found->second);
}

/// A hostile export can name a thing as its own grandparent; every walk upward must end.
void EstateBuilder::breakLoops()
{
    enum class Seen : std::uint8_t { No, Now, Done };
    std::vector<Seen> seen(size(), Seen::No);
    std::vector<NodeId> walk;
    for (std::size_t i = 0; i < size(); ++i) {
        NodeId at = idAt<NodeId>(i);
        while (at != noNode && seen[index(at)] == Seen::No) {
            seen[index(at)] = Seen::Now;
            walk.push_back(at);
            at = row(at).parent;
        }
        if (at != noNode && seen[index(at)] == Seen::Now)
            row(walk.back()).parent = noNode;
        for (const NodeId done : walk)
            seen[index(done)] = Seen::Done;
        walk.clear();
    }
}

void EstateBuilder::sortRows()
{
    auto& facts = m_estate.m_facts;
    std::ranges::stable_sort(facts.edges, {}, &EdgeRow<NodeId>::from);
    sortByNode(facts.properties);
    sortByNode(facts.tags);
    sortByNode(facts.policies);
    sortByNode(facts.firewall);
    sortByNode(facts.prefixes);
    sortByNode(facts.routes);
    sortByNode(facts.addresses);
    sortByNode(facts.blocks);
    sortByNode(facts.ports);
}

void EstateBuilder::buildIndexes()
{
    Estate& e = m_estate;
    const std::size_t count = e.m_nodes.size();
    constexpr std::size_t none = std::numeric_limits<std::uint32_t>::max(); // index(noNode)
    groupBy(
        count, count, none, [&](std::size_t i) -> std::size_t { return index(e.m_nodes[i].parent); }, e.m_childrenAt,
        e.m_children);
    groupBy(
        count, static_cast<std::size_t>(Kind::Count), none,
        [&](std::size_t i) { return static_cast<std::size_t>(e.m_nodes[i].kind); }, e.m_kindAt, e.m_byKind);
    groupBy(
        e.m_facts.edges.size(), count, none, [&](std::size_t i) -> std::size_t { return index(e.m_facts.edges[i].to); },
        e.m_inAt, e.m_in);

    std::ranges::stable_sort(m_described, {}, &std::pair<NodeId, EvidenceId>::first);
    e.m_evidenceAt.assign(count + 1, 0);
    e.m_nodeEvidence.clear();
    for (const auto& [node, seenAt] : m_described) {
        ++e.m_evidenceAt[index(node) + 1];
        e.m_nodeEvidence.push_back(seenAt);
    }
    std::partial_sum(e.m_evidenceAt.begin(), e.m_evidenceAt.end(), e.m_evidenceAt.begin());

    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    pairs.reserve(e.m_facts.edges.size());
    for (const auto& edge : e.m_facts.edges)
        pairs.emplace_back(index(edge.from), index(edge.to));
    e.m_graph = Estate::Graph(boost::edges_are_sorted, pairs.begin(), pairs.end(), static_cast<std::uint32_t>(count));
}

Estate EstateBuilder::finish(StringPool&& strings, std::vector<std::string>&& files, std::vector<Evidence>&& evidence)
{
    m_estate.m_strings = std::move(strings);
    m_estate.m_files = std::move(files);
    m_estate.m_evidence = std::move(evidence);
    return finish();
}

Estate EstateBuilder::finish()
{
    breakLoops();
    sortRows();
    buildIndexes();
    return std::move(m_estate);
}

} // namespace glacis
