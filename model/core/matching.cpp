// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/matching.h"
#include "core/text.h"

#include <algorithm>
#include <vector>

namespace glacis {

namespace {

char literal(char c)
{
    return c == literalStar ? '*' : c == literalMark ? '?' : c;
}

template <class Equal> bool matches(std::string_view pattern, std::string_view text, Equal equal)
{
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || equal(pattern[p], text[t]))) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

} // namespace

bool wildcardMatches(std::string_view pattern, std::string_view text)
{
    return matches(pattern, text, [](char a, char b) { return literal(a) == b; });
}

bool wildcardMatchesIgnoringCase(std::string_view pattern, std::string_view text)
{
    return matches(pattern, text, [](char a, char b) { return lower(literal(a)) == lower(b); });
}

bool wildcardsMeet(std::string_view a, std::string_view b)
{
    // row[j]: what was read of `a` and the first j characters of `b` have a text in common.
    std::vector<bool> row(b.size() + 1), next(b.size() + 1);
    row[0] = true;
    for (std::size_t j = 0; j < b.size() && b[j] == '*'; ++j)
        row[j + 1] = true;
    for (const char c : a) {
        next[0] = c == '*' && row[0];
        for (std::size_t j = 0; j < b.size(); ++j) {
            const char d = b[j];
            if (c == '*' || d == '*')
                next[j + 1] = row[j] || (c == '*' ? row[j + 1] || next[j] : next[j]) || (d == '*' && row[j + 1]);
            else
                next[j + 1] = row[j] && (c == d || c == '?' || d == '?' || literal(c) == literal(d));
        }
        std::swap(row, next);
    }
    return row[b.size()];
}

bool lessIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::lexicographical_compare(a, b, {}, lower, lower);
}

} // namespace glacis
