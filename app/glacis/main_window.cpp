// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/main_window.h"

#include "canvas/export.h"
#include "document/labels.h"
#include "document/reread.h"
#include "glacis/policy_command.h"
#include "glacis/reread_bar.h"
#include "glacis/settings.h"
#include "glacis/what_if_bar.h"
#include "glacis/work_page.h"
#include "inspector/inspector.h"
#include "navigator/navigator.h"
#include "shell/message_bar.h"
#include "shell/search_field.h"
#include "shell/start_page.h"
#include "shell/status_line.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace glacis {

MainWindow::MainWindow(std::vector<ViewEntry> views, Settings& settings, QWidget* parent)
    : QMainWindow(parent), m_settings(settings)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Glacis"));
    setAcceptDrops(true);
    setDockNestingEnabled(false);
    setDocumentMode(true);
    setMinimumSize(720, 480);
    resize(1360, 860);
    for (ViewEntry& entry : views)
        m_views.push_back({std::move(entry), nullptr, nullptr});
    m_firstView = page(settings.view()) ? settings.view() : m_views.empty() ? QString() : m_views.front().entry.name;

    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    m_status = new StatusLine(this);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    connectParts();
    fillRecent();
    fillOffers();
    showStart();
    restoreGeometry(settings.geometry());
    // Fields and texts take drops for themselves otherwise.
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre()
{
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_messages = new MessageBar(centre);
    m_whatIf = new WhatIfBar(centre);
    m_reread = new RereadBar(centre);
    auto* margin = new QVBoxLayout;
    margin->setContentsMargins(8, 6, 8, 6);
    margin->addWidget(m_messages);
    margin->addWidget(m_reread);
    margin->addWidget(m_whatIf);
    column->addLayout(margin);
    m_stack = new QStackedWidget(centre);
    column->addWidget(m_stack, 1);
    m_start = new StartPage(m_stack);
    m_work = new WorkPage(m_stack);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_work);
    setCentralWidget(centre);
}

QDockWidget* MainWindow::makeDock(const QString& title, const QString& name, QWidget* content, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    addDockWidget(area, dock);
    m_docks.push_back(dock);
    return dock;
}

void MainWindow::makeDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    m_navigator = new Navigator;
    m_inspector = new Inspector;
    m_drawer = new Drawer;
    makeDock(tr("Navigator"), QStringLiteral("navigatorDock"), m_navigator, Qt::LeftDockWidgetArea);
    makeDock(tr("Inspector"), QStringLiteral("inspectorDock"), m_inspector, Qt::RightDockWidgetArea);
    makeDock(tr("Tables"), QStringLiteral("drawerDock"), m_drawer, Qt::BottomDockWidgetArea);
    arrangeDocks();
}

void MainWindow::arrangeDocks()
{
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->show();
    resizeDocks({m_docks[0], m_docks[1]}, {250, 350}, Qt::Horizontal);
    resizeDocks({m_docks[2]}, {210}, Qt::Vertical);
}

