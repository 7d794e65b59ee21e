// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/excerpt.h"
#include "inspector/explanation.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace glacis {

class SourceView;

/// A statement of a policy that has to do with what is selected.
struct PolicyLine {
    std::uint32_t policy = 0; ///< row of the estate's table of policies
    std::string pointer;
    QString words;
    bool allows = false;
    bool decides = false; ///< it made true what is selected
};
/// The statements of all policies of what is selected, or that decided it; those that decided first.
[[nodiscard]] std::vector<PolicyLine> policyLines(const Answers& answers, const Selected& selected);
/// A document as people lay it out, with one of its statements marked.
[[nodiscard]] Excerpt policyText(std::string_view document, const std::string& pointer);

/// What policies say: each statement in plain words, and below the document with the one that is chosen marked.
class PolicyPage final : public QWidget {
    Q_OBJECT
public:
    explicit PolicyPage(QWidget* parent = nullptr);

    void show(const Answers& answers, const Selected& selected);
    [[nodiscard]] const std::vector<PolicyLine>& lines() const { return m_lines; }
    [[nodiscard]] const Excerpt& excerpt() const;

private:
    void showLine(int row);

    std::shared_ptr<const Estate> m_estate;
    std::vector<PolicyLine> m_lines;
    QListWidget* m_list;
    QLabel* m_title;
    SourceView* m_document;
};

} // namespace glacis
