// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/table_page.h"

#include "drawer/copied_text.h"
#include "theme/glyphs.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis {

TablePage::TablePage(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 5, 8, 5);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the table"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Glyph::Filter), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(260);
    m_count = new QLabel(this);
    m_count->setProperty("role", QStringLiteral("muted"));
    auto* copy = new QToolButton(this);
    copy->setProperty("flat", true);
    copy->setIcon(icon(Glyph::Copy));
    copy->setToolTip(tr("Copy the chosen rows, or all"));
    copy->setAccessibleName(copy->toolTip());
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    bar->addWidget(m_filter, 1);
    bar->addSpacing(8);
    bar->addWidget(m_count);
    bar->addStretch(1);
    bar->addWidget(copy);
    column->addLayout(bar);

    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(TableModel::sortRole);
    m_sorted.setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted.setFilterKeyColumn(-1);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_stack = new QStackedWidget(this);
    column->addWidget(m_stack, 1);
    m_view = new QTableView(m_stack);
    m_view->setModel(&m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setWordWrap(false);
    m_view->setShowGrid(false);
    m_view->setAlternatingRowColors(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->installEventFilter(this);
    m_stack->addWidget(m_view);
    m_empty = new QLabel(m_stack);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(20);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_stack->addWidget(m_empty);
    connect(m_filter, &QLineEdit::textChanged, this, &TablePage::setFilter);
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
        const double letter = fontMetrics().averageCharWidth() / 8.0;
        for (int at = 0; at < m_model.columnCount(); ++at) {
            const auto& column = m_model.table().columns[static_cast<std::size_t>(at)];
            const int heading = m_view->fontMetrics().horizontalAdvance(column.title) + 36;
            m_view->setColumnWidth(at, std::max(heading, static_cast<int>(column.width * std::max(letter, 0.85))));
        }
        m_view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    }
    m_empty->setText(empty);
    m_stack->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
    countRows();
}

void TablePage::setFilter(const QString& words)
{
    if (m_filter->text() != words)
        m_filter->setText(words);
    m_sorted.setFilterFixedString(words.trimmed());
    countRows();
}

void TablePage::countRows()
{
    const int all = m_model.rowCount(), left = m_sorted.rowCount();
    m_count->setText(all == left ? tr("%Ln row(s)", nullptr, all) : tr("%L1 of %L2").arg(left).arg(all));
    m_filter->setEnabled(all > 0);
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

QString TablePage::asText() const
{
    QStringList lines{copiedRow(m_sorted, {})};
    QModelIndexList chosen = m_view->selectionModel()->selectedRows();
    std::sort(chosen.begin(), chosen.end());
    for (const QModelIndex& row : std::as_const(chosen))
        lines << copiedRow(m_sorted, row);
    for (int row = 0; chosen.isEmpty() && row < m_sorted.rowCount(); ++row)
        lines << copiedRow(m_sorted, m_sorted.index(row, 0));
    return lines.join(QLatin1Char('\n'));
}

bool TablePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        if (const QModelIndex row = m_sorted.mapToSource(m_view->currentIndex()); row.isValid())
            Q_EMIT removeWanted(row.row());
        return true;
    }
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(asText());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace glacis
