// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/source_view.h"

#include "theme/theme.h"

#include <QFontDatabase>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace glacis {

namespace {

class Gutter final : public QWidget {
public:
    explicit Gutter(SourceView* view) : QWidget(view), m_view(view) { }
    QSize sizeHint() const override { return {m_view->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_view->paintGutter(event); }

private:
    SourceView* m_view;
};

} // namespace

SourceView::SourceView(QWidget* parent) : QPlainTextEdit(parent), m_gutter(new Gutter(this))
{
    setReadOnly(true);
    // A caret, so that the keyboard can select and copy.
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setFrameShape(NoFrame);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(std::max(8.0, QPlainTextEdit::font().pointSizeF() - 1));
    setFont(font);
    setAccessibleName(tr("Lines of the source"));
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
}

void SourceView::show(const Excerpt& excerpt)
{
    m_excerpt = excerpt;
    setPlainText(excerpt.text);
    placeGutter();
    markLines();
    const int first = excerpt.markedFrom > 0 && !excerpt.reformatted ? excerpt.markedFrom - excerpt.firstLine : 0;
    const QTextBlock block = document()->findBlockByNumber(std::max(first, 0));
    QTextCursor cursor(block.isValid() ? block : document()->firstBlock());
    setTextCursor(cursor);
    verticalScrollBar()->setValue(std::max(0, first - 2));
    horizontalScrollBar()->setValue(0);
}

void SourceView::markLines()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (m_excerpt.markedFrom > 0 && !m_excerpt.reformatted) {
        for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
            if (!isMarked(m_excerpt.firstLine + block.blockNumber()))
                continue;
            QTextEdit::ExtraSelection mark;
            mark.format.setBackground(currentTheme().accentSoft);
            mark.format.setProperty(QTextFormat::FullWidthSelection, true);
            mark.cursor = QTextCursor(block);
            marks.push_back(mark);
        }
    }
    setExtraSelections(marks);
}

int SourceView::gutterWidth() const
{
    // Text that was laid out anew has no lines of the file.
    if (m_excerpt.reformatted)
        return 8;
    const int last = m_excerpt.firstLine + blockCount();
    return fontMetrics().horizontalAdvance(QString::number(std::max(last, 100))) + 18;
}

void SourceView::placeGutter()
{
    const int width = gutterWidth();
    setViewportMargins(isRightToLeft() ? 0 : width, 0, isRightToLeft() ? width : 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(isRightToLeft() ? area.right() - width + 1 : area.left(), area.top(), width, area.height());
    m_gutter->update();
}

void SourceView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void SourceView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_gutter) {
        markLines();
        m_gutter->update();
    }
}

void SourceView::paintGutter(QPaintEvent* event)
{
    QPainter painter(m_gutter);
    const Theme& colours = currentTheme();
    painter.fillRect(event->rect(), colours.surface);
    if (m_excerpt.reformatted) {
        painter.fillRect(QRect(0, event->rect().y(), 3, event->rect().height()), colours.accent);
        return;
    }
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        const int line = m_excerpt.firstLine + block.blockNumber();
        const QRectF row(0, area.top(), m_gutter->width(), area.height());
        if (isMarked(line)) {
            painter.fillRect(row, colours.accentSoft);
            painter.fillRect(QRectF(0, area.top(), 3, area.height()), colours.accent);
        }
        painter.setPen(isMarked(line) ? colours.text : colours.textMuted);
        painter.drawText(row.adjusted(0, 0, -9, 0), Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    }
}

} // namespace glacis
