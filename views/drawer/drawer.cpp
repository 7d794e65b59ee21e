// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/drawer.h"

#include "drawer/import_page.h"
#include "drawer/table_page.h"
#include "drawer/tables.h"

#include <QLocale>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace glacis {

Drawer::Drawer(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("drawer"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->setAccessibleName(tr("Tables"));
    column->addWidget(m_tabs);
    m_import = new ImportPage(m_tabs);
    connect(m_import, &ImportPage::picked, this, &Drawer::picked);
    connect(m_import, &ImportPage::opened, this, &Drawer::opened);
    connect(m_import, &ImportPage::missingWanted, this, [this] { showPage(Page::Missing); });
    for (std::size_t at = 0; at < m_pages.size(); ++at) {
        if (static_cast<Page>(at) == Page::Ledger) {
            m_tabs->addTab(m_import, QString());
            continue;
        }
        auto* page = new TablePage(m_tabs);
        m_pages[at] = page;
        m_tabs->addTab(page, QString());
        connect(page, &TablePage::picked, this, &Drawer::picked);
        connect(page, &TablePage::opened, this, &Drawer::opened);
    }
    connect(&tableOf(Page::Changes), &TablePage::removeWanted, this,
        [this](int row) { Q_EMIT trialDropped(static_cast<std::size_t>(row)); });
    setAnswers({});
}

void Drawer::setAnswers(const Answers& answers)
{
    const bool open = answers.ledger != nullptr;
    struct Row {
        Page page;
        const void* answer;
        QString title;
        TableModel::Table (*make)(const Answers&);
        QString good; ///< when computed and empty
    };
    const Row rows[] = {
        {Page::Findings, answers.posture.get(), tr("Findings"), findingsTable,
            tr("Every check that applies has passed.")},
        {Page::ToldFindings, answers.estate.get(), tr("From other programs"), toldFindingsTable,
            tr("No findings of other programs were imported.")},
        {Page::Violations, answers.segmentation.get(), tr("Violations"), violationsTable,
            tr("Nothing that can be reached goes against the tier matrix.")},
        {Page::Paths, answers.paths.get(), tr("Paths"), pathsTable,
            tr("No attack path was found from the internet or from a stolen identity to data that matters.")},
        {Page::Privileges, answers.privileges.get(), tr("Privileges"), privilegesTable,
            tr("No identity has more than least privilege would leave it, as far as the export tells.")},
        {Page::Changes, answers.whatIf.get(), tr("Changes"), changesTable, QString()},
        {Page::Missing, answers.posture.get(), tr("Missing exports"), missingTable,
            tr("Nothing is missing: every check could be decided.")},
    };
    m_import->setAnswers(answers);
    const auto title = [](const QString& name, bool known, int count) {
        return known ? tr("%1  %2").arg(name, QLocale().toString(count)) : name;
    };
    m_tabs->setTabText(static_cast<int>(Page::Ledger),
        title(tr("Import ledger"), open, open ? static_cast<int>(answers.ledger->rows.size()) : 0));
    for (const Row& row : rows) {
        const auto position = static_cast<std::size_t>(row.page);
        // A table over an answer that did not change keeps its order, filter and place.
        const Shown now{row.answer, answers.busy};
        if (open && row.answer && m_shown[position].answer == row.answer)
            continue;
        m_shown[position] = now;
        const QString empty = row.answer ? row.good
            : open && row.page == Page::Changes
            ? tr("Nothing is tried out. Cut a step of a path (X) to see what that changes.")
            : !open        ? tr("Open an export to see this.")
            : answers.busy ? tr("This is being computed.")
                           : tr("This was not computed. View ▸ Compute again does it.");
        m_pages[position]->setTable(row.make(answers), row.title, empty);
        m_tabs->setTabText(
            static_cast<int>(position), title(row.title, row.answer != nullptr, m_pages[position]->rows()));
    }
}

void Drawer::setSelected(const Selected& selected)
{
    m_import->setSelected(selected);
    for (TablePage* page : m_pages) {
        if (page)
            page->setSelected(selected);
    }
}

void Drawer::showPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

Drawer::Page Drawer::page() const
{
    return static_cast<Page>(m_tabs->currentIndex());
}

} // namespace glacis
