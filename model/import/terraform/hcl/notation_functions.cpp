// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/evaluate.h"
#include "import/terraform/hcl/function_table.h"

#include "core/text.h"
#include "core/time.h"
#include "import/yaml.h"

#include <algorithm>
#include <regex>

/// Regular expressions, names of files, other notations and dates. Source: "Built-in Functions", Terraform Language
/// documentation.
namespace glacis::hcl {

namespace {

/// Longer patterns and texts are left open, so that no file makes the search long.
constexpr std::size_t longestPattern = 300, longestSearched = 4000;

/// A pattern as RE2 writes it, in the notation that the library has in common with it.
struct Pattern {
    std::regex expression;
    std::vector<std::string> names; ///< of its groups
};

/// Nothing where the notation has no counterpart.
std::optional<Pattern> pattern(std::string_view text)
{
    if (text.size() > longestPattern)
        return {};
    // The library's search without going back takes time in proportion to pattern and text.
    auto flags = std::regex::ECMAScript | std::regex_constants::__polynomial;
    if (text.starts_with("(?i)")) {
        flags |= std::regex::icase;
        text.remove_prefix(4);
    }
    Pattern made;
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("(?P<")) {
            const auto end = std::min(text.find('>', i), text.size());
            made.names.emplace_back(text.substr(i + 4, end - i - 4));
            plain += '(';
            i = end;
        } else if (text[i] == '\\' && i + 1 < text.size()) {
            if (std::string_view("AzQEpPCaxbB").find(text[i + 1]) != std::string_view::npos)
                return {};
            plain += text.substr(i++, 2);
        } else if (text.substr(i).starts_with("(?") && !text.substr(i).starts_with("(?:")) {
            return {};
        } else {
            plain += text[i];
        }
    }
    try {
        made.expression = std::regex(plain, flags);
    } catch (const std::regex_error&) {
        return {};
    }
    return made;
}

/// The whole match, or its groups as a list, or as an object when they have names.
Json matched(const std::smatch& match, const Pattern& by)
{
    if (match.size() == 1)
        return match.str(0);
    Json made = by.names.empty() ? Json::array() : Json::object();
    for (std::size_t i = 1; i < match.size(); ++i) {
        const Json group = match[i].matched ? Json(match.str(i)) : Json();
        if (by.names.empty())
            made.push_back(group);
        else if (i - 1 < by.names.size())
            made[by.names[i - 1]] = group;
    }
    return made;
}

Json regex(const Arguments& a)
{
    const std::string text = asTemplateText(a[1]);
    const auto by = pattern(asTemplateText(a[0]));
    if (!by || text.size() > longestSearched)
        return derived({});
    std::smatch match;
    if (!std::regex_search(text, match, by->expression))
        fail("regex finds nothing that fits.");
    return matched(match, *by);
}

Json regexAll(const Arguments& a)
{
    const std::string text = asTemplateText(a[1]);
    const auto by = pattern(asTemplateText(a[0]));
    if (!by || text.size() > longestSearched)
        return derived({});
    Json all = Json::array();
    for (auto at = std::sregex_iterator(text.begin(), text.end(), by->expression); at != std::sregex_iterator(); ++at)
        all.push_back(matched(*at, *by));
    return all;
}

Json baseName(const Arguments& a)
{
    return std::string(afterLast(asTemplateText(a[0]), '/'));
}

