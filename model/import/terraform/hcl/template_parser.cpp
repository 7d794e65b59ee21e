// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/expression_parser.h"

#include "core/text.h"
#include "import/terraform/hcl/expression_scopes.h"

#include <algorithm>

/// Quoted texts and heredocs. Source: "Templates", HCL Native Syntax Specification.
namespace glacis::hcl {

namespace {

using Kind = Expression::Kind;
constexpr std::string_view blank = " \t\r\n";

void appendUtf8(std::string& into, char32_t code)
{
    const auto add = [&](char32_t byte) { into.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | (code >> 6));
        add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        add(0xE0 | (code >> 12));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | (code >> 18));
        add(0x80 | ((code >> 12) & 0x3F));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    }
}

Expression text(std::string value, Place place)
{
    Expression made;
    made.place = place;
    made.literal = std::move(value);
    return made;
}

} // namespace

/// Text, an interpolation, or one mark of a directive.
struct ExpressionParser::Piece {
    enum class Mark : std::uint8_t { Text, Value, If, Else, EndIf, For, EndFor };
    Mark mark = Mark::Text;
    bool trimsBefore = false, trimsAfter = false;
    std::string text;
    std::string name, keyName; ///< of a for directive
    Expression value{}; ///< what is inserted, asked or gone through
    Place place{};
};

namespace {

/// What "~" marks ask for.
template <class Pieces> void trim(Pieces& pieces)
{
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].trimsBefore && i > 0) {
            std::string& before = pieces[i - 1].text;
            before.erase(before.find_last_not_of(blank) + 1);
        }
        if (pieces[i].trimsAfter && i + 1 < pieces.size()) {
            std::string& behind = pieces[i + 1].text;
            behind.erase(0, std::min(behind.find_first_not_of(blank), behind.size()));
        }
    }
}

/// Calls `each` with a text and where the indentation of one of its lines begins and ends.
template <class Pieces, class Each> void eachIndentation(Pieces& pieces, Each each)
{
    for (auto& piece : pieces) {
        std::string& of = piece.text;
        bool fresh = &piece == &pieces.front();
        for (std::size_t at = 0;;) {
            const auto end = std::min(of.find('\n', at), of.size());
            const auto indented = std::min(of.find_first_not_of(" \t", at), end);
            // A line of white space alone says nothing about how the others are indented.
            const bool empty = indented == end && (end < of.size() || &piece == &pieces.back());
            if (fresh && !empty)
                each(of, at, indented);
            const auto next = of.find('\n', at);
            if (next == std::string::npos)
                break;
            at = next + 1;
            fresh = true;
        }
    }
}

/// "<<-": every line loses the indentation that all have.
template <class Pieces> void outdent(Pieces& pieces)
{
    std::size_t common = std::string::npos;
    eachIndentation(
        pieces, [&](const std::string&, std::size_t from, std::size_t to) { common = std::min(common, to - from); });
    eachIndentation(pieces,
        [&](std::string& of, std::size_t from, std::size_t to) { of.erase(from, std::min(common, to - from)); });
}

} // namespace

Expression ExpressionParser::quoted()
{
    const Place place = m_cursor.place();
    m_cursor.skip();
    auto found = pieces(Ends::AtQuote);
    return assembled(found, place);
}

Expression ExpressionParser::wholeTemplate()
{
    const Place place = m_cursor.place();
    auto found = pieces(Ends::AtEnd);
    return assembled(found, place);
}

std::string ExpressionParser::label()
{
    const Place place = m_cursor.place();
    Expression made = quoted();
    if (made.kind != Kind::Literal)
        throw SyntaxError{place, "A label of a block may hold no “${”."};
    return made.literal.get<std::string>();
}

Expression ExpressionParser::heredoc()
{
    const Place place = m_cursor.place();
    m_cursor.skip(2);
    const bool flush = m_cursor.take("-");
    const std::string terminator = m_cursor.identifier();
    m_cursor.space(false);
    if (terminator.empty() || !m_cursor.take("\n"))
        throw SyntaxError{place, "Behind “<<” stands no word that would end the text."};
    auto found = pieces(Ends::AtWord, terminator);
    if (flush)
        outdent(found);
    return assembled(found, place);
}

