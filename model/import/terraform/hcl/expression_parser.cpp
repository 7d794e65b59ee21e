// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/expression_parser.h"

#include "import/terraform/hcl/evaluate.h"
#include "import/terraform/hcl/expression_scopes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace glacis::hcl {

namespace {

using Kind = Expression::Kind;

Expression make(Kind kind, Place place, std::string name = {})
{
    Expression made;
    made.kind = kind;
    made.place = place;
    made.name = std::move(name);
    return made;
}

Expression literal(Json value, Place place)
{
    Expression made = make(Kind::Literal, place);
    made.literal = std::move(value);
    return made;
}

/// Loosest first. Source: "Operations", HCL Native Syntax Specification.
constexpr std::array<std::string_view, 4> levels[] = {
    {"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};

/// So that what is built from the left can be walked and freed by recursion.
constexpr int longestChain = 1000;

} // namespace

void ExpressionParser::reset()
{
    m_depth = 0;
    m_linesMeanNothing = false;
}

Expression ExpressionParser::expression()
{
    const Deeper deeper(*this);
    const Place place = m_cursor.place();
    Expression condition = binary(0);
    space();
    if (m_cursor.peek() != '?')
        return condition;
    m_cursor.skip();
    Expression made = make(Kind::Conditional, place);
    made.parts.push_back(std::move(condition));
    m_cursor.space(true);
    made.parts.push_back(expression());
    m_cursor.space(true);
    m_cursor.expect(":", "between the two sides of the condition");
    m_cursor.space(true);
    made.parts.push_back(expression());
    return made;
}

Expression ExpressionParser::binary(std::size_t level)
{
    if (level == std::size(levels))
        return unary();
    const Place place = m_cursor.place();
    Expression left = binary(level + 1);
    for (int length = 0;; ++length) {
        space();
        std::string_view found;
        for (const std::string_view word : levels[level]) {
            if (found.empty() && !word.empty() && m_cursor.ahead(word))
                found = word;
        }
        if (found.empty())
            return left;
        if (length == longestChain)
            m_cursor.fail("More than " + std::to_string(longestChain) + " operations follow one another here.");
        m_cursor.skip(found.size());
        m_cursor.space(true);
        Expression made = make(Kind::Binary, place, std::string(found));
        made.parts.push_back(std::move(left));
        made.parts.push_back(binary(level + 1));
        left = std::move(made);
    }
}

Expression ExpressionParser::unary()
{
    const Deeper deeper(*this);
    const Place place = m_cursor.place();
    const char c = m_cursor.peek();
    if ((c != '-' && c != '!') || (c == '!' && m_cursor.peek(1) == '='))
        return traversal();
    m_cursor.skip();
    space();
    Expression made = make(Kind::Unary, place, std::string(1, c));
    made.parts.push_back(unary());
    return made;
}

Expression ExpressionParser::traversal()
{
    const Place place = m_cursor.place();
    Expression base = primary();
    std::vector<Expression> steps;
    while (true) {
        // A step may stand on the next line only where lines mean nothing.
        if (m_linesMeanNothing)
            space();
        const Place here = m_cursor.place();
        if (m_cursor.peek() == '.' && m_cursor.peek(1) != '.') {
            m_cursor.skip();
            space();
            if (m_cursor.take("*"))
                steps.push_back(make(Kind::AttributeSplat, here));
            else if (m_cursor.atIdentifier())
                steps.push_back(make(Kind::Step, here, m_cursor.identifier()));
            else if (m_cursor.peek() >= '0' && m_cursor.peek() <= '9')
                steps.push_back(bracketed());
            else
                m_cursor.fail("A name is missing behind the dot.");
        } else if (m_cursor.peek() == '[') {
            steps.push_back(bracketed());
        } else {
            break;
        }
    }
    if (steps.empty())
        return base;
    Expression made = make(Kind::Traversal, place);
    made.parts.push_back(std::move(base));
    std::ranges::move(steps, std::back_inserter(made.parts));
    return made;
}

/// "[*]", "[index]", or the digits of the old form "list.0".
Expression ExpressionParser::bracketed()
{
    const Place place = m_cursor.place();
    Expression made = make(Kind::Index, place);
    if (!m_cursor.take("[")) {
        const std::size_t from = m_cursor.at();
        while (m_cursor.peek() >= '0' && m_cursor.peek() <= '9')
            m_cursor.skip();
        const std::string_view digits = m_cursor.between(from, m_cursor.at());
        std::int64_t position = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), position);
        made.parts.push_back(literal(position, place));
        return made;
    }
    const Lines lines(*this, true);
    space();
    if (m_cursor.peek() == '*' && m_cursor.peek(1) == ']') {
        m_cursor.skip(2);
        return make(Kind::FullSplat, place);
    }
    made.parts.push_back(expression());
    space();
    m_cursor.expect("]", "behind the index");
    return made;
}

Expression ExpressionParser::primary()
{
    const Place place = m_cursor.place();
    const char c = m_cursor.peek();
    if (c == '"')
        return quoted();
    if (c == '(') {
        m_cursor.skip();
        const Lines lines(*this, true);
        space();
        Expression inner = expression();
        space();
        m_cursor.expect(")", "to close the bracket of line " + std::to_string(place.line));
        return inner;
    }
    if (c == '[')
        return tuple();
    if (c == '{')
        return object();
    if (c == '<' && m_cursor.peek(1) == '<')
        return heredoc();
    if (c >= '0' && c <= '9')
        return number();
    if (m_cursor.atIdentifier())
        return named();
    m_cursor.fail("A value is expected here.");
}

