// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/inspector.h"

#include "canvas/drawing.h"
#include "document/labels.h"
#include "document/source_text.h"
#include "inspector/facts_view.h"
#include "inspector/policy_page.h"
#include "inspector/source_view.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace glacis {

/// The shape and glyph of what is selected, as the pictures show it.
class Inspector::Plate final : public QWidget {
public:
    using QWidget::QWidget;

    void show(const Heading& heading)
    {
        m_heading = heading;
        update();
    }
    QSize sizeHint() const override { return {36, 36}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (m_heading.glyph == Glyph::None)
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF field(0, 0, 36, 36);
        drawPlate(painter, currentTheme(), m_heading.shape, m_heading.glyph, ZoneHue::Neutral, field);
        if (hasStateSign(m_heading.state))
            drawStateSign(painter, currentTheme(), m_heading.state, {29, 29}, 7);
    }

private:
    Heading m_heading;
};

namespace {

QLabel* plainLabel(const char* role, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        label->setProperty("role", QString::fromLatin1(role));
    return label;
}

/// Long ids have no spaces; a zero-width space after their separators lets a label break them.
QString breakable(QString text)
{
    static const QString separators = QStringLiteral("/:-_.›");
    QString result;
    for (const QChar c : std::as_const(text)) {
        result += c;
        if (separators.contains(c))
            result += QChar(0x200b);
    }
    return result;
}

} // namespace

Inspector::Inspector(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("inspector"));
    m_pages = new QStackedWidget(this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);

    auto* empty = plainLabel("muted", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(24);
    empty->setText(
        tr("Select something in a view, the tree or a table. What is known of it stands here, with the lines "
           "of the export that say so."));
    m_pages->addWidget(empty);

    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    m_tabs = new QTabWidget(page);
    m_tabs->setDocumentMode(true);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->setAccessibleName(tr("What is known of the selection"));
    const auto addFacts = [this](Aspect aspect, const QString& title) {
        auto* view = new FactsView(m_tabs);
        view->setAccessibleName(title);
        connect(view, &FactsView::picked, this, &Inspector::picked);
        connect(view, &FactsView::evidenceWanted, this, &Inspector::showEvidence);
        connect(view, &FactsView::trialWanted, this, &Inspector::trialWanted);
        connect(view, &FactsView::copied, this, [this](const QString&) { Q_EMIT told(tr("Copied.")); });
        m_facts[static_cast<std::size_t>(aspect)] = view;
        m_tabs->addTab(view, title);
    };
    addFacts(Aspect::Summary, tr("Summary"));
    m_evidencePage = makeEvidencePage();
    m_tabs->addTab(m_evidencePage, tr("Evidence"));
    m_policyPage = new PolicyPage(m_tabs);
    m_tabs->addTab(m_policyPage, tr("Policy"));
    addFacts(Aspect::Findings, tr("Findings"));
    addFacts(Aspect::Access, tr("Access"));
    addFacts(Aspect::Reach, tr("Reach"));
    addFacts(Aspect::Paths, tr("Paths"));
    column->addWidget(m_tabs, 1);
    m_pages->addWidget(page);
    connect(m_tabs, &QTabWidget::currentChanged, this, &Inspector::refreshPage);
}

QWidget* Inspector::makeHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(12, 10, 12, 8);
    row->setSpacing(10);
    m_plate = new Plate(head);
    m_plate->setFixedSize(36, 36);
    row->addWidget(m_plate, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_title = plainLabel("heading", head);
    m_kind = plainLabel(nullptr, head);
    m_place = plainLabel("muted", head);
    m_sentence = plainLabel(nullptr, head);
    for (QLabel* label : {m_title, m_kind, m_place, m_sentence})
        texts->addWidget(label);
    row->addLayout(texts, 1);
    return head;
}

QWidget* Inspector::makeEvidencePage()
{
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_quoteList = new QListWidget(splitter);
    m_quoteList->setAccessibleName(tr("Places of the input"));
    m_quoteList->setWordWrap(true);
    m_quoteList->setTextElideMode(Qt::ElideMiddle);
    m_quoteList->setFrameShape(QFrame::NoFrame);
    splitter->addWidget(m_quoteList);
    auto* lower = new QWidget(splitter);
    auto* column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 4, 8, 4);
    m_quoteNote = plainLabel("muted", lower);
    auto* copy = new QToolButton(lower);
    copy->setProperty("flat", true);
    copy->setIcon(icon(Glyph::Copy));
    copy->setToolTip(tr("Copy with file and line"));
    copy->setAccessibleName(copy->toolTip());
    connect(copy, &QToolButton::clicked, this, &Inspector::copyQuote);
    bar->addWidget(m_quoteNote, 1);
    bar->addWidget(copy, 0, Qt::AlignTop);
    column->addLayout(bar);
    m_source = new SourceView(lower);
    column->addWidget(m_source, 1);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({120, 360});
    connect(m_quoteList, &QListWidget::currentRowChanged, this, &Inspector::showQuote);
    return splitter;
}

const Excerpt& Inspector::excerpt() const
{
    return m_source->excerpt();
}

void Inspector::setAnswers(const Answers& answers)
{
    const bool another = answers.estate != m_answers.estate || answers.ledger != m_answers.ledger;
    m_answers = answers;
    if (another)
        m_selected = {};
    refresh();
}

void Inspector::setSelected(const Selected& selected)
{
    m_selected = selected;
    m_wanted = noEvidence;
    m_quotesStale = true;
    refresh();
}

void Inspector::refresh()
{
    m_pages->setCurrentIndex(m_selected.isEmpty() ? 0 : 1);
    if (m_selected.isEmpty())
        return;
    refreshHead();
    refreshPage();
}

