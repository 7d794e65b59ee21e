// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QIconEngine>
#include <QPainter>

namespace glacis {

namespace {

class GlyphIconEngine final : public QIconEngine {
public:
    GlyphIconEngine(Glyph glyph, const QColor& colour) : m_glyph(glyph), m_colour(colour) { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        drawGlyph(*painter, m_glyph, QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), colourFor(mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new GlyphIconEngine(m_glyph, m_colour); }
    bool isNull() override { return m_glyph == Glyph::None; }

private:
    QColor colourFor(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme& colours = currentTheme();
        if (mode == QIcon::Disabled)
            return mixed(colours.textMuted, colours.window, 0.5);
        if (m_colour.isValid())
            return m_colour;
        return state == QIcon::On ? colours.accent : mixed(colours.text, colours.textMuted, 0.7);
    }

    Glyph m_glyph;
    QColor m_colour;
};

} // namespace

QIcon icon(Glyph glyph)
{
    return icon(glyph, QColor());
}

QIcon icon(Glyph glyph, const QColor& colour)
{
    return glyph == Glyph::None ? QIcon() : QIcon(new GlyphIconEngine(glyph, colour));
}

} // namespace glacis
