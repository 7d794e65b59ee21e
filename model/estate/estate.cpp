// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/estate.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

/// The rows of one node in a table that stands sorted by node.
template <class Row> std::span<const Row> rowsOf(const std::vector<Row>& rows, NodeId id)
{
    const auto range = std::ranges::equal_range(rows, id, {}, &Row::of);
    return {range.begin(), range.end()};
}

/// Nothing at all in an estate that nothing was linked into: it has no offsets.
template <class Item>
std::span<const Item> slice(const std::vector<Item>& items, const std::vector<std::uint32_t>& at, std::size_t i)
{
    return at.empty() ? std::span<const Item>{} : std::span<const Item>(items).subspan(at[i], at[i + 1] - at[i]);
}

} // namespace

std::string_view Estate::name(NodeId id) const
{
    const NodeRow& row = node(id);
    if (row.name != StringId::Empty)
        return text(row.name);
    // Of an ARN the end tells things apart, and of Azure's paths and Google Cloud's full names.
    const std::string_view whole = text(row.id);
    if ((row.provider == Provider::Azure || row.provider == Provider::Gcp) && whole.starts_with('/'))
        return afterLast(whole, '/');
    const auto arn = parseArn(whole);
    return arn ? afterLast(afterLast(arn->resource, '/'), ':') : whole;
}

std::optional<NodeId> Estate::find(std::string_view idOrAlias) const
{
    const StringId key = m_strings.find(idOrAlias);
    const auto found = key == StringId::Empty ? m_byName.end() : m_byName.find(key);
    if (found != m_byName.end())
        return found->second;
    // Azure's ids are compared without case, and are known by their small letters too.
    const std::string small = idOrAlias.starts_with('/') ? lowered(idOrAlias) : std::string();
    return small.empty() || small == idOrAlias ? std::nullopt : find(small);
}

std::optional<NodeId> Estate::within(NodeId start, Kind container) const
{
    for (NodeId at = start; at != noNode; at = node(at).parent) {
        if (kind(at) == container)
            return at;
    }
    return std::nullopt;
}

std::span<const NodeId> Estate::children(NodeId id) const
{
    return slice(m_children, m_childrenAt, index(id));
}

std::span<const NodeId> Estate::ofKind(Kind kind) const
{
    return slice(m_byKind, m_kindAt, static_cast<std::size_t>(kind));
}

std::span<const EdgeRow<NodeId>> Estate::out(NodeId id) const
{
    const auto range = std::ranges::equal_range(m_facts.edges, id, {}, &EdgeRow<NodeId>::from);
    return {range.begin(), range.end()};
}

std::span<const EdgeId> Estate::in(NodeId id) const
{
    return slice(m_in, m_inAt, index(id));
}

std::vector<NodeId> Estate::targets(NodeId id, EdgeKind kind) const
{
    std::vector<NodeId> found;
    for (const auto& row : out(id)) {
        if (row.kind == kind)
            found.push_back(row.to);
    }
    return found;
}

std::vector<NodeId> Estate::sources(NodeId id, EdgeKind kind) const
{
    std::vector<NodeId> found;
    for (const EdgeId at : in(id)) {
        if (edge(at).kind == kind)
            found.push_back(edge(at).from);
    }
    return found;
}

std::span<const PropertyRow<NodeId>> Estate::properties(NodeId id) const
{
    return rowsOf(m_facts.properties, id);
}

const PropertyRow<NodeId>* Estate::property(NodeId id, std::string_view key) const
{
    const StringId wanted = m_strings.find(key);
    if (wanted == StringId::Empty)
        return nullptr;
    for (const auto& row : properties(id)) {
        if (row.key == wanted)
            return &row;
    }
    return nullptr;
}

std::optional<bool> Estate::flag(NodeId id, std::string_view key) const
{
    const auto* row = property(id, key);
    const bool* value = row ? std::get_if<bool>(&row->value) : nullptr;
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Estate::number(NodeId id, std::string_view key) const
{
    const auto* row = property(id, key);
    const auto* value = row ? std::get_if<std::int64_t>(&row->value) : nullptr;
    return value ? std::optional(*value) : std::nullopt;
}

std::string_view Estate::word(NodeId id, std::string_view key) const
{
    const auto* row = property(id, key);
    const auto* value = row ? std::get_if<StringId>(&row->value) : nullptr;
    return value ? text(*value) : std::string_view{};
}

std::span<const TagRow<NodeId>> Estate::tags(NodeId id) const
{
    return rowsOf(m_facts.tags, id);
}

std::string_view Estate::tag(NodeId id, std::string_view key) const
{
    for (const auto& row : tags(id)) {
        if (equalIgnoringCase(text(row.key), key))
            return text(row.value);
    }
    return {};
}

std::span<const PolicyRow<NodeId>> Estate::policies(NodeId id) const
{
    return rowsOf(m_facts.policies, id);
}
std::span<const FirewallRow<NodeId>> Estate::firewall(NodeId id) const
{
    return rowsOf(m_facts.firewall, id);
}
std::span<const PrefixRow<NodeId>> Estate::prefixes(NodeId id) const
{
    return rowsOf(m_facts.prefixes, id);
}
std::span<const RouteRow<NodeId>> Estate::routes(NodeId id) const
{
    return rowsOf(m_facts.routes, id);
}
std::span<const AddressRow<NodeId>> Estate::addresses(NodeId id) const
{
    return rowsOf(m_facts.addresses, id);
}
std::span<const BlockRow<NodeId>> Estate::blocks(NodeId id) const
{
    return rowsOf(m_facts.blocks, id);
}
std::span<const PortRow<NodeId>> Estate::ports(NodeId id) const
{
    return rowsOf(m_facts.ports, id);
}

std::span<const EvidenceId> Estate::evidence(NodeId id) const
{
    return slice(m_nodeEvidence, m_evidenceAt, index(id));
}

} // namespace glacis
