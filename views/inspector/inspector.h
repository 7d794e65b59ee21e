// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/selected.h"
#include "document/task.h"
#include "inspector/excerpt.h"
#include "inspector/explanation.h"

#include <QWidget>

#include <array>

class QLabel;
class QListWidget;
class QStackedWidget;
class QTabWidget;

namespace glacis {

class FactsView;
class PolicyPage;
class SourceView;

/// Says all that is known of what is selected, with the lines of the input that made it true.
class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setSelected(const Selected& selected);
    [[nodiscard]] const Selected& selected() const { return m_selected; }
    [[nodiscard]] const Heading& heading() const { return m_heading; }
    [[nodiscard]] const std::vector<Quote>& quotes() const { return m_quotes; }
    /// What the evidence page shows now.
    [[nodiscard]] const Excerpt& excerpt() const;
    void showEvidence(EvidenceId evidence);
    [[nodiscard]] PolicyPage& policies() { return *m_policyPage; }

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    /// The lines of a quote stand.
    void excerptShown();
    void told(const QString& sentence);
    void trialWanted(const glacis::Trial& trial);

private:
    class Plate;

    QWidget* makeHead();
    QWidget* makeEvidencePage();
    void refresh();
    void refreshPage();
    void refreshHead();
    void refreshQuotes();
    void showQuote(int row);
    void showText(const std::string& file, const ExcerptPlace& place);
    void copyQuote();

    Answers m_answers;
    Selected m_selected;
    Heading m_heading;
    std::vector<Quote> m_quotes;
    EvidenceId m_wanted = noEvidence; ///< to be shown first, though it is none of the quotes
    bool m_quotesStale = true;
    Task m_reading;
    std::string m_fileShown; ///< whose text is held
    Source m_sourceShown;
    std::string m_text;

    QStackedWidget* m_pages = nullptr;
    Plate* m_plate = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_kind = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_sentence = nullptr;
    QTabWidget* m_tabs = nullptr;
    std::array<FactsView*, 5> m_facts{}; ///< by Aspect
    QWidget* m_evidencePage = nullptr;
    QListWidget* m_quoteList = nullptr;
    QLabel* m_quoteNote = nullptr;
    SourceView* m_source = nullptr;
    PolicyPage* m_policyPage = nullptr;
};

} // namespace glacis
