// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/hcl/syntax.h"

namespace glacis::hcl {

/// What stops the reading of one outermost item.
struct SyntaxError {
    Place place;
    std::string sentence;
};

/// A place in a text and the small steps that all of the grammar is made of.
class Cursor {
public:
    explicit Cursor(std::string_view text) : m_text(text) { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] std::size_t at() const { return m_at; }
    /// The character `ahead` of here; 0 behind the end.
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool ahead(std::string_view word) const { return m_text.substr(m_at).starts_with(word); }
    [[nodiscard]] std::string_view between(std::size_t from, std::size_t to) const
    {
        return m_text.substr(from, to - from);
    }
    [[nodiscard]] Place place() const { return {m_line, static_cast<std::uint32_t>(m_at - m_lineStart + 1)}; }

    void skip(std::size_t count = 1);
    bool take(std::string_view word);
    void expect(std::string_view word, std::string_view where);
    /// White space and comments; line ends only when asked.
    void space(bool lines);
    /// Text of a template that means nothing but itself, up to the end of the line.
    void skipPlain(bool isQuoted)
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\n' || c == '$' || c == '%' || (isQuoted && (c == '"' || c == '\\')))
                return;
            ++m_at;
        }
    }
    /// The rest of the line, its end included.
    void line();
    [[nodiscard]] bool atIdentifier() const;
    [[nodiscard]] std::string identifier();
    /// To the line behind this one that begins an outermost block of Terraform; to the end when there is none.
    void recover();
    [[noreturn]] void fail(std::string sentence) const { throw SyntaxError{place(), std::move(sentence)}; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_lineStart = 0;
    std::uint32_t m_line = 1;
};

} // namespace glacis::hcl
