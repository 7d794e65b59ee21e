// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/condition.h"

#include "core/ip.h"
#include "core/text.h"
#include "core/time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace glacis {

namespace {

/// Stand for a star or question mark that must match itself.
constexpr char literalStar = '\x01';
constexpr char literalMark = '\x02';

std::string unescaped(std::string text)
{
    std::ranges::replace(text, literalStar, '*');
    std::ranges::replace(text, literalMark, '?');
    return text;
}

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value)
                                                                                            : std::nullopt;
}

std::optional<double> moment(std::string_view text)
{
    if (const auto seconds = number(text))
        return seconds;
    const auto time = parseTime(text);
    return time ? std::optional(static_cast<double>(*time)) : std::nullopt;
}

std::optional<bool> truth(std::string_view text)
{
    if (equalIgnoringCase(text, "true"))
        return true;
    return equalIgnoringCase(text, "false") ? std::optional(false) : std::nullopt;
}

/// Nothing when the two can't be compared: then neither an operator nor its opposite holds.
using Compare = std::optional<bool> (*)(std::string_view policy, std::string_view value);

template <class Relation> std::optional<bool> numbers(std::string_view policy, std::string_view value)
{
    const auto a = number(value), b = number(policy);
    return a && b ? std::optional(Relation()(*a, *b)) : std::nullopt;
}
template <class Relation> std::optional<bool> dates(std::string_view policy, std::string_view value)
{
    const auto a = moment(value), b = moment(policy);
    return a && b ? std::optional(Relation()(*a, *b)) : std::nullopt;
}
std::optional<bool> sameText(std::string_view policy, std::string_view value)
{
    return unescaped(std::string(policy)) == value;
}
std::optional<bool> sameIgnoringCase(std::string_view policy, std::string_view value)
{
    return equalIgnoringCase(unescaped(std::string(policy)), value);
}
std::optional<bool> likeText(std::string_view policy, std::string_view value)
{
    return wildcardMatches(policy, value);
}
std::optional<bool> sameTruth(std::string_view policy, std::string_view value)
{
    const auto a = truth(policy), b = truth(value);
    return a && b ? std::optional(*a == *b) : std::nullopt;
}
std::optional<bool> inBlock(std::string_view policy, std::string_view value)
{
    const auto block = parseIpPrefix(policy);
    const auto address = parseIpAddress(value);
    return block && address ? std::optional(block->contains(*address)) : std::nullopt;
}
std::optional<bool> likeArn(std::string_view policy, std::string_view value)
{
    return arnMatches(policy, value);
}

struct Operator {
    std::string_view name;
    Compare compare;
    bool negated = false;
};
constexpr std::array operators = {Operator{"StringEquals", sameText}, Operator{"StringNotEquals", sameText, true},
    Operator{"StringEqualsIgnoreCase", sameIgnoringCase}, Operator{"StringNotEqualsIgnoreCase", sameIgnoringCase, true},
    Operator{"StringLike", likeText}, Operator{"StringNotLike", likeText, true},
    Operator{"NumericEquals", numbers<std::equal_to<>>}, Operator{"NumericNotEquals", numbers<std::equal_to<>>, true},
    Operator{"NumericLessThan", numbers<std::less<>>}, Operator{"NumericLessThanEquals", numbers<std::less_equal<>>},
    Operator{"NumericGreaterThan", numbers<std::greater<>>},
    Operator{"NumericGreaterThanEquals", numbers<std::greater_equal<>>}, Operator{"DateEquals", dates<std::equal_to<>>},
    Operator{"DateNotEquals", dates<std::equal_to<>>, true}, Operator{"DateLessThan", dates<std::less<>>},
    Operator{"DateLessThanEquals", dates<std::less_equal<>>}, Operator{"DateGreaterThan", dates<std::greater<>>},
    Operator{"DateGreaterThanEquals", dates<std::greater_equal<>>}, Operator{"Bool", sameTruth},
    Operator{"BinaryEquals", sameText}, Operator{"IpAddress", inBlock}, Operator{"NotIpAddress", inBlock, true},
    Operator{"ArnEquals", likeArn}, Operator{"ArnLike", likeArn}, Operator{"ArnNotEquals", likeArn, true},
    Operator{"ArnNotLike", likeArn, true}};

std::string readable(const Condition& condition)
{
    std::string text;
    if (condition.set != Condition::Set::Single)
        text = condition.set == Condition::Set::ForAllValues ? "every " : "some ";
    text += condition.key + ' ' + condition.op + ' ';
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        text += (i == 0 ? "" : i + 1 == condition.values.size() ? " or " : ", ") + condition.values[i];
    return text + (condition.ifExists ? ", if the key is there" : "");
}

class Holding {
public:
    Holding(const PolicyRequest& request, bool variables) : m_request(request), m_variables(variables) { }

