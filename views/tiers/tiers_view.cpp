// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_view.h"

#include "document/labels.h"
#include "estate/difference.h"
#include "marks/marks.h"
#include "matrix/matrix_panel.h"
#include "network/environment.h"
#include "tiers_view/probe_panel.h"
#include "tiers_view/violation_words.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSet>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

constexpr MarkId probeLink = markOf(tiers_mark::probe, 0);

} // namespace

TiersView::TiersView(QWidget* parent) : CanvasView(parent)
{
    setObjectName(QStringLiteral("tiers"));
    canvas().setObjectName(QStringLiteral("tiersCanvas"));
    canvas().setAccessibleName(tr("Network tiers"));
    canvas().setEmptyText(tr("No networks yet"),
        tr("Import the networks, security groups and machines of an account to see what can reach what."));
    canvas().setMovable(true);
    makeBar();
    makePanels();
    connect(&canvas(), &Canvas::activated, this, &TiersView::toggle);
    connect(&canvas(), &Canvas::openRequested, this, &TiersView::setOpen);
    connect(&canvas(), &Canvas::upRequested, this, &TiersView::goUp);
    connect(&canvas(), &Canvas::hideRequested, this, &TiersView::hide);
    connect(&canvas(), &Canvas::moved, this, [this](const QVector<MarkId>& ids, MarkId lane) {
        std::vector<NodeId> things;
        for (const MarkId id : ids) {
            const std::vector<NodeId> more = thingsOf(id);
            things.insert(things.end(), more.begin(), more.end());
        }
        moveTo(things, markRow(lane));
    });
    connect(&canvas(), &Canvas::contextRequested, this, [this](MarkId id, const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu, id);
        if (!menu->isEmpty())
            menu->popup(at);
        else
            menu->deleteLater();
    });
}

QToolButton* TiersView::chip(const QString& text, const QString& hint, bool checked)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(hint);
    button->setCheckable(true);
    button->setChecked(checked);
    button->setProperty("chip", true);
    bar().addWidget(button);
    return button;
}

QToolButton* TiersView::filter(const QString& text, const QString& hint, bool TiersOptions::*option)
{
    QToolButton* button = chip(text, hint, m_options.*option);
    connect(button, &QToolButton::toggled, this, [this, option](bool on) {
        m_options.*option = on;
        rebuild(Canvas::KeepCamera::Yes);
    });
    return button;
}

void TiersView::makeBar()
{
    const std::pair<QString, QString> sides[] = {{tr("Open now"), tr("Traditional: all that can be opened, judged")},
        {tr("As wanted"), tr("Zero trust: only what the matrix allows, and what of that nothing opens")},
        {tr("Difference"), tr("What is open and not wanted, and what is wanted and not open")}};
    for (int side = 0; side < 3; ++side) {
        m_sides[side] = chip(sides[side].first, sides[side].second, side == 0);
        m_sides[side]->setAutoExclusive(false);
        connect(m_sides[side], &QToolButton::clicked, this, [this, side] { setSide(static_cast<TiersSide>(side)); });
    }
    bar().addSpacing(10);
    m_filters[0] = filter(tr("Wanted"), tr("Flows that the matrix wants"), &TiersOptions::wanted);
    m_filters[1] = filter(tr("Violations"), tr("Flows that the matrix does not want"), &TiersOptions::violations);
    m_filters[2] = filter(
        tr("Latent"), tr("What one change would open, and what the export does not tell"), &TiersOptions::latent);
    m_more = new QToolButton(this);
    m_more->setObjectName(QStringLiteral("tiersFilter"));
    m_more->setText(tr("Filter"));
    m_more->setIcon(icon(Glyph::Filter));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setToolTip(tr("By kind and severity of violations, and by environment"));
    m_more->setProperty("chip", true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_more);
    m_more->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &TiersView::fillFilters);
    bar().addWidget(m_more);
    bar().addStretch(1);
    m_probe = chip(tr("Probe"), tr("Ask whether one thing can reach another, and which control decides (P)"), false);
    m_probe->setObjectName(QStringLiteral("probeButton"));
    connect(m_probe, &QToolButton::toggled, this, &TiersView::setProbing);
    m_grid = chip(tr("Matrix"), tr("The zone matrix as a table, to be changed (M)"), false);
    m_grid->setObjectName(QStringLiteral("matrixButton"));
    connect(m_grid, &QToolButton::toggled, this, &TiersView::setMatrixShown);
}

