// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <QAbstractItemModel>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace glacis {

/// The estate as a tree: organisation, accounts, regions, networks, subnets, things; beside the containers of an
/// account or region what it holds in groups ("Identities 84"). Rows are made when they are asked for, a few hundred at
/// a time.
class EstateTreeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    static constexpr int nodeRole = Qt::UserRole; ///< quint32; absent for a group

    using QAbstractItemModel::QAbstractItemModel;

    void setEstate(std::shared_ptr<const Estate> estate);
    /// An estate of the same things: the rows stay.
    void changeEstate(std::shared_ptr<const Estate> estate) { m_estate = std::move(estate); }
    /// The thing of a row; nothing for a group.
    [[nodiscard]] std::optional<NodeId> nodeAt(const QModelIndex& index) const;
    /// The row of a thing; makes the rows on the way to it.
    [[nodiscard]] QModelIndex indexOf(NodeId node);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

private:
    /// A thing or a group, once its row was made.
    struct Item {
        Item* above = nullptr;
        int row = 0;
        NodeId node = noNode; ///< of a group: what it belongs to
        std::optional<Shape> group;
        bool outside = false; ///< the group of what is only mentioned
        std::vector<NodeId> members; ///< things below that have no row yet or have one, in order; filled when opened
        std::vector<Item*> rows; ///< made so far; groups stand after the members
        std::vector<Item*> groups; ///< to come after the members
        bool opened = false;
    };

    [[nodiscard]] Item* itemOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexFor(const Item* item) const;
    void open(Item& item) const;
    void openNode(Item& item) const;
    void sortByName(std::vector<NodeId>& nodes) const;
    Item* make(Item& above, NodeId node) const;
    Item* makeGroup(Item& above, Shape shape, bool outside, std::vector<NodeId> members) const;
    [[nodiscard]] std::size_t total(const Item& item) const { return item.members.size() + item.groups.size(); }
    void fetchUpTo(Item& item, std::size_t count);

    static constexpr std::size_t m_chunk = 300;
    std::shared_ptr<const Estate> m_estate;
    mutable std::deque<Item> m_items; ///< addresses must stay
    Item* m_root = nullptr;
};

} // namespace glacis
