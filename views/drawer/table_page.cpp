// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/table_page.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>

namespace glacis {

TablePage::TablePage(QWidget* parent) : ListPage(tr("Filter the table"), parent)
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(TableModel::sortRole);
    m_sorted.setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted.setFilterKeyColumn(-1);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view = new QTableView(this);
    m_view->setModel(&m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setWordWrap(false);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    setList(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TablePage::pick);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.isValid())
            Q_EMIT opened(m_model.table().selected(m_sorted.mapToSource(index).row()));
    });
}

void TablePage::setTable(TableModel::Table table, const QString& title, const QString& empty)
{
    m_view->setAccessibleName(title);
    const int columns = m_model.columnCount();
    m_telling = true;
    m_model.setTable(std::move(table));
    m_telling = false;
    if (columns != m_model.columnCount())
        m_sized = false;
    if (!m_sized && m_model.columnCount() > 0) {
        m_sized = true;
        for (int at = 0; at < m_model.columnCount(); ++at) {
            const auto& column = m_model.table().columns[static_cast<std::size_t>(at)];
            m_view->setColumnWidth(at, columnWidth(column.title, column.width));
        }
        m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    }
    setEmpty(empty);
    showEmpty(m_model.rowCount() == 0);
    countRows();
}

void TablePage::filter(const QString& words)
{
    m_sorted.setFilterFixedString(words.trimmed());
    countRows();
}

void TablePage::countRows()
{
    const int all = m_model.rowCount(), left = m_sorted.rowCount();
    setCount(all == left ? tr("%Ln row(s)", nullptr, all) : tr("%L1 of %L2").arg(left).arg(all), all > 0);
}

void TablePage::pick()
{
    const QModelIndex current = m_sorted.mapToSource(m_view->currentIndex());
    if (!m_telling && current.isValid())
        Q_EMIT picked(m_model.table().selected(current.row()));
}

void TablePage::setSelected(const Selected& selected)
{
    if (!m_model.table().rowOf)
        return;
    // Of rows that stand for the same, the one that was clicked stays.
    if (const QModelIndex current = m_sorted.mapToSource(m_view->currentIndex());
        current.isValid() && m_model.table().selected(current.row()) == selected)
        return;
    const int row = m_model.table().rowOf(selected);
    m_telling = true;
    const QModelIndex index = row < 0 ? QModelIndex() : m_sorted.mapFromSource(m_model.index(row, 0));
    if (!index.isValid()) {
        m_view->clearSelection();
        m_view->setCurrentIndex({});
    } else if (m_view->currentIndex().row() != index.row()) {
        m_view->selectRow(index.row());
        m_view->scrollTo(index);
    }
    m_telling = false;
}

QModelIndexList TablePage::allRows() const
{
    QModelIndexList rows;
    for (int row = 0; row < m_sorted.rowCount(); ++row)
        rows << m_sorted.index(row, 0);
    return rows;
}

bool TablePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        if (const QModelIndex row = m_sorted.mapToSource(m_view->currentIndex()); row.isValid())
            Q_EMIT removeWanted(row.row());
        return true;
    }
    return ListPage::eventFilter(watched, event);
}

} // namespace glacis
