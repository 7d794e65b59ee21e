// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/explanation.h"

#include <QCoreApplication>

namespace glacis {

/// Collects the rows of an explanation and ends each list in time.
class Rows {
    Q_DECLARE_TR_FUNCTIONS(Rows)
public:
    explicit Rows(const Answers& answers) : m_answers(answers) { }

    void heading(const QString& text);
    /// A name and its value; nothing when the value is empty.
    void fact(const QString& name, const QString& value, EvidenceId evidence = noEvidence);
    void note(const QString& text);
    void command(const QString& decides, const QString& command);
    FactRow& line(const QString& text, Glyph glyph = Glyph::None);
    void thing(NodeId node, const QString& after = {});
    void things(const QString& title, const std::vector<NodeId>& nodes);
    void hops(const std::vector<Hop>& hops);
    void decision(const Decision& decision);
    void reasons(const std::vector<Reason>& because);
    void open(const std::vector<std::string>& conditions);
    void step(const AttackStep& step, int number);
    void finding(std::uint32_t at);
    void violation(std::uint32_t at);
    /// What least privilege would not leave so of an identity; `but` is told of already.
    void privileges(NodeId of, std::uint32_t but = ~0U);
    void path(const AttackPath& path);

    /// Counts a list along; false when the rest is not to be shown any more.
    [[nodiscard]] bool goesOn(std::size_t position, std::size_t total);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] std::vector<FactRow> take() { return std::move(m_rows); }

private:
    const Answers& m_answers;
    std::vector<FactRow> m_rows;
};

} // namespace glacis
