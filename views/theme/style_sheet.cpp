// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/theme.h"

#include <QHash>

namespace glacis {

namespace {

// A word after @ is a colour or a size, filled in below.
constexpr auto sheet = R"qss(
QMainWindow, QDialog { background: @window; }
QMainWindow::separator { background: @window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: @accentSoft; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 5px 7px; }

QMenuBar { background: @window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @raised; }
QMenu { background: @surface; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QToolBar { background: @window; border: none; border-bottom: 1px solid @border; padding: 4px 8px; spacing: 3px; }
QToolBar::separator { background: @border; width: 1px; margin: 5px 6px; }
QToolBar QToolButton, QToolButton[flat="true"] {
    border: 1px solid transparent; border-radius: 6px; padding: 4px 7px; background: transparent; }
QToolBar QToolButton:hover, QToolButton[flat="true"]:hover { background: @raised; }
QToolBar QToolButton:pressed, QToolButton[flat="true"]:pressed { background: @accentSoft; }
QToolBar QToolButton:checked, QToolButton[flat="true"]:checked { background: @accentSoft; border-color: @accent; }
QToolBar QToolButton:focus, QToolButton[flat="true"]:focus { border-color: @accent; }
QToolBar QToolButton:disabled { color: @faint; }
QToolButton[chip="true"] {
    border: 1px solid @border; border-radius: 12px; padding: 3px 10px; background: @surface; color: @text; }
QToolButton[chip="true"]:hover { background: @raised; }
QToolButton[chip="true"]:checked { background: @accentSoft; border-color: @accent; }
QToolButton[chip="true"]:focus { border-color: @accent; }

QPushButton[primary="true"] {
    background: @accent; color: @onAccent; border: 1px solid @accent; border-radius: 5px; padding: 4px 14px;
    font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled { background: @raised; color: @faint; border-color: @border; }

QDockWidget { color: @textMuted; font-weight: 600; }
QDockWidget::title { background: @window; padding: 7px 10px; text-align: left; }
QDockWidget > QWidget { background: @surface; }
QDockWidget::close-button, QDockWidget::float-button { border: none; border-radius: 4px; padding: 1px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: @raised; }

QTabWidget::pane { border: none; border-top: 1px solid @border; background: @surface; }
QTabBar { qproperty-drawBase: 0; background: transparent; }
QTabBar::tab { background: transparent; color: @textMuted; padding: 7px 12px 6px 12px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; background: @raised; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { background: @accentSoft; }
QTabBar::tab:disabled { color: @faint; }

QAbstractItemView { background: @surface; alternate-background-color: @stripe; border: none;
    selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QTableView { gridline-color: @hair; }
QTableView::item { padding: 2px 5px; border: 1px solid transparent; }
QListView::item { border: 1px solid transparent; }
QAbstractItemView::item { padding: 3px 6px; }
QAbstractItemView::item:hover { background: @raised; }
QAbstractItemView::item:selected { background: @accentSoft; color: @text; }
QAbstractItemView::item:focus { border: 1px solid @accent; border-radius: 3px; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @textMuted; padding: 6px 8px; border: none;
    border-bottom: 1px solid @border; border-right: 1px solid @hair; font-weight: 600; }
QHeaderView::section:hover { background: @raised; color: @text; }
QTableCornerButton::section { background: @surface; border: none; border-bottom: 1px solid @border; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @borderStrong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QStatusBar { background: @window; border-top: 1px solid @border; color: @textMuted; }
QStatusBar::item { border: none; }
QProgressBar { background: @raised; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSplitter::handle { background: @window; }
QSplitter::handle:hover { background: @accentSoft; }
QGroupBox { border: 1px solid @border; border-radius: 6px; margin-top: 10px; padding: 10px 8px 8px 8px;
    font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: @textMuted; }
QTextEdit, QPlainTextEdit, QTextBrowser { background: @surface; border: none; selection-background-color: @accentSoft;
    selection-color: @text; }
QScrollArea { border: none; background: transparent; }

QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[card="true"][door="true"]:hover { border-color: @accent; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @title; font-weight: 700; }
QLabel[role="heading"] { font-size: @heading; font-weight: 600; }
QLabel[role="number"] { font-size: @number; font-weight: 700; }
QLabel[role="muted"] { color: @textMuted; }
QLabel[role="code"] { font-family: monospace; background: @raised; border-radius: 4px; padding: 4px 6px; }
QLabel[tone="violation"] { color: @violation; }
QLabel[tone="latent"] { color: @latent; }
QLabel[tone="unknown"] { color: @unknown; }
QLabel[tone="good"] { color: @good; }
)qss";

} // namespace

QString styleSheetOf(const Theme& theme, int textPercent)
{
    const auto points = [textPercent](double size) {
        return QString::number(size * textPercent / 100, 'f', 1) + QLatin1String("pt");
    };
    const QHash<QString, QString> values{
        {QStringLiteral("window"), theme.window.name()},
        {QStringLiteral("surface"), theme.surface.name()},
        {QStringLiteral("raised"), theme.raised.name()},
        {QStringLiteral("stripe"), mixed(theme.raised, theme.surface, 0.45).name()},
        {QStringLiteral("hair"), mixed(theme.border, theme.surface, 0.6).name()},
        {QStringLiteral("border"), theme.border.name()},
        {QStringLiteral("borderStrong"), theme.borderStrong.name()},
        {QStringLiteral("scroll"), mixed(theme.borderStrong, theme.surface, 0.45).name()},
        {QStringLiteral("text"), theme.text.name()},
        {QStringLiteral("textMuted"), theme.textMuted.name()},
        {QStringLiteral("faint"), mixed(theme.textMuted, theme.window, 0.65).name()},
        {QStringLiteral("accent"), theme.accent.name()},
        {QStringLiteral("accentHover"), mixed(theme.dark ? Qt::white : Qt::black, theme.accent, 0.15).name()},
        {QStringLiteral("accentSoft"), theme.accentSoft.name()},
        {QStringLiteral("onAccent"), theme.onAccent.name()},
        {QStringLiteral("violation"), theme.violation.name()},
        {QStringLiteral("latent"), theme.latent.name()},
        {QStringLiteral("unknown"), theme.unknown.name()},
        {QStringLiteral("good"), theme.good.name()},
        {QStringLiteral("title"), points(16)},
        {QStringLiteral("heading"), points(11.5)},
        {QStringLiteral("number"), points(24)},
    };
    const QString source = QString::fromLatin1(sheet);
    QString result;
    result.reserve(source.size() + source.size() / 4);
    for (qsizetype at = 0; at < source.size();) {
        if (source[at] != QLatin1Char('@')) {
            result += source[at++];
            continue;
        }
        qsizetype end = ++at;
        while (end < source.size() && source[end].isLetter())
            ++end;
        const QString name = source.mid(at, end - at);
        Q_ASSERT_X(values.contains(name), "styleSheetOf", qPrintable(name));
        result += values.value(name);
        at = end;
    }
    return result;
}

} // namespace glacis