void MainWindow::connectParts()
{
    connect(&m_session, &Session::opened, this, &MainWindow::showOpened);
    connect(&m_session, &Session::answersChanged, this, &MainWindow::showAnswers);
    connect(&m_session, &Session::busyChanged, this, &MainWindow::showBusy);
    connect(&m_session, &Session::failed, this,
        [this](const Source& source, const std::shared_ptr<const Ledger>& ledger) { showFailed(source, *ledger); });
    connect(&m_session, &Session::partHeld, this, &MainWindow::showPart);
    connect(&m_selection, &Selection::selected, this, &MainWindow::showSelected);
    connect(&m_selection, &Selection::viewChanged, this, &MainWindow::showView);
    connect(&m_selection, &Selection::wayChanged, this, &MainWindow::refreshActions);

    const auto pick = [this](const Selected& selected) { m_selection.select(selected); };
    connect(m_navigator, &Navigator::picked, this, pick);
    connect(m_inspector, &Inspector::picked, this, pick);
    connect(m_drawer, &Drawer::picked, this, pick);
    connect(m_search, &SearchField::picked, this, pick);
    connect(m_drawer, &Drawer::opened, this, [this](const Selected& selected) {
        m_selection.select(selected);
        m_docks[1]->show();
        m_inspector->showEvidence(noEvidence);
    });
    connect(m_inspector, &Inspector::told, m_status, &StatusLine::tell);
    connect(m_status, &StatusLine::cancelWanted, &m_session, &Session::cancel);
    connect(m_status, &StatusLine::missingWanted, this, [this] { showTable(Drawer::Page::Missing); });
    connect(&m_session, &Session::trialFailed, this,
        [this](const QString& why) { m_messages->say(MarkState::Latent, why); });
    connect(m_inspector, &Inspector::trialWanted, &m_session, &Session::tryOut);
    connect(m_drawer, &Drawer::trialDropped, &m_session, &Session::dropTrial);
    connect(&m_session, &Session::readAgainDone, this, &MainWindow::sayReadAgain);
    connect(m_reread, &RereadBar::showWanted, this, &MainWindow::showChanged);
    connect(m_reread, &RereadBar::startWanted, &m_session, &Session::takeAsStart);
    connect(m_whatIf, &WhatIfBar::listWanted, this, [this] { showTable(Drawer::Page::Changes); });
    connect(m_whatIf, &WhatIfBar::undoWanted, &m_session.undoStack(), &QUndoStack::undo);
    connect(m_whatIf, &WhatIfBar::resetWanted, &m_session, &Session::dropTrials);
    connect(&m_session.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::refreshActions);
    connect(m_work, &WorkPage::cancelWanted, &m_session, &Session::cancel);
    connect(m_start, &StartPage::filesWanted, this, &MainWindow::chooseFiles);
    connect(m_start, &StartPage::folderWanted, this, &MainWindow::chooseFolder);
    connect(m_start, &StartPage::sampleWanted, this, [this] { openSample(); });
    connect(m_start, &StartPage::scriptWanted, this, &MainWindow::showCollection);
    connect(m_start, &StartPage::told, m_status, &StatusLine::tell);
    connect(m_start, &StartPage::recentWanted, this, [this](int position) {
        if (const auto recent = m_settings.recent(); position < recent.size())
            open(recent[position]);
    });
}

// ---- documents

void MainWindow::open(const Source& source)
{
    m_messages->hide();
    m_start->setProblem({}, {});
    m_session.open(source);
    if (!m_session.isOpen()) {
        m_work->watch(tr("Reading %1").arg(source.title()), [this] { return m_session.progress(); });
        m_stack->setCurrentWidget(m_work);
    }
    refreshActions();
}

void MainWindow::openPaths(const QStringList& paths)
{
    Source source;
    for (const QString& path : paths) {
        if (!path.isEmpty())
            source.paths.emplace_back(QFileInfo(path).absoluteFilePath().toStdString());
    }
    if (source.isEmpty())
        return;
    m_settings.setLastFolder(QFileInfo(paths.front()).absolutePath());
    open(source);
}

void MainWindow::openSample(const QString& name)
{
    Source source;
    source.sample = name.toStdString();
    open(source);
}

void MainWindow::chooseFiles()
{
    openPaths(QFileDialog::getOpenFileNames(this, tr("Import files"), m_settings.lastFolder(),
        tr("Exports and archives (*.json *.yaml *.yml *.tf *.csv *.zip *.gz *.tgz *.tar *.xz);;All files (*)")));
}

void MainWindow::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Import a folder"), m_settings.lastFolder());
    if (!folder.isEmpty())
        openPaths({folder});
}