void TiersView::makePanels()
{
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("tiersNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(14, 0, 14, 8);
    m_note->hide();
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, m_note);
    m_probePanel = new ProbePanel(this);
    m_probePanel->hide();
    body().addWidget(m_probePanel);
    m_matrix = new MatrixPanel(this);
    m_matrix->hide();
    body().addWidget(m_matrix, 1);
    connect(m_probePanel, &ProbePanel::changed, this, &TiersView::drawProbe);
    connect(m_probePanel, &ProbePanel::closed, this, [this] { setProbing(false); });
    connect(m_probePanel, &ProbePanel::picked, this, [this](NodeId control) { pick(Selected::thing(control)); });
    connect(m_matrix, &MatrixPanel::picked, this, [this](const Selected& selected) { pick(selected); });
    connect(m_matrix, &MatrixPanel::policyWanted, this, &View::policyWanted);
}

// ---- filters

void TiersView::fillFilters()
{
    QMenu* menu = m_more->menu();
    menu->clear();
    if (!m_answers.segmentation || !m_answers.estate)
        return;
    const auto choice = [this](QMenu* where, QActionGroup* group, const QString& text, bool on, auto set) {
        QAction* action = where->addAction(text, this, [this, set] {
            set();
            refreshFilters();
            rebuild(Canvas::KeepCamera::No);
        });
        action->setCheckable(true);
        action->setChecked(on);
        group->addAction(action);
    };
    QMenu* kinds = menu->addMenu(tr("Kind of violation"));
    auto* kindGroup = new QActionGroup(kinds);
    choice(kinds, kindGroup, tr("All"), m_options.violationKind.empty(), [this] { m_options.violationKind.clear(); });
    std::set<std::string> known;
    for (const Violation& violation : m_answers.segmentation->violations)
        known.insert(violation.kind);
    for (const std::string& kind : known) {
        choice(kinds, kindGroup, titleOfViolation(kind), m_options.violationKind == kind,
            [this, kind] { m_options.violationKind = kind; });
    }
    QMenu* severities = menu->addMenu(tr("Severity from"));
    auto* severityGroup = new QActionGroup(severities);
    for (const Risk risk : {Risk::Info, Risk::Low, Risk::Medium, Risk::High, Risk::Critical}) {
        choice(severities, severityGroup, risk == Risk::Info ? tr("All") : titleOf(risk),
            m_options.leastSeverity == risk, [this, risk] { m_options.leastSeverity = risk; });
    }
    QMenu* environments = menu->addMenu(tr("Environment"));
    auto* environmentGroup = new QActionGroup(environments);
    choice(environments, environmentGroup, tr("All"), m_options.environment.empty(),
        [this] { m_options.environment.clear(); });
    std::set<std::string> names;
    const EnvironmentRules& rules = m_answers.policy.matrixNow().environments;
    for (const NodeId thing : m_answers.segmentation->tiers.placed)
        names.insert(std::string(rules.nameOf(*m_answers.estate, thing)));
    for (const std::string& name : names) {
        if (!name.empty()) {
            choice(environments, environmentGroup, shown(name), m_options.environment == name,
                [this, name] { m_options.environment = name; });
        }
    }
    menu->addSeparator();
    QAction* all = menu->addAction(tr("Show all that was hidden"), this, [this] {
        m_options.hidden.clear();
        rebuild(Canvas::KeepCamera::No);
    });
    all->setEnabled(!m_options.hidden.empty());
}

void TiersView::refreshFilters()
{
    QStringList on;
    if (!m_options.violationKind.empty())
        on << titleOfViolation(m_options.violationKind);
    if (m_options.leastSeverity > Risk::Info)
        on << tr("from %1").arg(titleOf(m_options.leastSeverity));
    if (!m_options.environment.empty())
        on << shown(m_options.environment);
    m_more->setText(on.isEmpty() ? tr("Filter") : tr("Filter: %1").arg(on.join(QStringLiteral(", "))));
}

