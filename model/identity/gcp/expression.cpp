// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/gcp/expression.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace glacis::gcp {

namespace {

Truth negated(Truth one)
{
    return one == Truth::Open ? Truth::Open : one == Truth::True ? Truth::False : Truth::True;
}
Truth both(Truth a, Truth b)
{
    return a == Truth::False || b == Truth::False ? Truth::False
        : a == Truth::True && b == Truth::True    ? Truth::True
                                                  : Truth::Open;
}
Truth either(Truth a, Truth b)
{
    return negated(both(negated(a), negated(b)));
}

/// Reads an expression once from left to right. What it does not know is passed over and stays open.
class Reading {
public:
    Reading(std::string_view text, const ConditionResource& resource) : m_text(text), m_resource(resource) { }

    Truth whole()
    {
        const Truth found = disjunction(0);
        skip();
        return m_at == m_text.size() && !m_failed ? found : Truth::Open;
    }

private:
    static constexpr int deepest = 40;

    Truth disjunction(int depth)
    {
        Truth all = conjunction(depth);
        while (take("||"))
            all = either(all, conjunction(depth));
        return all;
    }
    Truth conjunction(int depth)
    {
        Truth all = term(depth);
        while (take("&&"))
            all = both(all, term(depth));
        return all;
    }
    Truth term(int depth)
    {
        if (depth > deepest) {
            m_failed = true;
            return Truth::Open;
        }
        skip();
        if (m_at < m_text.size() && m_text[m_at] == '!' && m_text.substr(m_at, 2) != "!=") {
            ++m_at;
            return negated(term(depth + 1));
        }
        if (take("(")) {
            const Truth inner = disjunction(depth + 1);
            m_failed = m_failed || !take(")");
            return inner;
        }
        return comparison();
    }

    Truth comparison()
    {
        const std::string name = path();
        if (name == "true" || name == "false")
            return name == "true" ? Truth::True : Truth::False;
        for (const std::string_view call : {".startsWith", ".endsWith", ".contains"}) {
            if (!name.ends_with(call) || !take("("))
                continue;
            const auto literal = quoted();
            const bool closed = take(")");
            if (!literal || !closed)
                return passOver();
            return compared(std::string_view(name).substr(0, name.size() - call.size()), call.substr(1), *literal);
        }
        for (const std::string_view sign : {"==", "!="}) {
            if (!take(sign))
                continue;
            const auto literal = quoted();
            if (!literal)
                return passOver();
            const Truth same = compared(name, "==", *literal);
            return sign == "==" ? same : negated(same);
        }
        return passOver();
    }

    Truth compared(std::string_view attribute, std::string_view how, const std::string& literal) const
    {
        if (attribute == "resource.type" || attribute == "resource.service")
            return holds(attribute == "resource.type" ? m_resource.type : m_resource.service, how, literal, false);
        if (attribute != "resource.name")
            return Truth::Open;
        Truth all = Truth::False;
        for (const std::string& name : m_resource.names)
            all = either(all, holds(name, how, literal, m_resource.partOf));
        return all;
    }

    /// `more`: the value goes on in a way that nobody knows.
    static Truth holds(std::string_view value, std::string_view how, std::string_view literal, bool more)
    {
        const auto known = [](bool one) { return one ? Truth::True : Truth::False; };
        if (how == "startsWith") {
            if (value.starts_with(literal))
                return Truth::True;
            return more && literal.starts_with(value) ? Truth::Open : Truth::False;
        }
        if (more)
            return how == "==" && !literal.starts_with(value) ? Truth::False : Truth::Open;
        if (how == "endsWith")
            return known(value.ends_with(literal));
        if (how == "contains")
            return known(value.find(literal) != std::string_view::npos);
        return known(value == literal);
    }

    /// To the end of this term, brackets and quotes kept together.
    Truth passOver()
    {
        int open = 0;
        while (m_at < m_text.size()) {
            const char letter = m_text[m_at];
            if (letter == '"' || letter == '\'') {
                if (!quoted())
                    return fail();
                continue;
            }
            if (letter == '(' || letter == '[')
                ++open;
            if ((letter == ')' || letter == ']') && open-- == 0) {
                break;
            }
            if (open == 0 && (m_text.substr(m_at, 2) == "&&" || m_text.substr(m_at, 2) == "||"))
                break;
            ++m_at;
        }
        return Truth::Open;
    }
    Truth fail()
    {
        m_failed = true;
        m_at = m_text.size();
        return Truth::Open;
    }

    void skip()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
    }
    bool take(std::string_view sign)
    {
        skip();
        if (!m_text.substr(m_at).starts_with(sign))
            return false;
        m_at += sign.size();
        return true;
    }
    std::string path()
    {
        skip();
        const std::size_t begin = m_at;
        while (m_at < m_text.size()
            && (std::isalnum(static_cast<unsigned char>(m_text[m_at])) || m_text[m_at] == '.' || m_text[m_at] == '_'))
            ++m_at;
        return std::string(m_text.substr(begin, m_at - begin));
    }
    std::optional<std::string> quoted()
    {
        skip();
        if (m_at >= m_text.size() || (m_text[m_at] != '"' && m_text[m_at] != '\''))
            return std::nullopt;
        const char quote = m_text[m_at++];
        std::string made;
        while (m_at < m_text.size() && m_text[m_at] != quote) {
            if (m_text[m_at] == '\\')
                ++m_at;
            if (m_at < m_text.size())
                made += m_text[m_at++];
        }
        if (m_at >= m_text.size())
            return std::nullopt;
        ++m_at;
        return made;
    }

    std::string_view m_text;
    const ConditionResource& m_resource;
    std::size_t m_at = 0;
    bool m_failed = false;
};

} // namespace

Truth conditionHolds(std::string_view expression, const ConditionResource& resource)
{
    return Reading(expression, resource).whole();
}

} // namespace glacis::gcp
