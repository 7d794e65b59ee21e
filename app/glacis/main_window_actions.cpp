// SPDX-License-Identifier: GPL-3.0-or-later
// Menus, tool bar and keys of the main window.
#include "glacis/collection_dialog.h"
#include "glacis/keys_dialog.h"
#include "glacis/main_window.h"
#include "glacis/settings.h"
#include "inspector/inspector.h"
#include "navigator/navigator.h"
#include "shell/search_field.h"
#include "shell/status_line.h"
#include "theme/glyphs.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>

#include <array>

namespace glacis {

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeGoMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    QAction* folder = menu->addAction(
        icon(Glyph::Open), tr("Import &folder…"), QKeySequence(QKeySequence::Open), this, &MainWindow::chooseFolder);
    folder->setObjectName(QStringLiteral("importFolder"));
    QAction* files = menu->addAction(icon(Glyph::Import), tr("&Import files…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), this, &MainWindow::chooseFiles);
    files->setObjectName(QStringLiteral("importFiles"));
    QMenu* samples = menu->addMenu(tr("Open &sample"));
    samples->addAction(tr("Three-tier shop"), this, [this] { openSample(); })
        ->setObjectName(QStringLiteral("openSampleAction"));
    m_recentMenu = menu->addMenu(tr("&Recent"));
    menu->addSeparator();
    menu->addAction(tr("Collection &script…"), this, [this] { showCollection(); })
        ->setObjectName(QStringLiteral("collectionAction"));
    m_export = menu->addAction(icon(Glyph::Export), tr("&Export picture…"), QKeySequence(Qt::CTRL | Qt::Key_E), this,
        &MainWindow::choosePicture);
    m_close = menu->addAction(tr("&Close document"), QKeySequence(Qt::CTRL | Qt::Key_W), this, [this] {
        m_session.close();
        m_selection.reset();
    });
    menu->addSeparator();
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
}

void MainWindow::makeEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    QUndoStack& stack = m_session.undoStack();
    m_undo =
        menu->addAction(icon(Glyph::Undo), tr("&Undo"), QKeySequence(QKeySequence::Undo), &stack, &QUndoStack::undo);
    m_redo = menu->addAction(icon(Glyph::Redo), tr("&Redo"), &stack, &QUndoStack::redo);
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Y), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)});
    m_undo->setObjectName(QStringLiteral("undo"));
    m_redo->setObjectName(QStringLiteral("redo"));
    const auto saying = [this](QAction* action, const QString& what) {
        return [action, what](const QString& title) {
            action->setToolTip(title.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, title));
        };
    };
    connect(&stack, &QUndoStack::undoTextChanged, this, saying(m_undo, tr("Undo")));
    connect(&stack, &QUndoStack::redoTextChanged, this, saying(m_redo, tr("Redo")));
    menu->addSeparator();
    m_dropTrials = menu->addAction(icon(Glyph::WhatIf), tr("&Take all changes back"), &m_session, &Session::dropTrials);
    m_dropTrials->setObjectName(QStringLiteral("dropTrials"));
}

void MainWindow::fillRecent()
{
    m_recentMenu->clear();
    for (const Source& source : m_settings.recent()) {
        QString title = source.title();
        title.replace(QLatin1Char('&'), QStringLiteral("&&"));
        m_recentMenu->addAction(title, this, [this, source] { open(source); });
    }
    m_recentMenu->setEnabled(!m_recentMenu->isEmpty());
    if (m_recentMenu->isEmpty())
        return;
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(tr("Forget all"), this, [this] {
        m_settings.clearRecent();
        fillRecent();
        if (m_stack->currentIndex() == 0)
            showStart();
    });
}

