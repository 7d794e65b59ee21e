// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/hcl/cursor.h"

namespace glacis::hcl {

/// The expression part of the grammar, templates included; reads from a cursor that it shares with its caller.
class ExpressionParser {
public:
    explicit ExpressionParser(Cursor& cursor) : m_cursor(cursor) { }

    /// Ends before what can't belong to the expression; throws SyntaxError.
    [[nodiscard]] Expression expression();
    /// A quoted text without any template, as labels of blocks are.
    [[nodiscard]] std::string label();
    /// All of the text as a template without quotes: a template file, or a text of the JSON syntax.
    [[nodiscard]] Expression wholeTemplate();
    /// After an error: nothing is open any more.
    void reset();

private:
    class Deeper;
    class Lines;
    struct Piece;

    void space() { m_cursor.space(m_linesMeanNothing); }
    Expression binary(std::size_t level);
    Expression unary();
    Expression traversal();
    Expression bracketed();
    Expression primary();
    Expression number();
    Expression named();
    Expression call(std::string name, Place place);
    Expression tuple();
    Expression object();
    Expression objectKey();
    [[nodiscard]] bool forAhead() const;
    Expression forExpression(Place place, std::string_view end);

    Expression quoted();
    Expression heredoc();
    char32_t escaped(std::size_t digits);
    void escape(std::string& into);
    void plainText(std::string& into, bool isQuoted);
    enum class Ends : std::uint8_t { AtQuote, AtWord, AtEnd };
    /// Up to the closing quote, in a heredoc to the line that repeats `terminator`, or to the end of the text.
    std::vector<Piece> pieces(Ends ends, std::string_view terminator = {});
    Piece interpolation();
    Piece directive();
    Expression assembled(std::vector<Piece>& pieces, Place place);
    Expression sequence(std::vector<Piece>& pieces, std::size_t& at, Place place);

    Cursor& m_cursor;
    bool m_linesMeanNothing = false;
    int m_depth = 0;
};

} // namespace glacis::hcl
