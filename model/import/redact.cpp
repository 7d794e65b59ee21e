// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/redact.h"

#include "core/text.h"

#include <algorithm>
#include <fstream>

namespace glacis {

namespace {

constexpr std::size_t lineBytes = 4000;

/// Lower case without the signs that tie words together: "Master_User-Password" → "masteruserpassword".
std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : lowered(name)) {
        if (c != '_' && c != '-' && c != '.' && c != ' ')
            plain += c;
    }
    return plain;
}

constexpr std::string_view secretParts[] = {"password", "passwd", "passphrase", "secretstring", "secretbinary",
    "secretaccesskey", "secretkey", "clientsecret", "accesskey", "privatekey", "apikey", "sharedkey", "presharedkey",
    "connectionstring", "credential", "userdata", "customdata", "customergatewayconfiguration",
    "lastappliedconfiguration", "clientkey", "clientcertificate", "kubeconfig", "commandtoexecute", "sastoken",
    "accountkey", "storagekey"};
/// Names that are secret as a whole or at their end.
constexpr std::string_view secretEnds[] = {"secret", "token", "pwd", "psk", "pin"};
/// Names that hold one of the words above and no secret.
constexpr std::string_view harmless[] = {"nexttoken", "clienttoken", "publickey", "continuationtoken", "httptokens",
    "passwordpolicy", "passwordlastused", "passwordenabled", "passwordlastchanged", "passwordnextrotation", "skiptoken",
    "pagetoken", "automountserviceaccounttoken", "serviceaccounttoken", "credentialreport", "accesskey1", "accesskey2",
    "accesskeys", "minimumpasswordlength", "passwordreuse", "changepassword", "accesskeymetadata", "nextpagetoken",
    "disablepassword", "randompassword", "secretkeyref", "secretref", "secretname", "secretlist"};

bool isHarmless(std::string_view plain)
{
    return std::ranges::any_of(harmless, [&](std::string_view word) { return plain.starts_with(word); })
        || plain.ends_with("arn") || plain.ends_with("enabled") || plain.ends_with("status")
        || plain.ends_with("required") || plain.ends_with("lastrotated") || plain.ends_with("version")
        || plain.ends_with("count") || plain.ends_with("quota") || plain.ends_with("expires");
}

/// Whose every value may be secret, at any depth.
bool isSecretMap(std::string_view plain)
{
    for (const char* name : {"variables", "environmentvariables", "stringdata", "binarydata", "userdata", "appsettings",
             "environmentvariable", "command", "args", "entrypoint"}) {
        if (plain == name)
            return true;
    }
    return false;
}
/// A list of things with a name and a value.
bool isVariableList(std::string_view plain)
{
    return plain == "env" || plain == "environment" || plain == "secrets" || plain == "envvars";
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '=';
}
bool isWordSign(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

struct Range {
    std::size_t begin = 0, end = 0;
};

struct TokenForm {
    std::string_view beginning;
    std::size_t least; ///< signs after the beginning
};
/// Forms in which services hand out keys, from their documentation.
constexpr TokenForm tokenForms[] = {{"AKIA", 16}, {"ASIA", 16}, {"ghp_", 30}, {"gho_", 30}, {"ghs_", 30},
    {"github_pat_", 30}, {"glpat-", 18}, {"xoxb-", 10}, {"xoxp-", 10}, {"xoxa-", 10}, {"AIza", 30}, {"sk_live_", 10},
    {"rk_live_", 10}, {"SG.", 40}, {"eyJ", 40}, {"npm_", 30}, {"hvs.", 20}, {"dop_v1_", 40}};

/// Where a text holds what looks like a secret, in order.
std::vector<Range> secretsIn(std::string_view text)
{
    std::vector<Range> found;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = at == 0 || !isWordSign(text[at - 1]);
        std::size_t end = at;
        if (begins) {
            for (const TokenForm& form : tokenForms) {
                if (!text.substr(at).starts_with(form.beginning))
                    continue;
                std::size_t stop = at + form.beginning.size();
                while (stop < text.size() && (isWordSign(text[stop]) || text[stop] == '.'))
                    ++stop;
                if (stop - at - form.beginning.size() >= form.least)
                    end = stop;
            }
        }
        if (end == at && isBase64(text[at]) && (at == 0 || !isBase64(text[at - 1]))) {
            bool upper = false, lower = false;
            std::size_t stop = at, changes = 0;
            for (; stop < text.size() && isBase64(text[stop]); ++stop) {
                upper = upper || (text[stop] >= 'A' && text[stop] <= 'Z');
                lower = lower || (text[stop] >= 'a' && text[stop] <= 'z');
                changes += stop > at && isDigit(text[stop]) != isDigit(text[stop - 1]) ? 1 : 0;
            }
            // Digits stand all over base64, and together in a path of words.
            if (stop - at >= 64 && upper && lower && changes >= 5)
                end = stop;
        }
        if (end == at && text.substr(at).starts_with("-----BEGIN ")
            && text.substr(at, 60).find("PRIVATE KEY") != text.npos)
            end = text.size();
        if (end == at && text.substr(at).starts_with("://")) {
            // scheme://user:password@host
            const std::size_t stop = text.find_first_of("/ \"'@", at + 3);
            const std::size_t colon = text.find(':', at + 3);
            if (stop != text.npos && text[stop] == '@' && colon < stop)
                found.push_back({colon + 1, stop});
            at += 3;
            continue;
        }
        if (end > at)
            found.push_back({at, end});
        at = std::max(end, at + 1);
    }
    return found;
}