void MainWindow::showOpened()
{
    const Answers& answers = m_session.answers();
    m_settings.addRecent(answers.source);
    if (const auto policy = m_settings.policy(answers.source))
        m_session.setPolicy(*policy);
    fillRecent();
    m_selection.reset();
    setWindowTitle(tr("%1 — Glacis").arg(answers.source.title()));
    if (!m_docksShown) {
        m_docksShown = true;
        if (!restoreState(m_settings.docks(), Settings::docksVersion))
            arrangeDocks();
    }
    if (m_selection.view().isEmpty())
        m_selection.showView(m_firstView);
    showView(m_selection.view());

    const auto& rows = answers.ledger->rows;
    const auto wrong = std::count_if(
        rows.begin(), rows.end(), [](const LedgerRow& row) { return !row.problems.empty() || row.format.empty(); });
    if (wrong > 0) {
        showTable(Drawer::Page::Ledger);
        m_messages->say(MarkState::Latent,
            tr("%Ln file(s) were not read, or not all of it. The ledger says which and why; the rest stands.", nullptr,
                static_cast<int>(wrong)));
    } else if (answers.partial) {
        m_messages->say(MarkState::Latent,
            tr("This is part of the export: reading was cancelled. What is missing counts as unknown."));
    }
}

void MainWindow::showTable(Drawer::Page page)
{
    m_docks[2]->show();
    m_drawer->showPage(page);
}

void MainWindow::showAnswers()
{
    const Answers& answers = m_session.answers();
    const std::vector<NodeId> changed = answers.reread ? answers.reread->touched : std::vector<NodeId>{};
    for (Page& page : m_views) {
        if (page.view)
            page.view->setChanged(changed);
    }
    m_reread->setAnswers(answers);
    const bool readAgain = m_estate && answers.estate && answers.document == m_document && answers.reading != m_reading;
    m_document = answers.document;
    m_reading = answers.reading;
    if (readAgain)
        showReadAgain(answers);
    else
        showAnother(answers);
    m_whatIf->setAnswers(answers);
    m_status->setMissing(answers.posture ? static_cast<int>(answers.posture->missing.size()) : 0);
    if (!m_session.isOpen() && !m_session.isBusy())
        showStart();
    refreshSummary();
    refreshActions();
}

void MainWindow::showAnother(const Answers& answers)
{
    const bool another = answers.estate != m_estate;
    m_estate = answers.estate;
    // Positions of violations are those of one judgement, all other positions those of one estate.
    if (another)
        m_selection.carryOver();
    else if (m_judged && m_judged != answers.segmentation)
        m_selection.forgetViolations();
    m_judged = answers.segmentation;
    m_navigator->setAnswers(answers);
    m_inspector->setAnswers(answers);
    m_drawer->setAnswers(answers);
    m_search->setAnswers(answers);
    for (Page& page : m_views) {
        if (page.view)
            page.view->setAnswers(answers);
    }
    if (!another) {
        for (Page& page : m_views) {
            if (page.view)
                page.view->showChanged();
        }
    }
    if (another && answers.estate)
        showSelected(m_selection.current());
}

void MainWindow::showReadAgain(const Answers& answers)
{
    const std::shared_ptr<const Estate> before = std::exchange(m_estate, answers.estate);
    m_judged = answers.segmentation;
    m_selection.translate(
        [&](const std::vector<NodeId>& things) { return sameThings(*before, things, *answers.estate); });
    const Selected& selected = m_selection.current();
    const auto show = [&](auto& part) {
        part.setSelected({});
        part.setAnswers(answers);
        part.setSelected(selected);
    };
    show(*m_navigator);
    show(*m_inspector);
    show(*m_drawer);
    m_search->setAnswers(answers);
    for (Page& page : m_views) {
        if (page.view)
            page.view->readAgain(answers, selected);
    }
}

void MainWindow::sayReadAgain(const QStringList& droppedTrials)
{
    const QString held = heldSentence(m_session.answers());
    if (!held.isEmpty())
        m_messages->say(MarkState::Latent, held);
    else if (!droppedTrials.isEmpty())
        m_messages->say(MarkState::Latent,
            tr("What this tried out is no longer there: %1").arg(droppedTrials.join(QStringLiteral("; "))));
    else if (!m_held.isEmpty() && m_messages->sentence() == m_held)
        m_messages->hide();
    m_held = held;
}

