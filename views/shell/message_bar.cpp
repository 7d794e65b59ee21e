// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/message_bar.h"

#include "canvas/drawing.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace glacis {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBar"));
    setProperty("card", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->setSpacing(10);
    m_sign = new QLabel(this);
    row->addWidget(m_sign);
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    row->addWidget(m_text, 1);
    m_choices = new QHBoxLayout;
    m_choices->setSpacing(6);
    row->addLayout(m_choices);
    auto* close = new QToolButton(this);
    close->setProperty("flat", true);
    close->setIcon(icon(Glyph::Close));
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close the message"));
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    row->addWidget(close);
    hide();
}

void MessageBar::say(MarkState state, const QString& sentence, std::vector<Choice> choices)
{
    const QColor colour = state == MarkState::Normal ? currentTheme().accent : stateColour(currentTheme(), state);
    m_sign->setPixmap(icon(state == MarkState::Normal ? Glyph::Info : Glyph::Warning, colour).pixmap(20, 20));
    m_text->setText(sentence);
    while (QLayoutItem* item = m_choices->takeAt(0)) {
        // A choice may put up the next message from within its own click.
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (Choice& choice : choices) {
        auto* button = new QPushButton(choice.title, this);
        connect(button, &QPushButton::clicked, this, [this, run = std::move(choice.run)] {
            hide();
            run();
        });
        m_choices->addWidget(button);
    }
    show();
}

QString MessageBar::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

bool MessageBar::choose(const QString& title)
{
    for (int at = 0; at < m_choices->count(); ++at) {
        auto* button = qobject_cast<QPushButton*>(m_choices->itemAt(at)->widget());
        if (button && button->text() == title) {
            button->click();
            return true;
        }
    }
    return false;
}

} // namespace glacis