/// Collects the secret parts of a JSON text, whole or cut off.
class JsonSecrets {
public:
    explicit JsonSecrets(std::string_view text) : m_text(text) { }

    std::vector<Range> find()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"')
                string();
            else if (c == '{' || c == '[')
                open(c == '{');
            else if (c == '}' || c == ']')
                close();
            else if (c == ',')
                comma();
            else if (c == '-' || (c >= '0' && c <= '9'))
                number();
            else
                ++m_at;
        }
        return std::move(m_found);
    }

private:
    struct Level {
        bool object = false;
        bool secret = false; ///< all that is inside
        bool variables = false; ///< a list whose "value"s are secret
        std::string key;
        bool expectsKey = false;
    };

    [[nodiscard]] bool inSecret() const { return !m_levels.empty() && m_levels.back().secret; }

    void open(bool object)
    {
        Level level;
        level.object = object;
        level.expectsKey = object;
        if (!m_levels.empty()) {
            const Level& outer = m_levels.back();
            const std::string plain = plainName(outer.key);
            const bool keyed = outer.object;
            // "Environment" is an object around "Variables" for a function and a list of variables for a container.
            level.secret = outer.secret
                || (keyed && (isSecretMap(plain) || (object && plain != "secret" && namesSecret(outer.key))))
                || (keyed && plain == "data" && m_kubernetes);
            level.variables = outer.variables || (keyed && isVariableList(plain));
        }
        if (m_levels.size() < 10000)
            m_levels.push_back(std::move(level));
        else
            m_tooDeep = true;
        ++m_at;
    }

    void close()
    {
        if (!m_levels.empty())
            m_levels.pop_back();
        ++m_at;
    }

    void comma()
    {
        if (!m_levels.empty())
            m_levels.back().expectsKey = m_levels.back().object;
        ++m_at;
    }

    void number()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && std::string_view("+-.eE0123456789").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        if (inSecret())
            m_found.push_back({begin, m_at});
    }

    void string()
    {
        const std::size_t begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        const std::size_t end = std::min(m_at, m_text.size());
        m_at = std::min(end + 1, m_text.size());
        const std::string_view inside = m_text.substr(begin, end - begin);
        if (!m_levels.empty() && m_levels.back().expectsKey) {
            m_levels.back().key = inside;
            m_levels.back().expectsKey = false;
            m_kubernetes = m_kubernetes || inside == "apiVersion";
            return;
        }
        if (inside.empty() || m_tooDeep)
            return;
        const Level* level = m_levels.empty() ? nullptr : &m_levels.back();
        const bool value = level && level->object && level->variables && equalIgnoringCase(level->key, "value");
        const bool named = level && level->object && namesSecret(level->key) && inside != "true" && inside != "false";
        if ((level && level->secret) || value || named)
            return m_found.push_back({begin, end});
        for (const Range& range : secretsIn(inside))
            m_found.push_back({begin + range.begin, begin + range.end});
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Level> m_levels;
    std::vector<Range> m_found;
    bool m_kubernetes = false;
    bool m_tooDeep = false;
};

