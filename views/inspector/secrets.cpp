// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "inspector/excerpt.h"

#include <array>
#include <cctype>

namespace glacis {

namespace {

constexpr std::string_view mark = "«not shown»";

/// Members whose whole value is hidden, compared without case.
constexpr auto hiddenMembers = std::to_array<std::string_view>({"userdata", "user_data", "environment", "variables",
    "environmentvariables", "customergatewayconfiguration", "secretstring", "secretbinary", "plaintext", "privatekey",
    "private_key", "clientsecret", "client_secret", "stringdata", "password", "masteruserpassword", "authtoken",
    "auth_token", "secretaccesskey", "sessiontoken", "connectionstring", "stagevariables", "commandline"});

bool isHidden(std::string_view key)
{
    const std::string small = lowered(key);
    for (const std::string_view member : hiddenMembers) {
        if (small == member)
            return true;
    }
    return small.ends_with("password") || small.ends_with("passwd") || small.ends_with("secret_key")
        || small.ends_with("apikey") || small.ends_with("api_key");
}

/// A long run of letters and digits with a prefix that only credentials have.
bool looksLikeCredential(std::string_view word)
{
    static constexpr auto prefixes = std::to_array<std::string_view>({"AKIA", "ASIA", "ghp_", "gho_", "ghs_",
        "github_pat_", "glpat-", "xoxb-", "xoxp-", "eyJhbGci", "AIza", "sk_live_"});
    if (word.find("-----BEGIN") != std::string_view::npos && word.find("PRIVATE KEY") != std::string_view::npos)
        return true;
    for (const std::string_view prefix : prefixes) {
        const auto at = word.find(prefix);
        if (at == std::string_view::npos)
            continue;
        std::size_t run = 0;
        while (at + run < word.size()
            && (std::isalnum(static_cast<unsigned char>(word[at + run])) || word[at + run] == '_'
                || word[at + run] == '-'))
            ++run;
        if (run >= 16)
            return true;
    }
    return false;
}

/// Copies JSON, or what is left of it, and hides values as it goes. Works on pieces: an excerpt need not begin where a
/// value does.
class Hider {
public:
    explicit Hider(std::string_view text) : m_text(text) { m_result.reserve(text.size()); }

    std::string run()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] != '"') {
                m_result += m_text[m_at++];
                continue;
            }
            const std::string_view word = quoted();
            std::size_t next = m_at;
            while (next < m_text.size() && (m_text[next] == ' ' || m_text[next] == '\t'))
                ++next;
            const bool isKey = next < m_text.size() && m_text[next] == ':';
            if (isKey && isHidden(word)) {
                emit(word);
                m_result.append(m_text.substr(m_at, next + 1 - m_at));
                m_at = next + 1;
                hideValue();
            } else {
                emit(!isKey && looksLikeCredential(word) ? mark : word);
            }
        }
        return std::move(m_result);
    }

private:
    void emit(std::string_view word)
    {
        m_result += '"';
        m_result += word;
        m_result += '"';
    }

    /// The inside of the string at hand; ends with the line when the quote is never closed.
    std::string_view quoted()
    {
        const std::size_t begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\n')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        const std::size_t end = std::min(m_at, m_text.size());
        m_at = std::min(end + 1, m_text.size());
        return m_text.substr(begin, end - begin);
    }

    void hideValue()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])))
            m_result += m_text[m_at++];
        if (m_at >= m_text.size())
            return;
        const char first = m_text[m_at];
        if (first == '"') {
            quoted();
            emit(mark);
        } else if (first == '{' || first == '[') {
            hideInside();
        }
        // Numbers, true, false and null tell nothing.
    }

    /// Keeps names, brackets and lines, hides each string and number.
    void hideInside()
    {
        int depth = 0;
        do {
            const char c = m_text[m_at];
            if (c == '"') {
                const std::string_view word = quoted();
                std::size_t next = m_at;
                while (next < m_text.size() && (m_text[next] == ' ' || m_text[next] == '\t'))
                    ++next;
                const bool isKey = next < m_text.size() && m_text[next] == ':';
                const bool isName = isKey || m_lastKey == "Name" || m_lastKey == "name";
                emit(isName ? word : mark);
                m_lastKey = isKey ? std::string(word) : std::string();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            m_result += std::isdigit(static_cast<unsigned char>(c)) ? '0' : c;
            ++m_at;
        } while (depth > 0 && m_at < m_text.size());
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_result;
    std::string m_lastKey;
};

} // namespace

std::string withoutSecrets(std::string_view text)
{
    return Hider(text).run();
}

} // namespace glacis
