// SPDX-License-Identifier: GPL-3.0-or-later
#include "access_view/access_view.h"

#include "access_view/access_scene.h"
#include "marks/marks.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace glacis {

namespace {
constexpr std::size_t quicklyDone = 20000; ///< entries that are sorted at once rather than on a thread
}

AccessView::AccessView(QWidget* parent)
    : CanvasView(parent), m_task(new Task(this)), m_words(new QLineEdit(this)), m_conditional(new QToolButton(this))
{
    setObjectName(QStringLiteral("access"));
    canvas().setObjectName(QStringLiteral("accessCanvas"));
    canvas().setAccessibleName(tr("Access of identities to stores"));
    makeBar();
    sayWhyEmpty();
    connect(&canvas(), &Canvas::activated, this, &AccessView::turn);
}

void AccessView::makeBar()
{
    m_words->setObjectName(QStringLiteral("accessFilter"));
    m_words->setPlaceholderText(tr("Filter identities and stores"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_words->setClearButtonEnabled(true);
    m_words->addAction(icon(Glyph::Filter), QLineEdit::LeadingPosition);
    m_words->setMaximumWidth(260);
    bar().addWidget(m_words);
    const auto chip = [this](QToolButton* button, const QString& text, const char* name) {
        button->setObjectName(QString::fromLatin1(name));
        button->setText(text);
        button->setCheckable(true);
        button->setChecked(true);
        button->setProperty("chip", true);
        bar().addWidget(button);
        return button;
    };
    const std::pair<QString, const char*> rows[] = {
        {tr("Read"), "accessRead"}, {tr("Write"), "accessWrite"}, {tr("Administer"), "accessAdminister"}};
    for (std::size_t level = 0; level < m_levels.size(); ++level) {
        m_levels[level] = chip(new QToolButton(this), rows[level].first, rows[level].second);
        connect(m_levels[level], &QToolButton::toggled, this, [this, level](bool on) {
            const auto bit = static_cast<std::uint8_t>(1u << level);
            m_filter.levels = static_cast<std::uint8_t>(on ? m_filter.levels | bit : m_filter.levels & ~bit);
            compute(Canvas::KeepCamera::No);
        });
    }
    chip(m_conditional, tr("Under conditions"), "accessConditional");
    connect(m_conditional, &QToolButton::toggled, this, [this](bool on) {
        m_filter.withConditional = on;
        compute(Canvas::KeepCamera::No);
    });
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter.words = words.trimmed();
        compute(Canvas::KeepCamera::No);
    });
    bar().addStretch(1);
}

void AccessView::setAnswers(const Answers& answers)
{
    const bool same =
        answers.identity == m_answers.identity && answers.estate == m_answers.estate && answers.busy == m_answers.busy;
    const bool sameDocument = answers.ledger == m_answers.ledger;
    m_answers = answers;
    if (!sameDocument)
        m_filter.turned.clear();
    if (!same)
        compute(sameDocument ? Canvas::KeepCamera::Yes : Canvas::KeepCamera::No);
}

void AccessView::compute(Canvas::KeepCamera keep)
{
    m_task->cancel();
    if (!m_answers.estate || !m_answers.identity)
        return take({}, keep);
    const auto make = [estate = m_answers.estate, identity = m_answers.identity, filter = m_filter](
                          Progress&) { return accessMatrix(*estate, identity->access, filter); };
    if (m_answers.identity->access.size() <= quicklyDone) {
        Progress progress;
        return take(make(progress), keep);
    }
    m_task->run(make, [this, keep](AccessMatrix matrix, bool cancelled) {
        if (!cancelled)
            take(std::move(matrix), keep);
    });
}

void AccessView::take(AccessMatrix matrix, Canvas::KeepCamera keep)
{
    m_matrix = std::move(matrix);
    sayWhyEmpty();
    const bool wasEmpty = canvas().scene().isEmpty();
    showScene(m_answers.estate ? accessScene(*m_answers.estate, m_matrix) : Scene{},
        wasEmpty ? Canvas::KeepCamera::No : keep);
    Q_EMIT summaryChanged();
}

