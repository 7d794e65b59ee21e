// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/paths_view.h"

#include "marks/marks.h"
#include "paths_view/path_list.h"
#include "paths_view/step_chips.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSet>
#include <QSpinBox>
#include <QStringListModel>
#include <QTimerEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis {

namespace {

constexpr int panelWidth = 320;
constexpr int stepPace = 1600; ///< milliseconds that a step stands while playing

QComboBox* picker(QWidget* parent, const QString& name, const QString& hint)
{
    auto* box = new QComboBox(parent);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setAccessibleName(name);
    box->setToolTip(hint);
    box->setMinimumContentsLength(20);
    auto* names = new QCompleter(new QStringListModel(box), box);
    names->setCaseSensitivity(Qt::CaseInsensitive);
    names->setFilterMode(Qt::MatchContains);
    box->setCompleter(names);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

/// What the pickers say when an end is whatever there is a way from, or to.
const QString anything = QStringLiteral("anything");

constexpr std::size_t mostNames = 20000; ///< that the pickers complete

/// The selector of the entry that is chosen, or what was typed.
QString selectorOf(const QComboBox* box)
{
    const int known = box->findText(box->currentText());
    return known >= 0 ? box->itemData(known).toString() : box->currentText().trimmed();
}

} // namespace

PathsView::PathsView(QWidget* parent)
    : CanvasView(parent),
      m_task(new Task(this)),
      m_cutting(new Task(this)),
      m_paths(new PathList(this)),
      m_list(new QListView(this)),
      m_steps(new QListWidget(this)),
      m_message(new QLabel(this))
{
    setObjectName(QStringLiteral("paths"));
    canvas().setObjectName(QStringLiteral("pathsCanvas"));
    canvas().setAccessibleName(tr("Attack paths"));
    canvas().setEmptyText(tr("No paths"),
        tr("Import identities, networks and stores to see how an attacker would get from one to the other."));
    makeBar();
    body().insertWidget(0, makePanel());
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& row) {
        if (!m_quiet && row.isValid())
            holdPath(row.row(), -1);
    });
    connect(m_steps, &QListWidget::currentRowChanged, this, [this](int row) {
        if (!m_quiet && row >= 0)
            holdPath(m_inHand, row);
    });
}

