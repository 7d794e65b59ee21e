// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/selection.h"
#include "document/view.h"
#include "drawer/drawer.h"
#include "session/session.h"

#include <QMainWindow>

#include <vector>

class QActionGroup;
class QDockWidget;
class QStackedWidget;

namespace glacis {

class Inspector;
class MessageBar;
class Navigator;
class RereadBar;
class SearchField;
class Settings;
class StartPage;
class StatusLine;
class WhatIfBar;
class WorkPage;

/// The window: the views in the middle, the tree, the inspector and the tables around them, one selection for all.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `settings` outlives the window.
    MainWindow(std::vector<ViewEntry> views, Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const Source& source);
    void openPaths(const QStringList& paths);
    void openSample(const QString& name = QStringLiteral("three-tier"));
    /// Writes what the current view shows; an empty string, or what went wrong.
    QString exportPicture(const QString& path);
    void setTheme(ThemeKind kind);

    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] Navigator& navigator() { return *m_navigator; }
    [[nodiscard]] Inspector& inspector() { return *m_inspector; }
    [[nodiscard]] Drawer& drawer() { return *m_drawer; }
    [[nodiscard]] SearchField& search() { return *m_search; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }
    [[nodiscard]] StartPage& startPage() { return *m_start; }
    [[nodiscard]] StatusLine& status() { return *m_status; }
    /// What the user did to the document.
    [[nodiscard]] QUndoStack& undo() { return m_session.undoStack(); }
    /// Null when there is none of that name; made when it is first asked for.
    [[nodiscard]] View* view(const QString& name);

    /// What is written below an exported picture.
    [[nodiscard]] static QString footerOf(const Answers& answers, const QString& summary);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Page {
        ViewEntry entry;
        View* view = nullptr;
        QAction* action = nullptr;
    };

    void makeCentre();
    void makeDocks();
    QDockWidget* makeDock(const QString& title, const QString& name, QWidget* content, Qt::DockWidgetArea area);
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeGoMenu();
    void makeHelpMenu();
    void makeToolBar();
    void fillRecent();
    void fillOffers();
    void connectParts();

    void showOpened();
    void showAnswers();
    void showAnother(const Answers& answers);
    /// Selection and place stay, though all things have other ids.
    void showReadAgain(const Answers& answers);
    void sayReadAgain(const QStringList& droppedTrials);
    void showChanged();
    void showBusy();
    void showFailed(const Source& source, const Ledger& ledger);
    void showPart(int files);
    void showTable(Drawer::Page page);
    void showView(const QString& name);
    void changePolicy(const NetworkPolicy& policy, const QString& what);
    void showSelected(const Selected& selected);
    void showStart();
    void refreshSummary();
    void refreshActions();
    void arrangeDocks();
    void moveRegion(int step);
    void chooseFiles();
    void chooseFolder();
    void choosePicture();
    void showCollection(const QString& provider = {}); ///< empty: the one shown last
    void showKeys();
    void showAbout();
    [[nodiscard]] Page* page(const QString& name);
    [[nodiscard]] bool isOnStart() const;

    Settings& m_settings;
    Session m_session;
    Selection m_selection;
    std::shared_ptr<const Segmentation> m_judged; ///< that the stops of the selection refer to
    std::vector<Page> m_views;
    QString m_firstView;
    std::shared_ptr<const Estate> m_estate; ///< that the parts show
    int m_document = 0, m_reading = 0; ///< that the parts show
    QString m_held; ///< said last of files that can't be read
    bool m_docksShown = false; ///< a document is open and the docks stand as the user left them

    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    WorkPage* m_work = nullptr;
    MessageBar* m_messages = nullptr;
    WhatIfBar* m_whatIf = nullptr;
    RereadBar* m_reread = nullptr;
    Navigator* m_navigator = nullptr;
    Inspector* m_inspector = nullptr;
    Drawer* m_drawer = nullptr;
    SearchField* m_search = nullptr;
    StatusLine* m_status = nullptr;
    QVector<QDockWidget*> m_docks;
    QActionGroup* m_viewActions = nullptr;
    QMenu* m_recentMenu = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_dropTrials = nullptr;
    QAction* m_export = nullptr;
    QAction* m_close = nullptr;
    QAction* m_back = nullptr;
    QAction* m_forward = nullptr;
    QAction* m_fit = nullptr;
    QAction* m_compute = nullptr;
};

} // namespace glacis
