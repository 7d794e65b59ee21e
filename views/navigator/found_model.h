// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace glacis {

/// Things that a search found, with kind and place.
class FoundModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void show(std::shared_ptr<const Estate> estate, std::vector<NodeId> nodes);
    [[nodiscard]] NodeId nodeAt(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const Estate> m_estate;
    std::vector<NodeId> m_nodes;
};

} // namespace glacis
