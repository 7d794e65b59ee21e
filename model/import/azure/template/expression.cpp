// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/template/expression.h"

#include "core/text.h"

namespace glacis::azure {

namespace {

constexpr int mostDepth = 100;

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Parser {
public:
    Parser(std::string_view text, std::string& fault) : m_text(text), m_fault(fault) { }

    std::unique_ptr<Expression> whole()
    {
        auto made = value(0);
        skip();
        if (made && m_at < m_text.size())
            return fail("something follows the expression");
        return made;
    }

private:
    std::unique_ptr<Expression> fail(std::string_view sentence)
    {
        if (m_fault.empty())
            m_fault = sentence;
        return nullptr;
    }
    void skip()
    {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    bool accept(char c)
    {
        skip();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    std::string word()
    {
        skip();
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && isWord(m_text[m_at]))
            ++m_at;
        return std::string(m_text.substr(begin, m_at - begin));
    }

    /// A term and the steps into it.
    std::unique_ptr<Expression> value(int depth)
    {
        if (depth > mostDepth)
            return fail("the expression is nested too deeply");
        auto made = term(depth);
        // Each step nests the tree once more, and whoever walks it goes as deep.
        for (int steps = depth; made; ++steps) {
            if (steps > mostDepth)
                return fail("the expression is nested too deeply");
            const bool optional = accept('.') ? accept('?') || true : false;
            if (optional) {
                auto step = std::make_unique<Expression>();
                step->kind = Expression::Kind::Member;
                step->word = word();
                if (step->word.empty())
                    return fail("a name is missing after a dot");
                step->parts.push_back(std::move(made));
                made = std::move(step);
            } else if (accept('[')) {
                accept('?');
                auto position = value(depth + 1);
                if (!position || !accept(']'))
                    return fail("a bracket is not closed");
                auto step = std::make_unique<Expression>();
                step->kind = Expression::Kind::Element;
                step->parts.push_back(std::move(made));
                step->parts.push_back(std::move(position));
                made = std::move(step);
            } else {
                break;
            }
        }
        return made;
    }

    std::unique_ptr<Expression> term(int depth)
    {
        skip();
        if (m_at >= m_text.size())
            return fail("the expression is empty");
        if (m_text[m_at] == '\'')
            return text();
        if (m_text[m_at] == '-' || (m_text[m_at] >= '0' && m_text[m_at] <= '9'))
            return number();
        auto made = std::make_unique<Expression>();
        made->kind = Expression::Kind::Call;
        made->word = word();
        if (made->word.empty())
            return fail("a function's name is missing");
        if (m_at < m_text.size() && m_text[m_at] == '.') {
            ++m_at;
            made->word += '.' + word();
        }
        if (!accept('('))
            return fail("a function is not called");
        if (accept(')'))
            return made;
        do {
            auto argument = value(depth + 1);
            if (!argument)
                return nullptr;
            made->parts.push_back(std::move(argument));
        } while (accept(','));
        return accept(')') ? std::move(made) : fail("a parenthesis is not closed");
    }

    std::unique_ptr<Expression> text()
    {
        auto made = std::make_unique<Expression>();
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] != '\'') {
                made->word += m_text[m_at];
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '\'') {
                made->word += '\'';
                ++m_at;
            } else {
                ++m_at;
                return made;
            }
        }
        return fail("a text is not closed");
    }

    std::unique_ptr<Expression> number()
    {
        const std::size_t begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
            ++m_at;
        const auto read = integer(m_text.substr(begin, m_at - begin));
        if (!read)
            return fail("a number is malformed");
        auto made = std::make_unique<Expression>();
        made->kind = Expression::Kind::Number;
        made->number = *read;
        return made;
    }

    std::string_view m_text;
    std::string& m_fault;
    std::size_t m_at = 0;
};

} // namespace

bool isExpression(std::string_view text)
{
    return text.size() >= 2 && text.front() == '[' && text.back() == ']' && text[1] != '[';
}

std::unique_ptr<Expression> parseExpression(std::string_view text, std::string& fault)
{
    return Parser(text.substr(1, text.size() - 2), fault).whole();
}

} // namespace glacis::azure
