// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigator/found_model.h"

#include "document/labels.h"
#include "marks/marks.h"
#include "theme/glyphs.h"

namespace glacis {

void FoundModel::show(std::shared_ptr<const Estate> estate, std::vector<NodeId> nodes)
{
    beginResetModel();
    m_estate = std::move(estate);
    m_nodes = std::move(nodes);
    endResetModel();
}

NodeId FoundModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? m_nodes[static_cast<std::size_t>(index.row())] : noNode;
}

int FoundModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_nodes.size());
}

QVariant FoundModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const NodeId node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(*m_estate, node);
    case Qt::DecorationRole:
        return icon(glyphOf(m_estate->kind(node)));
    case Qt::AccessibleTextRole:
        return QString(nameOf(*m_estate, node) + QStringLiteral(", ") + titleOf(m_estate->kind(node))
            + QStringLiteral(", ") + placeOf(*m_estate, node));
    default:
        return {};
    }
}

} // namespace glacis
