// SPDX-License-Identifier: GPL-3.0-or-later
#include "access_view/access_matrix.h"

#include "document/labels.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace glacis {

namespace {

constexpr std::size_t foldedFrom = 24; ///< classes of a group, where a side has more lines than can be read at once
constexpr std::size_t readAtOnce = 60;

using Bits = std::vector<std::pair<std::uint32_t, AccessBits>>; ///< by position of the other side, sorted

/// One thing and what it has to do with the other side.
struct Member {
    NodeId node = noNode;
    AccessAxis::GroupKey group;
    Bits bits;
};

/// A class of equal members.
struct Class {
    std::vector<NodeId> things;
    const Bits* bits = nullptr;
};

AccessAxis::GroupKey groupOf(const Estate& estate, NodeId node)
{
    const NodeRow& row = estate.node(node);
    return {row.kind, row.kind == Kind::Account ? noNode : row.account};
}

void mergeSame(Bits& bits)
{
    std::sort(bits.begin(), bits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Bits merged;
    for (const auto& one : bits) {
        if (!merged.empty() && merged.back().first == one.first)
            merged.back().second.join(one.second);
        else
            merged.push_back(one);
    }
    bits = std::move(merged);
}

/// The members by group, and in each by class: who touches most first.
std::vector<std::pair<AccessAxis::GroupKey, std::vector<Class>>> classesOf(std::vector<Member>& members)
{
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return std::tie(a.group, a.bits, a.node) < std::tie(b.group, b.bits, b.node);
    });
    std::vector<std::pair<AccessAxis::GroupKey, std::vector<Class>>> groups;
    for (const Member& member : members) {
        if (groups.empty() || groups.back().first != member.group)
            groups.push_back({member.group, {}});
        std::vector<Class>& classes = groups.back().second;
        if (classes.empty() || *classes.back().bits != member.bits)
            classes.push_back({{}, &member.bits});
        classes.back().things.push_back(member.node);
    }
    for (auto& [key, classes] : groups) {
        std::stable_sort(classes.begin(), classes.end(),
            [](const Class& a, const Class& b) { return a.bits->size() > b.bits->size(); });
    }
    return groups;
}

class AxisMaker {
public:
    explicit AxisMaker(const AccessFilter& filter) : m_filter(filter) { }

    /// Also tells each member's line.
    AccessAxis made(std::vector<Member>& members, std::map<NodeId, std::uint32_t>& lineOf)
    {
        const auto groups = classesOf(members);
        std::size_t all = 0;
        for (const auto& [key, classes] : groups)
            all += classes.size();
        for (const auto& [key, classes] : groups)
            addGroup(key, classes, all > readAtOnce && classes.size() > foldedFrom, lineOf);
        return std::move(m_axis);
    }

private:
    void addGroup(const AccessAxis::GroupKey& key, const std::vector<Class>& classes, bool folded,
        std::map<NodeId, std::uint32_t>& lineOf)
    {
        AccessAxis::Group group{key, 0, classes.size(), folded != (m_filter.turned.count(key) > 0)};
        const auto position = static_cast<std::uint32_t>(m_axis.groups.size());
        for (const Class& one : classes) {
            group.things += one.things.size();
            const bool fits = m_axis.lines.size() < mostAccessLines;
            const bool isFirst = &one == &classes.front();
            if (isFirst || (!group.folded && fits)) {
                AccessAxis::Line line;
                line.group = position;
                line.isGroup = group.folded;
                m_axis.lines.push_back(std::move(line));
            } else if (!group.folded && m_axis.lines.back().more == 0) {
                AccessAxis::Line rest;
                rest.group = position;
                m_axis.lines.push_back(std::move(rest));
            }
            AccessAxis::Line& line = m_axis.lines.back();
            if (!isFirst && !group.folded && !fits)
                ++line.more;
            line.things.insert(line.things.end(), one.things.begin(), one.things.end());
            for (const NodeId thing : one.things)
                lineOf[thing] = static_cast<std::uint32_t>(m_axis.lines.size() - 1);
        }
        m_axis.groups.push_back(group);
    }