    [[nodiscard]] Truth of(const Condition& condition) const
    {
        const auto found = m_request.context.find(condition.key);
        const bool present = found != m_request.context.end() && !found->second.empty();
        // A key that is there without a value is known not to be part of such a request.
        const bool knownAbsent = m_request.absentIsAbsent || (found != m_request.context.end() && !present);
        if (equalIgnoringCase(condition.op, "Null"))
            return null(condition, present, knownAbsent);
        const auto op = std::ranges::find_if(
            operators, [&](const Operator& one) { return equalIgnoringCase(one.name, condition.op); });
        if (op == operators.end())
            return m_request.absentIsAbsent ? Truth::False : Truth::Open;
        if (!present)
            return knownAbsent ? missing(condition, *op) : Truth::Open;
        std::vector<std::string> wanted;
        for (const std::string& value : condition.values) {
            std::string lacks;
            auto filled = m_variables ? withVariables(value, m_request, lacks) : std::optional(value);
            if (filled)
                wanted.push_back(std::move(*filled));
            else if (!m_request.absentIsAbsent)
                return Truth::Open;
        }
        return asTruth(compared(condition.set, *op, wanted, found->second));
    }

private:
    static Truth asTruth(bool holds) { return holds ? Truth::True : Truth::False; }

    [[nodiscard]] Truth null(const Condition& condition, bool present, bool knownAbsent) const
    {
        if (!present && !knownAbsent)
            return Truth::Open;
        return asTruth(std::ranges::any_of(condition.values, [&](const std::string& value) {
            const auto wantsNull = truth(value);
            return wantsNull && *wantsNull == !present;
        }));
    }

    /// A key that the request lacks: no positive operator holds, each negated one does, and IfExists is content.
    static Truth missing(const Condition& condition, const Operator& op)
    {
        if (condition.ifExists || condition.set == Condition::Set::ForAllValues)
            return Truth::True;
        return asTruth(op.negated && condition.set == Condition::Set::Single);
    }

    static bool holdsFor(const Operator& op, const std::vector<std::string>& wanted, const std::string& value)
    {
        bool any = false, comparable = wanted.empty();
        for (const std::string& one : wanted) {
            const auto result = op.compare(one, value);
            comparable = comparable || result.has_value();
            any = any || result.value_or(false);
        }
        return op.negated ? comparable && !any : any;
    }

    static bool compared(Condition::Set set, const Operator& op, const std::vector<std::string>& wanted,
        const std::vector<std::string>& values)
    {
        const auto holds = [&](const std::string& value) { return holdsFor(op, wanted, value); };
        if (set == Condition::Set::ForAllValues)
            return std::ranges::all_of(values, holds);
        // A negated operator without a qualifier must hold for each value that the key has.
        if (set == Condition::Set::Single && op.negated)
            return std::ranges::all_of(values, holds);
        return std::ranges::any_of(values, holds);
    }

    const PolicyRequest& m_request;
    bool m_variables;
};

} // namespace

Truth conditionsHold(const std::vector<Condition>& conditions, const PolicyRequest& request, bool variables,
    std::vector<std::string>& open)
{
    const Holding holding(request, variables);
    Truth all = Truth::True;
    std::vector<std::string> lines;
    for (const Condition& condition : conditions) {
        const Truth one = holding.of(condition);
        if (one == Truth::False)
            return Truth::False;
        if (one == Truth::Open)
            lines.push_back(readable(condition));
        all = std::min(all, one);
    }
    open.insert(open.end(), lines.begin(), lines.end());
    return all;
}

std::optional<std::string> withVariables(std::string_view text, const PolicyRequest& request, std::string& missing)
{
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.substr(at, 2) == "${" ? text.find('}', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            filled += text[at++];
            continue;
        }
        const std::string_view inner = text.substr(at + 2, end - at - 2);
        at = end + 1;
        if (inner == "*" || inner == "?" || inner == "$") {
            filled += inner == "*" ? literalStar : inner == "?" ? literalMark : '$';
            continue;
        }
        const std::string_view key = trimmed(before(inner, ','));
        const auto found = request.context.find(key);
        std::string value;
        if (found != request.context.end() && found->second.size() == 1) {
            value = found->second.front();
        } else if (const std::string_view fallback = trimmed(after(inner, ',')); fallback.size() >= 2) {
            value = fallback.substr(1, fallback.size() - 2);
        } else {
            missing = key;
            return std::nullopt;
        }
        std::ranges::replace(value, '*', literalStar);
        std::ranges::replace(value, '?', literalMark);
        filled += value;
    }
    return filled;
}

bool arnMatches(std::string_view pattern, std::string_view arn)
{
    for (int part = 0; part < 5; ++part) {
        const std::size_t p = pattern.find(':'), a = arn.find(':');
        if (p == std::string_view::npos || a == std::string_view::npos)
            return false;
        if (!wildcardMatches(pattern.substr(0, p), arn.substr(0, a)))
            return false;
        pattern.remove_prefix(p + 1);
        arn.remove_prefix(a + 1);
    }
    return wildcardMatches(pattern, arn);
}

} // namespace glacis
