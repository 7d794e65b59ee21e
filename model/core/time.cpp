// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time.h"

#include "core/text.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace glacis {

namespace {

std::optional<int> number(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return std::nullopt;
    int value = 0;
    const char* end = text.data() + at + count;
    const auto result = std::from_chars(text.data() + at, end, value);
    return result.ec == std::errc{} && result.ptr == end ? std::optional(value) : std::nullopt;
}

/// Of ".5", or of nothing.
std::optional<double> fraction(std::string_view text)
{
    double part = 0, place = 1;
    for (const char digit : text.substr(std::min<std::size_t>(text.size(), 1))) {
        if (digit < '0' || digit > '9')
            return std::nullopt;
        place /= 10;
        part += place * (digit - '0');
    }
    return part;
}

/// Offset in seconds of "Z", "+02:00", "+0200", "+02" or nothing.
std::optional<int> zone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z")
        return 0;
    if (text[0] != '+' && text[0] != '-')
        return std::nullopt;
    const auto hours = number(text, 1, 2);
    const auto minutes = text.size() <= 3 ? std::optional(0) : number(text, text[3] == ':' ? 4 : 3, 2);
    if (!hours || !minutes)
        return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

} // namespace

std::optional<double> parseMoment(std::string_view text)
{
    text = trimmed(text);
    if (text.size() < 7 || text[4] != '-') {
        const auto whole = integer(before(text, '.'));
        const auto part = fraction(text.substr(std::min(text.size(), text.find('.'))));
        if (!whole || *whole < 0 || *whole > 253402300799LL || !part)
            return std::nullopt;
        return static_cast<double>(*whole) + *part;
    }
    const bool hasDay = text.size() > 7;
    const auto year = number(text, 0, 4), month = number(text, 5, 2);
    const auto day = hasDay && text[7] == '-' ? number(text, 8, 2) : std::optional(1);
    if (!year || !month || !day || (hasDay && text[7] != '-'))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    const std::int64_t seconds = std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t{86400};
    if (text.size() <= 10)
        return static_cast<double>(seconds);
    const bool hasSecond = text.size() > 16 && text[16] == ':';
    const auto hour = number(text, 11, 2), minute = number(text, 14, 2);
    const auto second = hasSecond ? number(text, 17, 2) : std::optional(0);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    std::string_view rest = text.substr(hasSecond ? 19 : 16);
    const std::size_t end = hasSecond && rest.starts_with('.') ? rest.find_first_not_of("0123456789", 1) : 0;
    const auto part = fraction(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end));
    const auto offset = zone(rest);
    if (!part || !offset)
        return std::nullopt;
    return static_cast<double>(seconds + std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60 + *second - *offset)
        + *part;
}

std::optional<std::int64_t> parseTime(std::string_view text)
{
    const auto moment = parseMoment(text);
    return moment ? std::optional(static_cast<std::int64_t>(std::floor(*moment))) : std::nullopt;
}

std::string formatTime(std::int64_t secondsSinceEpoch)
{
    const std::chrono::sys_seconds time{std::chrono::seconds(secondsSinceEpoch)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return out;
}

} // namespace glacis
