// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/path_list.h"

#include "marks/marks.h"
#include "paths_view/paths_scene.h"

namespace glacis {

void PathList::setPaths(std::shared_ptr<const Estate> estate, std::vector<AttackPath> paths)
{
    beginResetModel();
    m_estate = std::move(estate);
    m_paths = std::move(paths);
    endResetModel();
}

int PathList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant PathList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AttackPath& path = m_paths[static_cast<std::size_t>(index.row())];
    const auto steps = static_cast<int>(path.steps.size());
    switch (role) {
    case Qt::DisplayRole:
        return pathTitle(*m_estate, path);
    case Qt::ToolTipRole:
    case TextRole:
        return pathText(path);
    case Qt::DecorationRole:
        return icon(glyphOf(m_estate->kind(path.steps.back().to)));
    case Qt::AccessibleTextRole:
        return steps == 1 ? tr("%1, 1 step").arg(pathTitle(*m_estate, path))
                          : tr("%1, %2 steps").arg(pathTitle(*m_estate, path)).arg(steps);
    case StepCountRole:
        return steps;
    case CostRole:
        return path.cost;
    default:
        return {};
    }
}

} // namespace glacis