// ---- the picture

namespace {

/// What was opened and hidden, in another estate of the same document.
void keepPlace(const TiersOptions& options, const Estate& before, const Estate& now, TiersOptions& fresh)
{
    for (const auto& [mark, open] : options.opened) {
        const bool isThing = mark != 0 && markKind(mark) == 0 && markRow(mark) < before.nodeCount();
        if (const auto same = isThing ? now.find(before.id(idAt<NodeId>(markRow(mark)))) : std::optional<NodeId>())
            fresh.opened.emplace(markOf(*same), open);
    }
    for (const NodeId thing : sameThings(before, {options.hidden.begin(), options.hidden.end()}, now))
        fresh.hidden.insert(thing);
}

} // namespace

void TiersView::setAnswers(const Answers& answers)
{
    const bool sameEstate = answers.estate == m_answers.estate;
    const bool same = sameEstate && answers.segmentation == m_answers.segmentation;
    const bool first = !m_answers.segmentation;
    const Answers before = std::exchange(m_answers, answers);
    if (!sameEstate) {
        TiersOptions fresh;
        fresh.side = m_options.side;
        fresh.wanted = m_options.wanted;
        fresh.violations = m_options.violations;
        fresh.latent = m_options.latent;
        if (before.estate && answers.estate && before.document == answers.document)
            keepPlace(m_options, *before.estate, *answers.estate, fresh);
        m_options = fresh;
        refreshFilters();
        say({});
        m_probePanel->setEstate(answers.estate);
    }
    m_matrix->setAnswers(answers);
    if (!same)
        rebuild(sameEstate && !first ? Canvas::KeepCamera::Yes : Canvas::KeepCamera::No);
}

void TiersView::rebuild(Canvas::KeepCamera keep)
{
    const QSize room = canvas().size();
    m_options.aspect = room.width() > 200 && room.height() > 150
        ? static_cast<double>(room.width() - 64) / std::max(room.height() - 80, 80)
        : 1.6;
    m_picture = m_answers.segmentation && m_answers.estate
        ? tiersPicture(*m_answers.estate, *m_answers.segmentation, m_options, m_answers.policy.matrixNow())
        : TiersPicture{};
    showScene(m_picture.scene, keep);
    if (m_probe->isChecked())
        drawProbe();
    Q_EMIT summaryChanged();
}

Scene TiersView::scene() const
{
    return m_grid->isChecked() ? m_matrix->scene() : CanvasView::scene();
}

void TiersView::fit()
{
    (m_grid->isChecked() ? m_matrix->canvas() : canvas()).fit();
}

void TiersView::resizeEvent(QResizeEvent* event)
{
    CanvasView::resizeEvent(event);
    // Another shape of the room lets another arrangement be larger; not while someone looks at a part.
    const double aspect = static_cast<double>(canvas().width() - 64) / std::max(canvas().height() - 80, 80);
    if (!m_picture.scene.isEmpty() && canvas().width() > 200 && std::abs(std::log(aspect / m_options.aspect)) > 0.35)
        rebuild(Canvas::KeepCamera::No);
}

QString TiersView::summary() const
{
    if (!m_answers.segmentation)
        return {};
    QString text =
        tr("%1 flows, %2 violations").arg(m_picture.shownFlows).arg(m_answers.segmentation->violations.size());
    if (m_picture.hiddenFlows > 0)
        text += tr(", %1 flows hidden by filters").arg(m_picture.hiddenFlows);
    if (m_picture.hiddenThings > 0)
        text += tr(", %L1 things hidden").arg(m_picture.hiddenThings);
    const auto closed = std::count_if(m_picture.scene.boxes.begin(), m_picture.scene.boxes.end(),
        [](const Scene::Box& box) { return box.collapsed; });
    if (closed > 0)
        text += tr(" · %L1 things in %L2 closed boxes; open, zoom or filter to see single things")
                    .arg(m_picture.things)
                    .arg(closed);
    return text;
}