    const AccessFilter& m_filter;
    AccessAxis m_axis;
};

bool passes(const Estate& estate, const StoreAccess& entry, const AccessFilter& filter)
{
    if ((filter.levels >> static_cast<int>(entry.level) & 1) == 0)
        return false;
    if (!filter.withConditional && entry.decision.verdict == Verdict::Conditional)
        return false;
    return filter.words.isEmpty() || nameOf(estate, entry.principal).contains(filter.words, Qt::CaseInsensitive)
        || nameOf(estate, entry.store).contains(filter.words, Qt::CaseInsensitive);
}

/// Things of one side as members, with what they have to do with the positions of the other side.
std::vector<Member> membersOf(
    const Estate& estate, const std::vector<std::tuple<NodeId, std::uint32_t, AccessBits>>& entries)
{
    std::map<NodeId, Bits> bits;
    for (const auto& [node, other, value] : entries)
        bits[node].emplace_back(other, value);
    std::vector<Member> members;
    for (auto& [node, own] : bits) {
        mergeSame(own);
        members.push_back({node, groupOf(estate, node), std::move(own)});
    }
    return members;
}

void count(AccessAxis::Line& line, const AccessBits& bits)
{
    for (std::size_t level = 0; level < line.total.size(); ++level)
        line.total[level] += bits.has(static_cast<AccessLevel>(level)) ? 1 : 0;
}

} // namespace

void AccessBits::join(const AccessBits& other)
{
    const auto sure = static_cast<std::uint8_t>((may & ~onlyIf) | (other.may & ~other.onlyIf));
    may = static_cast<std::uint8_t>(may | other.may);
    onlyIf = static_cast<std::uint8_t>(may & ~sure);
}

AccessMatrix accessMatrix(const Estate& estate, const std::vector<StoreAccess>& access, const AccessFilter& filter)
{
    AccessMatrix matrix;
    std::vector<std::tuple<NodeId, std::uint32_t, AccessBits>> byPrincipal, byStore;
    for (const StoreAccess& entry : access) {
        if (!passes(estate, entry, filter)) {
            ++matrix.hidden;
            continue;
        }
        const auto bit = static_cast<std::uint8_t>(1u << static_cast<unsigned>(entry.level));
        const AccessBits bits{bit, entry.decision.verdict == Verdict::Conditional ? bit : std::uint8_t{0}};
        byPrincipal.emplace_back(entry.principal, index(entry.store), bits);
    }
    std::map<NodeId, std::uint32_t> rowOf, columnOf;
    std::vector<Member> principals = membersOf(estate, byPrincipal);
    matrix.identities = principals.size();
    matrix.principals = AxisMaker(filter).made(principals, rowOf);
    // Stores are equal when the same classes of identities touch them alike.
    for (const auto& [principal, store, bits] : byPrincipal)
        byStore.emplace_back(idAt<NodeId>(store), rowOf[principal], bits);
    std::vector<Member> stores = membersOf(estate, byStore);
    matrix.storeCount = stores.size();
    matrix.stores = AxisMaker(filter).made(stores, columnOf);

    matrix.cells.resize(matrix.principals.lines.size() * matrix.stores.lines.size());
    for (const Member& store : stores) {
        const std::uint32_t column = columnOf[store.node];
        for (const auto& [row, bits] : store.bits) {
            AccessAxis::Line& line = matrix.principals.lines[row];
            matrix.cells[row * matrix.stores.lines.size() + column].join(bits);
            count(line, bits);
        }
    }
    for (const Member& principal : principals) {
        std::map<std::uint32_t, AccessBits> columns;
        for (const auto& [store, bits] : principal.bits)
            columns[columnOf[idAt<NodeId>(store)]].join(bits);
        for (const auto& [column, bits] : columns)
            count(matrix.stores.lines[column], bits);
    }
    return matrix;
}

} // namespace glacis