void PathsView::makeBar()
{
    m_from = picker(this, tr("From"), tr("Where the attacker starts: choose, or type an id, kind:role, tag:Env=prod"));
    m_from->addItem(tr("Internet and stolen identities"), QString());
    m_from->addItem(tr("The internet"), QStringLiteral("internet"));
    m_from->addItem(tr("Any user"), QStringLiteral("kind:user"));
    m_from->addItem(tr("Any role"), QStringLiteral("kind:role"));
    m_from->addItem(tr("Any machine"), QStringLiteral("kind:vm"));
    m_from->addItem(tr("Whoever can get there"), anything);
    m_to = picker(this, tr("To"), tr("What they are after: choose, or type an id, class:confidential, kind:secret"));
    m_to->addItem(tr("Crown jewels"), QString());
    m_to->addItem(tr("Restricted data"), QStringLiteral("class:restricted"));
    m_to->addItem(tr("Confidential data"), QStringLiteral("class:confidential"));
    m_to->addItem(tr("Any secret"), QStringLiteral("kind:secret"));
    m_to->addItem(tr("Administration of an account"), QStringLiteral("kind:account"));
    m_to->addItem(tr("Whatever can be got at"), anything);
    m_most = new QSpinBox(this);
    m_most->setRange(1, 50);
    m_most->setValue(20);
    m_most->setKeyboardTracking(false);
    m_most->setAccessibleName(tr("How many paths"));
    m_most->setToolTip(tr("How many paths are shown"));
    m_sideBySide = new QToolButton(this);
    m_sideBySide->setObjectName(QStringLiteral("sideBySide"));
    m_sideBySide->setText(tr("Side by side"));
    m_sideBySide->setToolTip(tr("Draws each path by itself instead of merging shared steps"));
    m_sideBySide->setCheckable(true);
    m_sideBySide->setProperty("chip", true);
    auto* swap = new QToolButton(this);
    swap->setObjectName(QStringLiteral("swapEnds"));
    swap->setText(QStringLiteral("⇄"));
    swap->setAccessibleName(tr("Swap from and to"));
    swap->setToolTip(swap->accessibleName());
    m_play = new QToolButton(this);
    m_play->setIcon(icon(Glyph::Play));
    m_play->setCheckable(true);
    m_play->setAccessibleName(tr("Play"));
    m_play->setToolTip(tr("Walks the path step by step"));
    m_cut = new QToolButton(this);
    m_cut->setObjectName(QStringLiteral("cutStep"));
    m_cut->setIcon(icon(Glyph::Cut));
    m_cut->setAccessibleName(tr("Cut this step"));
    m_cut->setToolTip(tr("Takes the chosen step away to see what that changes (X)"));
    auto* cuts = new QMenu(m_cut);
    cuts->addAction(icon(Glyph::Cut), tr("Cut this step"), this, &PathsView::cut);
    cuts->addAction(tr("Cut the step that most paths need"), this, &PathsView::cutBest);
    cuts->addAction(tr("Cut every way with the fewest changes"), this, &PathsView::cutAll);
    m_cut->setMenu(cuts);
    m_cut->setPopupMode(QToolButton::MenuButtonPopup);
    const auto label = [&](const QString& text, QWidget* of) {
        auto* made = new QLabel(text, this);
        made->setProperty("role", QStringLiteral("muted"));
        made->setBuddy(of);
        bar().addWidget(made);
        bar().addWidget(of);
    };
    label(tr("&From"), m_from);
    bar().addWidget(swap);
    label(tr("&To"), m_to);
    label(tr("&Show"), m_most);
    bar().addWidget(m_sideBySide);
    bar().addWidget(m_play);
    bar().addWidget(m_cut);
    bar().addStretch(1);
    for (QComboBox* box : {m_from, m_to}) {
        connect(box, &QComboBox::activated, this, &PathsView::search);
        connect(box->lineEdit(), &QLineEdit::returnPressed, this, &PathsView::search);
    }
    connect(m_most, &QSpinBox::valueChanged, this, &PathsView::search);
    connect(m_sideBySide, &QToolButton::toggled, this, [this] { rebuild(Canvas::KeepCamera::No); });
    connect(swap, &QToolButton::clicked, this, &PathsView::swapEnds);
    connect(m_play, &QToolButton::toggled, this, &PathsView::play);
    connect(m_cut, &QToolButton::clicked, this, &PathsView::cut);
    connect(&canvas(), &Canvas::contextRequested, this, &PathsView::showMenu);
}