/// The same for texts of lines: YAML, HCL, settings files.
class LineSecrets {
public:
    /// The parts of the next line to mask.
    std::vector<Range> next(std::string_view line)
    {
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        const std::string_view content = line.substr(indent);
        if (!m_terminator.empty()) {
            if (trimmed(line) == m_terminator) {
                m_terminator.clear();
                return {};
            }
            return all(line, indent);
        }
        if (m_privateKey || content.find("-----BEGIN ") != content.npos) {
            m_privateKey = content.find("-----END ") == content.npos;
            return all(line, indent);
        }
        if (content.empty())
            return {};
        leaveBlocks(content, indent);
        if (m_block)
            return all(line, indent);
        return assignment(line, indent);
    }

private:
    static std::vector<Range> all(std::string_view line, std::size_t from)
    {
        const std::size_t end = line.size() - (line.ends_with('\r') ? 1 : 0);
        return from < end ? std::vector<Range>{{from, end}} : std::vector<Range>{};
    }

    void leaveBlocks(std::string_view content, std::size_t indent)
    {
        if (m_block && indent <= *m_block)
            m_block.reset();
        // A list may stand at the indent of its key ("env:" and "- name:" below it).
        const auto over = [&](std::size_t at) { return indent < at || (indent == at && !content.starts_with('-')); };
        while (!m_map.empty() && !m_map.back().braces && over(m_map.back().indent))
            m_map.pop_back();
        if (content.starts_with("---"))
            m_kubernetes = false;
    }

    std::vector<Range> assignment(std::string_view line, std::size_t indent)
    {
        std::size_t at = indent;
        while (at < line.size() && (line[at] == '-' || line[at] == ' ' || line[at] == '{'))
            ++at;
        const std::size_t sign = separator(line, at);
        countBraces(line);
        if (sign == line.npos)
            return insideSecret() ? all(line, at) : free(line);
        const std::string_view name = unquoted(trimmed(line.substr(at, sign - at)));
        const std::string plain = plainName(name);
        const std::size_t begin = std::min(line.find_first_not_of(" \t", sign + 1), line.size());
        const std::string_view value = trimmed(line.substr(begin));
        m_kubernetes = m_kubernetes || plain == "apiversion";
        const bool map = isSecretMap(plain) || (plain == "data" && m_kubernetes);
        const bool list = isVariableList(plain);
        const bool secret = insideSecret() || namesSecret(name) || (insideList() && plain == "value") || map;
        if (const auto heredoc = value.find("<<"); heredoc != value.npos && secret) {
            m_terminator = trimmed(value.substr(heredoc + 2));
            if (m_terminator.starts_with('-') || m_terminator.starts_with('~'))
                m_terminator.erase(0, 1);
            return {};
        }
        if (secret && !value.empty() && (value.front() == '|' || value.front() == '>')) {
            m_block = at > indent ? at - 1 : indent;
            return {};
        }
        const bool opensBrace = value == "{" || value == "[" || value.ends_with("({") || value.ends_with("([");
        if (value.empty() || opensBrace) {
            if (map || list || (secret && value.empty() && plain != "secret"))
                m_map.push_back({indent, !list, opensBrace, opensBrace ? m_depth : 0});
            return {};
        }
        // What follows a list's name on its own line can't be told apart cheaply: "env: [{name: A, value: b}]".
        if (secret || (list && (value.front() == '[' || value.front() == '{')))
            return value == "true" || value == "false" || value == "null" ? std::vector<Range>{} : all(line, begin);
        auto found = free(line);
        // A secret in the middle of a line of its own form: "{name: A, value: b}" in a list of variables.
        if (insideList()) {
            if (const auto inner = line.find("value"); inner != line.npos && inner > at)
                return all(line, inner);
        }
        return found;
    }

    static std::string_view unquoted(std::string_view name)
    {
        return name.size() > 1 && (name.front() == '"' || name.front() == '\'') ? name.substr(1, name.size() - 2)
                                                                                : name;
    }

