// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/facts_view.h"

#include "inspector/facts_delegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace glacis {

void FactsModel::setRows(std::vector<FactRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int FactsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FactsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FactRow& fact = row(index);
    switch (role) {
    case Qt::DisplayRole:
        return fact.text;
    case Qt::AccessibleTextRole:
        return fact.name.isEmpty() ? fact.text : fact.name + QStringLiteral(": ") + fact.text;
    default:
        return {};
    }
}

Qt::ItemFlags FactsModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

FactsView::FactsView(QWidget* parent) : QListView(parent)
{
    setModel(&m_model);
    setItemDelegate(new FactsDelegate(m_model, this));
    setResizeMode(Adjust);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    setAccessibleName(tr("Explanation"));
    connect(this, &QAbstractItemView::activated, this, &FactsView::follow);
}

void FactsView::follow(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    // Following replaces the rows, so what is followed must not live in them.
    const FactRow row = m_model.row(index);
    if (row.kind == FactRow::Kind::Command) {
        QGuiApplication::clipboard()->setText(row.text);
        Q_EMIT copied(row.text);
    } else if (row.tries) {
        Q_EMIT trialWanted(*row.tries);
    } else if (!row.leadsTo.isEmpty()) {
        Q_EMIT picked(row.leadsTo);
    } else if (row.evidence != noEvidence) {
        Q_EMIT evidenceWanted(row.evidence);
    }
}

void FactsView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || event->modifiers() != Qt::NoModifier)
        return;
    const QModelIndex under = indexAt(event->position().toPoint());
    if (under.isValid() && selectionModel()->isSelected(under) && selectionModel()->selectedIndexes().size() == 1)
        follow(under);
}

void FactsView::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    const QModelIndex under = indexAt(event->position().toPoint());
    const bool leads = under.isValid()
        && (m_model.row(under).kind == FactRow::Kind::Command || !m_model.row(under).leadsTo.isEmpty()
            || m_model.row(under).tries || m_model.row(under).evidence != noEvidence);
    viewport()->setCursor(leads ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FactsView::copySelected()
{
    QModelIndexList chosen = selectionModel()->selectedIndexes();
    std::sort(chosen.begin(), chosen.end());
    QStringList lines;
    for (const QModelIndex& index : std::as_const(chosen)) {
        const FactRow& row = m_model.row(index);
        lines << (row.kind == FactRow::Kind::Fact ? row.name + QStringLiteral(": ") + row.text : row.text);
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void FactsView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copySelected();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return follow(currentIndex());
    QListView::keyPressEvent(event);
}

void FactsView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy"), QKeySequence(QKeySequence::Copy), this, &FactsView::copySelected)
        ->setEnabled(selectionModel()->hasSelection());
    menu.exec(event->globalPos());
}

void FactsView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    // Heights follow the width.
    if (event->size().width() != event->oldSize().width())
        scheduleDelayedItemsLayout();
}

} // namespace glacis
