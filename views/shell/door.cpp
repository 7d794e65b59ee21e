// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/door.h"

#include "theme/contrast.h"
#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace glacis {

namespace {
constexpr int pad = 16;
constexpr int plate = 40;
constexpr int gap = 14;
} // namespace

Door::Door(Glyph glyph, const QString& title, const QString& sentence, QWidget* parent)
    : QAbstractButton(parent), m_glyph(glyph), m_sentence(sentence)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Door::setPrimary(bool primary)
{
    m_primary = primary;
    update();
}

QFont Door::titleFont() const
{
    QFont larger = font();
    larger.setWeight(QFont::DemiBold);
    if (larger.pointSizeF() > 0)
        larger.setPointSizeF(larger.pointSizeF() * 1.15);
    return larger;
}

QRect Door::textRect(int width) const
{
    return {pad + plate + gap, 0, std::max(40, width - 2 * pad - plate - gap), 4000};
}

int Door::heightForWidth(int width) const
{
    const QRect room = textRect(width);
    const int title = QFontMetrics(titleFont()).boundingRect(room, Qt::TextWordWrap, text()).height();
    const int body = fontMetrics().boundingRect(room, Qt::TextWordWrap, m_sentence).height();
    return std::max(title + 4 + body, plate) + 2 * pad;
}

QSize Door::sizeHint() const
{
    return {260, heightForWidth(260)};
}

QSize Door::minimumSizeHint() const
{
    return {180, plate + 2 * pad};
}

void Door::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void Door::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void Door::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& colours = currentTheme();
    const QRectF card = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor fill = m_primary ? colours.accentSoft : colours.surface;
    if (isDown())
        fill = mixed(colours.accent, fill, 0.14);
    else if (underMouse())
        fill = m_primary ? mixed(colours.accent, fill, 0.06) : colours.raised;
    const bool strong = hasFocus() || underMouse();
    painter.setBrush(fill);
    painter.setPen(QPen(strong || m_primary ? colours.accent : colours.border, hasFocus() ? 2 : 1));
    painter.drawRoundedRect(card, 9, 9);

    const QRectF badge(pad, pad, plate, plate);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_primary ? colours.accent : colours.raised);
    painter.drawRoundedRect(badge, 10, 10);
    drawGlyph(painter, m_glyph, badge.adjusted(9, 9, -9, -9), m_primary ? colours.onAccent : colours.accent);

    QRect room = textRect(width()).adjusted(0, pad, 0, 0);
    painter.setFont(titleFont());
    painter.setPen(colours.text);
    QRect used;
    painter.drawText(room, Qt::TextWordWrap, text(), &used);
    room.setTop(used.bottom() + 5);
    painter.setFont(font());
    painter.setPen(colours.textMuted);
    painter.drawText(room, Qt::TextWordWrap, m_sentence);
}

} // namespace glacis