void TiersView::setSide(TiersSide side)
{
    for (int at = 0; at < 3; ++at)
        m_sides[at]->setChecked(at == static_cast<int>(side));
    if (m_options.side == side)
        return;
    m_options.side = side;
    m_filters[0]->setEnabled(side != TiersSide::Difference);
    m_filters[1]->setEnabled(side != TiersSide::Wanted);
    m_filters[2]->setEnabled(side == TiersSide::Open);
    rebuild(Canvas::KeepCamera::Yes);
}

void TiersView::setMatrixShown(bool shown)
{
    m_grid->setChecked(shown);
    canvas().setVisible(!shown);
    m_matrix->setVisible(shown);
    m_probePanel->setVisible(!shown && m_probe->isChecked());
    setFocusProxy(shown ? &m_matrix->canvas() : &canvas());
    if (isVisible())
        (shown ? m_matrix->canvas() : canvas()).setFocus();
    Q_EMIT summaryChanged();
}

// ---- open and close

void TiersView::setOpen(MarkId id, bool open)
{
    m_options.opened[id] = open;
    rebuild(Canvas::KeepCamera::Yes);
    canvas().ensureVisible(id);
}

void TiersView::toggle(MarkId id)
{
    for (const Scene::Box& box : m_picture.scene.boxes) {
        if (box.id == id && box.canOpen) {
            setOpen(id, box.collapsed);
            return;
        }
    }
    // What a closed row has in a zone opens the row.
    const auto around = m_picture.containerOf.find(id);
    if (around == m_picture.containerOf.end())
        return;
    for (const Scene::Box& box : m_picture.scene.boxes) {
        if (box.id == around->second && box.collapsed)
            return setOpen(box.id, true);
    }
}

void TiersView::goUp()
{
    const MarkId id = canvas().focusedId();
    for (const Scene::Box& box : m_picture.scene.boxes) {
        if (box.id == id && !box.collapsed)
            return setOpen(id, false);
    }
    const auto around = m_picture.containerOf.find(id);
    if (around == m_picture.containerOf.end())
        return;
    const MarkId container = around->second;
    setOpen(container, false);
    for (int box = 0; box < m_picture.scene.boxes.size(); ++box) {
        if (m_picture.scene.boxes[box].id == container)
            canvas().setFocusedElement({ElementRef::Kind::Box, box});
    }
}

void TiersView::hide(const QVector<MarkId>& ids)
{
    for (const MarkId id : ids) {
        for (const NodeId thing : thingsOf(id))
            m_options.hidden.insert(thing);
    }
    rebuild(Canvas::KeepCamera::Yes);
}

std::vector<NodeId> TiersView::thingsOf(MarkId id) const
{
    if (id == 0)
        return {};
    if (markKind(id) == 0)
        return {idAt<NodeId>(markRow(id))};
    if (markKind(id) == tiers_mark::group)
        return m_picture.classes[markRow(id)];
    return {};
}

std::vector<NodeId> TiersView::selectedThings() const
{
    std::vector<NodeId> things;
    for (const MarkId id : canvas().selection()) {
        const std::vector<NodeId> more = thingsOf(id);
        things.insert(things.end(), more.begin(), more.end());
    }
    return things;
}

MarkId TiersView::markFor(NodeId thing) const
{
    const auto found = m_picture.markOfThing.find(index(thing));
    return found == m_picture.markOfThing.end() ? markOf(thing) : found->second;
}

// ---- tiers by the user's word

void TiersView::moveTo(const std::vector<NodeId>& things, std::uint32_t zone)
{
    if (!m_answers.segmentation || zone >= m_answers.segmentation->tiers.zones.size())
        return;
    const Zone& to = m_answers.segmentation->tiers.zones[zone];
    NetworkPolicy policy = m_answers.policy;
    std::vector<NodeId> moved;
    for (const NodeId thing : things) {
        if (m_answers.estate->kind(thing) == Kind::Internet)
            continue;
        const std::string id(m_answers.estate->id(thing));
        std::erase_if(policy.tiers, [&](const TierOverride& one) { return one.node == id; });
        policy.tiers.push_back({id, to.id});
        moved.push_back(thing);
    }
    if (!moved.empty())
        Q_EMIT policyWanted(policy, tr("Move %1 to %2").arg(namesOf(*m_answers.estate, moved, 1), titleOfZone(to)));
}

