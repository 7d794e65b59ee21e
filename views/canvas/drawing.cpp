// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/drawing.h"

#include "theme/contrast.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace glacis {

QColor stateColour(const Theme& theme, MarkState state)
{
    switch (state) {
    case MarkState::Violation:
        return theme.violation;
    case MarkState::Latent:
        return theme.latent;
    case MarkState::Changed:
        return theme.changed;
    case MarkState::Unknown:
        return theme.unknown;
    case MarkState::Outside:
    case MarkState::Normal:
        break;
    }
    return theme.borderStrong;
}

QColor linkColour(const Theme& theme, LinkStyle style)
{
    switch (style) {
    case LinkStyle::Violation:
        return theme.violation;
    case LinkStyle::Latent:
        return theme.latent;
    case LinkStyle::Changed:
        return theme.changed;
    case LinkStyle::Unknown:
        return theme.unknown;
    case LinkStyle::Unused:
    case LinkStyle::Path:
        return theme.path;
    case LinkStyle::Normal:
        break;
    }
    return theme.link;
}

QPen statePen(const Theme& theme, MarkState state, const QColor& quiet, double width)
{
    QPen pen(quiet, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    const double strong = std::max(width, 1.8);
    switch (state) {
    case MarkState::Violation:
        pen = QPen(theme.violation, strong, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        break;
    case MarkState::Latent:
        pen = QPen(theme.latent, strong, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        pen.setDashPattern({4, 2.2});
        break;
    case MarkState::Unknown:
        pen = QPen(theme.unknown, strong, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        pen.setDashPattern({0.1, 2.2});
        break;
    case MarkState::Changed:
        pen = QPen(theme.changed, strong, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        pen.setDashPattern({6, 1.6, 1.2, 1.6});
        break;
    case MarkState::Outside:
        pen.setColor(theme.borderStrong);
        pen.setDashPattern({5, 4});
        break;
    case MarkState::Normal:
        break;
    }
    return pen;
}

QPen linkPen(const Theme& theme, LinkStyle style, double width)
{
    QPen pen(linkColour(theme, style), width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    switch (style) {
    case LinkStyle::Violation:
        pen.setDashPattern({5, 2.4});
        break;
    case LinkStyle::Latent:
        pen.setDashPattern({3.2, 2.6});
        break;
    case LinkStyle::Unknown:
        pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern({0.1, 2.8});
        break;
    case LinkStyle::Changed:
        pen.setDashPattern({7, 2, 1.2, 2});
        break;
    case LinkStyle::Unused:
        pen.setDashPattern({9, 5});
        break;
    case LinkStyle::Path:
    case LinkStyle::Normal:
        break;
    }
    return pen;
}

QColor frameBorder(const Theme& theme)
{
    return mixed(theme.borderStrong, theme.border, 0.45);
}

QColor tileFill(const Theme& theme, ZoneHue hue)
{
    return mixed(theme.hue(hue).ink, theme.surface, theme.dark ? 0.24 : 0.16);
}

double linkWidth(LinkStyle style, double weight)
{
    const double base = style == LinkStyle::Path ? 2.4 : style <= LinkStyle::Unused ? 1.3 : 1.8;
    return base + 0.9 * std::log2(std::clamp(weight, 1.0, 16.0));
}

QPainterPath plateOutline(MarkShape shape, const QRectF& rect)
{
    QPainterPath path;
    const double w = rect.width();
    const double h = rect.height();
    const auto at = [&rect, w, h](double x, double y) { return QPointF(rect.left() + x * w, rect.top() + y * h); };
    switch (shape) {
    case MarkShape::Identity:
        path.addEllipse(rect);
        break;
    case MarkShape::Store:
        path.moveTo(at(0.06, 0.14));
        path.cubicTo(at(0.06, -0.045), at(0.94, -0.045), at(0.94, 0.14));
        path.lineTo(at(0.94, 0.86));
        path.cubicTo(at(0.94, 1.045), at(0.06, 1.045), at(0.06, 0.86));
        path.closeSubpath();
        break;
    case MarkShape::Control:
        path.moveTo(at(0.5, 0));
        path.lineTo(at(0.95, 0.14));
        path.lineTo(at(0.95, 0.5));
        path.cubicTo(at(0.95, 0.76), at(0.78, 0.92), at(0.5, 1));
        path.cubicTo(at(0.22, 0.92), at(0.05, 0.76), at(0.05, 0.5));
        path.lineTo(at(0.05, 0.14));
        path.closeSubpath();
        break;
    case MarkShape::Watcher:
        path.moveTo(at(0.27, 0.04));
        path.lineTo(at(0.73, 0.04));
        path.lineTo(at(1, 0.5));
        path.lineTo(at(0.73, 0.96));
        path.lineTo(at(0.27, 0.96));
        path.lineTo(at(0, 0.5));
        path.closeSubpath();
        break;
    case MarkShape::Outside:
        path.moveTo(at(0.24, 0.9));
        path.cubicTo(at(-0.08, 0.9), at(-0.06, 0.42), at(0.2, 0.42));
        path.cubicTo(at(0.22, 0.02), at(0.76, 0.0), at(0.8, 0.4));
        path.cubicTo(at(1.07, 0.4), at(1.07, 0.9), at(0.77, 0.9));
        path.closeSubpath();
        break;
    case MarkShape::Container:
        path.addRoundedRect(rect, w * 0.12, h * 0.12);
        break;
    case MarkShape::Workload:
    case MarkShape::Other:
        path.addRoundedRect(rect.adjusted(w * 0.03, h * 0.03, -w * 0.03, -h * 0.03), w * 0.2, h * 0.2);
        break;
    }
    return path;
}

QRectF plateGlyphRect(MarkShape shape, const QRectF& rect)
{
    const bool small = shape == MarkShape::Outside || shape == MarkShape::Watcher;
    const double side = std::min(rect.width(), rect.height()) * (small ? 0.5 : 0.58);
    QRectF glyph(0, 0, side, side);
    glyph.moveCenter(rect.center() + QPointF(0, shape == MarkShape::Outside ? rect.height() * 0.08 : 0));
    return glyph;
}

void drawPlate(QPainter& painter, const Theme& theme, MarkShape shape, Glyph glyph, ZoneHue hue, const QRectF& rect)
{
    const HueColours& colours = theme.hue(hue);
    // A network contains, it doesn't act: its plate is an outline.
    const bool hollow = shape == MarkShape::Container || shape == MarkShape::Other;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPainterPath outline = plateOutline(shape, hollow ? rect.adjusted(0.8, 0.8, -0.8, -0.8) : rect);
    painter.setPen(hollow ? QPen(colours.ink, 1.6) : QPen(Qt::NoPen));
    painter.setBrush(hollow ? colours.tint : colours.ink);
    painter.drawPath(outline);
    painter.restore();
    if (rect.width() >= 14)
        drawGlyph(painter, glyph, plateGlyphRect(shape, rect), hollow ? colours.ink : colours.onInk);
}

bool hasStateSign(MarkState state)
{
    return state != MarkState::Normal && state != MarkState::Outside;
}

MarkState signOf(LinkStyle style)
{
    switch (style) {
    case LinkStyle::Violation:
        return MarkState::Violation;
    case LinkStyle::Latent:
        return MarkState::Latent;
    case LinkStyle::Unknown:
        return MarkState::Unknown;
    case LinkStyle::Changed:
        return MarkState::Changed;
    case LinkStyle::Unused:
    case LinkStyle::Path:
    case LinkStyle::Normal:
        break;
    }
    return MarkState::Normal;
}

void drawStateSign(QPainter& painter, const Theme& theme, MarkState state, QPointF centre, double radius)
{
    if (!hasStateSign(state))
        return;
    const QColor colour = stateColour(theme, state);
    const bool filled = state == MarkState::Violation || state == MarkState::Changed;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(filled ? theme.surface : colour, filled ? 1.4 : 1.6));
    painter.setBrush(filled ? colour : theme.surface);
    painter.drawEllipse(centre, radius, radius);
    const QColor ink = filled ? theme.onState : colour;
    const double r = radius;
    painter.setPen(QPen(ink, std::max(1.2, r * 0.26), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (state) {
    case MarkState::Violation:
    case MarkState::Latent:
        painter.drawLine(centre + QPointF(0, -r * 0.5), centre + QPointF(0, r * 0.1));
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(centre + QPointF(0, r * 0.47), r * 0.15, r * 0.15);
        break;
    case MarkState::Unknown: {
        QPainterPath hook(centre + QPointF(-r * 0.3, -r * 0.22));
        hook.cubicTo(centre + QPointF(-r * 0.26, -r * 0.68), centre + QPointF(r * 0.42, -r * 0.62),
            centre + QPointF(r * 0.32, -r * 0.16));
        hook.cubicTo(centre + QPointF(r * 0.26, r * 0.04), centre + QPointF(0, 0), centre + QPointF(0, r * 0.16));
        painter.drawPath(hook);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(centre + QPointF(0, r * 0.5), r * 0.14, r * 0.14);
        break;
    }
    default:
        painter.drawPolygon(QPolygonF{centre + QPointF(0, -r * 0.45), centre + QPointF(r * 0.45, r * 0.35),
            centre + QPointF(-r * 0.45, r * 0.35)});
    }
    painter.restore();
}

} // namespace glacis
