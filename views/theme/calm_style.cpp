// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/calm_style.h"

#include "theme/contrast.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace glacis {

namespace {

constexpr double cornerRadius = 5;

void roundedPanel(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(QPen(border, 1));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius, cornerRadius);
    painter.restore();
}

void drawButton(QPainter& painter, const QStyleOption& option, bool isDefault)
{
    const Theme& colours = currentTheme();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = option.state & QStyle::State_MouseOver;
    QColor fill = down ? colours.accentSoft : hovered && enabled ? colours.raised : colours.surface;
    if (!enabled)
        fill = colours.window;
    roundedPanel(painter, option.rect, fill, isDefault || down ? colours.accent : colours.border);
}

void drawField(QPainter& painter, const QStyleOption& option)
{
    const Theme& colours = currentTheme();
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    roundedPanel(painter, option.rect, enabled ? colours.surface : colours.window,
        focused ? colours.accent : mixed(colours.borderStrong, colours.surface, 0.75));
}

void drawCheck(QPainter& painter, const QStyleOption& option, bool round)
{
    const Theme& colours = currentTheme();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    const QColor ink = enabled ? colours.accent : colours.borderStrong;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(on || (option.state & QStyle::State_HasFocus) ? ink : colours.borderStrong, 1.2));
    painter.setBrush(on && enabled ? ink : colours.surface);
    const double radius = round ? side / 2 : 3;
    painter.drawRoundedRect(box, radius, radius);
    const QColor mark = enabled ? colours.onAccent : ink;
    if (on && round) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mark);
        painter.drawEllipse(box.center(), side * 0.2, side * 0.2);
    } else if (option.state & QStyle::State_On) {
        painter.setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{{box.left() + side * 0.24, box.top() + side * 0.53},
            {box.left() + side * 0.43, box.top() + side * 0.71}, {box.left() + side * 0.77, box.top() + side * 0.32}});
    } else if (on) {
        painter.setPen(QPen(mark, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(
            QPointF(box.left() + side * 0.27, box.center().y()), QPointF(box.right() - side * 0.27, box.center().y()));
    }
    painter.restore();
}

void drawBranch(QPainter& painter, const QStyleOption& option)
{
    if (!(option.state & QStyle::State_Children))
        return;
    const bool open = option.state & QStyle::State_Open;
    const double side = std::min({option.rect.width(), option.rect.height(), 12});
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    drawGlyph(painter, open ? Glyph::ChevronDown : Glyph::ChevronRight, box, currentTheme().textMuted);
}

void drawComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QStyle& style, const QWidget* widget)
{
    const Theme& colours = currentTheme();
    if (option.frame) {
        if (option.editable)
            drawField(painter, option);
        else
            drawButton(painter, option, option.state & QStyle::State_HasFocus);
    }
    const QRect arrow = style.subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, widget);
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(arrow).center());
    const bool enabled = option.state & QStyle::State_Enabled;
    drawGlyph(painter, Glyph::ChevronDown, box, enabled ? colours.textMuted : colours.border);
}

} // namespace

CalmStyle::CalmStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void CalmStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        drawButton(*painter, *option, button && (button->features & QStyleOptionButton::DefaultButton));
        return;
    }
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth > 0)
            drawField(*painter, *option);
        else
            QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    case PE_FrameLineEdit:
        drawField(*painter, *option);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(*painter, *option, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheck(*painter, *option, true);
        return;
    case PE_IndicatorBranch:
        drawBranch(*painter, *option);
        return;
    case PE_FrameFocusRect: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(currentTheme().accent, 1.5));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), cornerRadius - 1, cornerRadius - 1);
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void CalmStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (control == CC_ComboBox && combo)
        drawComboBox(*painter, *combo, *proxy(), widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth:
        return 5;
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
        return 18;
    case PM_TreeViewIndentation:
        return 18;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CalmStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QSize CalmStyle::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    // Nothing that is clicked is smaller than 24 px, and fields stand as high as buttons beside them.
    if (type == CT_PushButton || type == CT_LineEdit || type == CT_ComboBox || type == CT_SpinBox)
        wanted.setHeight(std::max(wanted.height(), 28));
    if (type == CT_ItemViewItem)
        wanted.setHeight(std::max(wanted.height(), 24));
    return wanted;
}

} // namespace glacis
