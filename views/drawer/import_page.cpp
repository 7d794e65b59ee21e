// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/import_page.h"

#include "theme/glyphs.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>
#include <set>

namespace glacis {

namespace {

constexpr std::size_t quicklyDone = 2000; ///< files that are arranged at once, without a job
constexpr int mostOpened = 8; ///< sources that are open at first

} // namespace

ImportPage::ImportPage(QWidget* parent) : ListPage(tr("Filter the files"), parent)
{
    setObjectName(QStringLiteral("importPage"));
    makeMissing();
    makeView();
    setAnswers({});
}

void ImportPage::makeView()
{
    m_view = new QTreeView(this);
    m_view->setAccessibleName(tr("Import"));
    m_view->setModel(&m_model);
    m_view->setUniformRowHeights(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setExpandsOnDoubleClick(true);
    m_view->header()->setSectionsClickable(true);
    m_view->header()->setSortIndicatorShown(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->header()->setStretchLastSection(true);
    setList(m_view);
    const int widths[] = {380, 190, 220, 80, 120, 320, 420};
    for (int at = 0; at < ImportOrder::Columns; ++at) {
        const QString title = m_model.headerData(at, Qt::Horizontal, Qt::DisplayRole).toString();
        m_view->setColumnWidth(at, columnWidth(title, widths[at]));
    }
    connect(m_view->header(), &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        m_order.column = column;
        m_order.descending = order == Qt::DescendingOrder;
        arrange();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (const ImportRow* file = m_model.fileAt(row); file && !m_telling)
            Q_EMIT picked(Selected::file(file->at));
    });
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (const ImportRow* file = m_model.fileAt(index))
            Q_EMIT opened(Selected::file(file->at));
    });
}

void ImportPage::makeMissing()
{
    m_missing = new QWidget(this);
    auto* row = new QHBoxLayout(m_missing);
    row->setContentsMargins(12, 0, 8, 0);
    m_missingText = new QLabel(m_missing);
    m_missingText->setTextFormat(Qt::PlainText);
    m_missingText->setProperty("role", QStringLiteral("muted"));
    m_missingText->setMinimumWidth(1); // rather cut than the window held wide by a long translation
    row->addWidget(m_missingText);
    auto* list = new QPushButton(tr("List"), m_missing);
    list->setObjectName(QStringLiteral("missingList"));
    list->setToolTip(tr("Each missing export and what it would decide"));
    auto* copy = new QPushButton(icon(Glyph::Copy), tr("Copy the commands"), m_missing);
    copy->setObjectName(QStringLiteral("missingCopy"));
    copy->setToolTip(tr("Copies the read-only commands that make these exports"));
    row->addWidget(list);
    row->addWidget(copy);
    connect(list, &QPushButton::clicked, this, &ImportPage::missingWanted);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(missingCommands()); });
    addToBar(m_missing);
}

void ImportPage::setAnswers(const Answers& answers)
{
    const bool sameFiles = answers.ledger == m_answers.ledger && m_answers.ledger;
    const bool sameDocument = answers.document == m_answers.document;
    m_answers = answers;
    refreshMissing();
    if (sameFiles)
        return;
    m_all.reset();
    if (!sameDocument) {
        m_order = {};
        clearFilter();
        const QSignalBlocker still(m_view->header());
        m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    }
    if (!answers.ledger || !answers.estate) {
        m_task.cancel();
        take({}, {});
        return setEmpty(tr("What became of each file stands here once an export is open."));
    }
    arrange();
}

void ImportPage::filter(const QString& words)
{
    m_order.filter = words;
    arrange();
}

