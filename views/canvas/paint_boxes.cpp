// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame.h"

#include <QLocale>

#include <algorithm>

namespace glacis {

namespace {

constexpr double laneTitleUnits = 14;
constexpr double laneSubtitleUnits = 11;
constexpr double boxHeaderUnits = 30;
constexpr double boxTitleUnits = 12;
constexpr double boxRadiusUnits = 8;

void drawGlyphAt(Frame& frame, Glyph glyph, const QRectF& rect, const QColor& colour)
{
    if (frame.isRaster)
        frame.plates.drawGlyph(frame.painter, glyph, colour, rect);
    else
        drawGlyph(frame.painter, glyph, rect, colour);
}

void paintLane(Frame& frame, int index)
{
    const Scene::Lane& lane = frame.scene.lanes.at(index);
    const HueColours& hue = frame.theme.hue(lane.hue);
    const QRectF rect = frame.map(lane.rect);
    QPainter& painter = frame.painter;
    const double radius = std::clamp(12 * frame.scale, 2.0, 14.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(hue.wash);
    painter.drawRoundedRect(rect, radius, radius);

    const double bar = std::clamp(4 * frame.scale, 2.0, 6.0);
    QRectF top(rect.left() + radius, rect.top(), rect.width() - 2 * radius, bar);
    painter.setBrush(hue.ink);
    painter.drawRoundedRect(top, bar / 2, bar / 2);

    // A header too low for its name lends it the room above the lane.
    const int pixels = std::max(frame.fontPixels(laneTitleUnits), 11);
    const double inset = std::max(14 * frame.scale, 3.0);
    const bool fits = 56 * frame.scale >= pixels + 8;
    const double titleTop = fits ? rect.top() + 13 * frame.scale : rect.top() - pixels * 1.5;
    const QRectF title(rect.left() + inset, titleTop, rect.width() - 2 * inset, pixels * 1.35);
    frame.write(title,
        {textKey(ElementRef::Kind::Lane, index, 0), lane.title, pixels, QFont::Bold, hue.text,
            Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight});
    const QRectF subtitle(title.left(), title.bottom(), title.width(), 15 * frame.scale);
    if (fits) {
        frame.write(subtitle,
            {textKey(ElementRef::Kind::Lane, index, 1), lane.subtitle, frame.fontPixels(laneSubtitleUnits),
                QFont::Normal, frame.theme.textMuted, Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight});
    }
}

QColor boxFill(const Frame& frame, const Scene::Box& box)
{
    if (box.hue != ZoneHue::Neutral)
        return frame.theme.hue(box.hue).tint;
    // Accounts and networks let the lanes shine through.
    QColor fill = frame.theme.surface;
    fill.setAlphaF(0.55F);
    return fill;
}

void drawBoxBody(Frame& frame, const Scene::Box& box, const QRectF& rect, const QColor& fill, MarkState state)
{
    const bool isNeutral = box.hue == ZoneHue::Neutral;
    const QColor quiet = isNeutral ? frameBorder(frame.theme) : frame.theme.hue(box.hue).edge;
    const double radius = std::clamp(boxRadiusUnits * frame.scale, 1.5, 10.0);
    QPen pen = statePen(frame.theme, state, quiet, 1);
    frame.painter.setPen(pen);
    frame.painter.setBrush(fill);
    frame.painter.drawRoundedRect(rect, radius, radius);
}

void paintBoxHeader(Frame& frame, int index, const QRectF& rect)
{
    const Scene::Box& box = frame.scene.boxes.at(index);
    const double strip = std::min(boxHeaderUnits * frame.scale, rect.height());
    if (strip < 10)
        return;
    const int pixels = std::max(frame.fontPixels(boxTitleUnits), static_cast<int>(std::min(10.0, strip * 0.78)));
    const bool isNeutral = box.hue == ZoneHue::Neutral;
    const QColor ink = isNeutral ? frame.theme.textMuted : frame.theme.hue(box.hue).text;
    const double inset = std::max(10 * frame.scale, 4.0);
    double left = rect.left() + inset;
    double right = rect.right() - inset;
    const double middle = rect.top() + strip / 2 + 1;
    const double side = pixels * 1.15;

    if (box.canOpen) {
        const QRectF chevron(left, middle - side * 0.38, side * 0.76, side * 0.76);
        drawGlyphAt(frame, box.collapsed ? Glyph::ChevronRight : Glyph::ChevronDown, chevron, ink);
        left += side * 0.76 + pixels * 0.35;
    }
    if (box.glyph != Glyph::None) {
        drawGlyphAt(frame, box.glyph, QRectF(left, middle - side / 2, side, side), ink);
        left += side + pixels * 0.5;
    }
    if (hasStateSign(box.state)) {
        const double radius = pixels * 0.55;
        drawStateSign(frame.painter, frame.theme, box.state, QPointF(right - radius, middle), radius);
        right -= 2 * radius + pixels * 0.4;
    }
    const QString count = box.collapsed && box.count > 0 ? QLocale().toString(box.count) : QString();
    for (const QString& badge : {box.badge, count}) {
        const int small = static_cast<int>(pixels * 0.88);
        const double width = pillWidth(badge, small);
        if (badge.isEmpty() || small < legiblePixels || right - width < left + 2 * pixels)
            continue;
        const QRectF pill(right - width, middle - small * 0.75, width, small * 1.5);
        drawPill(
            frame, pill, {0, badge, small, QFont::DemiBold, frame.theme.text}, frame.theme.raised, frame.theme.border);
        right -= width + pixels * 0.4;
    }

    const QRectF titleRect(left, rect.top() + 1, right - left, strip);
    const QRectF written = frame.write(titleRect,
        {textKey(ElementRef::Kind::Box, index, 0), box.title, pixels, QFont::DemiBold,
            isNeutral ? frame.theme.text : ink, Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideMiddle});
    const double after = written.isNull() ? left : written.right() + pixels * 0.6;
    if (!box.subtitle.isEmpty() && right - after > 4 * pixels) {
        frame.write(QRectF(after, rect.top() + 1, right - after, strip),
            {textKey(ElementRef::Kind::Box, index, 1), box.subtitle, std::max(pixels - 1, 9), QFont::Normal,
                frame.theme.textMuted, Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideRight});
    }
}

/// How many things a tile stands for, as large as fits, with its name above when there is room.
void writeTile(Frame& frame, const QRectF& rect, const QString& title, std::uint64_t key, int things, MarkState loudest)
{
    const QString count = QLocale().toString(things);
    double signRoom = 0;
    if (hasStateSign(loudest) && std::min(rect.width(), rect.height()) >= 9) {
        const double radius = std::clamp(std::min(rect.width(), rect.height()) * 0.16, 3.5, 7.0);
        drawStateSign(frame.painter, frame.theme, loudest, rect.topRight() + QPointF(-radius - 1, radius + 1), radius);
        signRoom = 2 * radius;
    }
    QRectF room = rect.adjusted(3, 2, -3, -2);
    if (!title.isEmpty() && rect.height() >= 40 && rect.width() >= 54) {
        const QRectF top(room.left() + 2, room.top(), room.width() - signRoom - 4, 14);
        frame.write(top,
            {key, title, 10, QFont::DemiBold, frame.theme.textMuted, Qt::AlignLeft | Qt::AlignVCenter,
                Qt::ElideMiddle});
        room.setTop(top.bottom());
    }
    const double perLetter = 0.62;
    const int pixels = static_cast<int>(
        std::min({22.0, room.height() * 0.8, room.width() / (perLetter * static_cast<double>(count.size()))}));
    frame.write(room,
        {key == 0 ? 0 : key + (1ULL << 38), count, pixels, QFont::DemiBold, frame.theme.text, Qt::AlignCenter,
            Qt::ElideNone});
}

void paintBoxTile(Frame& frame, int index, const QRectF& rect, const SceneStatistics::BoxSum& sum)
{
    const Scene::Box& box = frame.scene.boxes.at(index);
    const QColor fill = tileFill(frame.theme, box.hue);
    drawBoxBody(frame, box, rect, fill, std::max(box.state, sum.loudest));
    writeTile(
        frame, rect, box.title, textKey(ElementRef::Kind::Box, index, 2), sum.things, std::max(box.state, sum.loudest));
    ++frame.report.tiles;
    frame.report.things += sum.things;
}

} // namespace

double pillWidth(const QString& text, int pixels)
{
    return text.isEmpty() ? 0
                          : pictureFont(std::max(pixels, 1), QFont::DemiBold).metrics.horizontalAdvance(text) + pixels;
}

void drawPill(Frame& frame, const QRectF& rect, const TextLine& line, const QColor& fill, const QColor& border)
{
    frame.painter.setPen(QPen(border, 1));
    frame.painter.setBrush(fill);
    const double radius = std::min(rect.height() / 2, 6.0);
    frame.painter.drawRoundedRect(rect, radius, radius);
    TextLine centred = line;
    centred.alignment = Qt::AlignCenter;
    frame.write(rect, centred);
}

void paintLanes(Frame& frame)
{
    for (int index = 0; index < frame.scene.lanes.size(); ++index) {
        if (frame.sees(frame.scene.lanes.at(index).rect.adjusted(0, -40 / frame.scale, 0, 0)))
            paintLane(frame, index);
    }
}

void paintBoxes(Frame& frame, const SceneStatistics& statistics)
{
    for (int index = 0; index < frame.scene.boxes.size(); ++index) {
        const Scene::Box& box = frame.scene.boxes.at(index);
        const auto level = frame.level.boxes[static_cast<std::size_t>(index)];
        if (level == LevelOfDetail::BoxLevel::Hidden || !frame.sees(box.rect))
            continue;
        const QRectF rect = frame.map(box.rect);
        ++frame.report.boxes;
        if (level == LevelOfDetail::BoxLevel::Tile) {
            paintBoxTile(frame, index, rect, statistics.boxes[static_cast<std::size_t>(index)]);
            continue;
        }
        drawBoxBody(frame, box, rect, boxFill(frame, box), box.state);
        paintBoxHeader(frame, index, rect);
    }
}

void paintPatches(Frame& frame)
{
    for (const LevelOfDetail::Patch& patch : frame.level.patches) {
        if (!frame.sees(patch.rect))
            continue;
        const QRectF rect = frame.map(patch.rect).adjusted(1.5, 1.5, -1.5, -1.5);
        frame.painter.setPen(statePen(frame.theme, patch.loudest, frame.theme.hue(patch.hue).edge, 1));
        frame.painter.setBrush(tileFill(frame.theme, patch.hue));
        frame.painter.drawRoundedRect(rect, 4, 4);
        writeTile(frame, rect, {}, 0, patch.things, patch.loudest);
        ++frame.report.tiles;
        frame.report.things += patch.things;
    }
}

} // namespace glacis
