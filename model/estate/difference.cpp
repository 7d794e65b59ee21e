// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/difference.h"

#include "core/fingerprint.h"

#include <algorithm>

namespace glacis {

namespace {

/// Tells things apart by all that is said of them. Rows are summed up, so that their order does not count.
class Signatures {
public:
    explicit Signatures(const Estate& estate) : m_estate(estate) { }

    [[nodiscard]] std::uint64_t of(NodeId node)
    {
        const NodeRow& row = m_estate.node(node);
        std::uint64_t sum = Row(*this, 'n')
                                .text(row.type)
                                .text(row.name)
                                .thing(row.parent)
                                .thing(row.account)
                                .thing(row.region)
                                .number(static_cast<int>(row.kind))
                                .value();
        for (const auto& one : m_estate.properties(node)) {
            // That a call was made is said of the export, not of the thing.
            if (!m_estate.text(one.key).starts_with("read:"))
                sum += property(one);
        }
        for (const auto& one : m_estate.tags(node))
            sum += Row(*this, 't').text(one.key).text(one.value).value();
        for (const auto& one : m_estate.out(node))
            sum += Row(*this, 'e').thing(one.to).number(static_cast<int>(one.kind)).value();
        for (const auto& one : m_estate.policies(node))
            sum += Row(*this, 'p').number(static_cast<int>(one.role)).text(one.name).text(one.document).value();
        for (const auto& one : m_estate.firewall(node))
            sum += rule(one);
        for (const auto& one : m_estate.routes(node))
            sum += route(one);
        for (const auto& one : m_estate.prefixes(node))
            sum += Row(*this, 'x').block(one.block).value();
        for (const auto& one : m_estate.blocks(node))
            sum += Row(*this, 'b').block(one.block).value();
        for (const auto& one : m_estate.addresses(node)) {
            Row signature(*this, 'a');
            signature.number(one.hasInside).number(one.hasOutside);
            sum += signature.word(toString(one.inside)).word(toString(one.outside)).value();
        }
        for (const auto& one : m_estate.ports(node))
            sum += Row(*this, 'o').number(one.protocol).number(one.port).value();
        return sum;
    }

private:
    /// One row: what is in it, in order.
    class Row {
    public:
        Row(const Signatures& of, char table) : m_estate(of.m_estate)
        {
            m_print.add(static_cast<unsigned char>(table));
        }

        Row& word(std::string_view text)
        {
            m_print.add(text);
            return *this;
        }
        Row& text(StringId id) { return word(m_estate.text(id)); }
        Row& thing(NodeId id) { return word(id == noNode ? std::string_view() : m_estate.id(id)); }
        Row& number(std::int64_t number) { return word(std::to_string(number)); }
        Row& block(const IpPrefix& block) { return word(toString(block.address)).number(block.length); }
        [[nodiscard]] std::uint64_t value() const { return m_print.value(); }

    private:
        const Estate& m_estate;
        Fingerprint m_print;
    };

    std::uint64_t property(const PropertyRow<NodeId>& one) const
    {
        Row row(*this, 's');
        row.text(one.key).number(static_cast<std::int64_t>(one.value.index()));
        if (const auto* text = std::get_if<StringId>(&one.value))
            return row.text(*text).value();
        const auto* number = std::get_if<std::int64_t>(&one.value);
        return row.number(number ? *number : static_cast<std::int64_t>(std::get<bool>(one.value))).value();
    }

    std::uint64_t rule(const FirewallRow<NodeId>& one) const
    {
        Row row(*this, 'f');
        row.number(static_cast<int>(one.direction)).number(static_cast<int>(one.effect)).number(one.priority);
        row.number(one.protocol).number(one.from).number(one.to).number(one.byPeer).number(one.someClientPorts);
        if (one.byPeer)
            row.thing(one.peer);
        else
            row.block(one.block);
        row.number(one.byNearPeer).number(one.byNearBlock);
        if (one.byNearPeer)
            row.thing(one.nearPeer);
        if (one.byNearBlock)
            row.block(one.nearBlock);
        return row.value();
    }

    std::uint64_t route(const RouteRow<NodeId>& one) const
    {
        Row row(*this, 'r');
        row.number(one.byList).number(one.local).number(one.blackhole).thing(one.target).text(one.via);
        return one.byList ? row.thing(one.list).value() : row.block(one.block).value();
    }

    const Estate& m_estate;
};

/// The thing of the same id, when it is described there too.
NodeId counterpart(const Estate& from, NodeId thing, const Estate& to)
{
    const auto found = to.find(from.id(thing));
    return found && to.kind(*found) == from.kind(thing) ? *found : noNode;
}

bool isDescribed(const Estate& estate, NodeId node)
{
    return node != noNode && !estate.node(node).outside;
}

} // namespace

EstateDifference differenceOf(const Estate& before, const Estate& after)
{
    EstateDifference difference;
    Signatures earlier(before), later(after);
    for (std::size_t i = 0; i < after.nodeCount(); ++i) {
        const auto node = idAt<NodeId>(i);
        if (!isDescribed(after, node))
            continue;
        const NodeId old = counterpart(after, node, before);
        if (!isDescribed(before, old))
            difference.added.push_back(node);
        else if (earlier.of(old) != later.of(node))
            difference.changed.push_back(node);
    }
    for (std::size_t i = 0; i < before.nodeCount(); ++i) {
        const auto node = idAt<NodeId>(i);
        if (isDescribed(before, node) && !isDescribed(after, counterpart(before, node, after)))
            difference.removed.push_back(node);
    }
    return difference;
}

std::vector<NodeId> sameThings(const Estate& from, const std::vector<NodeId>& things, const Estate& to)
{
    std::vector<NodeId> same;
    for (const NodeId thing : things) {
        if (const NodeId other = counterpart(from, thing, to); other != noNode)
            same.push_back(other);
    }
    return same;
}

} // namespace glacis
