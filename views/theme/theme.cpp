// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/calm_style.h"
#include "theme/contrast.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QToolTip>

#include <algorithm>

namespace glacis {

namespace {

struct HueInks {
    ZoneHue hue;
    QRgb light;
    QRgb dark;
};

// Okabe-Ito: sky 56B4E9, blue 0072B2, bluish green 009E73, reddish purple CC79A7, yellow F0E442, orange E69F00.
// Vermilion is kept for violations, and grey stands for what no zone claims.
constexpr std::array<HueInks, static_cast<std::size_t>(ZoneHue::Count)> hueInks{{
    {ZoneHue::Neutral, 0xff5c6878, 0xff9aa8b8},
    {ZoneHue::Internet, 0xff4a5568, 0xffa9b8ca},
    {ZoneHue::Edge, 0xff1b78a8, 0xff6cc3f0},
    {ZoneHue::Web, 0xff0059a8, 0xff6fa8f5},
    {ZoneHue::App, 0xff007a58, 0xff2fc39a},
    {ZoneHue::Data, 0xff9d3f7d, 0xffe294c2},
    {ZoneHue::Management, 0xff7a6200, 0xffd9c247},
    {ZoneHue::Unassigned, 0xff6a7480, 0xff95a1af},
    {ZoneHue::Provider, 0xff0067a6, 0xff6cb6ee},
    {ZoneHue::Customer, 0xff9a5b00, 0xfff0b04a},
    {ZoneHue::Shared, 0xff00745a, 0xff3fc4a0},
}};

HueColours strengths(const QColor& ink, const Theme& theme)
{
    HueColours colours;
    colours.ink = ink;
    colours.onInk = theme.dark ? QColor(0xff0b1016) : QColor(Qt::white);
    colours.text = theme.dark ? mixed(Qt::white, ink, 0.15) : mixed(Qt::black, ink, 0.15);
    colours.tint = mixed(ink, theme.surface, theme.dark ? 0.14 : 0.07);
    colours.wash = mixed(ink, theme.canvas, theme.dark ? 0.06 : 0.045);
    colours.edge = mixed(ink, theme.surface, theme.dark ? 0.45 : 0.38);
    return colours;
}

Theme withHues(Theme theme)
{
    for (const HueInks& row : hueInks) {
        HueColours& colours = theme.hues[static_cast<std::size_t>(row.hue)];
        colours = strengths(QColor(theme.dark ? row.dark : row.light), theme);
        if (theme.kind == ThemeKind::HighContrast) {
            colours.ink = mixed(Qt::white, colours.ink, 0.25);
            colours.text = mixed(Qt::white, colours.ink, 0.4);
            colours.tint = colours.wash = Qt::black;
            colours.edge = colours.ink;
        }
    }
    return theme;
}

Theme lightTheme()
{
    Theme t;
    t.kind = ThemeKind::Light;
    t.window = QColor(0xfff2f4f7);
    t.canvas = QColor(0xfff8f9fb);
    t.surface = QColor(0xffffffff);
    t.raised = QColor(0xffeef1f5);
    t.border = QColor(0xffd8dee6);
    t.borderStrong = QColor(0xff7d8999);
    t.text = QColor(0xff17202b);
    t.textMuted = QColor(0xff556272);
    t.accent = QColor(0xff0b5cad);
    t.onAccent = Qt::white;
    t.accentSoft = QColor(0xffdcebfa);
    t.shadow = QColor(15, 25, 40, 38);
    t.violation = QColor(0xffc4320a);
    t.latent = QColor(0xff9c6500);
    t.unknown = QColor(0xff5f6b79);
    t.changed = QColor(0xff7440c4);
    t.good = QColor(0xff00734f);
    t.link = QColor(0xff7b8796);
    t.path = QColor(0xff0b5cad);
    t.onState = Qt::white;
    return withHues(t);
}

Theme darkTheme()
{
    Theme t;
    t.kind = ThemeKind::Dark;
    t.dark = true;
    t.window = QColor(0xff161b22);
    t.canvas = QColor(0xff0f141a);
    t.surface = QColor(0xff1a212a);
    t.raised = QColor(0xff242d38);
    t.border = QColor(0xff2f3a47);
    t.borderStrong = QColor(0xff7c8a9c);
    t.text = QColor(0xffe6ecf3);
    t.textMuted = QColor(0xffa3b0c0);
    t.accent = QColor(0xff6db5f7);
    t.onAccent = QColor(0xff0b1016);
    t.accentSoft = QColor(0xff1d3853);
    t.shadow = QColor(0, 0, 0, 120);
    t.violation = QColor(0xffff7a52);
    t.latent = QColor(0xffe9b044);
    t.unknown = QColor(0xff9aa7b6);
    t.changed = QColor(0xffb796ff);
    t.good = QColor(0xff3fc48f);
    t.link = QColor(0xff748295);
    t.path = QColor(0xff6db5f7);
    t.onState = QColor(0xff0b1016);
    return withHues(t);
}

Theme highContrastTheme()
{
    Theme t = darkTheme();
    t.kind = ThemeKind::HighContrast;
    t.window = t.canvas = t.surface = Qt::black;
    t.raised = QColor(0xff1c1c1c);
    t.border = QColor(0xffb0b0b0);
    t.borderStrong = t.text = t.textMuted = Qt::white;
    t.accent = t.path = QColor(0xffffe14a);
    t.onAccent = Qt::black;
    t.accentSoft = QColor(0xff3d3600);
    t.violation = QColor(0xffff8a66);
    t.latent = QColor(0xffffc14d);
    t.unknown = QColor(0xffd0d0d0);
    t.changed = QColor(0xffcbb2ff);
    t.good = QColor(0xff5fe0ac);
    t.link = QColor(0xffc8c8c8);
    t.onState = Qt::black;
    return withHues(t);
}

ThemeKind& currentKind()
{
    static ThemeKind kind = ThemeKind::Light;
    return kind;
}

bool gtkPrefersDark()
{
    static const QRegularExpression asksForDark(QStringLiteral("^gtk-application-prefer-dark-theme\\s*=\\s*(1|true)"),
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    for (const char* version : {"gtk-4.0", "gtk-3.0"}) {
        QFile settings(folder + QLatin1Char('/') + QLatin1String(version) + QLatin1String("/settings.ini"));
        if (settings.open(QIODevice::ReadOnly)
            && asksForDark.match(QString::fromUtf8(settings.read(64 * 1024))).hasMatch())
            return true;
    }
    return false;
}

/// The font that the desktop asked for, remembered before we make it larger or smaller.
const QFont& desktopFont()
{
    static const QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    return font;
}

QString pictureFamily()
{
    // DejaVu Sans, the fallback of bare systems, is so wide that names are elided early: its narrow cut reads better.
    static const QString family = [] {
        const QString wanted = QFontInfo(desktopFont()).family();
        const QString narrow = QStringLiteral("DejaVu Sans Condensed");
        return wanted == QLatin1String("DejaVu Sans") && QFontDatabase::hasFamily(narrow) ? narrow : wanted;
    }();
    return family;
}

} // namespace

const Theme& theme(ThemeKind kind)
{
    static const Theme light = lightTheme();
    static const Theme dark = darkTheme();
    static const Theme highContrast = highContrastTheme();
    switch (kind) {
    case ThemeKind::Light:
        return light;
    case ThemeKind::Dark:
        return dark;
    case ThemeKind::HighContrast:
        return highContrast;
    case ThemeKind::System:
        break;
    }
    return systemPrefersDark() ? dark : light;
}

const Theme& currentTheme()
{
    return theme(currentKind());
}

bool systemPrefersDark()
{
    // Asked once, before our own palette hides the platform's.
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 110 || gtkPrefersDark();
    return dark;
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, mixed(theme.raised, theme.surface, 0.5));
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.textMuted);
    palette.setColor(QPalette::Button, theme.surface);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.violation);
    palette.setColor(QPalette::ToolTipBase, theme.surface);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.changed);
    palette.setColor(QPalette::Light, mixed(Qt::white, theme.surface, theme.dark ? 0.12 : 0.6));
    palette.setColor(QPalette::Midlight, theme.raised);
    palette.setColor(QPalette::Mid, theme.border);
    palette.setColor(QPalette::Dark, theme.borderStrong);
    palette.setColor(QPalette::Shadow, theme.dark ? QColor(Qt::black) : theme.borderStrong);
    const QColor faint = mixed(theme.textMuted, theme.window, 0.65);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.raised);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faint);
    return palette;
}

void applyTheme(QApplication& application, ThemeKind kind, int textPercent)
{
    const Theme& chosen = theme(kind);
    currentKind() = chosen.kind;
    const int percent = std::clamp(textPercent, 80, 200);

    QFont font = desktopFont();
    font.setFamily(pictureFamily());
    font.setPointSizeF((desktopFont().pointSizeF() > 0 ? desktopFont().pointSizeF() : 9.5) * percent / 100);
    application.setFont(font);
    if (!qobject_cast<CalmStyle*>(QApplication::style()) || application.styleSheet().isEmpty())
        QApplication::setStyle(new CalmStyle);
    QApplication::setPalette(paletteOf(chosen));
    QToolTip::setPalette(paletteOf(chosen));
    application.setStyleSheet(styleSheetOf(chosen, percent));
}

QFont canvasFont(int pixels, QFont::Weight weight)
{
    QFont font(pictureFamily());
    font.setPixelSize(std::max(1, pixels));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace glacis
