// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame.h"

#include "theme/contrast.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr double titleUnits = 12;
constexpr double badgeUnits = 11;
constexpr double textBlockUnits = 32; ///< title and subtitle under an icon
/// Marks lower than this are drawn as two plain rectangles.
constexpr double detailPixels = 15;

QColor cardFill(const Frame& frame, const Scene::Mark& mark)
{
    return mark.crown ? frame.theme.hue(mark.hue).tint : frame.theme.surface;
}

QPen cardPen(const Frame& frame, const Scene::Mark& mark)
{
    const HueColours& hue = frame.theme.hue(mark.hue);
    return statePen(frame.theme, mark.state, mark.crown ? hue.ink : hue.edge, mark.crown ? 1.8 : 1);
}

void paintPlate(Frame& frame, const Scene::Mark& mark, const QRectF& rect)
{
    if (frame.isRaster)
        frame.plates.draw(frame.painter, frame.theme, mark.shape, mark.glyph, mark.hue, rect);
    else
        drawPlate(frame.painter, frame.theme, mark.shape, mark.glyph, mark.hue, rect);
}

void paintCorner(Frame& frame, const Scene::Mark& mark, const QRectF& plate)
{
    if (mark.corner == Glyph::None || plate.width() < 18)
        return;
    const double radius = plate.width() * 0.24;
    const QPointF centre = plate.bottomRight() - QPointF(radius * 0.35, radius * 0.35);
    frame.painter.setPen(QPen(frame.theme.hue(mark.hue).ink, 1));
    frame.painter.setBrush(frame.theme.surface);
    frame.painter.drawEllipse(centre, radius, radius);
    const QRectF glyph(centre.x() - radius * 0.68, centre.y() - radius * 0.68, radius * 1.36, radius * 1.36);
    drawGlyph(frame.painter, mark.corner, glyph, frame.theme.text);
}

void paintRing(Frame& frame, const QRectF& body, double radius)
{
    const double off = std::clamp(4.5 * frame.scale, 2.5, 7.0);
    frame.painter.setBrush(Qt::NoBrush);
    frame.painter.setPen(QPen(frame.theme.text, std::clamp(2 * frame.scale, 1.2, 3.0)));
    frame.painter.drawRoundedRect(body.adjusted(-off, -off, off, off), radius + off, radius + off);
}

/// Title and subtitle, one above the other, in the middle of `room`.
void writeTwoLines(Frame& frame, int index, const QRectF& room, Qt::Alignment across)
{
    const Scene::Mark& mark = frame.scene.marks.at(index);
    // A name stays readable as long as the card is high enough for it.
    const int titlePixels =
        std::max(frame.fontPixels(titleUnits), static_cast<int>(std::min(9.0, room.height() * 0.6)));
    const int subtitlePixels = frame.fontPixels(subtitleUnits);
    const bool two = !mark.subtitle.isEmpty() && subtitlePixels >= legiblePixels
        && room.height() >= titlePixels + subtitlePixels * 1.1;
    const double titleHeight = titlePixels * 1.3;
    const double subtitleHeight = two ? subtitlePixels * 1.3 : 0;
    const double top = room.center().y() - (titleHeight + subtitleHeight) / 2;
    frame.write(QRectF(room.left(), top, room.width(), titleHeight),
        {textKey(ElementRef::Kind::Mark, index, 0), mark.title, titlePixels, QFont::DemiBold, frame.theme.text,
            across | Qt::AlignVCenter, Qt::ElideMiddle});
    if (two) {
        frame.write(QRectF(room.left(), top + titleHeight, room.width(), subtitleHeight),
            {textKey(ElementRef::Kind::Mark, index, 1), mark.subtitle, subtitlePixels, QFont::Normal,
                frame.theme.textMuted, across | Qt::AlignVCenter, Qt::ElideRight});
    }
}

/// The badge at the right of a card; returns the room it took.
double paintBadge(Frame& frame, int index, const QRectF& rect)
{
    const Scene::Mark& mark = frame.scene.marks.at(index);
    const int pixels = frame.fontPixels(badgeUnits);
    if (mark.badge.isEmpty() || pixels < legiblePixels)
        return 0;
    const double width = std::min(pillWidth(mark.badge, pixels), rect.width() * 0.45);
    const double inset = 8 * frame.scale;
    const QRectF pill(rect.right() - inset - width, rect.center().y() - pixels * 0.8, width, pixels * 1.6);
    drawPill(frame, pill,
        {textKey(ElementRef::Kind::Mark, index, 2), mark.badge, pixels, QFont::DemiBold,
            frame.theme.hue(mark.hue).text},
        frame.theme.hue(mark.hue).tint, frame.theme.hue(mark.hue).edge);
    return width + inset;
}