char32_t ExpressionParser::escaped(std::size_t digits)
{
    char32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const char c = m_cursor.peek();
        const int value = c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'             ? c - 'a' + 10
            : c >= 'A' && c <= 'F'             ? c - 'A' + 10
                                               : -1;
        if (value < 0)
            m_cursor.fail("Behind “\\u” stand fewer hexadecimal digits than needed.");
        code = code * 16 + static_cast<char32_t>(value);
        m_cursor.skip();
    }
    return code < 0x110000 && (code < 0xD800 || code > 0xDFFF) ? code : U'\uFFFD';
}

void ExpressionParser::escape(std::string& into)
{
    m_cursor.skip();
    const char c = m_cursor.peek();
    m_cursor.skip();
    switch (c) {
    case 'n':
        into += '\n';
        return;
    case 'r':
        into += '\r';
        return;
    case 't':
        into += '\t';
        return;
    case '"':
    case '\\':
        into += c;
        return;
    case 'u':
        return appendUtf8(into, escaped(4));
    case 'U':
        return appendUtf8(into, escaped(8));
    default:
        m_cursor.fail("“\\" + std::string(1, c) + "” is no escape that HCL knows.");
    }
}

/// One character, and those behind it up to the next that may mean something.
void ExpressionParser::plainText(std::string& into, bool isQuoted)
{
    const std::size_t from = m_cursor.at();
    m_cursor.skip();
    if (m_cursor.between(from, from + 1) != "\n")
        m_cursor.skipPlain(isQuoted);
    into += m_cursor.between(from, m_cursor.at());
}

std::vector<ExpressionParser::Piece> ExpressionParser::pieces(Ends ends, std::string_view terminator)
{
    const Deeper deeper(*this);
    const Place begin = m_cursor.place();
    const bool isQuoted = ends == Ends::AtQuote;
    std::vector<Piece> found(1);
    const auto endsHere = [&] {
        if (isQuoted)
            return m_cursor.take("\"");
        if (ends == Ends::AtEnd)
            return m_cursor.atEnd();
        if (m_cursor.place().column != 1)
            return false;
        std::size_t at = 0;
        while (m_cursor.peek(at) == ' ' || m_cursor.peek(at) == '\t')
            ++at;
        const std::size_t from = at;
        while (m_cursor.peek(at) != '\n' && m_cursor.peek(at) != '\0' && at - from <= terminator.size() + 1)
            ++at;
        if (trimmed(m_cursor.between(m_cursor.at() + from, m_cursor.at() + at)) != terminator)
            return false;
        m_cursor.skip(at);
        return true;
    };
    while (!endsHere()) {
        if (m_cursor.atEnd() || (isQuoted && m_cursor.peek() == '\n'))
            throw SyntaxError{begin, "The text that begins here does not end."};
        std::string& current = found.back().text;
        const bool marked = m_cursor.peek(1) == '{' && (m_cursor.peek() == '$' || m_cursor.peek() == '%');
        if (m_cursor.ahead("$${") || m_cursor.ahead("%%{")) {
            current += m_cursor.peek();
            current += '{';
            m_cursor.skip(3);
        } else if (marked) {
            found.push_back(m_cursor.peek() == '$' ? interpolation() : directive());
            found.emplace_back();
        } else if (isQuoted && m_cursor.peek() == '\\') {
            escape(current);
        } else {
            plainText(current, isQuoted);
        }
    }
    trim(found);
    return found;
}

ExpressionParser::Piece ExpressionParser::interpolation()
{
    Piece piece;
    piece.mark = Piece::Mark::Value;
    piece.place = m_cursor.place();
    m_cursor.skip(2);
    piece.trimsBefore = m_cursor.take("~");
    const Lines lines(*this, true);
    space();
    piece.value = expression();
    space();
    piece.trimsAfter = m_cursor.take("~");
    m_cursor.expect("}", "at the end of “${”");
    return piece;
}