void TiersView::forgetMoves(const std::vector<NodeId>& things)
{
    NetworkPolicy policy = m_answers.policy;
    for (const NodeId thing : things) {
        std::erase_if(policy.tiers, [&](const TierOverride& one) { return one.node == m_answers.estate->id(thing); });
    }
    if (policy.tiers.size() != m_answers.policy.tiers.size())
        Q_EMIT policyWanted(policy, tr("Tier of %1 as inferred").arg(namesOf(*m_answers.estate, things, 1)));
}

void TiersView::fillMenu(QMenu& menu, MarkId id)
{
    const std::vector<NodeId> things = thingsOf(id);
    for (const Scene::Box& box : m_picture.scene.boxes) {
        if (box.id == id && box.canOpen)
            menu.addAction(box.collapsed ? tr("Open") : tr("Close"), this,
                [this, id, open = box.collapsed] { setOpen(id, open); });
    }
    if (things.empty() || !m_answers.segmentation)
        return;
    const bool hasPlace = std::ranges::any_of(
        things, [&](NodeId thing) { return m_answers.segmentation->flows.classOf[index(thing)] != ~0u; });
    if (hasPlace) {
        menu.addAction(tr("What can reach this"), QKeySequence(Qt::Key_R), this,
            [this, things] { showReach(things, Direction::To); });
        menu.addAction(tr("What can this reach"), QKeySequence(Qt::SHIFT | Qt::Key_R), this,
            [this, things] { showReach(things, Direction::From); });
        menu.addAction(icon(Glyph::Probe), tr("Probe from here"), this, [this, first = things.front()] {
            setProbing(true);
            m_probePanel->setFrom(first);
        });
        menu.addAction(icon(Glyph::Probe), tr("Probe to here"), this, [this, first = things.front()] {
            setProbing(true);
            m_probePanel->setTo(first);
        });
        menu.addSeparator();
    }
    const bool placed = m_answers.estate->kind(things.front()) != Kind::Internet
        && std::ranges::binary_search(m_answers.segmentation->tiers.placed, things.front());
    if (placed) {
        QMenu* tiers = menu.addMenu(tr("Move to tier"));
        const auto& zones = m_answers.segmentation->tiers.zones;
        for (std::uint32_t zone = 0; zone < zones.size(); ++zone) {
            if (zones[zone].id != "internet")
                tiers->addAction(titleOfZone(zones[zone]), this, [this, things, zone] { moveTo(things, zone); });
        }
        tiers->addSeparator();
        tiers->addAction(tr("As inferred"), this, [this, things] { forgetMoves(things); });
    }
    menu.addAction(tr("Hide"), QKeySequence(Qt::Key_H), this, [this, id] { hide({id}); });
    menu.addAction(icon(Glyph::Copy), tr("Copy name"), this, [this, things] {
        QStringList names;
        for (const NodeId thing : things)
            names << shown(m_answers.estate->id(thing));
        QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
    });
}

// ---- what can reach what

