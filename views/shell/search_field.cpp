// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/search_field.h"

#include "document/labels.h"
#include "marks/marks.h"
#include "navigator/estate_search.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace glacis {

namespace {

constexpr std::size_t mostThings = 40;
constexpr int mostVisible = 12;

/// Title on the left, hint on the right.
class ResultDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {200, option.fontMetrics.height() + 14};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& colours = currentTheme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colours.accentSoft);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 5, 5);
        }
        const QRect row = option.rect.adjusted(12, 0, -12, 0);
        const auto glyph = static_cast<Glyph>(index.data(Qt::DecorationRole).toInt());
        drawGlyph(*painter, glyph, QRectF(row.left(), row.center().y() - 8, 17, 17), colours.textMuted);
        const QString hint = index.data(SearchResults::hintRole).toString();
        const int hintWidth = std::min(option.fontMetrics.horizontalAdvance(hint), row.width() / 2);
        const QRect hintRect(row.right() - hintWidth, row.top(), hintWidth + 1, row.height());
        const QRect title = row.adjusted(27, 0, -hintWidth - 14, 0);
        painter->setPen(colours.text);
        painter->drawText(title, Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, title.width()));
        painter->setPen(colours.textMuted);
        painter->drawText(hintRect, Qt::AlignVCenter | Qt::AlignRight,
            option.fontMetrics.elidedText(hint, Qt::ElideLeft, hintWidth + 1));
        painter->restore();
    }
};

} // namespace

void SearchResults::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int SearchResults::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SearchResults::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& found = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return found.title;
    case hintRole:
        return found.hint;
    case Qt::DecorationRole:
        return static_cast<int>(found.glyph);
    case Qt::AccessibleTextRole:
        return QString(found.title + QStringLiteral(", ") + found.hint);
    default:
        return {};
    }
}

SearchField::SearchField(QWidget* parent) : QLineEdit(parent)
{
    setObjectName(QStringLiteral("search"));
    setPlaceholderText(tr("Search things, views, commands"));
    setToolTip(tr("Names, ids, ARNs, addresses, kind:role, tag:Env=prod"));
    setAccessibleName(tr("Search"));
    setClearButtonEnabled(true);
    addAction(icon(Glyph::Search), LeadingPosition);
    m_list = new QListView;
    m_list->hide();
    m_list->setModel(&m_results);
    m_list->setItemDelegate(new ResultDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::StyledPanel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setObjectName(QStringLiteral("searchResults"));
    m_list->setAccessibleName(tr("Found"));
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { take(index.row()); });
    connect(this, &QLineEdit::textEdited, this, &SearchField::search);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !hasFocus())
            m_list->hide();
    });
    connect(this, &QObject::destroyed, m_list, [list = QPointer<QListView>(m_list)] {
        if (list && !list->parent())
            delete list;
    });
}

QWidget* SearchField::popup() const
{
    return m_list;
}

void SearchField::setAnswers(const Answers& answers)
{
    m_estate = answers.estate;
    if (m_list->isVisible())
        search();
}

void SearchField::search()
{
    std::vector<SearchResults::Row> rows;
    const QString words = text().trimmed();
    if (m_estate && !words.isEmpty()) {
        for (const NodeId node : findThings(*m_estate, parseQuery(words), mostThings)) {
            const QString place = placeOf(*m_estate, node);
            const QString kind = titleOf(m_estate->kind(node));
            rows.push_back({nameOf(*m_estate, node), place.isEmpty() ? kind : tr("%1 · %2").arg(kind, place),
                glyphOf(m_estate->kind(node)), Selected::thing(node), {}});
        }
    }
    const auto things = rows.size();
    for (const SearchOffer& offer : m_offers) {
        if (words.isEmpty() || offer.title.contains(words, Qt::CaseInsensitive))
            rows.push_back({offer.title, offer.hint, offer.glyph, {}, offer.run});
    }
    // A command that begins with what was typed is meant sooner than a thing that somewhere holds it.
    if (things > 3) {
        std::stable_partition(rows.begin(), rows.end(),
            [&](const SearchResults::Row& row) { return row.run && row.title.startsWith(words, Qt::CaseInsensitive); });
    }
    m_results.setRows(std::move(rows));
    place();
}

void SearchField::place()
{
    if (m_results.rowCount() == 0) {
        m_list->hide();
        return;
    }
    if (m_list->parentWidget() != window())
        m_list->setParent(window());
    const int row = m_list->sizeHintForRow(0);
    const int rows = std::min(m_results.rowCount(), mostVisible);
    const QPoint below = mapTo(window(), QPoint(0, height() + 3));
    const int width = std::max(this->width(), 460);
    const int left = std::clamp(below.x(), 8, std::max(8, window()->width() - width - 8));
    m_list->setGeometry(left, below.y(), width, rows * row + 2 * m_list->frameWidth() + 4);
    m_list->setCurrentIndex(m_results.index(0));
    m_list->show();
    m_list->raise();
}

void SearchField::take(int row)
{
    if (row < 0 || row >= m_results.rowCount())
        return;
    const SearchResults::Row chosen = m_results.row(row);
    clear();
    leave();
    if (chosen.run)
        chosen.run();
    else
        Q_EMIT picked(chosen.thing);
}

void SearchField::leave()
{
    m_list->hide();
    clearFocus();
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    const int current = m_list->currentIndex().row();
    const auto go = [&](int row) {
        if (m_results.rowCount() > 0)
            m_list->setCurrentIndex(m_results.index(std::clamp(row, 0, m_results.rowCount() - 1)));
    };
    switch (event->key()) {
    case Qt::Key_Down:
        if (!m_list->isVisible())
            search();
        else
            go(current + 1);
        return;
    case Qt::Key_Up:
        return go(current - 1);
    case Qt::Key_PageDown:
        return go(current + mostVisible);
    case Qt::Key_PageUp:
        return go(current - mostVisible);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_list->isVisible())
            take(current);
        return;
    case Qt::Key_Escape:
        clear();
        return leave();
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void SearchField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::ShortcutFocusReason)
        search();
}

void SearchField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    m_list->hide();
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (!text().isEmpty() || hasFocus())
        return;
    // The key stands where people look for it.
    QPainter painter(this);
    painter.setPen(currentTheme().textMuted);
    painter.drawText(rect().adjusted(0, 0, -9, 0), Qt::AlignRight | Qt::AlignVCenter,
        QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
}

} // namespace glacis
