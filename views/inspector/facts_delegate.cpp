// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/facts_delegate.h"

#include "canvas/drawing.h"
#include "inspector/facts_view.h"
#include "theme/theme.h"

#include <QFontDatabase>
#include <QListView>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace glacis {

namespace {

constexpr int side = 12;
constexpr int glyphSize = 16;
constexpr int glyphRoom = glyphSize + 8;

/// One piece of text of a row and where it goes.
struct Piece {
    QString text;
    QFont font;
    QColor colour;
    QRectF rect;
    bool plate = false; ///< on a raised field, as code is
};

struct Layout {
    std::vector<Piece> pieces;
    QRectF glyph;
    qreal height = 0;
};

void layOut(QTextLayout& layout, qreal width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
}

qreal heightOf(const QString& text, const QFont& font, qreal width)
{
    QTextLayout layout(text, font);
    layOut(layout, std::max<qreal>(width, 20));
    return layout.boundingRect().height();
}

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

class Arranger {
public:
    Arranger(const QFont& font, qreal width) : m_font(font), m_width(width) { }

    Layout arrange(const FactRow& row)
    {
        switch (row.kind) {
        case FactRow::Kind::Heading:
            heading(row);
            break;
        case FactRow::Kind::Fact:
            fact(row);
            break;
        case FactRow::Kind::Line:
            line(row);
            break;
        case FactRow::Kind::Command:
            command(row);
            break;
        case FactRow::Kind::Note:
            m_y += 5;
            add(row.text, m_font, m_colours.textMuted, side, m_width - 2 * side);
            m_y += 5;
            break;
        }
        m_layout.height = m_y;
        return std::move(m_layout);
    }

private:
    void add(const QString& text, const QFont& font, const QColor& colour, qreal x, qreal width)
    {
        const qreal height = heightOf(text, font, width);
        m_layout.pieces.push_back({text, font, colour, {x, m_y, width, height}});
        m_y += height;
    }

    void heading(const FactRow& row)
    {
        QFont font = m_font;
        font.setWeight(QFont::DemiBold);
        m_y += 12;
        add(row.text, font, m_colours.text, side, m_width - 2 * side);
        m_y += 3;
    }

    void fact(const FactRow& row)
    {
        m_y += 4;
        const qreal inner = m_width - 2 * side;
        const qreal nameWidth = std::min<qreal>(inner * 0.38, 190);
        // Too narrow for two columns, or a name that needs the room: one below the other.
        if (inner < 260 || heightOf(row.name, m_font, nameWidth) > 2.5 * QFontMetricsF(m_font).lineSpacing()) {
            add(row.name, scaled(m_font, 0.92), m_colours.textMuted, side, inner);
            add(row.text, m_font, m_colours.text, side, inner);
        } else {
            const qreal top = m_y;
            add(row.name, m_font, m_colours.textMuted, side, nameWidth);
            const qreal nameEnd = m_y;
            m_y = top;
            add(row.text, m_font, m_colours.text, side + nameWidth + 10, inner - nameWidth - 10);
            m_y = std::max(m_y, nameEnd);
        }
        m_y += 4;
    }

    void line(const FactRow& row)
    {
        m_y += 5;
        const qreal top = m_y;
        const qreal x = row.glyph == Glyph::None ? side : side + glyphRoom;
        add(row.text, m_font, m_colours.text, x, m_width - x - side);
        if (!row.name.isEmpty()) {
            m_y += 1;
            const QColor colour = row.good                                          ? m_colours.good
                : row.state == MarkState::Normal || row.state == MarkState::Outside ? m_colours.textMuted
                                                                                    : stateColour(m_colours, row.state);
            add(row.name, scaled(m_font, 0.92), colour, x, m_width - x - side);
        }
        const qreal first = QFontMetricsF(m_font).lineSpacing();
        m_layout.glyph = {side, top + (first - glyphSize) / 2, glyphSize, glyphSize};
        m_y += 5;
    }

    void command(const FactRow& row)
    {
        m_y += 6;
        if (!row.name.isEmpty()) {
            add(row.name, scaled(m_font, 0.92), m_colours.textMuted, side, m_width - 2 * side);
            m_y += 3;
        }
        QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        code.setPointSizeF(m_font.pointSizeF() * 0.94);
        m_y += 6;
        const qreal top = m_y;
        add(row.text, code, m_colours.text, side + 8, m_width - 2 * side - 16 - glyphRoom);
        m_layout.pieces.back().plate = true;
        m_layout.glyph = {m_width - side - glyphSize - 8, top, glyphSize, glyphSize};
        m_y += 12;
    }

    const Theme& m_colours = currentTheme();
    QFont m_font;
    qreal m_width;
    qreal m_y = 0;
    Layout m_layout;
};

qreal widthOf(const QStyleOptionViewItem& option)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view ? view->viewport()->width() : std::max(option.rect.width(), 120);
}

QColor glyphColour(const FactRow& row, const Theme& colours)
{
    if (row.good)
        return colours.good;
    return row.state == MarkState::Normal || row.state == MarkState::Outside ? colours.textMuted
                                                                             : stateColour(colours, row.state);
}

} // namespace

QSize FactsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const qreal width = widthOf(option);
    const Layout layout = Arranger(option.font, width).arrange(m_model.row(index));
    return {static_cast<int>(width), static_cast<int>(std::ceil(layout.height))};
}

void FactsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const FactRow& row = m_model.row(index);
    const Theme& colours = currentTheme();
    const Layout layout = Arranger(option.font, option.rect.width()).arrange(row);
    painter->save();
    const bool selectable = row.kind != FactRow::Kind::Heading && row.kind != FactRow::Kind::Note;
    const bool leads = !row.leadsTo.isEmpty() || row.evidence != noEvidence;
    if (selectable && option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colours.accentSoft);
    else if (selectable && leads && option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, colours.raised);
    if (option.state.testFlag(QStyle::State_HasFocus) && selectable) {
        painter->setPen(QPen(colours.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 0.5, -2.5, -0.5), 3, 3);
    }
    painter->translate(option.rect.topLeft());
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Piece& piece : layout.pieces) {
        if (piece.plate) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colours.raised);
            painter->drawRoundedRect(piece.rect.adjusted(-8, -6, 8 + glyphRoom, 6), 5, 5);
        }
        QTextLayout text(piece.text, piece.font);
        layOut(text, std::max<qreal>(piece.rect.width(), 20));
        painter->setPen(piece.colour);
        text.draw(painter, piece.rect.topLeft());
    }
    const Glyph glyph = row.kind == FactRow::Kind::Command ? Glyph::Copy : row.glyph;
    if (glyph != Glyph::None && !layout.glyph.isNull())
        drawGlyph(*painter, glyph, layout.glyph, glyphColour(row, colours));
    painter->restore();
}

} // namespace glacis
