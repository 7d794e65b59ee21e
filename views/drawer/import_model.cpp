// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/import_model.h"

#include "canvas/drawing.h"
#include "theme/theme.h"

#include <QFont>
#include <QLocale>

namespace glacis {

namespace {

bool isNumber(int column)
{
    return column == ImportOrder::Facts || column == ImportOrder::Unknown;
}

/// Nothing where there is none: a column of zeros hides the others.
QString numberOrNothing(std::size_t number)
{
    return number == 0 ? QString() : QLocale().toString(static_cast<qulonglong>(number));
}

MarkState markOfState(ImportRow::State state)
{
    switch (state) {
    case ImportRow::State::PartlyRead:
    case ImportRow::State::NotRead:
        return MarkState::Violation;
    case ImportRow::State::NotRecognised:
        return MarkState::Unknown;
    default:
        return MarkState::Normal;
    }
}

} // namespace

void ImportModel::show(std::shared_ptr<const ImportRows> all, std::vector<ImportGroup> groups)
{
    beginResetModel();
    m_all = std::move(all);
    m_groups = std::move(groups);
    m_files = 0;
    for (const ImportGroup& group : m_groups)
        m_files += static_cast<int>(group.rows.size());
    endResetModel();
}

const ImportRow* ImportModel::fileAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    const ImportGroup& group = m_groups[index.internalId() - 1];
    return &m_all->rows[group.rows[static_cast<std::size_t>(index.row())]];
}

QModelIndex ImportModel::indexOf(std::uint32_t ledgerRow) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const auto& rows = m_groups[group].rows;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (m_all->rows[rows[row]].at == ledgerRow)
                return createIndex(static_cast<int>(row), 0, group + 1);
        }
    }
    return {};
}

QModelIndex ImportModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex ImportModel::parent(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() > 0 ? createIndex(static_cast<int>(index.internalId()) - 1, 0)
                                                     : QModelIndex();
}

int ImportModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    return parent.internalId() == 0 && parent.column() == 0
        ? static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size())
        : 0;
}

int ImportModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ImportOrder::Columns;
}

QString ImportModel::textOfSource(const ImportGroup& group, int column) const
{
    switch (column) {
    case ImportOrder::File:
        return m_all->sources[group.source];
    case ImportOrder::State:
        return group.incomplete == 0 ? tr("%Ln file(s)", nullptr, static_cast<int>(group.rows.size()))
                                     : tr("%L1 of %L2 incomplete").arg(group.incomplete).arg(group.rows.size());
    case ImportOrder::Facts:
        return numberOrNothing(group.facts);
    case ImportOrder::Things:
        return tr("%Ln thing(s)", nullptr, static_cast<int>(group.things));
    case ImportOrder::Unknown:
        return numberOrNothing(group.unknown);
    default:
        return {};
    }
}

QString ImportModel::textOfFile(const ImportRow& row, int column)
{
    switch (column) {
    case ImportOrder::File:
        return row.file;
    case ImportOrder::State:
        return glacis::textOf(row.state);
    case ImportOrder::Format:
        return row.format;
    case ImportOrder::Facts:
        return numberOrNothing(row.facts);
    case ImportOrder::Things:
        return row.kinds;
    case ImportOrder::LeftOut:
        return row.leftOut;
    default:
        return numberOrNothing(row.unknown);
    }
}

QString ImportModel::text(const QModelIndex& index) const
{
    const ImportRow* file = fileAt(index);
    return file ? textOfFile(*file, index.column())
                : textOfSource(m_groups[static_cast<std::size_t>(index.row())], index.column());
}

QVariant ImportModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ImportRow* file = fileAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::ToolTipRole:
        // A tool tip would read markup of an export as such.
        return text(index).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return QString(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() + QStringLiteral(": ")
            + text(index));
    case Qt::FontRole: {
        if (file)
            return {};
        QFont font;
        font.setBold(true);
        return font;
    }
    case Qt::ForegroundRole:
        if (file && index.column() == ImportOrder::State && markOfState(file->state) != MarkState::Normal)
            return stateColour(currentTheme(), markOfState(file->state));
        return {};
    case Qt::TextAlignmentRole:
        return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ImportOrder::File:
        return tr("Source and file");
    case ImportOrder::State:
        return tr("State");
    case ImportOrder::Format:
        return tr("Recognised as");
    case ImportOrder::Facts:
        return tr("Facts");
    case ImportOrder::Things:
        return tr("Things");
    case ImportOrder::LeftOut:
        return tr("Left out, and why");
    case ImportOrder::Unknown:
        return tr("Unknown values");
    default:
        return {};
    }
}

} // namespace glacis