void MainWindow::showChanged()
{
    const Answers& answers = m_session.answers();
    if (answers.reread && !answers.reread->marked.empty())
        m_selection.select(Selected::of(answers.reread->marked));
}

void MainWindow::showBusy()
{
    m_status->setBusy(m_session.isBusy(), [this] { return m_session.progress(); });
    if (!m_session.isBusy() && !m_session.isOpen() && m_stack->currentWidget() == m_work)
        showStart();
    refreshActions();
}

void MainWindow::showFailed(const Source& source, const Ledger& ledger)
{
    QString why = tr("No file was found there.");
    for (const LedgerRow& row : ledger.rows) {
        if (!row.problems.empty()) {
            why = tr("%1: %2").arg(shown(row.file), shown(row.problems.front().sentence));
            break;
        }
        if (!row.leftOut.empty())
            why = tr("%1: %2").arg(shown(row.file), shown(row.leftOut.front().why));
    }
    const QString heading = tr("Nothing could be read from %1").arg(source.title());
    if (m_session.isOpen()) {
        m_messages->say(MarkState::Violation, tr("%1. %2 What was open stands as it was.").arg(heading, why));
        return;
    }
    m_start->setProblem(heading,
        ledger.rows.size() > 1
            ? tr("%1\n%Ln more file(s) were not read either.", nullptr, static_cast<int>(ledger.rows.size()) - 1)
                  .arg(why)
            : why);
    showStart();
}

void MainWindow::showPart(int files)
{
    if (!m_session.isOpen())
        showStart();
    if (files == 0) {
        m_messages->say(MarkState::Normal, tr("Reading was cancelled. Nothing had been read yet."));
        return;
    }
    m_messages->say(MarkState::Normal, tr("Reading was cancelled after %Ln file(s).", nullptr, files),
        {{tr("Keep what was read"), [this] { m_session.keepPart(); }},
            {tr("Drop it"), [this] { m_session.dropPart(); }}});
}

bool MainWindow::isOnStart() const
{
    return m_stack->currentWidget() == m_start;
}

void MainWindow::showStart()
{
    if (m_docksShown)
        m_settings.setWindow(saveGeometry(), saveState(Settings::docksVersion));
    m_docksShown = false;
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->hide();
    QVector<StartPage::Recent> recent;
    for (const Source& source : m_settings.recent()) {
        recent.push_back({source.title(),
            source.sample.empty() ? QString::fromStdString(source.paths.front().parent_path().string())
                                  : tr("built into the program")});
    }
    m_start->setRecent(recent);
    m_stack->setCurrentWidget(m_start);
    setWindowTitle(tr("Glacis"));
    refreshSummary();
    refreshActions();
}

// ---- views and selection

MainWindow::Page* MainWindow::page(const QString& name)
{
    const auto found =
        std::find_if(m_views.begin(), m_views.end(), [&](const Page& one) { return one.entry.name == name; });
    return found == m_views.end() ? nullptr : &*found;
}

View* MainWindow::view(const QString& name)
{
    Page* one = page(name);
    if (!one)
        return nullptr;
    if (!one->view) {
        View* made = one->entry.make(m_stack);
        one->view = made;
        m_stack->addWidget(made);
        connect(made, &View::picked, this, [this](const Selected& selected) { m_selection.select(selected); });
        connect(made, &View::wanted, this, [this](const QString& other, const Selected& selected) {
            if (page(other))
                m_selection.visit({other, selected});
        });
        connect(made, &View::policyWanted, this, &MainWindow::changePolicy);
        connect(made, &View::trialWanted, &m_session, &Session::tryOut);
        connect(made, &View::summaryChanged, this, &MainWindow::refreshSummary);
        if (m_session.answers().reread)
            made->setChanged(m_session.answers().reread->touched);
        made->setAnswers(m_session.answers());
        made->setSelected(m_selection.current());
    }
    return one->view;
}

void MainWindow::showView(const QString& name)
{
    if (!m_session.isOpen())
        return;
    if (View* shownView = view(name)) {
        m_stack->setCurrentWidget(shownView);
        page(name)->action->setChecked(true);
        m_settings.setView(name);
    }
    refreshSummary();
    refreshActions();
}