void MainWindow::makeViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    m_viewActions = new QActionGroup(this);
    for (Page& one : m_views) {
        one.action = menu->addAction(icon(one.entry.glyph), one.entry.title);
        one.action->setObjectName(QStringLiteral("view-") + one.entry.name);
        one.action->setCheckable(true);
        one.action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + one.entry.number)));
        one.action->setToolTip(
            tr("%1 (%2)").arg(one.entry.hint, one.action->shortcut().toString(QKeySequence::NativeText)));
        m_viewActions->addAction(one.action);
        connect(one.action, &QAction::triggered, this, [this, name = one.entry.name] { m_selection.showView(name); });
    }
    menu->addSeparator();
    m_fit = menu->addAction(icon(Glyph::Fit), tr("Show &all of it"), QKeySequence(Qt::CTRL | Qt::Key_0), this, [this] {
        if (auto* current = qobject_cast<View*>(m_stack->currentWidget()))
            current->fit();
    });
    m_compute = menu->addAction(tr("&Compute again"), &m_session, &Session::resume);
    menu->addSeparator();
    const std::array docksKeys{Qt::Key_N, Qt::Key_I, Qt::Key_D};
    for (qsizetype at = 0; at < m_docks.size(); ++at) {
        QAction* toggle = m_docks[at]->toggleViewAction();
        toggle->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | docksKeys[static_cast<std::size_t>(at)]));
        menu->addAction(toggle);
    }
    menu->addAction(tr("Restore the &default layout"), this, [this] {
        if (m_session.isOpen())
            arrangeDocks();
    });
    menu->addSeparator();

    QMenu* themes = menu->addMenu(icon(Glyph::ThemeSwitch), tr("&Theme"));
    auto* kinds = new QActionGroup(this);
    const std::pair<ThemeKind, QString> rows[] = {{ThemeKind::System, tr("Follow the &system")},
        {ThemeKind::Light, tr("&Light")}, {ThemeKind::Dark, tr("&Dark")},
        {ThemeKind::HighContrast, tr("&High contrast")}};
    for (const auto& [kind, title] : rows) {
        QAction* action = themes->addAction(title, this, [this, chosen = kind] { setTheme(chosen); });
        action->setCheckable(true);
        action->setChecked(m_settings.theme() == kind);
        action->setObjectName(QStringLiteral("theme-%1").arg(static_cast<int>(kind)));
        kinds->addAction(action);
    }
    QMenu* sizes = menu->addMenu(tr("Text si&ze"));
    auto* percents = new QActionGroup(this);
    for (const int percent : {80, 100, 125, 150, 200}) {
        QAction* action = sizes->addAction(tr("%1 %").arg(percent), this, [this, percent] {
            m_settings.setTextPercent(percent);
            applyTheme(*qApp, m_settings.theme(), percent);
        });
        action->setCheckable(true);
        action->setChecked(m_settings.textPercent() == percent);
        percents->addAction(action);
    }
}