ExpressionParser::Piece ExpressionParser::directive()
{
    Piece piece;
    piece.place = m_cursor.place();
    m_cursor.skip(2);
    piece.trimsBefore = m_cursor.take("~");
    const Lines lines(*this, true);
    space();
    const std::string word = m_cursor.identifier();
    space();
    if (word == "if") {
        piece.mark = Piece::Mark::If;
        piece.value = expression();
    } else if (word == "for") {
        piece.mark = Piece::Mark::For;
        piece.name = m_cursor.identifier();
        space();
        if (m_cursor.take(",")) {
            space();
            piece.keyName = std::exchange(piece.name, m_cursor.identifier());
            space();
        }
        m_cursor.expect("in", "behind the names of the for directive");
        space();
        piece.value = expression();
    } else if (word == "else" || word == "endif" || word == "endfor") {
        piece.mark = word == "else" ? Piece::Mark::Else : word == "endif" ? Piece::Mark::EndIf : Piece::Mark::EndFor;
    } else {
        m_cursor.fail("“%{” is followed by no directive that HCL knows.");
    }
    space();
    piece.trimsAfter = m_cursor.take("~");
    m_cursor.expect("}", "at the end of “%{”");
    return piece;
}

Expression ExpressionParser::assembled(std::vector<Piece>& pieces, Place place)
{
    std::size_t at = 0;
    Expression made = sequence(pieces, at, place);
    if (at < pieces.size())
        throw SyntaxError{pieces[at].place, "This directive ends nothing that began."};
    return made;
}

/// Up to a mark that ends or splits what is around it.
Expression ExpressionParser::sequence(std::vector<Piece>& pieces, std::size_t& at, Place place)
{
    const Deeper deeper(*this);
    using Mark = Piece::Mark;
    const auto closed = [&](Mark mark, const Piece& opened) {
        if (at == pieces.size() || pieces[at].mark != mark)
            throw SyntaxError{opened.place, "The directive that begins here does not end."};
        ++at;
    };
    Expression whole;
    whole.kind = Kind::Template;
    whole.place = place;
    for (; at < pieces.size();) {
        Piece& piece = pieces[at];
        if (piece.mark == Mark::Else || piece.mark == Mark::EndIf || piece.mark == Mark::EndFor)
            break;
        ++at;
        if (piece.mark == Mark::Text) {
            if (!piece.text.empty())
                whole.parts.push_back(text(std::move(piece.text), place));
        } else if (piece.mark == Mark::Value) {
            whole.parts.push_back(std::move(piece.value));
        } else if (piece.mark == Mark::If) {
            Expression made;
            made.kind = Kind::Conditional;
            made.place = piece.place;
            made.parts.push_back(std::move(piece.value));
            made.parts.push_back(sequence(pieces, at, piece.place));
            const bool hasElse = at < pieces.size() && pieces[at].mark == Mark::Else;
            at += hasElse ? 1 : 0;
            made.parts.push_back(hasElse ? sequence(pieces, at, piece.place) : text({}, piece.place));
            closed(Mark::EndIf, piece);
            whole.parts.push_back(std::move(made));
        } else {
            // The same as joining what a for expression gives.
            Expression loop;
            loop.kind = Kind::For;
            loop.place = piece.place;
            loop.name = piece.name;
            loop.keyName = piece.keyName;
            loop.parts.push_back(std::move(piece.value));
            loop.parts.push_back(sequence(pieces, at, piece.place));
            closed(Mark::EndFor, piece);
            Expression made;
            made.kind = Kind::Call;
            made.name = "join";
            made.place = piece.place;
            made.parts.push_back(text({}, piece.place));
            made.parts.push_back(std::move(loop));
            whole.parts.push_back(std::move(made));
        }
    }
    if (whole.parts.empty())
        return text({}, place);
    // "${value}" alone is the value with its own type; a text alone is a literal.
    if (whole.parts.size() == 1)
        return std::move(whole.parts.front());
    return whole;
}

} // namespace glacis::hcl