void Inspector::refreshHead()
{
    m_heading = headingOf(m_answers, m_selected);
    m_plate->show(m_heading);
    const auto say = [](QLabel* label, const QString& text) {
        label->setText(breakable(text));
        label->setVisible(!text.isEmpty());
    };
    say(m_title, m_heading.title);
    say(m_kind, m_heading.kind);
    say(m_place, m_heading.place);
    say(m_sentence, m_heading.sentence);
    const char* tone = m_heading.state == MarkState::Violation ? "violation"
        : m_heading.state == MarkState::Latent                 ? "latent"
        : m_heading.state == MarkState::Unknown                ? "unknown"
                                                               : "";
    m_kind->setProperty("tone", QString::fromLatin1(tone));
    m_kind->style()->unpolish(m_kind);
    m_kind->style()->polish(m_kind);
}

void Inspector::refreshPage()
{
    if (m_selected.isEmpty())
        return;
    QWidget* current = m_tabs->currentWidget();
    if (current == m_evidencePage) {
        refreshQuotes();
        return;
    }
    if (current == m_policyPage) {
        m_policyPage->show(m_answers, m_selected);
        return;
    }
    for (std::size_t aspect = 0; aspect < m_facts.size(); ++aspect) {
        if (m_facts[aspect] == current)
            m_facts[aspect]->setRows(factsOf(m_answers, m_selected, static_cast<Aspect>(aspect)));
    }
}

void Inspector::refreshQuotes()
{
    if (!m_quotesStale)
        return;
    m_quotesStale = false;
    m_quotes = quotesOf(m_answers, m_selected);
    if (m_wanted != noEvidence) {
        const auto known = std::find_if(
            m_quotes.begin(), m_quotes.end(), [this](const Quote& quote) { return quote.evidence == m_wanted; });
        if (known == m_quotes.end())
            m_quotes.insert(m_quotes.begin(), {m_wanted, {}, tr("says this")});
        else
            std::rotate(m_quotes.begin(), known, known + 1);
    }
    const QSignalBlocker blocker(m_quoteList);
    m_quoteList->clear();
    for (const Quote& quote : m_quotes) {
        auto* item = new QListWidgetItem(
            placeOf(*m_answers.estate, quote.evidence) + shown(quote.within) + QLatin1Char('\n') + quote.why,
            m_quoteList);
        item->setToolTip(item->text());
    }
    m_quoteList->setVisible(!m_quotes.empty());
    if (!m_quotes.empty()) {
        m_quoteList->setCurrentRow(0);
        showQuote(0);
    } else if (const auto* file = m_selected.as<subject::File>()) {
        const LedgerRow& row = m_answers.ledger->rows[file->at];
        const Place place = row.problems.empty() ? Place{} : row.problems.front().place;
        showText(row.file, {place.pointer, static_cast<std::uint32_t>(std::max(place.line, 0)), {}});
    } else {
        m_quoteNote->setText(tr("No line of the input speaks of this."));
        m_source->show({});
        Q_EMIT excerptShown();
    }
}

void Inspector::showEvidence(EvidenceId evidence)
{
    m_wanted = evidence;
    m_quotesStale = true;
    if (m_tabs->currentWidget() == m_evidencePage)
        refreshQuotes();
    else
        m_tabs->setCurrentWidget(m_evidencePage);
}

void Inspector::showQuote(int row)
{
    if (row < 0 || row >= static_cast<int>(m_quotes.size()))
        return;
    const Quote& quote = m_quotes[static_cast<std::size_t>(row)];
    const Evidence& at = m_answers.estate->evidence(quote.evidence);
    showText(std::string(m_answers.estate->file(at.file)),
        {std::string(m_answers.estate->text(at.pointer)), at.line, quote.within});
}

void Inspector::showText(const std::string& file, const ExcerptPlace& place)
{
    const auto show = [this, place](const Excerpt& excerpt) {
        QString note = excerpt.problem;
        if (note.isEmpty() && excerpt.reformatted)
            note = tr("Laid out anew; line %L1 of the file").arg(excerpt.markedFrom);
        else if (note.isEmpty() && excerpt.markedFrom > 0)
            note = excerpt.markedFrom == excerpt.markedTo
                ? tr("Line %L1").arg(excerpt.markedFrom)
                : tr("Lines %L1–%L2").arg(excerpt.markedFrom).arg(excerpt.markedTo);
        if (excerpt.cut)
            note += tr(" · cut, it goes on in the file");
        m_quoteNote->setText(note);
        m_source->show(excerpt);
        Q_EMIT excerptShown();
    };
    if (file == m_fileShown && m_sourceShown == m_answers.source && !m_text.empty())
        return show(excerptOf(m_text, place, 4));
    m_quoteNote->setText(tr("Reading %1 …").arg(shown(file)));
    m_reading.run([source = m_answers.source, file](Progress& progress) { return sourceText(source, file, progress); },
        [this, show, file, place, source = m_answers.source](SourceText got, bool) {
            if (!got.problem.isEmpty()) {
                Excerpt nothing;
                nothing.problem = got.problem;
                return show(nothing);
            }
            m_fileShown = file;
            m_sourceShown = source;
            m_text = std::move(got.text);
            show(excerptOf(m_text, place, 4));
        });
}

void Inspector::copyQuote()
{
    const int row = m_quoteList->currentRow();
    QString text = m_source->toPlainText();
    if (row >= 0 && row < static_cast<int>(m_quotes.size())) {
        const Quote& quote = m_quotes[static_cast<std::size_t>(row)];
        text = placeOf(*m_answers.estate, quote.evidence) + shown(quote.within) + QStringLiteral(" (")
            + m_quoteNote->text() + QStringLiteral(")\n") + text;
    }
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT told(tr("Copied with file and line."));
}

} // namespace glacis
