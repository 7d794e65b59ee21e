// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/paths_view.h"

#include "marks/marks.h"
#include "paths/path_selection.h"
#include "paths_view/path_list.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QScopedValueRollback>
#include <QSet>
#include <QSpinBox>
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
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

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
    m_to = picker(this, tr("To"), tr("What they are after: choose, or type an id, class:confidential, kind:secret"));
    m_to->addItem(tr("Crown jewels"), QString());
    m_to->addItem(tr("Restricted data"), QStringLiteral("class:restricted"));
    m_to->addItem(tr("Confidential data"), QStringLiteral("class:confidential"));
    m_to->addItem(tr("Any secret"), QStringLiteral("kind:secret"));
    m_to->addItem(tr("Administration of an account"), QStringLiteral("kind:account"));
    m_most = new QSpinBox(this);
    m_most->setRange(1, 200);
    m_most->setValue(20);
    m_most->setAccessibleName(tr("How many paths"));
    m_most->setToolTip(tr("How many paths are shown"));
    m_play = new QToolButton(this);
    m_play->setIcon(icon(Glyph::Play));
    m_play->setCheckable(true);
    m_play->setAccessibleName(tr("Play"));
    m_play->setToolTip(tr("Walks the path step by step"));
    const auto label = [&](const QString& text, QWidget* of) {
        auto* made = new QLabel(text, this);
        made->setProperty("role", QStringLiteral("muted"));
        made->setBuddy(of);
        bar().addWidget(made);
        bar().addWidget(of);
    };
    label(tr("&From"), m_from);
    label(tr("&To"), m_to);
    label(tr("&Show"), m_most);
    bar().addWidget(m_play);
    bar().addStretch(1);
    for (QComboBox* box : {m_from, m_to}) {
        connect(box, &QComboBox::activated, this, &PathsView::search);
        connect(box->lineEdit(), &QLineEdit::returnPressed, this, &PathsView::search);
    }
    connect(m_most, &QSpinBox::valueChanged, this, &PathsView::search);
    connect(m_play, &QToolButton::toggled, this, &PathsView::play);
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
    column->addWidget(m_list, 3);
    column->addWidget(heading);
    column->addWidget(m_steps, 2);
    return panel;
}

void PathsView::setAnswers(const Answers& answers)
{
    const bool same = answers.paths == m_answers.paths && answers.estate == m_answers.estate;
    m_answers = answers;
    if (!same)
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

void PathsView::search()
{
    m_pace.stop();
    m_task->cancel();
    if (!m_answers.estate || !m_answers.paths) {
        take({});
        m_message->setText(m_answers.estate ? tr("The paths are being searched …") : QString());
        return;
    }
    const QString from = selectorOf(m_from), to = selectorOf(m_to);
    const auto most = static_cast<std::size_t>(m_most->value());
    if (from.isEmpty() && to.isEmpty()) {
        std::vector<AttackPath> paths = m_answers.paths->paths;
        if (paths.size() > most)
            paths.resize(most);
        take(std::move(paths));
        return;
    }
    PathQuestion question;
    question.most = most;
    for (const auto& [text, nodes] : {std::pair(from, &question.from), std::pair(to, &question.to)}) {
        if (text.isEmpty())
            continue;
        *nodes = select(*m_answers.estate, text.toStdString());
        if (nodes->empty()) {
            take({});
            m_message->setText(
                tr("Nothing here is named %1. Give an id, kind:role, tag:Env=prod or class:confidential.").arg(text));
            return;
        }
    }
    const auto graph = m_answers.paths;
    m_task->run(
        [graph, question](Progress& progress) {
            const bool onePair = question.from.size() == 1 && question.to.size() == 1;
            return onePair ? cheapestPathsBetween(
                       *graph->graph, question.from.front(), question.to.front(), question.most, progress)
                           : cheapestPaths(*graph->graph, question, progress);
        },
        [this](std::vector<AttackPath> paths, bool cancelled) {
            if (!cancelled)
                take(std::move(paths));
        });
}

void PathsView::take(std::vector<AttackPath> paths)
{
    const QScopedValueRollback<bool> quiet(m_quiet, true);
    const auto count = static_cast<int>(paths.size());
    m_paths->setPaths(m_answers.estate, std::move(paths));
    m_inHand = count > 0 ? 0 : -1;
    m_step = -1;
    m_message->setText(count == 0 ? tr("No path was found in what was imported.")
            : count == 1          ? tr("1 path")
                                  : tr("%1 paths, the cheapest for an attacker first").arg(count));
    m_list->setCurrentIndex(m_paths->index(m_inHand, 0));
    m_play->setEnabled(count > 0);
    fillSteps();
    rebuild(Canvas::KeepCamera::No);
}

void PathsView::rebuild(Canvas::KeepCamera keep)
{
    m_picture = m_answers.estate && !m_paths->paths().empty()
        ? pathsPicture(*m_answers.estate, m_paths->paths(), m_answers.paths->chokePoints, m_inHand)
        : PathsPicture{};
    showScene(m_picture.scene, keep);
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
    else
        CanvasView::keyPressEvent(event);
}

QString PathsView::summary() const
{
    if (!m_answers.paths)
        return {};
    const int count = m_paths->rowCount();
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
                if (sameStep && m_paths->paths()[row].walk == path->path->walk) {
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
        std::find_if(all.begin(), all.end(), [&](const AttackPath& one) { return one.walk == path->path->walk; });
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