void MainWindow::changePolicy(const NetworkPolicy& policy, const QString& what)
{
    if (m_session.isOpen())
        m_session.undoStack().push(new PolicyCommand(m_session, m_settings, policy, what));
}

void MainWindow::showSelected(const Selected& selected)
{
    m_navigator->setSelected(selected);
    m_inspector->setSelected(selected);
    m_drawer->setSelected(selected);
    for (Page& page : m_views) {
        if (page.view)
            page.view->setSelected(selected);
    }
}

void MainWindow::refreshSummary()
{
    const Answers& answers = m_session.answers();
    if (!answers.estate || isOnStart()) {
        m_status->setSummary(tr("Nothing is open."));
        return;
    }
    const QString things = tr("%Ln thing(s)", nullptr, static_cast<int>(answers.estate->nodeCount()));
    const auto* current = qobject_cast<View*>(m_stack->currentWidget());
    const QString more = current ? current->summary() : QString();
    m_status->setSummary(more.isEmpty() ? things : tr("%1 · %2").arg(more, things));
}

void MainWindow::refreshActions()
{
    const bool open = m_session.isOpen();
    for (const Page& page : m_views)
        page.action->setEnabled(open);
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->toggleViewAction()->setEnabled(open);
    m_export->setEnabled(open && qobject_cast<View*>(m_stack->currentWidget()));
    m_fit->setEnabled(m_export->isEnabled());
    m_close->setEnabled(open);
    m_back->setEnabled(open && m_selection.canGoBack());
    m_forward->setEnabled(open && m_selection.canGoForward());
    m_compute->setEnabled(open && !m_session.isBusy());
    m_undo->setEnabled(m_session.undoStack().canUndo());
    m_redo->setEnabled(m_session.undoStack().canRedo());
    m_dropTrials->setEnabled(m_session.answers().whatIf != nullptr);
}

// ---- export

QString MainWindow::footerOf(const Answers& answers, const QString& summary)
{
    QStringList parts{answers.source.title()};
    if (answers.partial)
        parts << tr("part of the export");
    if (answers.whatIf)
        parts << whatIfSentence(answers);
    if (!summary.isEmpty())
        parts << summary;
    parts << tr("Glacis %1").arg(QApplication::applicationVersion());
    return parts.join(QStringLiteral(" · "));
}

QString MainWindow::exportPicture(const QString& path)
{
    const auto* current = qobject_cast<View*>(m_stack->currentWidget());
    if (!current)
        return tr("There is no picture to write.");
    ExportNotes notes;
    notes.footer = footerOf(m_session.answers(), current->summary());
    return exportScene(current->scene(), currentTheme(), path, {}, 2, notes);
}

void MainWindow::choosePicture()
{
    const QString name = m_settings.lastFolder() + QLatin1Char('/') + m_selection.view() + QStringLiteral(".png");
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export picture"), name, tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"));
    if (path.isEmpty())
        return;
    const QString problem = exportPicture(path);
    if (problem.isEmpty())
        m_status->tell(tr("Written to %1.").arg(path));
    else
        m_messages->say(MarkState::Violation, problem);
}

void MainWindow::setTheme(ThemeKind kind)
{
    m_settings.setTheme(kind);
    applyTheme(*qApp, kind, m_settings.textPercent());
}

// ---- events

namespace {

QStringList localPaths(const QMimeData* data)
{
    QStringList paths;
    if (!data || !data->hasUrls())
        return paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop)
        return QMainWindow::eventFilter(watched, event);
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this)
        return QMainWindow::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QStringList paths = localPaths(drop->mimeData());
    if (paths.isEmpty())
        return QMainWindow::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        openPaths(paths);
    return true;
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_session.isBusy()) {
        m_session.cancel();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setWindow(saveGeometry(), m_docksShown ? saveState(Settings::docksVersion) : QByteArray());
    QMainWindow::closeEvent(event);
}

} // namespace glacis
