// SPDX-License-Identifier: GPL-3.0-or-later
#include "collection/shell.h"

#include <algorithm>

namespace glacis {

namespace {

/// Parted at spaces outside single quotes; the quotes themselves are gone.
std::vector<std::string> wordsOf(std::string_view command)
{
    std::vector<std::string> words(1);
    bool quoted = false;
    for (const char c : command) {
        if (c == '\'' && (quoted || words.back().empty()))
            quoted = !quoted;
        else if (c == ' ' && !quoted)
            words.emplace_back();
        else
            words.back() += c;
    }
    return words;
}

bool isName(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

/// "--format=" of "--format=json": what need not be quoted of an option.
std::size_t optionLength(std::string_view word)
{
    if (!word.starts_with("--"))
        return 0;
    const std::size_t end = word.find('=');
    return end == std::string_view::npos ? word.size() : end + 1;
}

std::string quotedParts(std::string_view word, const std::function<std::string(std::string_view)>& fill)
{
    std::string text;
    const std::size_t option = optionLength(word);
    text += word.substr(0, option);
    word.remove_prefix(option);
    std::string plain;
    bool filled = false;
    const auto flush = [&] {
        if (!plain.empty() || (!filled && option == 0))
            text += shellQuoted(plain);
        plain.clear();
    };
    while (!word.empty()) {
        const std::size_t close = word.front() == '{' ? word.find('}') : std::string_view::npos;
        // "{{end}}" is a template's own word.
        if (close == std::string_view::npos || plain.ends_with('{') || !isName(word.substr(1, close - 1))) {
            plain += word.front();
            word.remove_prefix(1);
            continue;
        }
        filled = true;
        flush();
        text += fill(word.substr(1, close - 1));
        word.remove_prefix(close + 1);
    }
    flush();
    return text;
}

} // namespace

std::string shellQuoted(std::string_view word)
{
    constexpr std::string_view harmless = "._-:/@+=,";
    const auto isHarmless = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || harmless.find(c) != std::string_view::npos;
    };
    if (!word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), isHarmless))
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            quoted += c;
    }
    return quoted + "'";
}

std::string shellCommand(std::string_view command, const std::function<std::string(std::string_view name)>& fill)
{
    std::string text;
    for (const std::string& word : wordsOf(command)) {
        if (!text.empty())
            text += ' ';
        text += quotedParts(word, fill);
    }
    return text;
}

} // namespace glacis
