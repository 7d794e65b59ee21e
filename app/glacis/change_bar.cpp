// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/change_bar.h"

#include "canvas/drawing.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace glacis {

ChangeBar::ChangeBar(Glyph glyph, const QString& name, QWidget* parent)
    : QFrame(parent), m_glyph(glyph), m_sign(new QLabel(this)), m_text(new QLabel(this))
{
    setObjectName(name);
    setProperty("card", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 5, 6, 5);
    row->setSpacing(10);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    row->addWidget(m_sign);
    row->addWidget(m_text, 1);
    refreshSign();
    hide();
}

QPushButton* ChangeBar::addButton(const QString& title, const QString& hint, const char* name)
{
    auto* made = new QPushButton(title, this);
    made->setObjectName(QString::fromLatin1(name));
    made->setToolTip(hint);
    layout()->addWidget(made);
    return made;
}

void ChangeBar::say(const QString& sentence, const QString& tip)
{
    m_text->setText(sentence);
    m_text->setToolTip(tip.toHtmlEscaped());
    setVisible(!sentence.isEmpty());
}

QString ChangeBar::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void ChangeBar::refreshSign()
{
    m_sign->setPixmap(icon(m_glyph, stateColour(currentTheme(), MarkState::Changed)).pixmap(20, 20));
}

void ChangeBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        refreshSign();
    QFrame::changeEvent(event);
}

} // namespace glacis
