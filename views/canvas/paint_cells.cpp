// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame.h"

#include "theme/contrast.h"

#include <QLocale>
#include <QPainterPath>
#include <QTextOption>

#include <algorithm>

namespace glacis {

namespace {

constexpr double textUnits = 12;
QColor cellFill(const Frame& frame, ZoneHue hue, double shade)
{
    const double base = frame.theme.dark ? 0.22 : 0.15;
    return mixed(frame.theme.hue(hue).ink, frame.theme.surface, base + 0.6 * std::clamp(shade, 0.0, 1.0));
}

void drawCellBody(Frame& frame, const Scene::Cell& cell, const QRectF& rect)
{
    QPainter& painter = frame.painter;
    const double radius = std::clamp(6 * frame.scale, 0.0, 8.0);
    const HueColours& hue = frame.theme.hue(cell.hue);
    QPainterPath outline;
    outline.addRoundedRect(rect, radius, radius);
    painter.fillPath(outline, cellFill(frame, cell.hue, cell.shade));
    if (cell.split) {
        QPainterPath lower;
        lower.moveTo(rect.topRight());
        lower.lineTo(rect.bottomRight());
        lower.lineTo(rect.bottomLeft());
        lower.closeSubpath();
        painter.fillPath(outline.intersected(lower), cellFill(frame, cell.secondHue, cell.shade));
        painter.setPen(QPen(frame.theme.surface, std::clamp(1.5 * frame.scale, 0.7, 2.0)));
        painter.drawLine(
            rect.bottomLeft() + QPointF(radius, -radius) * 0.3, rect.topRight() + QPointF(-radius, radius) * 0.3);
    }
    if (cell.hatched) {
        painter.save();
        painter.setClipPath(outline, Qt::IntersectClip);
        painter.setPen(QPen(hue.ink, 1));
        const double step = std::max(6 * frame.scale, 4.0);
        for (double x = rect.left() - rect.height(); x < rect.right(); x += step)
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(statePen(frame.theme, cell.state, hue.edge, 1));
    painter.drawPath(outline);
}

/// The count of findings at the upper right corner; returns its width.
double paintCellBadge(Frame& frame, int index, const QRectF& rect)
{
    const Scene::Cell& cell = frame.scene.cells.at(index);
    const int pixels = frame.fontPixels(10.5);
    if (cell.badge <= 0)
        return 0;
    if (pixels < legiblePixels) {
        drawStateSign(frame.painter, frame.theme, cell.badgeState, rect.topRight() + QPointF(-4, 4), 3.5);
        return 0;
    }
    const QString text = QLocale().toString(cell.badge) + QLatin1Char('!');
    const double width = std::max(pillWidth(text, pixels), pixels * 1.7);
    const double inset = 6 * frame.scale;
    const QColor fill = stateColour(frame.theme, cell.badgeState);
    drawPill(frame, QRectF(rect.right() - inset - width, rect.top() + inset, width, pixels * 1.55),
        {textKey(ElementRef::Kind::Cell, index, 2), text, pixels, QFont::Bold, frame.theme.onState}, fill, fill);
    return width + inset;
}

QColor cellInk(const Frame& frame, const Scene::Cell& cell)
{
    if (cell.header)
        return frame.theme.text;
    const QColor fill = cellFill(frame, cell.hue, cell.shade);
    return contrastRatio(frame.theme.text, fill) >= 4.5 ? frame.theme.text : frame.theme.hue(cell.hue).onInk;
}

/// A narrow, high header: one line that begins at its foot and runs upwards.
void writeUpright(Frame& frame, int index, const QRectF& rect)
{
    const Scene::Cell& cell = frame.scene.cells.at(index);
    const int pixels = frame.fontPixels(textUnits - 0.5);
    frame.painter.save();
    frame.painter.translate(rect.bottomLeft());
    frame.painter.rotate(-90);
    frame.write(QRectF(6 * frame.scale, 0, rect.height() - 8 * frame.scale, rect.width()),
        {textKey(ElementRef::Kind::Cell, index, 0), cell.text, pixels, QFont::DemiBold, frame.theme.text,
            Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle});
    frame.painter.restore();
}

void writeCell(Frame& frame, int index, const QRectF& rect, double badgeRoom)
{
    const Scene::Cell& cell = frame.scene.cells.at(index);
    if (cell.header && rect.height() > 3 * rect.width())
        return writeUpright(frame, index, rect);
    const bool isCentred = cell.alignment & Qt::AlignHCenter;
    const double inset = std::max((isCentred && rect.width() < 60 * frame.scale ? 3 : 10) * frame.scale, 2.0);
    QRectF room = rect.adjusted(inset, 0, -inset, 0);
    const int pixels = frame.fontPixels(cell.header ? textUnits + 0.5 : textUnits);
    const int small = frame.fontPixels(subtitleUnits);
    const bool two = !cell.subtitle.isEmpty() && small >= legiblePixels && rect.height() >= pixels + small * 1.2;
    const double titleHeight = pixels * 1.35;
    const double subtitleHeight = two ? small * 1.35 : 0;
    double top = room.center().y() - (titleHeight + subtitleHeight) / 2;
    if (cell.alignment & Qt::AlignBottom)
        top = rect.bottom() - 6 * frame.scale - titleHeight - subtitleHeight;
    // The badge lies in the upper corner: a text that starts below it may use the whole width.
    if (badgeRoom > 0 && top < rect.top() + 22 * frame.scale)
        room.adjust(isCentred ? badgeRoom : 0, 0, -badgeRoom, 0);
    if (cell.glyph != Glyph::None && pixels >= legiblePixels) {
        const double side = pixels * 1.35;
        const QColor ink = cell.header ? frame.theme.textMuted : cellInk(frame, cell);
        if (cell.text.isEmpty() && isCentred) {
            drawGlyph(
                frame.painter, cell.glyph, QRectF(rect.center() - QPointF(side, side) / 2, QSizeF(side, side)), ink);
        } else if (isCentred && room.width() > side * 3) {
            drawGlyph(frame.painter, cell.glyph,
                QRectF(rect.center().x() - side / 2, top - side - 3 * frame.scale, side, side), ink);
        } else {
            drawGlyph(frame.painter, cell.glyph, QRectF(room.left(), rect.center().y() - side / 2, side, side), ink);
            room.setLeft(room.left() + side + pixels * 0.6);
        }
    }
    const Qt::Alignment across = (cell.alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter;
    frame.write(QRectF(room.left(), top, room.width(), titleHeight),
        {textKey(ElementRef::Kind::Cell, index, 0), cell.text, pixels, QFont::DemiBold, cellInk(frame, cell), across,
            Qt::ElideRight});
    if (two) {
        const QColor muted = cell.header || cell.shade < 0.1 ? mixed(frame.theme.text, frame.theme.textMuted, 0.35)
                                                             : cellInk(frame, cell);
        frame.write(QRectF(room.left(), top + titleHeight, room.width(), subtitleHeight),
            {textKey(ElementRef::Kind::Cell, index, 1), cell.subtitle, small, QFont::Normal, muted, across,
                Qt::ElideRight});
    }
}

double labelUnits(TextRole role)
{
    switch (role) {
    case TextRole::Title:
        return 20;
    case TextRole::Heading:
        return 14;
    case TextRole::Body:
        return 12;
    case TextRole::Caption:
        break;
    }
    return 10.5;
}

void writeWrapped(Frame& frame, const QRectF& rect, const Scene::Label& label, const QFont& font)
{
    QTextOption option(label.alignment);
    option.setWrapMode(QTextOption::WordWrap);
    frame.painter.setFont(font);
    // Whole lines only: a line cut through the middle can't be read.
    const QFontMetricsF metrics(font);
    const double height = std::floor((rect.height() + 1) / metrics.lineSpacing()) * metrics.lineSpacing() + 1;
    frame.painter.save();
    frame.painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width(), height), Qt::IntersectClip);
    frame.painter.drawText(rect, label.text, option);
    frame.painter.restore();
    ++frame.report.texts;
}

void paintLabel(Frame& frame, int index)
{
    const Scene::Label& label = frame.scene.labels.at(index);
    const int pixels = frame.fontPixels(labelUnits(label.role));
    if (pixels < legiblePixels)
        return;
    const bool isStrong = label.role == TextRole::Title || label.role == TextRole::Heading;
    QColor colour = label.hue == ZoneHue::Neutral ? frame.theme.text : frame.theme.hue(label.hue).text;
    if (label.muted)
        colour = frame.theme.textMuted;
    QRectF rect = frame.map(label.rect);
    if (label.glyph != Glyph::None) {
        const double side = pixels * 1.25;
        drawGlyph(frame.painter, label.glyph, QRectF(rect.left(), rect.center().y() - side / 2, side, side), colour);
        rect.setLeft(rect.left() + side + pixels * 0.5);
    }
    const QFont::Weight weight = isStrong ? QFont::Bold : QFont::Normal;
    if (label.wrap) {
        frame.painter.setPen(colour);
        writeWrapped(frame, rect, label, pictureFont(pixels, weight).font);
        return;
    }
    frame.write(rect,
        {textKey(ElementRef::Kind::Label, index, 0), label.text, pixels, weight, colour, label.alignment,
            Qt::ElideRight});
}

} // namespace

void paintCells(Frame& frame, const RectGrid& cells)
{
    cells.visit(frame.visible, [&](int index) {
        const Scene::Cell& cell = frame.scene.cells.at(index);
        const QRectF rect = frame.map(cell.rect);
        const Dimming dimming(frame.painter, !cell.header && frame.isDimmed(cell.id));
        if (!cell.header)
            drawCellBody(frame, cell, rect);
        else if (cell.state != MarkState::Normal)
            drawStateSign(frame.painter, frame.theme, cell.state, rect.topRight() + QPointF(-8, 8) * frame.scale,
                std::clamp(6 * frame.scale, 3.5, 9.0));
        const double badgeRoom = paintCellBadge(frame, index, rect);
        writeCell(frame, index, rect, badgeRoom);
    });
}

void paintLabels(Frame& frame)
{
    for (int index = 0; index < frame.scene.labels.size(); ++index) {
        if (frame.sees(frame.scene.labels.at(index).rect))
            paintLabel(frame, index);
    }
}

void paintBoundaries(Frame& frame)
{
    for (const Scene::Boundary& boundary : frame.scene.boundaries) {
        if (boundary.points.size() < 2)
            continue;
        QPainterPath path(frame.map(boundary.points.front()));
        for (qsizetype at = 1; at < boundary.points.size(); ++at)
            path.lineTo(frame.map(boundary.points[at]));
        const double width = std::clamp(3.5 * frame.scale, 1.5, 6.0);
        frame.painter.setBrush(Qt::NoBrush);
        frame.painter.setPen(QPen(frame.theme.canvas, width + 4, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        frame.painter.drawPath(path);
        frame.painter.setPen(QPen(frame.theme.text, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        frame.painter.drawPath(path);
        const int pixels = frame.fontPixels(11);
        if (boundary.label.isEmpty() || pixels < legiblePixels)
            continue;
        const QPointF at = frame.map(boundary.labelAt);
        const double labelWidth = pillWidth(boundary.label, pixels);
        drawPill(frame, QRectF(at.x(), at.y() - pixels * 0.85, labelWidth, pixels * 1.7),
            {0, boundary.label, pixels, QFont::DemiBold, frame.theme.canvas}, frame.theme.text, frame.theme.text);
    }
}

} // namespace glacis