void ImportPage::arrange()
{
    if (!m_answers.ledger || !m_answers.estate)
        return;
    struct Made {
        std::shared_ptr<const ImportRows> all;
        std::vector<ImportGroup> groups;
    };
    const auto make = [ledger = m_answers.ledger, estate = m_answers.estate, all = m_all, order = m_order](
                          Progress& progress) {
        Made made{all, {}};
        if (!made.all)
            made.all = std::make_shared<const ImportRows>(importRows(*ledger, *estate, progress));
        made.groups = arranged(*made.all, order, progress);
        return made;
    };
    if (m_answers.ledger->rows.size() <= quicklyDone && m_answers.estate->nodeCount() <= 10 * quicklyDone) {
        m_task.cancel();
        Progress progress;
        Made made = make(progress);
        return take(std::move(made.all), std::move(made.groups));
    }
    m_task.run(make, [this](Made made, bool cancelled) {
        if (!cancelled)
            take(std::move(made.all), std::move(made.groups));
    });
}

void ImportPage::take(std::shared_ptr<const ImportRows> all, std::vector<ImportGroup> groups)
{
    const bool another = all != m_all;
    // Which sources are closed is kept by name while the same files are shown in another order.
    std::set<QString> closed;
    for (int row = 0; !another && row < m_model.rowCount(); ++row) {
        const QModelIndex source = m_model.index(row, 0);
        if (!m_view->isExpanded(source))
            closed.insert(source.data().toString());
    }
    m_all = all;
    m_telling = true;
    m_model.show(std::move(all), std::move(groups));
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex source = m_model.index(row, 0);
        const bool open = another ? row < mostOpened : !closed.contains(source.data().toString());
        m_view->setExpanded(source, open || !m_order.filter.isEmpty());
    }
    m_telling = false;
    const auto total = m_all ? static_cast<int>(m_all->rows.size()) : 0;
    setCount(
        m_model.files() == total ? tr("%Ln file(s)", nullptr, total) : tr("%L1 of %L2").arg(m_model.files()).arg(total),
        total > 0);
    showEmpty(m_model.files() == 0);
    setEmpty(total == 0 ? tr("No file was found.") : tr("No file fits the filter."));
    setSelected(m_selected);
    Q_EMIT shownChanged();
}

void ImportPage::setSelected(const Selected& selected)
{
    m_selected = selected;
    const auto* file = selected.as<subject::File>();
    const ImportRow* current = m_model.fileAt(m_view->currentIndex());
    if (file ? current && current->at == file->at : !current)
        return;
    m_telling = true;
    const QModelIndex index = file ? m_model.indexOf(file->at) : QModelIndex();
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
    else
        m_view->clearSelection();
    m_telling = false;
}

void ImportPage::refreshMissing()
{
    const auto* report = m_answers.posture.get();
    m_missing->setVisible(report && !report->missing.empty());
    if (!report)
        return;
    std::set<std::string> names;
    for (const MissingExport& one : report->missing)
        names.insert(one.name);
    const auto open = std::ranges::count_if(
        report->results, [](const CheckResult& result) { return result.verdict == CheckVerdict::Unknown; });
    m_missingText->setText(tr("%Ln kind(s) of export missing", nullptr, static_cast<int>(names.size()))
        + QStringLiteral(" · ") + tr("%Ln check(s) undecided", nullptr, static_cast<int>(open)));
}

QString ImportPage::missingCommands() const
{
    QStringList lines;
    if (!m_answers.posture)
        return {};
    std::string account;
    std::set<std::pair<std::string, std::string>> told;
    std::vector<const MissingExport*> order;
    for (const MissingExport& one : m_answers.posture->missing)
        order.push_back(&one);
    std::ranges::stable_sort(order, {}, [](const MissingExport* one) { return one->account; });
    for (const MissingExport* one : order) {
        if (one->command.empty() || !told.emplace(one->account, one->command).second)
            continue;
        if (one->account != account) {
            account = one->account;
            lines << tr("# account %1").arg(shown(account));
        }
        lines << shown(one->command);
    }
    return lines.join(QLatin1Char('\n'));
}

QModelIndexList ImportPage::allRows() const
{
    QModelIndexList rows;
    for (int group = 0; group < m_model.rowCount(); ++group) {
        const QModelIndex source = m_model.index(group, 0);
        for (int row = 0; row < m_model.rowCount(source); ++row)
            rows << m_model.index(row, 0, source);
    }
    return rows;
}

} // namespace glacis