void MainWindow::makeGoMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Go"));
    m_back = menu->addAction(
        icon(Glyph::Back), tr("&Back"), QKeySequence(Qt::ALT | Qt::Key_Left), &m_selection, &Selection::back);
    m_forward = menu->addAction(
        icon(Glyph::Forward), tr("&Forward"), QKeySequence(Qt::ALT | Qt::Key_Right), &m_selection, &Selection::forward);
    m_back->setObjectName(QStringLiteral("back"));
    m_forward->setObjectName(QStringLiteral("forward"));
    menu->addSeparator();
    menu->addAction(icon(Glyph::Search), tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
        [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    menu->addAction(tr("&Next region"), QKeySequence(Qt::Key_F6), this, [this] { moveRegion(1); });
    menu->addAction(tr("&Previous region"), QKeySequence(Qt::SHIFT | Qt::Key_F6), this, [this] { moveRegion(-1); });
}

void MainWindow::moveRegion(int step)
{
    const std::array<QWidget*, 4> regions{m_navigator, m_stack->currentWidget(), m_inspector, m_drawer};
    const int count = static_cast<int>(regions.size());
    int at = 0;
    for (int i = 0; i < count; ++i) {
        if (regions[static_cast<std::size_t>(i)]->isAncestorOf(focusWidget()))
            at = i;
    }
    for (int tries = 0; tries < count; ++tries) {
        at = (at + step + count) % count;
        QWidget* region = regions[static_cast<std::size_t>(at)];
        if (!region->isVisible())
            continue;
        // The first place in it that the keyboard can be at.
        for (QWidget* child : region->findChildren<QWidget*>()) {
            if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus) != 0
                && !qobject_cast<QToolButton*>(child)) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(icon(Glyph::Help), tr("&Keys"), QKeySequence(Qt::Key_F1), this, &MainWindow::showKeys);
    menu->addAction(tr("&About Glacis"), this, &MainWindow::showAbout);
}

void MainWindow::makeToolBar()
{
    QToolBar* bar = addToolBar(tr("Main tool bar"));
    bar->setObjectName(QStringLiteral("mainToolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize({18, 18});
    bar->addAction(m_back);
    bar->addAction(m_forward);
    for (QAction* action : {m_back, m_forward})
        qobject_cast<QToolButton*>(bar->widgetForAction(action))->setToolButtonStyle(Qt::ToolButtonIconOnly);
    auto* import = new QToolButton(bar);
    import->setText(tr("Import"));
    import->setIcon(icon(Glyph::Import));
    import->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    import->setPopupMode(QToolButton::InstantPopup);
    import->setToolTip(tr("Read files, a folder or an archive"));
    auto* choices = new QMenu(import);
    choices->addAction(findChild<QAction*>(QStringLiteral("importFolder")));
    choices->addAction(findChild<QAction*>(QStringLiteral("importFiles")));
    choices->addSeparator();
    choices->addAction(tr("Open the sample company"), this, [this] { openSample(); });
    import->setMenu(choices);
    bar->addWidget(import);
    bar->addSeparator();
    for (const Page& one : m_views)
        bar->addAction(one.action);
    bar->addSeparator();
    bar->addAction(m_undo);
    bar->addAction(m_redo);
    for (QAction* action : {m_undo, m_redo})
        qobject_cast<QToolButton*>(bar->widgetForAction(action))->setToolButtonStyle(Qt::ToolButtonIconOnly);
    auto* space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    m_search = new SearchField(bar);
    m_search->setMinimumWidth(180);
    m_search->setMaximumWidth(420);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    bar->addWidget(m_search);
}

void MainWindow::fillOffers()
{
    std::vector<SearchOffer> offers;
    for (const Page& one : m_views) {
        offers.push_back(
            {one.entry.title, tr("View · %1").arg(one.action->shortcut().toString(QKeySequence::NativeText)),
                one.entry.glyph, [action = one.action] { action->trigger(); }});
    }
    for (const QMenu* menu : menuBar()->findChildren<QMenu*>()) {
        if (menu == m_recentMenu)
            continue;
        for (QAction* action : menu->actions()) {
            if (action->isSeparator() || action->menu() || m_viewActions->actions().contains(action))
                continue;
            QString title = action->text();
            title.remove(QLatin1Char('&'));
            QString hint = menu->title();
            hint.remove(QLatin1Char('&'));
            if (!action->shortcut().isEmpty())
                hint += QStringLiteral(" · ") + action->shortcut().toString(QKeySequence::NativeText);
            offers.push_back({title, hint, Glyph::ChevronRight, [action] { action->trigger(); }});
        }
    }
    m_search->setOffers(std::move(offers));
}

void MainWindow::showCollection(const QString& provider)
{
    auto* dialog = findChild<CollectionDialog*>();
    if (!dialog) {
        dialog = new CollectionDialog(this);
        connect(dialog, &CollectionDialog::told, m_status, &StatusLine::tell);
    }
    if (!provider.isEmpty())
        dialog->showProvider(provider);
    dialog->show();
    dialog->raise();
}

void MainWindow::showKeys()
{
    auto* dialog = findChild<KeysDialog*>();
    if (!dialog)
        dialog = new KeysDialog(*menuBar(), this);
    dialog->show();
    dialog->raise();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Glacis"),
        tr("Glacis %1\n\nExplorer of cloud security posture. It opens no network connection: what you import stays on "
           "this machine.\n\nFree software under the GNU General Public License, version 3 or later. Built with Qt %2.")
            .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion())),
        QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setModal(false);
    box->show();
}

} // namespace glacis