void paintCard(Frame& frame, int index)
{
    const Scene::Mark& mark = frame.scene.marks.at(index);
    const QRectF rect = frame.map(mark.rect());
    const double radius = std::clamp(8 * frame.scale, 2.0, 12.0);
    if (mark.ringed)
        paintRing(frame, rect, radius);
    frame.painter.setPen(cardPen(frame, mark));
    frame.painter.setBrush(cardFill(frame, mark));
    frame.painter.drawRoundedRect(rect, radius, radius);

    const double inset = std::max(6 * frame.scale, 1.0);
    const double side = std::min(rect.height() - 2 * inset, 34 * frame.scale);
    const QRectF plate(rect.left() + inset + frame.scale, rect.center().y() - side / 2, side, side);
    paintPlate(frame, mark, plate);
    paintCorner(frame, mark, plate);

    const double badge = paintBadge(frame, index, rect);
    const double left = plate.right() + 8 * frame.scale;
    const double right = rect.right() - std::max(badge, 2 * frame.scale) - 6 * frame.scale;
    if (right - left > 8)
        writeTwoLines(frame, index, QRectF(left, rect.top(), right - left, rect.height()), Qt::AlignLeft);
    drawStateSign(frame.painter, frame.theme, mark.state, rect.topRight() + QPointF(-2, 2) * frame.scale,
        std::clamp(7 * frame.scale, 4.0, 10.0));
}

void paintIcon(Frame& frame, int index)
{
    const Scene::Mark& mark = frame.scene.marks.at(index);
    const QRectF plate = frame.map(markBody(mark));
    const bool isRound = mark.shape == MarkShape::Identity;
    if (mark.ringed)
        paintRing(frame, plate, isRound ? plate.width() / 2 : plate.width() * 0.2);
    paintPlate(frame, mark, plate);
    if (mark.state != MarkState::Normal) {
        frame.painter.setBrush(Qt::NoBrush);
        frame.painter.setPen(statePen(frame.theme, mark.state, frame.theme.borderStrong, 1.6));
        const double off = 2.5;
        frame.painter.drawPath(plateOutline(mark.shape, plate.adjusted(-off, -off, off, off)));
    }
    paintCorner(frame, mark, plate);

    const int pixels = frame.fontPixels(badgeUnits);
    if (!mark.badge.isEmpty() && pixels >= legiblePixels) {
        const double width = pillWidth(mark.badge, pixels);
        const QRectF pill(plate.right() - width * 0.35, plate.bottom() - pixels * 1.5, width, pixels * 1.6);
        drawPill(frame, pill,
            {textKey(ElementRef::Kind::Mark, index, 2), mark.badge, pixels, QFont::DemiBold, frame.theme.text},
            frame.theme.surface, frame.theme.hue(mark.hue).edge);
    }
    const QRectF whole = frame.map(mark.rect());
    const double textTop = plate.bottom() + 3 * frame.scale;
    writeTwoLines(
        frame, index, QRectF(whole.left(), textTop, whole.width(), whole.bottom() - textTop), Qt::AlignHCenter);
    drawStateSign(frame.painter, frame.theme, mark.state, plate.topRight(), std::clamp(7 * frame.scale, 4.0, 10.0));
}

/// A mark from afar: its hue, its state as a frame, and its name while there is room for one.
void paintPlain(Frame& frame, int index)
{
    const Scene::Mark& mark = frame.scene.marks.at(index);
    QPainter& painter = frame.painter;
    const QRectF rect = frame.map(markBody(mark));
    const HueColours& hue = frame.theme.hue(mark.hue);
    const bool isCard = mark.face == MarkFace::Card;
    const QRectF snapped(std::round(rect.left()), std::round(rect.top()), std::max(2.0, std::round(rect.width())),
        std::max(2.0, std::round(rect.height())));
    if (hasStateSign(mark.state)) {
        painter.fillRect(snapped.adjusted(-1, -1, 1, 1), stateColour(frame.theme, mark.state));
        painter.fillRect(snapped, isCard ? frame.theme.surface : hue.ink);
    } else {
        painter.fillRect(snapped, isCard ? hue.edge : hue.ink);
    }
    if (isCard) {
        if (!hasStateSign(mark.state) && snapped.height() > 6)
            painter.fillRect(snapped.adjusted(1, 1, -1, -1), frame.theme.surface);
        const double side = std::min(snapped.height(), snapped.width());
        painter.fillRect(QRectF(snapped.topLeft(), QSizeF(side, snapped.height())).adjusted(1, 1, -1, -1), hue.ink);
        const int pixels = static_cast<int>(std::min(snapped.height() * 0.7, 9.0));
        if (snapped.width() - side >= 4 * pixels) {
            frame.write(snapped.adjusted(side + 2, 0, -2, 0),
                {textKey(ElementRef::Kind::Mark, index, 0), mark.title, pixels, QFont::DemiBold, frame.theme.text,
                    Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight});
        }
    }
}

} // namespace

QRectF markBody(const Scene::Mark& mark)
{
    const QRectF whole = mark.rect();
    if (mark.face == MarkFace::Card)
        return whole;
    const double side = std::max(8.0, std::min(whole.width(), whole.height() - textBlockUnits));
    return {whole.center().x() - side / 2, whole.top(), side, side};
}

void paintMarks(Frame& frame, const RectGrid& marks)
{
    // In the order of the scene, so that overlapping pictures come out the same wherever the view begins.
    std::vector<int> inView;
    marks.visit(frame.visible, [&](int index) {
        if (frame.level.isMarkShown(frame.scene.marks.at(index)))
            inView.push_back(index);
    });
    std::sort(inView.begin(), inView.end());
    for (const int index : inView) {
        const Scene::Mark& mark = frame.scene.marks.at(index);
        const Dimming dimming(frame.painter, frame.isDimmed(mark.id));
        ++frame.report.marks;
        if (mark.size.height() * frame.scale < detailPixels)
            paintPlain(frame, index);
        else if (mark.face == MarkFace::Card)
            paintCard(frame, index);
        else
            paintIcon(frame, index);
    }
}

} // namespace glacis