Expression ExpressionParser::number()
{
    const Place place = m_cursor.place();
    const std::size_t from = m_cursor.at();
    const auto digits = [this] {
        while (m_cursor.peek() >= '0' && m_cursor.peek() <= '9')
            m_cursor.skip();
    };
    digits();
    bool whole = true;
    if (m_cursor.peek() == '.' && m_cursor.peek(1) >= '0' && m_cursor.peek(1) <= '9') {
        whole = false;
        m_cursor.skip();
        digits();
    }
    const char sign = m_cursor.peek(1);
    const std::size_t exponent = sign == '+' || sign == '-' ? 2 : 1;
    if ((m_cursor.peek() == 'e' || m_cursor.peek() == 'E') && m_cursor.peek(exponent) >= '0'
        && m_cursor.peek(exponent) <= '9') {
        whole = false;
        m_cursor.skip(exponent);
        digits();
    }
    const std::string_view text = m_cursor.between(from, m_cursor.at());
    std::int64_t integer = 0;
    if (whole && std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc())
        return literal(integer, place);
    double real = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), real).ec != std::errc())
        m_cursor.fail("The number is too large.");
    return literal(numeric(real), place);
}

Expression ExpressionParser::named()
{
    const Place place = m_cursor.place();
    std::string name = m_cursor.identifier();
    // "provider::name::function" of provider-defined functions.
    while (m_cursor.ahead("::")) {
        m_cursor.skip(2);
        name += "::" + m_cursor.identifier();
    }
    if (m_cursor.peek() == '(')
        return call(std::move(name), place);
    if (name == "true" || name == "false")
        return literal(name == "true", place);
    if (name == "null")
        return literal(nullptr, place);
    return make(Kind::Variable, place, std::move(name));
}

Expression ExpressionParser::call(std::string name, Place place)
{
    Expression made = make(Kind::Call, place, std::move(name));
    m_cursor.skip();
    const Lines lines(*this, true);
    space();
    while (!m_cursor.take(")")) {
        made.parts.push_back(expression());
        space();
        if (m_cursor.take("...")) {
            made.flag = true;
            space();
            m_cursor.take(",");
            space();
            m_cursor.expect(")", "behind the last argument of " + made.name);
            break;
        }
        if (!m_cursor.take(",") && m_cursor.peek() != ')')
            m_cursor.fail("“,” or “)” is missing among the arguments of " + made.name + ".");
        space();
    }
    return made;
}

bool ExpressionParser::forAhead() const
{
    const char behind = m_cursor.peek(3);
    return m_cursor.ahead("for") && (behind == ' ' || behind == '\t' || behind == '\n');
}

Expression ExpressionParser::tuple()
{
    const Place place = m_cursor.place();
    Expression made = make(Kind::Tuple, place);
    m_cursor.skip();
    const Lines lines(*this, true);
    space();
    if (forAhead())
        return forExpression(place, "]");
    while (!m_cursor.take("]")) {
        made.parts.push_back(expression());
        space();
        if (!m_cursor.take(",") && m_cursor.peek() != ']')
            m_cursor.fail("“,” or “]” is missing in the list of line " + std::to_string(place.line) + ".");
        space();
    }
    return made;
}

Expression ExpressionParser::object()
{
    const Place place = m_cursor.place();
    Expression made = make(Kind::Object, place);
    m_cursor.skip();
    {
        const Lines lines(*this, true);
        space();
        if (forAhead())
            return forExpression(place, "}");
    }
    const Lines lines(*this, false);
    m_cursor.space(true);
    while (!m_cursor.take("}")) {
        made.parts.push_back(objectKey());
        space();
        if (!m_cursor.take("=") && !m_cursor.take(":"))
            m_cursor.fail("“=” is missing behind a key of the object of line " + std::to_string(place.line) + ".");
        m_cursor.space(true);
        made.parts.push_back(expression());
        space();
        if (!m_cursor.take(",") && m_cursor.peek() != '\n' && m_cursor.peek() != '}')
            m_cursor.fail("“,” or a new line is missing in the object of line " + std::to_string(place.line) + ".");
        m_cursor.space(true);
    }
    return made;
}

/// A bare name is the key itself; in round brackets it is what the name stands for.
Expression ExpressionParser::objectKey()
{
    const bool bracket = m_cursor.peek() == '(';
    Expression key = expression();
    if (key.kind == Kind::Variable && !bracket)
        return literal(std::move(key.name), key.place);
    if (key.kind == Kind::Literal && !key.literal.is_string())
        key.literal = asText(key.literal);
    return key;
}

Expression ExpressionParser::forExpression(Place place, std::string_view end)
{
    Expression made = make(Kind::For, place);
    const bool isObject = end == "}";
    m_cursor.skip(3);
    space();
    made.name = m_cursor.identifier();
    space();
    if (m_cursor.take(",")) {
        space();
        made.keyName = std::exchange(made.name, m_cursor.identifier());
        space();
    }
    m_cursor.expect("in", "behind the names of the for expression");
    space();
    made.parts.push_back(expression());
    space();
    m_cursor.expect(":", "behind what the for expression goes through");
    space();
    Expression first = expression();
    space();
    if (isObject) {
        m_cursor.expect("=>", "behind the key of the for expression");
        space();
        made.hasKey = true;
        made.parts.push_back(expression());
        made.parts.push_back(std::move(first));
        space();
        made.flag = m_cursor.take("...");
        space();
    } else {
        made.parts.push_back(std::move(first));
    }
    if (m_cursor.take("if")) {
        space();
        made.hasCondition = true;
        made.parts.push_back(expression());
        space();
    }
    m_cursor.expect(end, "at the end of the for expression of line " + std::to_string(place.line));
    return made;
}

} // namespace glacis::hcl
