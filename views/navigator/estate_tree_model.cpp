// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigator/estate_tree_model.h"

#include "document/answers.h"
#include "document/labels.h"
#include "marks/marks.h"
#include "theme/glyphs.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace glacis {

namespace {

struct GroupTitle {
    Shape shape;
    const char* title;
    Glyph glyph;
};
/// In the order in which they stand.
constexpr auto groupTitles = std::to_array<GroupTitle>({
    {Shape::Identity, QT_TRANSLATE_NOOP("EstateTree", "Identities"), Glyph::Person},
    {Shape::Workload, QT_TRANSLATE_NOOP("EstateTree", "Workloads"), Glyph::Server},
    {Shape::Store, QT_TRANSLATE_NOOP("EstateTree", "Stores"), Glyph::Stores},
    {Shape::Control, QT_TRANSLATE_NOOP("EstateTree", "Network controls"), Glyph::Shield},
    {Shape::Watcher, QT_TRANSLATE_NOOP("EstateTree", "Watching"), Glyph::Eye},
    {Shape::Outside, QT_TRANSLATE_NOOP("EstateTree", "Outside"), Glyph::Globe},
    {Shape::Other, QT_TRANSLATE_NOOP("EstateTree", "Other"), Glyph::More},
});

const GroupTitle& titleOfGroup(Shape shape)
{
    const auto found = std::find_if(
        groupTitles.begin(), groupTitles.end(), [shape](const GroupTitle& row) { return row.shape == shape; });
    return found == groupTitles.end() ? groupTitles.back() : *found;
}

} // namespace

void EstateTreeModel::setEstate(std::shared_ptr<const Estate> estate)
{
    beginResetModel();
    m_estate = std::move(estate);
    m_items.clear();
    m_root = nullptr;
    if (m_estate) {
        m_root = &m_items.emplace_back();
        open(*m_root);
    }
    endResetModel();
}

EstateTreeModel::Item* EstateTreeModel::make(Item& above, NodeId node) const
{
    Item& item = m_items.emplace_back();
    item.above = &above;
    item.node = node;
    return &item;
}

EstateTreeModel::Item* EstateTreeModel::makeGroup(
    Item& above, Shape shape, bool outside, std::vector<NodeId> members) const
{
    Item& item = m_items.emplace_back();
    item.above = &above;
    item.node = above.node;
    item.group = shape;
    item.outside = outside;
    item.members = std::move(members);
    item.opened = true;
    sortByName(item.members);
    return &item;
}

void EstateTreeModel::sortByName(std::vector<NodeId>& nodes) const
{
    std::stable_sort(nodes.begin(), nodes.end(), [this](NodeId a, NodeId b) {
        const Kind kindA = m_estate->kind(a), kindB = m_estate->kind(b);
        return kindA != kindB ? kindA < kindB : m_estate->name(a) < m_estate->name(b);
    });
}

void EstateTreeModel::open(Item& item) const
{
    if (item.opened)
        return;
    item.opened = true;
    openNode(item);
}

void EstateTreeModel::openNode(Item& item) const
{
    const bool isRoot = item.node == noNode;
    std::vector<NodeId> outside;
    std::array<std::vector<NodeId>, groupTitles.size()> grouped;
    const auto take = [&](NodeId node) {
        const Shape shape = info(m_estate->kind(node)).shape;
        if (m_estate->node(node).outside && isRoot)
            outside.push_back(node);
        else if (shape == Shape::Container || (!isRoot && info(m_estate->kind(item.node)).shape != Shape::Container))
            item.members.push_back(node);
        else
            grouped[static_cast<std::size_t>(&titleOfGroup(shape) - groupTitles.data())].push_back(node);
    };
    if (isRoot) {
        for (std::uint32_t at = 0; at < m_estate->nodeCount(); ++at) {
            if (m_estate->node(idAt<NodeId>(at)).parent == noNode)
                take(idAt<NodeId>(at));
        }
    } else {
        for (const NodeId child : m_estate->children(item.node))
            take(child);
    }
    std::size_t kinds = 0, things = 0;
    for (const auto& list : grouped) {
        kinds += list.empty() ? 0 : 1;
        things += list.size();
    }
    // A subnet with two machines needs no group around them.
    const bool flat = !isRoot && kinds > 0 && things <= 8 && item.members.empty()
        && m_estate->kind(item.node) != Kind::Account && m_estate->kind(item.node) != Kind::Region;
    for (std::size_t at = 0; at < grouped.size(); ++at) {
        if (flat)
            item.members.insert(item.members.end(), grouped[at].begin(), grouped[at].end());
        else if (!grouped[at].empty())
            item.groups.push_back(makeGroup(item, groupTitles[at].shape, false, std::move(grouped[at])));
    }
    if (!outside.empty())
        item.groups.push_back(makeGroup(item, Shape::Outside, true, std::move(outside)));
    sortByName(item.members);
}

EstateTreeModel::Item* EstateTreeModel::itemOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Item*>(index.internalPointer()) : m_root;
}

