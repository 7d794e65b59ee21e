// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QFontMetricsF>
#include <QRectF>
#include <QStaticText>
#include <QString>

#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

class QPainter;

namespace glacis {

/// A font of the picture with its metrics, made once for each height and weight.
struct PictureFont {
    QFont font;
    QFontMetricsF metrics;
};

[[nodiscard]] const PictureFont& pictureFont(int pixels, QFont::Weight weight);

/// What to write, and how. `key` names the place in the scene, so that the elided text is kept for the next frame; 0
/// keeps nothing.
struct TextLine {
    std::uint64_t key = 0;
    QString text;
    int pixels = 12;
    QFont::Weight weight = QFont::Normal;
    QColor colour;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode elide = Qt::ElideRight;
};

/// Elided and laid out texts of the last frames.
class TextCache {
public:
    /// Draws one line within `rect`, elided to its width; draws nothing when not even three letters have room. Returns
    /// where the text is, null if it was not drawn.
    QRectF draw(QPainter& painter, const QRectF& rect, const TextLine& line);

    void clear() { m_entries.clear(); }

private:
    struct Entry {
        int pixels = 0;
        int width = 0;
        QFont::Weight weight = QFont::Normal;
        QString shown;
        double shownWidth = 0;
        QStaticText prepared;
    };

    static Entry prepare(const QRectF& rect, const TextLine& line);

    std::unordered_map<std::uint64_t, Entry> m_entries;
};

} // namespace glacis