Json dirName(const Arguments& a)
{
    const std::string path = asTemplateText(a[0]);
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

Json urlEncode(const Arguments& a)
{
    std::string made;
    for (const char c : asTemplateText(a[0])) {
        constexpr std::string_view kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (kept.find(c) != std::string_view::npos)
            made += c;
        else if (c == ' ')
            made += '+';
        else
            made += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return made;
}

/// RFC 4180: values between commas, quoted where they hold commas, quotes or line ends.
Json csvDecode(const Arguments& a)
{
    std::vector<std::vector<std::string>> lines(1, {std::string()});
    bool quoted = false;
    const std::string text = asTemplateText(a[0]);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& value = lines.back().back();
        if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"')
            value += text[++i];
        else if (text[i] == '"')
            quoted = !quoted;
        else if (quoted || (text[i] != ',' && text[i] != '\n' && text[i] != '\r'))
            value += text[i];
        else if (text[i] == ',')
            lines.back().emplace_back();
        else if (text[i] == '\n')
            lines.push_back({std::string()});
    }
    Json all = Json::array();
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].size() == 1 && lines[i][0].empty())
            continue;
        Json row = Json::object();
        for (std::size_t k = 0; k < std::min(lines[0].size(), lines[i].size()); ++k)
            row[lines[0][k]] = lines[i][k];
        all.push_back(std::move(row));
    }
    return all;
}

Json yamlDecode(const Arguments& a)
{
    Json found;
    std::size_t documents = 0, problems = 0;
    readYaml(
        asTemplateText(a[0]), {},
        [&](YamlDocument& document) {
            found = std::move(document.value);
            ++documents;
        },
        [&](const YamlProblem&) { ++problems; });
    if (documents != 1 || problems > 0)
        fail("yamldecode is given a text that is not one document of YAML.");
    return found;
}

/// "2h45m": seconds of a duration, which may be negative.
std::optional<std::int64_t> seconds(std::string_view text)
{
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    std::int64_t all = 0;
    while (!text.empty()) {
        const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const auto number = integer(text.substr(0, digits));
        const char unit = digits < text.size() ? text[digits] : ' ';
        const std::int64_t of = unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
        if (!number || of == 0 || *number > 10'000'000)
            return {};
        all += of * *number;
        text.remove_prefix(digits + 1);
    }
    return negative ? -all : all;
}

Json timeAdd(const Arguments& a)
{
    const auto from = parseTime(asTemplateText(a[0]));
    const auto added = seconds(asTemplateText(a[1]));
    if (!from || !added)
        fail("timeadd is given something that is no time or no duration.");
    return formatTime(*from + *added);
}

Json timeCompare(const Arguments& a)
{
    const auto left = parseTime(asTemplateText(a[0])), right = parseTime(asTemplateText(a[1]));
    if (!left || !right)
        fail("timecmp is given something that is no time.");
    return *left < *right ? -1 : *left > *right ? 1 : 0;
}

using enum FunctionRow::Open;
constexpr FunctionRow notationFunctionsRows[] = {
    {"basename", 1, 1, Answers, baseName},
    {"csvdecode", 1, 1, Answers, csvDecode},
    {"dirname", 1, 1, Answers, dirName},
    {"regex", 2, 2, Answers, regex},
    {"regexall", 2, 2, Answers, regexAll},
    {"timeadd", 2, 2, Answers, timeAdd},
    {"timecmp", 2, 2, Answers, timeCompare},
    {"urlencode", 1, 1, Answers, urlEncode},
    {"yamldecode", 1, 1, Passes, yamlDecode},
};

} // namespace

std::span<const FunctionRow> notationFunctions()
{
    return notationFunctionsRows;
}

Json replacePattern(const std::string& text, std::string_view by, const std::string& with)
{
    const auto found = pattern(by);
    if (!found || text.size() > longestSearched)
        return derived({});
    // "$1" and "${1}" mean groups; a name is left open.
    std::string form;
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (with[i] == '$' && i + 1 < with.size() && with[i + 1] == '{') {
            const auto end = with.find('}', i);
            const auto number = integer(std::string_view(with).substr(i + 2, std::min(end, with.size()) - i - 2));
            if (end == std::string::npos || !number)
                return derived({});
            form += '$' + std::to_string(*number);
            i = end;
        } else {
            form += with[i];
        }
    }
    return std::regex_replace(text, found->expression, form);
}

} // namespace glacis::hcl