QWidget* PathsView::makePanel()
{
    auto* panel = new QWidget(this);
    panel->setFixedWidth(panelWidth);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(12, 4, 8, 12);
    column->setSpacing(8);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setProperty("role", QStringLiteral("muted"));
    m_list->setModel(m_paths);
    m_list->setAccessibleName(tr("Paths, cheapest first"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setUniformItemSizes(true);
    m_steps->setAccessibleName(tr("Steps of the path"));
    m_steps->setWordWrap(true);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* heading = new QLabel(tr("Step by step"), panel);
    heading->setProperty("role", QStringLiteral("heading"));
    column->addWidget(m_message);
    m_allKinds = new QToolButton(panel);
    m_allKinds->setObjectName(QStringLiteral("allKinds"));
    m_allKinds->setText(tr("Turn all kinds of steps on"));
    m_allKinds->hide();
    column->addWidget(m_allKinds);
    column->addWidget(m_list, 3);
    column->addWidget(heading);
    column->addWidget(m_steps, 2);
    auto* kinds = new QLabel(tr("Kinds of steps"), panel);
    kinds->setProperty("role", QStringLiteral("heading"));
    column->addWidget(kinds);
    m_chips = new StepChips(panel);
    column->addWidget(m_chips);
    connect(m_chips, &StepChips::changed, this, &PathsView::search);
    connect(m_allKinds, &QToolButton::clicked, m_chips, &StepChips::turnAllOn);
    return panel;
}

void PathsView::fillNames()
{
    QStringList names{tr("anyone on the internet")};
    for (std::size_t i = 0; m_answers.estate && i < m_answers.estate->nodeCount(); ++i) {
        const Shape shape = info(m_answers.estate->kind(idAt<NodeId>(i))).shape;
        const bool isEnd = shape == Shape::Identity || shape == Shape::Workload || shape == Shape::Store;
        if (isEnd && static_cast<std::size_t>(names.size()) < mostNames)
            names << shown(m_answers.estate->name(idAt<NodeId>(i)));
    }
    if (m_answers.estate) {
        for (const KindInfo& kind : allKinds()) {
            if (!m_answers.estate->ofKind(kind.kind).empty())
                names << QStringLiteral("kind:") + shown(kind.name);
        }
    }
    names << QStringLiteral("class:restricted") << QStringLiteral("class:confidential");
    names.removeDuplicates();
    for (QComboBox* box : {m_from, m_to})
        qobject_cast<QStringListModel*>(box->completer()->model())->setStringList(names);
}

void PathsView::swapEnds()
{
    const QString from = selectorOf(m_from), to = selectorOf(m_to);
    ask(to, from);
}

QString PathsView::nothingFound() const
{
    const int off = m_chips->off();
    QString text = tr("No path from %1 to %2").arg(m_from->currentText(), m_to->currentText());
    if (off > 0)
        text += QLatin1Char(' ') + tr("with %n kind(s) of steps off", nullptr, off);
    text += QLatin1Char('.');
    const std::size_t missing = m_answers.posture ? m_answers.posture->missing.size() : 0;
    if (missing > 0)
        text += QLatin1Char(' ')
            + tr("But %n export(s) are missing, so there may be one.", nullptr, static_cast<int>(missing));
    return text;
}

void PathsView::setAnswers(const Answers& answers)
{
    const bool same = answers.paths == m_answers.paths && answers.estate == m_answers.estate;
    const bool sameDocument = answers.ledger == m_answers.ledger && answers.estate != nullptr;
    m_answers = answers;
    if (same)
        return;
    if (!sameDocument || !m_answers.whatIf)
        fillNames();
    m_chips->setGraph(m_answers.paths ? m_answers.paths->graph.get() : nullptr);
    search();
}

void PathsView::ask(const QString& from, const QString& to)
{
    const auto choose = [](QComboBox* box, const QString& selector) {
        const int known = box->findData(selector);
        if (known >= 0)
            box->setCurrentIndex(known);
        else
            box->setEditText(selector);
    };
    choose(m_from, from);
    choose(m_to, to);
    search();
}

std::optional<PathWish> PathsView::wish()
{
    PathWish wish;
    wish.question.most = static_cast<std::size_t>(m_most->value());
    wish.question.filter = m_chips->filter();
    const QString from = selectorOf(m_from), to = selectorOf(m_to);
    wish.everyone = from == anything;
    wish.everything = to == anything;
    for (const auto& [text, nodes] : {std::pair(from, &wish.question.from), std::pair(to, &wish.question.to)}) {
        if (text.isEmpty() || text == anything)
            continue;
        *nodes = thingsNamed(*m_answers.estate, text);
        if (nodes->empty()) {
            take({});
            m_message->setText(
                tr("Nothing here is named %1. Give a name, an id, kind:role, tag:Env=prod or class:confidential.")
                    .arg(text));
            return {};
        }
    }
    if ((wish.everyone && wish.question.to.empty()) || (wish.everything && wish.question.from.empty())) {
        take({});
        m_message->setText(tr("Say one end to see all that can get there, or all that can be got at from there."));
        return {};
    }
    return wish;
}

QString PathsView::message() const
{
    return m_message->text();
}

void PathsView::search()
{
    if (m_quiet)
        return;
    m_pace.stop();
    m_task->cancel();
    m_cutting->cancel();
    if (!m_answers.estate || !m_answers.paths) {
        take({});
        m_message->setText(m_answers.estate ? tr("The paths are being searched …") : QString());
        return;
    }
    const std::optional<PathWish> wanted = wish();
    if (!wanted)
        return;
    if (wanted->isUsual()) {
        PathsFound found{m_answers.paths->paths, {}};
        if (found.paths.size() > wanted->question.most)
            found.paths.resize(wanted->question.most);
        take(std::move(found));
        return;
    }
    m_task->run(
        [answers = m_answers, asked = *wanted](Progress& progress) { return searched(answers, asked, progress); },
        [this](PathsFound found, bool cancelled) {
            if (!cancelled)
                take(std::move(found));
        });
}

QString PathsView::reachedText(const Reached& reached) const
{
    QStringList kinds;
    for (const auto& [kind, count] : reached.kinds)
        kinds << tr("%1 ×%L2").arg(titleOf(kind)).arg(count);
    const bool forward = selectorOf(m_to) == anything;
    const QString end = (forward ? m_from : m_to)->currentText();
    const auto count = static_cast<int>(reached.things.size());
    const QString text = forward ? tr("%n thing(s) can be got at from %1", nullptr, count).arg(end)
                                 : tr("%n thing(s) can get at %1", nullptr, count).arg(end);
    return kinds.isEmpty() ? text : text + QStringLiteral(": ") + kinds.join(QStringLiteral(", "));
}

void PathsView::take(PathsFound found)
{
    std::vector<AttackPath> paths = std::move(found.paths);
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    const auto count = static_cast<int>(paths.size());
    m_cutFrom = paths.size();
    const bool isUsual = selectorOf(m_from).isEmpty() && selectorOf(m_to).isEmpty();
    if (m_answers.whatIf && m_answers.paths && m_answers.whatIf->before.paths && isUsual) {
        // What is tried out took these away; they stay in the picture to show it.
        const auto& ways = m_answers.paths->ways;
        for (const AttackPath& old : m_answers.whatIf->before.paths->paths) {
            const std::pair ends(old.steps.front().from, old.steps.back().to);
            if (std::find(ways.begin(), ways.end(), ends) == ways.end())
                paths.push_back(old);
        }
    }
    const auto gone = static_cast<int>(paths.size() - m_cutFrom);
    m_paths->setPaths(m_answers.estate, std::move(paths));
    m_inHand = m_paths->rowCount() > 0 ? 0 : -1;
    m_step = -1;
    QString message = count == 0 && gone == 0 ? nothingFound()
        : count == 1                          ? tr("1 path")
                                              : tr("%1 paths, the cheapest for an attacker first").arg(count);
    if (found.reached)
        message = reachedText(*found.reached)
            + (count > 0 ? QLatin1Char('\n') + tr("the nearest %n drawn", nullptr, count) : QString());
    if (gone > 0)
        message += QLatin1Char('\n') + tr("and %n that what is tried out takes away", nullptr, gone);
    m_message->setText(message);
    m_allKinds->setVisible(m_answers.paths && m_chips->off() > 0);
    if (m_answers.paths)
        canvas().setEmptyText(tr("No paths"), nothingFound());
    m_list->setCurrentIndex(m_paths->index(m_inHand, 0));
    m_play->setEnabled(m_inHand >= 0);
    fillSteps();
    rebuild(Canvas::KeepCamera::No);
}

void PathsView::rebuild(Canvas::KeepCamera keep)
{
    m_picture = {};
    if (m_answers.estate && m_answers.paths && !m_paths->paths().empty()) {
        PathsStyle style;
        style.strong = m_inHand;
        style.sideBySide = m_sideBySide->isChecked();
        style.cutFrom = m_cutFrom;
        style.graph = m_answers.whatIf ? m_answers.paths->graph.get() : nullptr;
        if (m_answers.whatIf && m_answers.whatIf->before.paths)
            style.note = tr("What-if: paths before %L1, now %L2")
                             .arg(m_answers.whatIf->before.paths->ways.size())
                             .arg(m_answers.paths->ways.size());
        m_picture = pathsPicture(*m_answers.estate, m_paths->paths(), m_answers.paths->chokePoints, style);
    }
    showScene(m_picture.scene, keep);
    if (m_picture.leftOut > 0)
        m_message->setText(tr("%n path(s) are in the list only: the picture holds about a thousand things.", nullptr,
            static_cast<int>(m_picture.leftOut)));
    Q_EMIT summaryChanged();
}

void PathsView::fillSteps()
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    m_steps->clear();
    if (m_inHand < 0)
        return;
    const AttackPath& path = m_paths->paths()[static_cast<std::size_t>(m_inHand)];
    int number = 0;
    for (const AttackStep& step : path.steps) {
        QString text = QStringLiteral("%1. %2").arg(++number).arg(shown(step.sentence));
        for (const std::string& open : step.open)
            text += QLatin1Char('\n') + tr("If: %1").arg(shown(open));
        m_steps->addItem(text);
    }
    m_steps->setCurrentRow(m_step);
}

void PathsView::holdPath(int row, int step)
{
    if (row < 0 || row >= m_paths->rowCount())
        return;
    const bool other = row != m_inHand;
    m_inHand = row;
    m_step = step;
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    m_list->setCurrentIndex(m_paths->index(row, 0));
    if (other) {
        fillSteps();
        rebuild(Canvas::KeepCamera::Yes);
    }
    m_steps->setCurrentRow(step);
    pick(Selected::path(std::make_shared<const AttackPath>(m_paths->paths()[static_cast<std::size_t>(row)]), step));
    canvas().select(idsOf(selected()));
}

void PathsView::play()
{
    if (!m_play->isChecked()) {
        m_pace.stop();
        return;
    }
    m_step = -1;
    m_pace.start(stepPace, this);
    advance();
}

void PathsView::advance()
{
    if (m_inHand < 0
        || m_step + 1 >= static_cast<int>(m_paths->paths()[static_cast<std::size_t>(m_inHand)].steps.size())) {
        m_play->setChecked(false);
        return;
    }
    holdPath(m_inHand, m_step + 1);
}

const AttackStep* PathsView::stepInHand() const
{
    const auto* path = selected().as<subject::Path>();
    if (!path || !path->path || path->step < 0 || path->step >= static_cast<int>(path->path->steps.size()))
        return nullptr;
    return &path->path->steps[static_cast<std::size_t>(path->step)];
}

void PathsView::cut()
{
    if (const AttackStep* step = stepInHand())
        Q_EMIT trialWanted(trialThatCuts(*m_answers.estate, *step));
    else
        m_message->setText(tr("Choose a step first: an arrow of the picture, or a line below."));
}

void PathsView::cutBest()
{
    if (!m_answers.paths || m_cutFrom == 0)
        return;
    const auto& all = m_paths->paths();
    std::vector<AttackPath> paths(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(m_cutFrom));
    m_cutting->run([answers = m_answers, paths = std::move(paths), filter = m_chips->filter()](
                       Progress& progress) { return bestCut(answers, paths, filter, progress); },
        [this](const Trial& trial, bool cancelled) {
            if (!cancelled)
                Q_EMIT trialWanted(trial);
        });
}

void PathsView::cutAll()
{
    if (!m_answers.paths || m_cutFrom == 0)
        return;
    const std::optional<PathWish> wanted = wish();
    if (!wanted)
        return;
    m_cutting->run(
        [answers = m_answers, asked = *wanted](Progress& progress) { return cutOfAll(answers, asked, progress); },
        [this](const CutOfAll& cut, bool cancelled) {
            if (cancelled)
                return;
            if (cut.standing > 0)
                m_message->setText(tr("%n target(s) keep a way that no change of one fact takes away.", nullptr,
                    static_cast<int>(cut.standing)));
            if (!cut.trial.changes.empty() || cut.standing == 0)
                Q_EMIT trialWanted(cut.trial);
        });
}

void PathsView::showMenu(MarkId id, const QPoint& at)
{
    QMenu menu(this);
    const bool isThing = id != 0 && markKind(id) == 0;
    if (isThing && m_answers.estate) {
        const QString name = shown(m_answers.estate->id(idAt<NodeId>(markRow(id))));
        menu.addAction(tr("From here"), this, [this, name] { ask(name, selectorOf(m_to)); });
        menu.addAction(tr("To here"), this, [this, name] { ask(selectorOf(m_from), name); });
        menu.addAction(tr("What can be got at from here"), this, [this, name] { ask(name, anything); });
        menu.addAction(tr("What can get here"), this, [this, name] { ask(anything, name); });
    }
    QAction* cutting =
        menu.addAction(icon(Glyph::Cut), tr("Cut this step"), QKeySequence(Qt::Key_X), this, &PathsView::cut);
    cutting->setEnabled(stepInHand() != nullptr);
    menu.addAction(tr("Cut the step that most paths need"), this, &PathsView::cutBest);
    menu.addAction(tr("Cut every way with the fewest changes"), this, &PathsView::cutAll);
    menu.exec(at);
}

void PathsView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_pace.timerId())
        advance();
    else
        CanvasView::timerEvent(event);
}

