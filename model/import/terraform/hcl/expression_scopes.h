// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/hcl/expression_parser.h"

#include <utility>

namespace glacis::hcl {

/// Bounds how deep expressions lie within one another.
class ExpressionParser::Deeper {
public:
    explicit Deeper(ExpressionParser& parser) : m_parser(parser)
    {
        if (++m_parser.m_depth > 2 * deepest)
            m_parser.m_cursor.fail("Brackets lie more than " + std::to_string(deepest) + " deep here.");
    }
    ~Deeper() { --m_parser.m_depth; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

private:
    ExpressionParser& m_parser;
};

/// Whether line ends mean something, until the end of the scope.
class ExpressionParser::Lines {
public:
    Lines(ExpressionParser& parser, bool meanNothing)
        : m_parser(parser), m_before(std::exchange(parser.m_linesMeanNothing, meanNothing))
    {
    }
    ~Lines() { m_parser.m_linesMeanNothing = m_before; }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

private:
    ExpressionParser& m_parser;
    bool m_before;
};

} // namespace glacis::hcl
