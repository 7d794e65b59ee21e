// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <array>
#include <cstdint>

class QApplication;

namespace glacis {

enum class ThemeKind : std::uint8_t { System, Light, Dark, HighContrast };

/// What a hue stands for: a zone of the tiers, or a side of the shared responsibility.
enum class ZoneHue : std::uint8_t {
    Neutral,
    Internet,
    Edge,
    Web,
    App,
    Data,
    Management,
    Unassigned,
    Provider,
    Customer,
    Shared,
    Count
};

/// One hue in its strengths. All opaque, so that screen, SVG and PDF agree.
struct HueColours {
    QColor ink; ///< borders and plates; ≥ 3:1 against canvas, surface, tint and wash
    QColor onInk; ///< glyphs and text on a plate of `ink`; ≥ 4.5:1
    QColor text; ///< text in this hue; ≥ 4.5:1 on canvas, surface, tint and wash
    QColor tint; ///< fill of a box or a cell
    QColor wash; ///< background of a lane
    QColor edge; ///< quiet border of a box
};

/// All colours that Glacis draws with. The hues start from the palette of Okabe and Ito ("Color Universal Design"),
/// made darker or lighter until they keep their contrast on our backgrounds.
struct Theme {
    ThemeKind kind = ThemeKind::Light; ///< never System
    bool dark = false;

    QColor window; ///< behind docks and tool bars
    QColor canvas; ///< behind the picture
    QColor surface; ///< cards, tables, text fields
    QColor raised; ///< what lies on a surface: hovered rows, header cells
    QColor border; ///< hair lines; decoration only
    QColor borderStrong; ///< borders that carry meaning; ≥ 3:1
    QColor text; ///< ≥ 7:1
    QColor textMuted; ///< ≥ 4.5:1
    QColor accent; ///< selection, focus, default buttons; ≥ 4.5:1 as text
    QColor onAccent;
    QColor accentSoft; ///< background of what is selected
    QColor shadow; ///< with alpha; for overlays on the screen only

    QColor violation;
    QColor latent;
    QColor unknown;
    QColor changed;
    QColor good;
    QColor link; ///< an ordinary line of the picture
    QColor path; ///< the line that is being talked about
    QColor onState; ///< text and glyphs on a plate of violation, latent, unknown, changed, good

    std::array<HueColours, static_cast<std::size_t>(ZoneHue::Count)> hues;

    [[nodiscard]] const HueColours& hue(ZoneHue which) const { return hues[static_cast<std::size_t>(which)]; }
};

/// The colours of a theme; System gives light or dark as the desktop asks.
[[nodiscard]] const Theme& theme(ThemeKind kind);

/// The theme that applyTheme() set last; light before that. Widgets that paint themselves read it again on
/// QEvent::PaletteChange.
[[nodiscard]] const Theme& currentTheme();

/// Whether the desktop asks for dark windows: from the platform's palette, else from the settings file of GTK.
[[nodiscard]] bool systemPrefersDark();

[[nodiscard]] QPalette paletteOf(const Theme& theme);

/// The style sheet of the whole window. Beside the ordinary widgets it knows these properties:
/// - QFrame    card=true                                a card with a thin border
/// - QLabel    role=title|heading|number|muted|code     typographic levels
/// - QLabel    tone=violation|latent|unknown|good       colour of a state
/// - QPushButton primary=true, QToolButton chip=true    the one default action; a filter chip
[[nodiscard]] QString styleSheetOf(const Theme& theme, int textPercent = 100);

/// Dresses the program: Fusion under our own flat style, palette, style sheet and font. May be called again at any
/// time. `textPercent` is 80 … 200.
void applyTheme(QApplication& application, ThemeKind kind, int textPercent = 100);

/// The font of the picture, `pixels` high, in view units.
[[nodiscard]] QFont canvasFont(int pixels, QFont::Weight weight = QFont::Normal);

} // namespace glacis