void PathsView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_N || event->key() == Qt::Key_P)
        holdPath(m_inHand + (event->key() == Qt::Key_N ? 1 : -1), -1);
    else if (event->key() == Qt::Key_X && event->modifiers() == Qt::NoModifier)
        cut();
    else
        CanvasView::keyPressEvent(event);
}

QString PathsView::summary() const
{
    if (!m_answers.paths)
        return {};
    const auto count = static_cast<int>(m_cutFrom);
    return count == 1 ? tr("1 path")
                      : tr("%1 paths, %2 choke points").arg(count).arg(m_answers.paths->chokePoints.size());
}

Selected PathsView::selectedOf(const QVector<MarkId>& ids) const
{
    std::vector<NodeId> things;
    for (const MarkId id : ids) {
        if (markKind(id) == 0)
            things.push_back(idAt<NodeId>(markRow(id)));
    }
    if (!things.empty() || ids.isEmpty())
        return Selected::of(std::move(things));
    // The path in hand goes first among those that use the step.
    const auto& uses = m_picture.arrows[markRow(ids.back())].uses;
    auto use = std::find_if(
        uses.begin(), uses.end(), [&](const auto& one) { return static_cast<int>(one.first) == m_inHand; });
    if (use == uses.end())
        use = uses.begin();
    return Selected::path(std::make_shared<const AttackPath>(m_paths->paths()[use->first]), use->second);
}