void AccessView::sayWhyEmpty()
{
    if (!m_answers.estate || !m_answers.identity)
        canvas().setEmptyText(tr("No access yet"),
            m_answers.busy ? tr("The policies are being evaluated.")
                           : tr("Import identities with their policies, and stores, to see who may touch what."));
    else if (m_matrix.hidden > 0)
        canvas().setEmptyText(tr("Nothing fits the filter"),
            tr("%Ln entries are hidden. Clear the words, or switch the kinds of access on again.", nullptr,
                static_cast<int>(m_matrix.hidden)));
    else
        canvas().setEmptyText(tr("Nobody may touch a store"),
            tr("No policy in what was imported lets an identity read, write or administer a store."));
}

void AccessView::turn(MarkId id)
{
    const bool principal = markKind(id) == access_mark::principalGroup;
    const bool store = markKind(id) == access_mark::storeGroup;
    if (id == 0 || (!principal && !store))
        return;
    const AccessAxis& axis = principal ? m_matrix.principals : m_matrix.stores;
    const AccessAxis::GroupKey key = axis.groups[markRow(id)].key;
    if (m_filter.turned.erase(key) == 0)
        m_filter.turned.insert(key);
    compute(Canvas::KeepCamera::Yes);
}

QString AccessView::summary() const
{
    if (!m_answers.identity)
        return {};
    const QLocale locale;
    return tr("%1 identities × %2 stores")
        .arg(locale.toString(static_cast<qulonglong>(m_matrix.identities)),
            locale.toString(static_cast<qulonglong>(m_matrix.storeCount)));
}

Selected AccessView::selectedOf(const QVector<MarkId>& ids) const
{
    if (ids.isEmpty())
        return {};
    const MarkId id = ids.back();
    const std::size_t row = markRow(id);
    switch (markKind(id)) {
    case access_mark::cell: {
        const std::size_t columns = m_matrix.stores.lines.size();
        return Selected::access(
            m_matrix.principals.lines[row / columns].things, m_matrix.stores.lines[row % columns].things);
    }
    case access_mark::principal:
        return Selected::of(m_matrix.principals.lines[row].things);
    case access_mark::store:
        return Selected::of(m_matrix.stores.lines[row].things);
    default:
        return {};
    }
}

QVector<MarkId> AccessView::idsOf(const Selected& selected) const
{
    QVector<MarkId> ids;
    const auto lineOf = [](const AccessAxis& axis, NodeId node) {
        const auto found = std::find_if(axis.lines.begin(), axis.lines.end(), [node](const AccessAxis::Line& line) {
            return std::find(line.things.begin(), line.things.end(), node) != line.things.end();
        });
        return found == axis.lines.end() ? -1 : static_cast<int>(found - axis.lines.begin());
    };
    if (const auto* access = selected.as<subject::Access>()) {
        const int row = lineOf(m_matrix.principals, access->principals.front());
        const int column = lineOf(m_matrix.stores, access->stores.front());
        if (row >= 0 && column >= 0)
            ids.push_back(markOf(access_mark::cell,
                static_cast<std::uint32_t>(
                    static_cast<std::size_t>(row) * m_matrix.stores.lines.size() + static_cast<std::size_t>(column))));
        return ids;
    }
    // Of a long list the first few are enough to be seen.
    for (std::size_t at = 0; at < std::min<std::size_t>(selected.things.size(), 50); ++at) {
        if (const int row = lineOf(m_matrix.principals, selected.things[at]); row >= 0)
            ids.push_back(markOf(access_mark::principal, static_cast<std::uint32_t>(row)));
        if (const int column = lineOf(m_matrix.stores, selected.things[at]); column >= 0)
            ids.push_back(markOf(access_mark::store, static_cast<std::uint32_t>(column)));
    }
    return ids;
}

} // namespace glacis
