// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/evaluate.h"
#include "import/terraform/hcl/function_table.h"

#include "core/ip.h"
#include "core/text.h"

#include <algorithm>
#include <charconv>

/// Texts, encodings and addresses. Source: "Built-in Functions", Terraform Language documentation.
namespace glacis::hcl {

namespace {

/// Longer texts come from no honest configuration.
constexpr std::size_t longestText = 16U << 20U;

Json bounded(std::string text)
{
    if (text.size() > longestText)
        fail("The text grows beyond 16 MiB.");
    return text;
}

std::string text(const Json& value)
{
    return asTemplateText(value);
}

Json join(const Arguments& a)
{
    const std::string between = text(a[0]);
    std::string all;
    bool first = true;
    for (std::size_t i = 1; i < a.size(); ++i) {
        if (!a[i].is_array())
            fail("join is given something that is no list.");
        for (const Json& each : a[i]) {
            all += (first ? std::string() : between) + text(each);
            first = false;
            if (all.size() > longestText)
                fail("The text grows beyond 16 MiB.");
        }
    }
    return all;
}

Json splitText(const Arguments& a)
{
    const std::string separator = text(a[0]), whole = text(a[1]);
    Json all = Json::array();
    if (separator.empty()) {
        for (const char c : whole)
            all.push_back(std::string(1, c));
        return all;
    }
    for (std::size_t at = 0;;) {
        const auto end = whole.find(separator, at);
        all.push_back(whole.substr(at, end == std::string::npos ? end : end - at));
        if (end == std::string::npos)
            return all;
        at = end + separator.size();
    }
}

/// What stands between slashes is a regular expression.
Json replace(const Arguments& a)
{
    std::string whole = text(a[0]);
    const std::string what = text(a[1]), with = text(a[2]);
    if (what.size() > 1 && what.front() == '/' && what.back() == '/')
        return replacePattern(whole, std::string_view(what).substr(1, what.size() - 2), with);
    if (what.empty())
        return whole;
    std::string made;
    for (std::size_t at = 0;;) {
        const auto found = whole.find(what, at);
        made += whole.substr(at, found == std::string::npos ? found : found - at);
        if (found == std::string::npos)
            return made;
        made += with;
        if (made.size() > longestText)
            fail("The text grows beyond 16 MiB.");
        at = found + what.size();
    }
}

Json lower(const Arguments& a)
{
    return lowered(text(a[0]));
}

Json upper(const Arguments& a)
{
    std::string made = text(a[0]);
    for (char& c : made)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return made;
}

Json title(const Arguments& a)
{
    std::string made = text(a[0]);
    for (std::size_t i = 0; i < made.size(); ++i) {
        if ((i == 0 || made[i - 1] == ' ') && made[i] >= 'a' && made[i] <= 'z')
            made[i] = static_cast<char>(made[i] - 'a' + 'A');
    }
    return made;
}

template <bool front, bool back> Json trimSet(const Arguments& a)
{
    std::string made = text(a[0]);
    const std::string set = a.size() > 1 ? text(a[1]) : std::string(" \t\r\n");
    if (back)
        made.erase(made.find_last_not_of(set) + 1);
    if (front)
        made.erase(0, std::min(made.find_first_not_of(set), made.size()));
    return made;
}

Json chomp(const Arguments& a)
{
    std::string made = text(a[0]);
    made.erase(made.find_last_not_of("\r\n") + 1);
    return made;
}

Json trimPrefix(const Arguments& a)
{
    const std::string whole = text(a[0]), what = text(a[1]);
    return whole.starts_with(what) ? whole.substr(what.size()) : whole;
}

Json trimSuffix(const Arguments& a)
{
    const std::string whole = text(a[0]), what = text(a[1]);
    return whole.ends_with(what) ? whole.substr(0, whole.size() - what.size()) : whole;
}

Json startsWith(const Arguments& a)
{
    return text(a[0]).starts_with(text(a[1]));
}

Json endsWith(const Arguments& a)
{
    return text(a[0]).ends_with(text(a[1]));
}

Json containsText(const Arguments& a)
{
    return text(a[0]).find(text(a[1])) != std::string::npos;
}

Json substring(const Arguments& a)
{
    const std::string whole = text(a[0]);
    const auto size = static_cast<std::int64_t>(whole.size());
    auto from = static_cast<std::int64_t>(asNumber(a[1]).value_or(0));
    const auto length = static_cast<std::int64_t>(asNumber(a[2]).value_or(-1));
    from = std::clamp<std::int64_t>(from < 0 ? size + from : from, 0, size);
    return whole.substr(
        static_cast<std::size_t>(from), length < 0 ? std::string::npos : static_cast<std::size_t>(length));
}

Json reversed(const Arguments& a)
{
    std::string made = text(a[0]);
    std::ranges::reverse(made);
    return made;
}

Json indent(const Arguments& a)
{
    const auto spaces = static_cast<std::size_t>(std::clamp(asNumber(a[0]).value_or(0), 0.0, 1000.0));
    std::string made;
    for (const char c : text(a[1])) {
        made += c;
        if (c == '\n')
            made.append(spaces, ' ');
    }
    return bounded(std::move(made));
}

/// The verbs that configurations use: %s %d %v %q %%, with a width for numbers ("%03d") and "%.2f".
Json format(const Arguments& a)
{
    const std::string pattern = text(a[0]);
    std::string made;
    std::size_t next = 1;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            made += pattern[i];
            continue;
        }
        std::size_t end = i + 1;
        while (end < pattern.size() && std::string_view("0123456789.+-# ").find(pattern[end]) != std::string_view::npos)
            ++end;
        if (end == pattern.size())
            fail("format ends within a verb.");
        const std::string flags = pattern.substr(i + 1, end - i - 1);
        const char verb = pattern[end];
        i = end;
        if (verb == '%') {
            made += '%';
            continue;
        }
        if (next >= a.size())
            fail("format has more verbs than values.");
        const Json& value = a[next++];
        std::string one = value.is_structured() && verb == 'v' ? value.dump() : text(value);
        if (verb == 'q') {
            one = Json(one).dump(-1, ' ', false, Json::error_handler_t::replace);
        } else if (verb == 'f') {
            char buffer[64];
            const auto digits = flags.find('.') == std::string::npos
                ? 6
                : static_cast<int>(integer(flags.substr(flags.find('.') + 1)).value_or(0));
            const auto written = std::to_chars(buffer, buffer + sizeof buffer, asNumber(value).value_or(0),
                std::chars_format::fixed, std::clamp(digits, 0, 20));
            one.assign(buffer, written.ec == std::errc() ? written.ptr : buffer);
        }
        const bool left = flags.starts_with('-');
        const bool zeros = flags.starts_with('0');
        const auto width = static_cast<std::size_t>(
            std::clamp(integer(before(left ? flags.substr(1) : flags, '.')).value_or(0), 0LL, 1000LL));
        if (one.size() < width && !isOpen(one))
            one.insert(left ? one.size() : 0, width - one.size(), zeros && !left ? '0' : ' ');
        made += one;
    }
    return bounded(std::move(made));
}

