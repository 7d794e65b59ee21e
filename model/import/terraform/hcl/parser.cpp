// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/expression_parser.h"

#include <algorithm>

namespace glacis::hcl {

namespace {

class Parser {
public:
    explicit Parser(std::string_view text) : m_cursor(text), m_expressions(m_cursor) { }

    Parsed file()
    {
        Parsed parsed;
        while (true) {
            try {
                items(parsed.body);
                return parsed;
            } catch (const SyntaxError& error) {
                parsed.problems.push_back({error.place, error.sentence});
                if (parsed.problems.size() >= mostProblems)
                    return parsed;
                m_depth = 0;
                m_expressions.reset();
                m_cursor.recover();
            }
        }
    }

private:
    static constexpr std::size_t mostProblems = 100;

    /// The items of a body, up to the end of the text or a closing brace.
    void items(Body& body)
    {
        while (true) {
            m_cursor.space(true);
            if (m_cursor.atEnd() || (m_depth > 0 && m_cursor.peek() == '}'))
                return;
            item(body);
        }
    }

    void item(Body& body)
    {
        const Place place = m_cursor.place();
        if (!m_cursor.atIdentifier())
            m_cursor.fail("A setting or a block is expected here.");
        std::string name = m_cursor.identifier();
        m_cursor.space(false);
        if (m_cursor.peek() == '=' && m_cursor.peek(1) != '=') {
            m_cursor.skip();
            m_cursor.space(false);
            body.attributes.push_back({std::move(name), m_expressions.expression(), place});
            endOfItem();
            return;
        }
        Block block{std::move(name), {}, std::make_unique<Body>(), place, 0, {}};
        while (m_cursor.peek() != '{') {
            if (m_cursor.peek() == '"')
                block.labels.push_back(m_expressions.label());
            else if (m_cursor.atIdentifier())
                block.labels.push_back(m_cursor.identifier());
            else
                m_cursor.fail("After “" + block.type + "” stands neither “=” nor a block.");
            m_cursor.space(false);
        }
        m_cursor.skip();
        if (++m_depth > deepest)
            m_cursor.fail("Blocks lie more than " + std::to_string(deepest) + " deep here.");
        items(*block.body);
        m_cursor.expect("}", "where the block of line " + std::to_string(place.line) + " should end");
        --m_depth;
        block.lastLine = m_cursor.place().line;
        body.blocks.push_back(std::move(block));
        endOfItem();
    }

    void endOfItem()
    {
        m_cursor.space(false);
        if (!m_cursor.atEnd() && m_cursor.peek() != '\n' && m_cursor.peek() != '}')
            m_cursor.fail("The line should end here.");
    }

    Cursor m_cursor;
    ExpressionParser m_expressions;
    int m_depth = 0;
};

} // namespace

const Attribute* Body::attribute(std::string_view name) const
{
    const auto found = std::ranges::find(attributes, name, &Attribute::name);
    return found == attributes.end() ? nullptr : &*found;
}

Parsed parse(std::string_view text)
{
    return Parser(text).file();
}

ParsedTemplate parseTemplate(std::string_view text)
{
    Cursor cursor(text);
    try {
        return {ExpressionParser(cursor).wholeTemplate(), {}};
    } catch (const SyntaxError& error) {
        return {{}, error.sentence + " (line " + std::to_string(error.place.line) + ')'};
    }
}

} // namespace glacis::hcl
