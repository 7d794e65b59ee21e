// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/glyphs.h"

#include "theme/glyph_table.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <system_error>

namespace glacis {

namespace {

/// Reads one drawing of glyph_table.h.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) { }

    GlyphPaths read()
    {
        GlyphPaths paths;
        while (skipBlanks()) {
            const char command = m_text[m_at++];
            add(command, command >= 'a' ? paths.filled : paths.stroked);
        }
        return paths;
    }

private:
    bool skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
        return m_at < m_text.size();
    }

    double number()
    {
        skipBlanks();
        double value = 0;
        const auto [end, error] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        Q_ASSERT(error == std::errc());
        m_at = static_cast<std::size_t>(end - m_text.data());
        return value;
    }

    QPointF point()
    {
        const double x = number();
        return {x, number()};
    }

    void add(char command, QPainterPath& path)
    {
        switch (command) {
        case 'M':
        case 'm':
            path.moveTo(point());
            break;
        case 'L':
        case 'l':
            path.lineTo(point());
            break;
        case 'C':
        case 'c': {
            const QPointF first = point();
            const QPointF second = point();
            path.cubicTo(first, second, point());
            break;
        }
        case 'Z':
        case 'z':
            path.closeSubpath();
            break;
        case 'O':
        case 'o': {
            const QPointF centre = point();
            const double radius = number();
            path.addEllipse(centre, radius, radius);
            break;
        }
        case 'E':
        case 'e': {
            const QPointF centre = point();
            const double radius = number();
            path.addEllipse(centre, radius, number());
            break;
        }
        case 'R':
        case 'r': {
            const QPointF corner = point();
            const QPointF size = point();
            const double radius = number();
            path.addRoundedRect(QRectF(corner, QSizeF(size.x(), size.y())), radius, radius);
            break;
        }
        case 'A': {
            const QPointF centre = point();
            const double radius = number();
            const double start = number();
            const QRectF circle(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
            path.arcMoveTo(circle, start);
            path.arcTo(circle, start, number());
            break;
        }
        default:
            Q_ASSERT_X(false, "glyph", "a drawing holds a letter that is no command");
            m_at = m_text.size();
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

const GlyphPaths& glyphPaths(Glyph glyph)
{
    static const auto all = [] {
        std::array<GlyphPaths, static_cast<std::size_t>(Glyph::Count)> paths;
        for (std::size_t index = 0; index < paths.size(); ++index)
            paths[index] = Reader(glyphDrawing(static_cast<Glyph>(index))).read();
        return paths;
    }();
    return all[std::min(static_cast<std::size_t>(glyph), all.size() - 1)];
}

void drawGlyph(QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& colour)
{
    if (glyph == Glyph::None)
        return;
    const GlyphPaths& paths = glyphPaths(glyph);
    const double side = std::min(rect.width(), rect.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center() - QPointF(side, side) / 2);
    painter.scale(side / glyphField, side / glyphField);
    // Small glyphs need a line of at least 1.25 px to stay legible.
    const double width = std::max(glyphStroke, 1.25 * glyphField / side);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (!paths.stroked.isEmpty())
        painter.drawPath(paths.stroked);
    if (!paths.filled.isEmpty())
        painter.fillPath(paths.filled, colour);
    painter.restore();
}

} // namespace glacis