Json formatList(const Arguments& a)
{
    std::size_t longest = 1;
    for (const Json& argument : a)
        longest = argument.is_array() ? std::max(longest, argument.size()) : longest;
    Json all = Json::array();
    for (std::size_t i = 0; i < longest; ++i) {
        Arguments one;
        for (const Json& argument : a) {
            if (argument.is_array() && i >= argument.size())
                return all;
            one.push_back(argument.is_array() ? argument[i] : argument);
        }
        all.push_back(format(one));
    }
    return all;
}

Json jsonEncode(const Arguments& a)
{
    return a[0].dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json jsonDecode(const Arguments& a)
{
    auto found = parseJson(text(a[0]));
    if (!found)
        fail("jsondecode is given a text that is not JSON.");
    return std::move(*found);
}

Json base64Decode(const Arguments& a)
{
    auto found = base64Decoded(text(a[0]));
    if (!found || !asUtf8(*found))
        fail("base64decode is given a text that is not base64 of a text.");
    return std::move(*found);
}

Json base64Encode(const Arguments& a)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string whole = text(a[0]);
    std::string made;
    for (std::size_t i = 0; i < whole.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = (bits << 8U) | (i + k < whole.size() ? static_cast<unsigned char>(whole[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            made += i + k <= whole.size() ? letters[(bits >> (18 - 6 * k)) & 63U] : '=';
    }
    return made;
}

IpPrefix network(const Json& value)
{
    const auto prefix = parseIpPrefix(text(value));
    if (!prefix)
        fail("A function is given something that is no address block.");
    return *prefix;
}

/// The address `offset` steps of `bits` low bits behind another; negative counts from the end of the block.
IpAddress moved(IpAddress address, std::uint64_t offset, unsigned bits)
{
    if (bits >= 64) {
        address.high += bits >= 128 ? 0 : offset << (bits - 64);
        return address;
    }
    const std::uint64_t low = address.low + (offset << bits);
    address.high += (low < address.low ? 1 : 0) + (bits == 0 ? 0 : offset >> (64 - bits));
    address.low = low;
    return address;
}

IpPrefix subnet(const IpPrefix& of, std::int64_t bits, std::int64_t number)
{
    const int width = of.address.v6 ? 128 : 32;
    if (bits < 0 || bits > 62 || of.length + bits > width || number < 0 || number >= (std::int64_t{1} << bits))
        fail("cidrsubnet is asked for a block that the network does not have.");
    const auto length = static_cast<unsigned>(of.length + bits);
    return {moved(of.address, static_cast<std::uint64_t>(number), static_cast<unsigned>(width) - length),
        static_cast<std::uint8_t>(length)};
}

Json cidrSubnet(const Arguments& a)
{
    return toString(subnet(network(a[0]), static_cast<std::int64_t>(asNumber(a[1]).value_or(-1)),
        static_cast<std::int64_t>(asNumber(a[2]).value_or(-1))));
}

/// Each as soon as it fits behind those before it, on a boundary of its own size.
Json cidrSubnets(const Arguments& a)
{
    const IpPrefix of = network(a[0]);
    Json all = Json::array();
    std::uint64_t used = 0; // in blocks of 1/2^62 of the network
    for (std::size_t i = 1; i < a.size(); ++i) {
        const auto bits = static_cast<std::int64_t>(asNumber(a[i]).value_or(-1));
        if (bits < 0 || bits > 62)
            fail("cidrsubnets is given a length that no block has.");
        const std::uint64_t size = std::uint64_t{1} << (62 - bits);
        const std::uint64_t number = (used + size - 1) / size;
        all.push_back(toString(subnet(of, bits, static_cast<std::int64_t>(number))));
        used = (number + 1) * size;
    }
    return all;
}

Json cidrHost(const Arguments& a)
{
    const IpPrefix of = network(a[0]);
    const auto number = static_cast<std::int64_t>(asNumber(a[1]).value_or(0));
    const IpAddress found = number < 0 ? moved(of.last(), static_cast<std::uint64_t>(number + 1), 0)
                                       : moved(of.address, static_cast<std::uint64_t>(number), 0);
    if (!of.contains(found))
        fail("cidrhost is asked for an address outside the network.");
    return toString(found);
}

Json cidrNetmask(const Arguments& a)
{
    const IpPrefix of = network(a[0]);
    if (of.address.v6)
        fail("cidrnetmask knows IPv4 only.");
    IpAddress mask;
    mask.low = of.length == 0 ? 0 : (0xFFFFFFFFULL << (32 - of.length)) & 0xFFFFFFFFULL;
    return toString(mask);
}

using enum FunctionRow::Open;
constexpr FunctionRow textFunctionsRows[] = {
    {"base64decode", 1, 1, Answers, base64Decode},
    {"base64encode", 1, 1, Answers, base64Encode},
    {"chomp", 1, 1, Passes, chomp},
    {"cidrhost", 2, 2, Answers, cidrHost},
    {"cidrnetmask", 1, 1, Answers, cidrNetmask},
    {"cidrsubnet", 3, 3, Answers, cidrSubnet},
    {"cidrsubnets", 1, 99, Answers, cidrSubnets},
    {"endswith", 2, 2, Answers, endsWith},
    {"format", 1, 99, Passes, format},
    {"formatlist", 1, 99, Passes, formatList},
    {"indent", 2, 2, Passes, indent},
    {"join", 2, 99, Keeps, join},
    {"jsondecode", 1, 1, Passes, jsonDecode},
    {"jsonencode", 1, 1, Passes, jsonEncode},
    {"lower", 1, 1, Answers, lower},
    {"replace", 3, 3, Answers, replace},
    {"split", 2, 2, Answers, splitText},
    {"startswith", 2, 2, Answers, startsWith},
    {"strcontains", 2, 2, Answers, containsText},
    {"strrev", 1, 1, Answers, reversed},
    {"substr", 3, 3, Answers, substring},
    {"title", 1, 1, Answers, title},
    {"trim", 2, 2, Answers, trimSet<true, true>},
    {"trimprefix", 2, 2, Answers, trimPrefix},
    {"trimspace", 1, 1, Passes, trimSet<true, true>},
    {"trimsuffix", 2, 2, Answers, trimSuffix},
    {"upper", 1, 1, Answers, upper},
};

} // namespace

std::span<const FunctionRow> textFunctions()
{
    return textFunctionsRows;
}

} // namespace glacis::hcl