void TiersView::say(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TiersView::endReach()
{
    m_reachShown = false;
    canvas().highlight({});
    say({});
}

void TiersView::showReach(const std::vector<NodeId>& things, Direction direction)
{
    if (!m_answers.segmentation || things.empty())
        return;
    const Flows& flows = m_answers.segmentation->flows;
    std::set<std::uint32_t> classes;
    QSet<MarkId> lit;
    for (const NodeId thing : things) {
        if (flows.classOf[index(thing)] != ~0u)
            classes.insert(flows.classOf[index(thing)]);
        lit.insert(markFor(thing));
    }
    std::set<std::uint32_t> found;
    std::set<std::uint32_t> used;
    for (std::uint32_t at = 0; at < flows.flows.size(); ++at) {
        const Flow& flow = flows.flows[at];
        if (flow.verdict != Reach::Reachable && flow.verdict != Reach::Partial)
            continue;
        if (classes.count(direction == Direction::To ? flow.to : flow.from) == 0)
            continue;
        used.insert(at);
        found.insert(direction == Direction::To ? flow.from : flow.to);
    }
    std::size_t count = 0;
    for (const std::uint32_t cls : found) {
        for (const NodeId thing : flows.classes[cls].things) {
            lit.insert(markFor(thing));
            count += m_answers.estate->kind(thing) == Kind::Internet ? 0 : 1;
        }
    }
    for (std::uint32_t arrow = 0; arrow < m_picture.arrows.size(); ++arrow) {
        if (std::ranges::any_of(
                m_picture.arrows[arrow].flows, [&](std::uint32_t flow) { return used.count(flow) > 0; }))
            lit.insert(markOf(tiers_mark::arrow, arrow));
    }
    m_reachShown = true;
    canvas().highlight(QVector<MarkId>(lit.begin(), lit.end()));
    const QString name = namesOf(*m_answers.estate, things, 1);
    const bool internet = found.count(0) > 0;
    QString text = direction == Direction::To ? tr("Things that can open a connection to %1: %L2").arg(name).arg(count)
                                              : tr("Things that %1 can open a connection to: %L2").arg(name).arg(count);
    text += internet ? tr(", and the internet.") : QStringLiteral(".");
    say(text + QLatin1Char(' ') + tr("Esc shows all again."));
}

// ---- probe

void TiersView::setProbing(bool probing)
{
    m_probe->setChecked(probing);
    if (probing)
        setMatrixShown(false);
    m_probePanel->setVisible(probing);
    if (probing) {
        endReach();
        m_probePanel->setEstate(m_answers.estate);
    } else {
        m_probePanel->clear();
        canvas().highlight({});
    }
    canvas().setMovable(!probing);
    drawProbe();
}

/// The picture with the asked connection on it; all that is not on the way steps back.
void TiersView::drawProbe()
{
    if (!m_probe->isChecked() && !m_probeDrawn)
        return;
    m_probeDrawn = m_probe->isChecked();
    const NodeId from = m_probePanel->from(), to = m_probePanel->to();
    Scene scene = m_picture.scene;
    QVector<MarkId> lit;
    const auto endOf = [&](NodeId thing) {
        const MarkId id = markFor(thing);
        for (int mark = 0; mark < scene.marks.size(); ++mark) {
            if (scene.marks[mark].id == id)
                return Scene::End::mark(mark);
        }
        for (int box = 0; box < scene.boxes.size(); ++box) {
            if (scene.boxes[box].id == id)
                return Scene::End::box(box);
        }
        return Scene::End{};
    };
    if (m_probe->isChecked() && from != noNode) {
        lit << markFor(from);
        if (to != noNode) {
            lit << markFor(to) << probeLink;
            Scene::Link link;
            link.id = probeLink;
            link.from = endOf(from);
            link.to = endOf(to);
            const ReachAnswer* answer = m_probePanel->answer();
            link.style = !answer                                                           ? LinkStyle::Changed
                : answer->verdict == Reach::Reachable || answer->verdict == Reach::Partial ? LinkStyle::Path
                : answer->verdict == Reach::Unknown                                        ? LinkStyle::Unknown
                                                                                           : LinkStyle::Violation;
            link.label = m_probePanel->shortVerdict();
            link.tooltip = m_probePanel->verdict();
            link.weight = 2;
            if (link.from.kind != Scene::End::Kind::Free && link.to.kind != Scene::End::Kind::Free)
                scene.links.push_back(link);
            if (answer) {
                for (const Hop& hop : answer->hops) {
                    if (hop.node != noNode)
                        lit << markFor(hop.node);
                }
            }
        }
    }
    showScene(std::move(scene), Canvas::KeepCamera::Yes);
    if (!m_reachShown)
        canvas().highlight(lit);
}

void TiersView::selectionShown(const Selected& selected)
{
    if (!m_probe->isChecked() || !m_answers.segmentation || selected.things.empty() || !selected.as<subject::Things>())
        return;
    const NodeId thing = selected.things.front();
    if (thing != m_probePanel->from() && m_picture.markOfThing.count(index(thing)) > 0)
        m_probePanel->take(thing);
}

void TiersView::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier && event->key() == Qt::Key_P) {
        setProbing(!m_probe->isChecked());
    } else if (modifiers == Qt::NoModifier && event->key() == Qt::Key_M) {
        setMatrixShown(!m_grid->isChecked());
    } else if (event->key() == Qt::Key_R && !(modifiers & ~Qt::ShiftModifier)) {
        std::vector<NodeId> things = selectedThings();
        if (things.empty())
            things = thingsOf(canvas().focusedId());
        showReach(things, modifiers == Qt::ShiftModifier ? Direction::From : Direction::To);
    } else if (event->key() == Qt::Key_Escape && m_reachShown) {
        endReach();
    } else if (event->key() == Qt::Key_Escape && m_probe->isChecked()) {
        setProbing(false);
    } else if (event->key() == Qt::Key_Escape && m_grid->isChecked()) {
        setMatrixShown(false);
    } else {
        CanvasView::keyPressEvent(event);
    }
}

