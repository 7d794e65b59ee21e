// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/cursor.h"

#include <algorithm>
#include <cstring>

namespace glacis::hcl {

namespace {

/// Bytes from 0x80 belong to letters beyond ASCII, which identifiers may hold; the few that may not stay unnoticed.
bool begins(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool continues(char c)
{
    return begins(c) || (c >= '0' && c <= '9') || c == '-';
}

constexpr std::string_view outermost[] = {"resource", "data", "module", "variable", "output", "locals", "provider",
    "terraform", "moved", "import", "removed", "check", "ephemeral"};

} // namespace

void Cursor::skip(std::size_t count)
{
    const std::size_t to = std::min(m_at + count, m_text.size());
    while (m_at < to) {
        const void* found = std::memchr(m_text.data() + m_at, '\n', to - m_at);
        if (!found) {
            m_at = to;
            return;
        }
        m_at = static_cast<std::size_t>(static_cast<const char*>(found) - m_text.data()) + 1;
        m_lineStart = m_at;
        ++m_line;
    }
}

bool Cursor::take(std::string_view word)
{
    if (!ahead(word))
        return false;
    skip(word.size());
    return true;
}

void Cursor::expect(std::string_view word, std::string_view where)
{
    if (!take(word))
        fail("“" + std::string(word) + "” is missing " + std::string(where) + ".");
}

void Cursor::space(bool lines)
{
    while (!atEnd()) {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
            skip();
        } else if (c == '#' || ahead("//")) {
            // The end of the line belongs to what the line says, not to the comment.
            const auto end = m_text.find('\n', m_at);
            skip((end == std::string_view::npos ? m_text.size() : end) - m_at);
        } else if (ahead("/*")) {
            const auto end = m_text.find("*/", m_at + 2);
            if (end == std::string_view::npos)
                fail("The comment that begins here does not end.");
            skip(end + 2 - m_at);
        } else {
            return;
        }
    }
}

void Cursor::line()
{
    const auto end = m_text.find('\n', m_at);
    skip((end == std::string_view::npos ? m_text.size() : end + 1) - m_at);
}

bool Cursor::atIdentifier() const
{
    return begins(peek());
}

std::string Cursor::identifier()
{
    const std::size_t from = m_at;
    while (continues(peek()))
        ++m_at;
    return std::string(between(from, m_at));
}

void Cursor::recover()
{
    while (!atEnd()) {
        line();
        const auto text = m_text.substr(m_at);
        const auto first = text.find_first_not_of(" \t");
        if (first == std::string_view::npos)
            continue;
        for (const std::string_view word : outermost) {
            const char next = first + word.size() < text.size() ? text[first + word.size()] : '\0';
            if (text.substr(first).starts_with(word) && (next == ' ' || next == '"' || next == '{'))
                return;
        }
    }
}

} // namespace glacis::hcl