    /// Where a name ends: ':' before a space or the end (YAML), or '=' (HCL, settings).
    static std::size_t separator(std::string_view line, std::size_t from)
    {
        for (std::size_t i = from; i < line.size(); ++i) {
            if (line[i] == '=' && i + 1 < line.size() && line[i + 1] != '=' && (i == 0 || line[i - 1] != '!'))
                return i;
            if (line[i] == '=' && i + 1 == line.size())
                return i;
            if (line[i] == ':' && (i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\r'))
                return i;
            if (line[i] == '{' && i > from) // "environment {"
                return i - 1;
            if (line[i] == '#' || line[i] == '(')
                break;
        }
        return line.npos;
    }

    void countBraces(std::string_view line)
    {
        for (const char c : line) {
            if (c == '{' || c == '[')
                ++m_depth;
            else if ((c == '}' || c == ']') && m_depth > 0)
                --m_depth;
        }
        while (!m_map.empty() && m_map.back().braces && m_depth < m_map.back().depth)
            m_map.pop_back();
    }

    static std::vector<Range> free(std::string_view line) { return secretsIn(line); }

    [[nodiscard]] bool insideSecret() const
    {
        return std::ranges::any_of(m_map, [](const Open& open) { return open.everything; });
    }
    [[nodiscard]] bool insideList() const
    {
        return std::ranges::any_of(m_map, [](const Open& open) { return !open.everything; });
    }

    struct Open {
        std::size_t indent = 0;
        bool everything = false; ///< false: only what is called "value"
        bool braces = false;
        std::size_t depth = 0; ///< of braces inside
    };
    std::vector<Open> m_map;
    std::optional<std::size_t> m_block; ///< indent of the key of a block text
    std::string m_terminator; ///< of a heredoc
    std::size_t m_depth = 0;
    bool m_privateKey = false;
    bool m_kubernetes = false;
};

/// Cut between signs, not inside one.
std::string_view cut(std::string_view text)
{
    if (text.size() <= lineBytes)
        return text;
    std::size_t end = lineBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
        --end;
    return text.substr(0, end);
}

ShownLine shown(int number, std::string_view line, const std::vector<Range>& masks)
{
    ShownLine result;
    result.number = number;
    std::size_t at = 0;
    for (const Range& mask : masks) {
        if (mask.end <= at || mask.begin >= line.size())
            continue;
        result.text.append(line.substr(at, std::max(mask.begin, at) - at)).append(secretMask);
        result.masked = true;
        at = std::min(mask.end, line.size());
    }
    result.text.append(line.substr(at));
    if (result.text.size() > lineBytes)
        result.text = std::string(cut(result.text)) + "…";
    if (result.text.ends_with('\r'))
        result.text.pop_back();
    return result;
}

} // namespace

bool namesSecret(std::string_view name)
{
    const std::string plain = plainName(name);
    if (plain.empty() || isHarmless(plain))
        return false;
    for (const std::string_view part : secretParts) {
        if (plain.find(part) != plain.npos)
            return true;
    }
    return std::ranges::any_of(secretEnds, [&](std::string_view end) { return plain.ends_with(end); });
}

bool looksSecret(std::string_view text)
{
    return text.size() >= 12 && !secretsIn(text).empty();
}

std::vector<ShownLine> redactedLines(std::string_view text, int firstLine, int lastLine)
{
    std::vector<ShownLine> lines;
    const std::string_view content = trimmed(text);
    const bool json = content.starts_with('{') || content.starts_with('[');
    const std::vector<Range> inJson = json ? JsonSecrets(text).find() : std::vector<Range>{};
    LineSecrets inLines;
    std::size_t mask = 0;
    int number = 1;
    for (std::size_t at = 0; at <= text.size() && number <= lastLine; ++number) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        std::vector<Range> masks;
        if (json) {
            while (mask < inJson.size() && inJson[mask].end <= at)
                ++mask;
            for (std::size_t i = mask; i < inJson.size() && inJson[i].begin < end; ++i)
                masks.push_back({std::max(inJson[i].begin, at) - at, std::min(inJson[i].end, end) - at});
        } else {
            masks = inLines.next(line);
        }
        if (number >= firstLine)
            lines.push_back(shown(number, line, masks));
        at = end + 1;
    }
    return lines;
}

std::optional<std::vector<ShownLine>> redactedFileLines(const std::filesystem::path& path, int firstLine, int lastLine)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || !std::filesystem::is_regular_file(path, error) || size > 64u << 20)
        return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (!in || !in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        return std::nullopt;
    const auto text = asUtf8(bytes);
    return text ? std::optional(redactedLines(*text, firstLine, lastLine)) : std::nullopt;
}

} // namespace glacis
