// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/text_cache.h"

#include "theme/theme.h"

#include <QPaintEngine>
#include <QPainter>

#include <cmath>

namespace glacis {

namespace {

constexpr std::size_t entryCap = 20'000;

} // namespace

const PictureFont& pictureFont(int pixels, QFont::Weight weight)
{
    static std::map<std::pair<int, int>, PictureFont> fonts;
    const auto key = std::pair(pixels, static_cast<int>(weight));
    auto found = fonts.find(key);
    if (found == fonts.end()) {
        const QFont font = canvasFont(pixels, weight);
        found = fonts.emplace(key, PictureFont{font, QFontMetricsF(font)}).first;
    }
    return found->second;
}

TextCache::Entry TextCache::prepare(const QRectF& rect, const TextLine& line)
{
    const PictureFont& font = pictureFont(line.pixels, line.weight);
    Entry entry;
    entry.pixels = line.pixels;
    entry.width = static_cast<int>(rect.width());
    entry.weight = line.weight;
    const double full = font.metrics.horizontalAdvance(line.text);
    if (full <= rect.width() + 0.5) {
        entry.shown = line.text;
        entry.shownWidth = full;
    } else if (rect.width() >= 3.2 * line.pixels * 0.6) {
        entry.shown = font.metrics.elidedText(line.text, line.elide, rect.width());
        entry.shownWidth = font.metrics.horizontalAdvance(entry.shown);
    }
    if (!entry.shown.isEmpty()) {
        entry.prepared.setTextFormat(Qt::PlainText);
        entry.prepared.setText(entry.shown);
        entry.prepared.prepare({}, font.font);
    }
    return entry;
}

QRectF TextCache::draw(QPainter& painter, const QRectF& rect, const TextLine& line)
{
    if (line.text.isEmpty() || rect.width() < 4)
        return {};
    Entry fresh;
    const Entry* entry = &fresh;
    if (line.key == 0) {
        fresh = prepare(rect, line);
    } else {
        if (m_entries.size() > entryCap)
            m_entries.clear();
        Entry& kept = m_entries[line.key];
        if (kept.pixels != line.pixels || kept.width != static_cast<int>(rect.width()) || kept.weight != line.weight)
            kept = prepare(rect, line);
        entry = &kept;
    }
    if (entry->shown.isEmpty())
        return {};

    const PictureFont& font = pictureFont(line.pixels, line.weight);
    const double height = font.metrics.ascent() + font.metrics.descent();
    double x = rect.left();
    if (line.alignment & Qt::AlignHCenter)
        x = rect.center().x() - entry->shownWidth / 2;
    else if (line.alignment & Qt::AlignRight)
        x = rect.right() - entry->shownWidth;
    double y = rect.top();
    if (line.alignment & Qt::AlignVCenter)
        y = rect.center().y() - height / 2;
    else if (line.alignment & Qt::AlignBottom)
        y = rect.bottom() - height;

    painter.setFont(font.font);
    painter.setPen(line.colour);
    if (painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::Raster)
        painter.drawStaticText(QPointF(std::round(x), std::round(y)), entry->prepared);
    else
        painter.drawText(QPointF(x, y + font.metrics.ascent()), entry->shown);
    return {x, y, entry->shownWidth, height};
}

} // namespace glacis
