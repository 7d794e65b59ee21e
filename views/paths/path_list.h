// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"

#include <QAbstractListModel>

namespace glacis {

/// Attack paths, a row each, cheapest first.
class PathList : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { StepCountRole = Qt::UserRole, CostRole, TextRole };

    using QAbstractListModel::QAbstractListModel;

    void setPaths(std::shared_ptr<const Estate> estate, std::vector<AttackPath> paths);
    [[nodiscard]] const std::vector<AttackPath>& paths() const { return m_paths; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const Estate> m_estate;
    std::vector<AttackPath> m_paths;
};

} // namespace glacis
