// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/policy_page.h"

#include "core/json_stream.h"
#include "document/labels.h"
#include "identity/policy_words.h"
#include "inspector/source_view.h"
#include "theme/theme.h"

#include <QLabel>
#include <QListWidget>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <set>

namespace glacis {

namespace {

using Row = PolicyRow<NodeId>;

std::uint32_t positionOf(const Estate& estate, const Row& row)
{
    return static_cast<std::uint32_t>(&row - estate.facts().policies.data());
}

/// Its own, those that are attached, and those of its groups.
void addPoliciesOf(const Estate& estate, NodeId node, std::vector<std::uint32_t>& rows)
{
    const auto add = [&](NodeId of) {
        for (const Row& row : estate.policies(of)) {
            if (row.role != PolicyRole::Kubernetes)
                rows.push_back(positionOf(estate, row));
        }
    };
    std::vector<NodeId> holders = estate.targets(node, EdgeKind::MemberOf);
    holders.insert(holders.begin(), node);
    for (const NodeId holder : holders) {
        add(holder);
        for (const EdgeKind kind : {EdgeKind::HasPolicy, EdgeKind::BoundedBy}) {
            for (const NodeId attached : estate.targets(holder, kind))
                add(attached);
        }
    }
}

class Lines {
public:
    explicit Lines(const Answers& answers) : m_estate(*answers.estate) { }

    void add(std::uint32_t position, const std::set<std::string>& deciding)
    {
        if (!m_seen.insert(position).second || m_lines.size() >= mostRows)
            return;
        const Row& row = m_estate.facts().policies[position];
        const PolicyDocument document = parsePolicy(m_estate.text(row.document));
        const std::string owner(m_estate.name(row.of));
        const bool isIdentity = row.role == PolicyRole::Inline;
        for (const Statement& statement : document.statements) {
            PolicyLine line;
            line.policy = position;
            line.pointer = statement.pointer;
            line.allows = statement.allows;
            line.decides = deciding.count(statement.pointer) > 0;
            line.words = shown(plainWords(statement, isIdentity ? owner : "whoever it is attached to", owner));
            m_lines.push_back(std::move(line));
        }
    }

    std::vector<PolicyLine> taken()
    {
        std::stable_sort(m_lines.begin(), m_lines.end(),
            [](const PolicyLine& a, const PolicyLine& b) { return a.decides > b.decides; });
        return std::move(m_lines);
    }

private:
    const Estate& m_estate;
    std::set<std::uint32_t> m_seen;
    std::vector<PolicyLine> m_lines;
};

} // namespace

std::vector<PolicyLine> policyLines(const Answers& answers, const Selected& selected)
{
    if (!answers.estate)
        return {};
    const Estate& estate = *answers.estate;
    Lines lines(answers);
    if (!selected.as<subject::Things>()) {
        std::map<EvidenceId, std::set<std::string>> deciding;
        for (const Quote& quote : quotesOf(answers, selected)) {
            if (!quote.within.empty())
                deciding[quote.evidence].insert(quote.within);
        }
        for (const Row& row : estate.facts().policies) {
            if (const auto found = deciding.find(row.evidence); found != deciding.end() && row.evidence != noEvidence)
                lines.add(positionOf(estate, row), found->second);
        }
    }
    std::vector<std::uint32_t> rows;
    for (std::size_t at = 0; at < std::min<std::size_t>(selected.things.size(), 12); ++at)
        addPoliciesOf(estate, selected.things[at], rows);
    for (const std::uint32_t row : rows)
        lines.add(row, {});
    return lines.taken();
}

Excerpt policyText(std::string_view document, const std::string& pointer)
{
    Excerpt excerpt;
    const auto json = nlohmann::ordered_json::parse(document, nullptr, false);
    const std::string pretty =
        json.is_discarded() ? std::string(document) : json.dump(2, ' ', false, Json::error_handler_t::replace);
    excerpt.text = shown(withoutSecrets(pretty));
    excerpt.firstLine = 1;
    if (const auto range = locate(pretty, pointer)) {
        excerpt.markedFrom = range->firstLine;
        excerpt.markedTo = range->lastLine;
    }
    return excerpt;
}

PolicyPage::PolicyPage(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    column->addWidget(splitter);
    m_list = new QListWidget(splitter);
    m_list->setObjectName(QStringLiteral("policyStatements"));
    m_list->setAccessibleName(tr("What the statements say"));
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(2);
    auto* lower = new QWidget(splitter);
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    m_title = new QLabel(lower);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setMargin(8);
    m_title->setProperty("role", QStringLiteral("muted"));
    m_document = new SourceView(lower);
    m_document->setAccessibleName(tr("Policy document"));
    below->addWidget(m_title);
    below->addWidget(m_document, 1);
    splitter->addWidget(m_list);
    splitter->addWidget(lower);
    splitter->setSizes({220, 300});
    connect(m_list, &QListWidget::currentRowChanged, this, &PolicyPage::showLine);
}

const Excerpt& PolicyPage::excerpt() const
{
    return m_document->excerpt();
}

void PolicyPage::show(const Answers& answers, const Selected& selected)
{
    m_estate = answers.estate;
    m_lines = policyLines(answers, selected);
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const PolicyLine& line : m_lines) {
        const QColor colour = line.allows ? currentTheme().good : currentTheme().violation;
        auto* item = new QListWidgetItem(icon(line.allows ? Glyph::Check : Glyph::Cross, colour), line.words, m_list);
        if (line.decides) {
            QFont font = item->font();
            font.setBold(true);
            item->setFont(font);
            item->setText(tr("Decides: %1").arg(line.words));
        }
        item->setToolTip(item->text());
    }
    m_list->setVisible(!m_lines.empty());
    if (m_lines.empty()) {
        m_title->setText(tr("No policy document has to do with this."));
        m_document->show({});
        return;
    }
    m_list->setCurrentRow(0);
    showLine(0);
}

void PolicyPage::showLine(int row)
{
    if (row < 0 || row >= static_cast<int>(m_lines.size()))
        return;
    const PolicyLine& line = m_lines[static_cast<std::size_t>(row)];
    const Row& policy = m_estate->facts().policies[line.policy];
    m_title->setText(tr("%1 of %2, statement %3")
                         .arg(shown(m_estate->text(policy.name)), nameOf(*m_estate, policy.of),
                             shown(line.pointer).section(QLatin1Char('/'), -1)));
    m_document->show(policyText(m_estate->text(policy.document), line.pointer));
}

} // namespace glacis