QModelIndex EstateTreeModel::indexFor(const Item* item) const
{
    return !item || item == m_root ? QModelIndex() : createIndex(item->row, 0, item);
}

std::optional<NodeId> EstateTreeModel::nodeAt(const QModelIndex& index) const
{
    const Item* item = index.isValid() ? itemOf(index) : nullptr;
    return item && !item->group ? std::optional(item->node) : std::nullopt;
}

QModelIndex EstateTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Item* above = itemOf(parent);
    if (!above || row < 0 || column != 0 || static_cast<std::size_t>(row) >= above->rows.size())
        return {};
    return createIndex(row, column, above->rows[static_cast<std::size_t>(row)]);
}

QModelIndex EstateTreeModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexFor(itemOf(index)->above) : QModelIndex();
}

int EstateTreeModel::rowCount(const QModelIndex& parent) const
{
    const Item* item = itemOf(parent);
    return item && parent.column() <= 0 ? static_cast<int>(item->rows.size()) : 0;
}

int EstateTreeModel::columnCount(const QModelIndex&) const
{
    return 1;
}

bool EstateTreeModel::hasChildren(const QModelIndex& parent) const
{
    const Item* item = itemOf(parent);
    if (!item)
        return false;
    if (item->opened)
        return total(*item) > 0;
    return !m_estate->children(item->node).empty();
}

bool EstateTreeModel::canFetchMore(const QModelIndex& parent) const
{
    const Item* item = itemOf(parent);
    if (!item)
        return false;
    return item->opened ? item->rows.size() < total(*item) : !m_estate->children(item->node).empty();
}

void EstateTreeModel::fetchMore(const QModelIndex& parent)
{
    if (Item* item = itemOf(parent)) {
        open(*item);
        fetchUpTo(*item, item->rows.size() + m_chunk);
    }
}

void EstateTreeModel::fetchUpTo(Item& item, std::size_t count)
{
    const std::size_t first = item.rows.size();
    const std::size_t last = std::min(count, total(item));
    if (first >= last)
        return;
    beginInsertRows(indexFor(&item), static_cast<int>(first), static_cast<int>(last) - 1);
    for (std::size_t at = first; at < last; ++at) {
        // Groups first: they are few, and below a thousand machines nobody would find them.
        Item* row = at < item.groups.size() ? item.groups[at] : make(item, item.members[at - item.groups.size()]);
        row->row = static_cast<int>(at);
        item.rows.push_back(row);
    }
    endInsertRows();
}

QModelIndex EstateTreeModel::indexOf(NodeId node)
{
    if (!m_root || node == noNode)
        return {};
    std::vector<NodeId> way{node};
    for (NodeId at = m_estate->node(node).parent; at != noNode; at = m_estate->node(at).parent)
        way.push_back(at);
    Item* item = m_root;
    for (auto next = way.rbegin(); next != way.rend(); ++next) {
        open(*item);
        Item* holder = item;
        auto found = std::find(item->members.begin(), item->members.end(), *next);
        std::size_t before = item->groups.size();
        if (found == item->members.end()) {
            for (std::size_t at = 0; at < item->groups.size(); ++at) {
                auto inGroup = std::find(item->groups[at]->members.begin(), item->groups[at]->members.end(), *next);
                if (inGroup == item->groups[at]->members.end())
                    continue;
                fetchUpTo(*item, at + 1);
                holder = item->groups[at];
                found = inGroup;
                before = 0;
                break;
            }
            if (holder == item)
                return {};
        }
        const auto row = before + static_cast<std::size_t>(found - holder->members.begin());
        fetchUpTo(*holder, row + 1);
        item = holder->rows[row];
    }
    return indexFor(item);
}

QVariant EstateTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item& item = *itemOf(index);
    if (item.group) {
        const GroupTitle& group = titleOfGroup(*item.group);
        const QString title = item.outside ? QCoreApplication::translate("EstateTree", "Only mentioned")
                                           : QCoreApplication::translate("EstateTree", group.title);
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return QStringLiteral("%1  %2").arg(
                title, QLocale().toString(static_cast<qulonglong>(item.members.size())));
        if (role == Qt::DecorationRole)
            return icon(item.outside ? Glyph::Cloud : group.glyph);
        return {};
    }
    const Estate& estate = *m_estate;
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(estate, item.node);
    case Qt::DecorationRole:
        return icon(glyphOf(estate.kind(item.node)));
    case Qt::ToolTipRole:
        // Plain text: an export may hold markup.
        return QString(titleOf(estate.kind(item.node)) + QLatin1Char('\n') + shown(estate.id(item.node)))
            .toHtmlEscaped()
            .replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    case Qt::AccessibleTextRole:
        return QString(nameOf(estate, item.node) + QStringLiteral(", ") + titleOf(estate.kind(item.node)));
    case nodeRole:
        return glacis::index(item.node);
    default:
        return {};
    }
}

} // namespace glacis
