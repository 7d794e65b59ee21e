// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/list_page.h"

#include "theme/glyphs.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis {

namespace {

/// The cells of a row, or the titles for an invalid one, parted by tabs; nothing that a spreadsheet takes for a
/// formula.
QString copiedRow(const QAbstractItemModel& model, const QModelIndex& row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(row.parent()); ++column) {
        QString cell = row.isValid() ? row.siblingAtColumn(column).data().toString()
                                     : model.headerData(column, Qt::Horizontal).toString();
        cell.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
        if (!cell.isEmpty() && QStringLiteral("=+-@").contains(cell.front()))
            cell.prepend(QLatin1Char('\''));
        cells << cell;
    }
    return cells.join(QLatin1Char('\t'));
}

} // namespace

ListPage::ListPage(const QString& filterName, QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new QHBoxLayout;
    m_bar->setContentsMargins(8, 5, 8, 5);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(filterName);
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Glyph::Filter), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(260);
    m_count = new QLabel(this);
    m_count->setProperty("role", QStringLiteral("muted"));
    auto* copies = new QToolButton(this);
    copies->setProperty("flat", true);
    copies->setIcon(icon(Glyph::Copy));
    copies->setToolTip(tr("Copy the chosen rows, or all"));
    copies->setAccessibleName(copies->toolTip());
    connect(copies, &QToolButton::clicked, this, &ListPage::copy);
    connect(m_filter, &QLineEdit::textChanged, this, &ListPage::setFilter);
    m_bar->addWidget(m_filter, 1);
    m_bar->addSpacing(8);
    m_bar->addWidget(m_count);
    m_bar->addStretch(1);
    m_bar->addWidget(copies);
    column->addLayout(m_bar);
    m_stack = new QStackedWidget(this);
    column->addWidget(m_stack, 1);
}

void ListPage::setList(QAbstractItemView* list)
{
    m_list = list;
    m_list->setAlternatingRowColors(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->installEventFilter(this);
    m_stack->addWidget(m_list);
    m_empty = new QLabel(m_stack);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(20);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_stack->addWidget(m_empty);
}

void ListPage::addToBar(QWidget* widget)
{
    m_bar->insertWidget(m_bar->count() - 1, widget);
}

void ListPage::setCount(const QString& text, bool canFilter)
{
    m_count->setText(text);
    m_filter->setEnabled(canFilter);
}

void ListPage::setEmpty(const QString& sentence) const
{
    m_empty->setText(sentence);
}

void ListPage::showEmpty(bool empty) const
{
    m_stack->setCurrentIndex(empty ? 1 : 0);
}

void ListPage::clearFilter()
{
    const QSignalBlocker quiet(m_filter);
    m_filter->clear();
}

int ListPage::columnWidth(const QString& title, int pixels) const
{
    const double letter = std::max(fontMetrics().averageCharWidth() / 8.0, 0.85);
    return std::max(m_list->fontMetrics().horizontalAdvance(title) + 36, static_cast<int>(pixels * letter));
}

void ListPage::setFilter(const QString& words)
{
    if (m_filter->text() != words)
        return m_filter->setText(words);
    filter(words);
}

QString ListPage::asText() const
{
    const QAbstractItemModel& model = *m_list->model();
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty())
        rows = allRows();
    QStringList lines{copiedRow(model, {})};
    for (const QModelIndex& row : std::as_const(rows)) {
        if (isCopied(row))
            lines << copiedRow(model, row);
    }
    return lines.join(QLatin1Char('\n'));
}

void ListPage::copy() const
{
    QGuiApplication::clipboard()->setText(asText());
}

bool ListPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace glacis