QVector<MarkId> PathsView::idsOf(const Selected& selected) const
{
    QVector<MarkId> ids;
    const auto* path = selected.as<subject::Path>();
    if (path && path->path) {
        for (std::uint32_t arrow = 0; arrow < m_picture.arrows.size(); ++arrow) {
            for (const auto& [row, step] : m_picture.arrows[arrow].uses) {
                const bool sameStep = path->step < 0 || path->step == step;
                if (sameStep && sameWay(m_paths->paths()[row], *path->path)) {
                    ids.push_back(markOf(paths_mark::arrow, arrow));
                    break;
                }
            }
        }
        return ids;
    }
    for (const NodeId thing : selected.things)
        ids.push_back(markOf(thing));
    return ids;
}

void PathsView::selectionShown(const Selected& selected)
{
    const auto* path = selected.as<subject::Path>();
    if (m_quiet || !path || !path->path)
        return;
    const auto& all = m_paths->paths();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const AttackPath& one) { return sameWay(one, *path->path); });
    if (found == all.end())
        return;
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    const auto row = static_cast<int>(found - all.begin());
    const bool other = row != m_inHand;
    m_inHand = row;
    m_step = path->step;
    m_list->setCurrentIndex(m_paths->index(row, 0));
    if (other) {
        fillSteps();
        rebuild(Canvas::KeepCamera::Yes);
        Selected whole = selected;
        std::get<subject::Path>(whole.subject).step = -1;
        canvas().fitTo(idsOf(whole));
    }
    m_steps->setCurrentRow(m_step);
}

} // namespace glacis