// ---- selection

Selected TiersView::selectedOf(const QVector<MarkId>& ids) const
{
    std::vector<NodeId> things;
    std::vector<std::uint32_t> flows;
    std::optional<std::uint32_t> wayIn;
    for (const MarkId id : ids) {
        const std::uint32_t row = markRow(id);
        if (markKind(id) == tiers_mark::arrow) {
            const TiersPicture::Ways& ways = m_picture.arrows[row];
            flows.insert(flows.end(), ways.flows.begin(), ways.flows.end());
            if (!wayIn && !ways.waysIn.empty())
                wayIn = ways.waysIn.front();
        } else if (markKind(id) == tiers_mark::zone && ids.size() == 1) {
            return Selected::zone(
                m_answers, row < m_answers.segmentation->tiers.zones.size() ? row : Placement::unassigned);
        } else {
            const std::vector<NodeId> more = thingsOf(id);
            things.insert(things.end(), more.begin(), more.end());
        }
    }
    if (!things.empty())
        return Selected::of(std::move(things));
    if (!flows.empty())
        return Selected::flows(m_answers, std::move(flows));
    return wayIn ? Selected::violation(m_answers, *wayIn) : Selected();
}

QVector<MarkId> TiersView::idsOf(const Selected& selected) const
{
    QVector<MarkId> ids;
    if (!m_answers.segmentation)
        return ids;
    const auto arrowsOf = [&](std::vector<std::uint32_t> of, std::vector<std::uint32_t> TiersPicture::Ways::*list) {
        std::ranges::sort(of);
        for (std::uint32_t arrow = 0; arrow < m_picture.arrows.size(); ++arrow) {
            const auto& held = m_picture.arrows[arrow].*list;
            if (std::ranges::any_of(held, [&](std::uint32_t one) { return std::ranges::binary_search(of, one); }))
                ids.push_back(markOf(tiers_mark::arrow, arrow));
        }
    };
    if (const auto* flows = selected.as<subject::Flows>()) {
        arrowsOf(flows->flows, &TiersPicture::Ways::flows);
        return ids;
    }
    if (const auto* zone = selected.as<subject::Zone>()) {
        const auto count = static_cast<std::uint32_t>(m_answers.segmentation->tiers.zones.size());
        return {markOf(tiers_mark::zone, std::min(zone->zone, count))};
    }
    if (const auto* violation = selected.as<subject::Violation>()) {
        std::vector<std::uint32_t> flows;
        const auto& of = m_answers.segmentation->violationOf;
        for (std::uint32_t flow = 0; flow < of.size(); ++flow) {
            if (of[flow] == violation->at)
                flows.push_back(flow);
        }
        arrowsOf(std::move(flows), &TiersPicture::Ways::flows);
        arrowsOf({violation->at}, &TiersPicture::Ways::waysIn);
    }
    QSet<MarkId> seen;
    for (const NodeId thing : selected.things) {
        const MarkId id = markFor(thing);
        if (!seen.contains(id)) {
            seen.insert(id);
            ids.push_back(id);
        }
    }
    return ids;
}

} // namespace glacis
