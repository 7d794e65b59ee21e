// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigator/navigator.h"

#include "navigator/estate_search.h"
#include "theme/glyphs.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace glacis {

namespace {
constexpr std::size_t mostFound = 500;
}

Navigator::Navigator(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("navigator"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("navigatorFilter"));
    m_filter->setPlaceholderText(tr("Filter: name, kind:role, tag:Env=prod"));
    m_filter->setAccessibleName(tr("Filter the tree"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(Glyph::Filter), QLineEdit::LeadingPosition);
    auto* margin = new QVBoxLayout;
    margin->setContentsMargins(8, 8, 8, 6);
    margin->addWidget(m_filter);
    column->addLayout(margin);

    m_pages = new QStackedWidget(this);
    column->addWidget(m_pages, 1);
    m_treeView = new QTreeView(m_pages);
    m_treeView->setObjectName(QStringLiteral("estateTree"));
    m_treeView->setModel(&m_tree);
    m_treeView->setHeaderHidden(true);
    m_treeView->setUniformRowHeights(true);
    m_treeView->setIndentation(16);
    m_treeView->setTextElideMode(Qt::ElideMiddle);
    m_treeView->setFrameShape(QFrame::NoFrame);
    m_treeView->setAccessibleName(tr("Estate"));
    m_pages->addWidget(m_treeView);
    m_listView = new QListView(m_pages);
    m_listView->setObjectName(QStringLiteral("foundList"));
    m_listView->setModel(&m_found);
    m_listView->setUniformItemSizes(true);
    m_listView->setTextElideMode(Qt::ElideMiddle);
    m_listView->setFrameShape(QFrame::NoFrame);
    m_listView->setAccessibleName(tr("Found things"));
    m_pages->addWidget(m_listView);
    m_empty = new QLabel(m_pages);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(20);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_pages->addWidget(m_empty);

    connect(m_filter, &QLineEdit::textChanged, this, &Navigator::filter);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        if (m_pages->currentWidget() == m_listView) {
            m_listView->setFocus();
            m_listView->setCurrentIndex(m_found.index(0));
        }
    });
    connect(m_treeView->selectionModel(), &QItemSelectionModel::currentChanged, this, &Navigator::pickFromTree);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this, &Navigator::pickFromList);
    filter({});
}

void Navigator::setAnswers(const Answers& answers)
{
    if (answers.estate == m_estate)
        return;
    const bool sameDocument = m_estate && answers.estate && answers.document == m_document;
    if (sameDocument && answers.reading == m_reading) {
        m_estate = answers.estate;
        m_tree.changeEstate(m_estate);
        return filter(m_filter->text());
    }
    const std::vector<std::string> open = sameDocument ? openThings() : std::vector<std::string>{};
    m_estate = answers.estate;
    m_document = answers.document;
    m_reading = answers.reading;
    m_telling = true;
    m_tree.setEstate(m_estate);
    if (sameDocument)
        openAgain(open);
    else if (m_estate)
        openUpperLevels();
    m_telling = false;
    filter(m_filter->text());
}

/// The upper levels are the map; deeper ones are opened by hand.
void Navigator::openUpperLevels()
{
    const auto openContainers = [this](auto&& self, const QModelIndex& above, int depth) -> void {
        if (m_tree.canFetchMore(above) && m_tree.rowCount(above) == 0)
            m_tree.fetchMore(above);
        for (int row = 0; row < std::min(m_tree.rowCount(above), 12); ++row) {
            const QModelIndex index = m_tree.index(row, 0, above);
            const auto node = m_tree.nodeAt(index);
            if (!node || info(m_estate->kind(*node)).shape != Shape::Container || m_estate->kind(*node) == Kind::Subnet)
                continue;
            m_treeView->expand(index);
            if (depth < 3)
                self(self, index, depth + 1);
        }
    };
    openContainers(openContainers, {}, 0);
}

std::vector<std::string> Navigator::openThings() const
{
    std::vector<std::string> ids;
    const auto collect = [&](auto&& self, const QModelIndex& above) -> void {
        for (int row = 0; row < m_tree.rowCount(above); ++row) {
            const QModelIndex index = m_tree.index(row, 0, above);
            if (!m_treeView->isExpanded(index))
                continue;
            if (const auto node = m_tree.nodeAt(index))
                ids.emplace_back(m_estate->id(*node));
            self(self, index);
        }
    };
    collect(collect, {});
    return ids;
}

void Navigator::openAgain(const std::vector<std::string>& ids)
{
    for (const std::string& id : ids) {
        if (const auto node = m_estate->find(id))
            m_treeView->expand(m_tree.indexOf(*node));
    }
}

void Navigator::filter(const QString& text)
{
    m_filter->setEnabled(m_estate != nullptr);
    if (!m_estate) {
        m_empty->setText(tr("Accounts, networks, identities and stores stand here once an export is open."));
        m_pages->setCurrentWidget(m_empty);
        return;
    }
    const SearchQuery query = parseQuery(text);
    if (query.isEmpty()) {
        m_pages->setCurrentWidget(m_treeView);
        return;
    }
    m_telling = true;
    m_found.show(m_estate, findThings(*m_estate, query, mostFound));
    m_telling = false;
    if (m_found.rowCount() == 0) {
        m_empty->setText(
            tr("Nothing fits “%1”. Try part of a name, an id, an address, kind:role or tag:Env=prod.").arg(text));
        m_pages->setCurrentWidget(m_empty);
    } else {
        m_pages->setCurrentWidget(m_listView);
    }
}

void Navigator::pickFromTree()
{
    if (const auto node = m_tree.nodeAt(m_treeView->currentIndex()); node && !m_telling)
        Q_EMIT picked(Selected::thing(*node));
}

void Navigator::pickFromList()
{
    const NodeId node = m_found.nodeAt(m_listView->currentIndex());
    if (node != noNode && !m_telling)
        Q_EMIT picked(Selected::thing(node));
}

void Navigator::setSelected(const Selected& selected)
{
    m_telling = true;
    if (selected.things.empty())
        m_treeView->clearSelection();
    else
        reveal(selected.things.front());
    m_telling = false;
}

void Navigator::reveal(NodeId node)
{
    if (!m_estate || m_tree.nodeAt(m_treeView->currentIndex()) == node)
        return;
    const QModelIndex index = m_tree.indexOf(node);
    if (!index.isValid())
        return;
    m_treeView->setCurrentIndex(index);
    m_treeView->scrollTo(index);
}

} // namespace glacis
