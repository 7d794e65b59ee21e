// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/condition.h"

#include "catalog/action_catalog.h"
#include "core/ip.h"
#include "core/matching.h"
#include "core/text.h"
#include "core/time.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace glacis {

namespace {

char unescaped(char c)
{
    return c == literalStar ? '*' : c == literalMark ? '?' : c;
}
char unescapedLower(char c)
{
    const char plain = unescaped(c);
    return plain >= 'A' && plain <= 'Z' ? static_cast<char>(plain - 'A' + 'a') : plain;
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
    const auto seconds = number(text);
    return seconds ? seconds : parseMoment(text);
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
    return std::ranges::equal(policy, value, {}, unescaped);
}
std::optional<bool> sameIgnoringCase(std::string_view policy, std::string_view value)
{
    return std::ranges::equal(policy, value, {}, unescapedLower, unescapedLower);
}
std::optional<bool> sameBytes(std::string_view policy, std::string_view value)
{
    const auto a = base64Decoded(policy), b = base64Decoded(value);
    return a && b ? std::optional(*a == *b) : std::nullopt;
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
    return std::ranges::count(value, ':') < 5 ? std::nullopt : std::optional(arnMatches(policy, value));
}

} // namespace

struct ConditionOperator {
    std::string_view name;
    Compare compare = nullptr; ///< null: Null, which looks at no value
    bool variables = false; ///< may be held against text that comes from the request
    bool negated = false;
};

namespace {

constexpr bool withText = true, negated = true;
constexpr ConditionOperator operators[] = {{"StringEquals", sameText, withText},
    {"StringNotEquals", sameText, withText, negated}, {"StringEqualsIgnoreCase", sameIgnoringCase, withText},
    {"StringNotEqualsIgnoreCase", sameIgnoringCase, withText, negated}, {"StringLike", likeText, withText},
    {"StringNotLike", likeText, withText, negated}, {"ArnEquals", likeArn, withText}, {"ArnLike", likeArn, withText},
    {"ArnNotEquals", likeArn, withText, negated}, {"ArnNotLike", likeArn, withText, negated},
    {"NumericEquals", numbers<std::equal_to<>>}, {"NumericNotEquals", numbers<std::equal_to<>>, false, negated},
    {"NumericLessThan", numbers<std::less<>>}, {"NumericLessThanEquals", numbers<std::less_equal<>>},
    {"NumericGreaterThan", numbers<std::greater<>>}, {"NumericGreaterThanEquals", numbers<std::greater_equal<>>},
    {"DateEquals", dates<std::equal_to<>>}, {"DateNotEquals", dates<std::equal_to<>>, false, negated},
    {"DateLessThan", dates<std::less<>>}, {"DateLessThanEquals", dates<std::less_equal<>>},
    {"DateGreaterThan", dates<std::greater<>>}, {"DateGreaterThanEquals", dates<std::greater_equal<>>},
    {"Bool", sameTruth}, {"BinaryEquals", sameBytes}, {"IpAddress", inBlock}, {"NotIpAddress", inBlock, false, negated},
    {"Null"}};

class Holding {
public:
    Holding(const PolicyRequest& request, bool variables) : m_request(request), m_variables(variables) { }

    [[nodiscard]] Truth of(const Condition& condition) const
    {
        if (!condition.meaning)
            return m_request.unsaid == Unsaid::Absent ? Truth::False : Truth::Open;
        const auto found = m_request.context.find(condition.key);
        const bool named = found != m_request.context.end();
        if (named && !found->second.empty())
            return asTruth(holdsFor(condition, found->second));
        if (among(m_request.present, condition.key))
            return ofPresent(condition);
        // A key that is named without a value is known not to be part of such a request.
        if (named || m_request.unsaid == Unsaid::Absent || among(m_request.told, condition.key)
            || canNeverHave(condition.key))
            return ofAbsent(condition);
        return Truth::Open;
    }

private:
    static Truth asTruth(bool holds) { return holds ? Truth::True : Truth::False; }

    static bool among(const std::vector<std::string>& patterns, std::string_view key)
    {
        return std::ranges::any_of(
            patterns, [&](const std::string& pattern) { return wildcardMatchesIgnoringCase(pattern, key); });
    }

    /// Keys of the action's own service, and those of tags that a request brings, that are not listed for it.
    [[nodiscard]] bool canNeverHave(std::string_view key) const
    {
        const std::string_view service = before(m_request.action, ':');
        const bool listed = equalIgnoringCase(before(key, ':'), service)
            || equalIgnoringCase(before(key, '/'), "aws:RequestTag") || equalIgnoringCase(key, "aws:TagKeys");
        if (!listed)
            return false;
        const auto known = ActionCatalog::builtIn().action(m_request.action);
        return known && !known.service->knowsKey(*known.action, key);
    }

    static bool wantsNull(const Condition& condition, bool isNull)
    {
        return std::ranges::any_of(condition.values, [&](const std::string& value) { return truth(value) == isNull; });
    }

    /// A key that the request lacks: no positive operator holds, each negated one does, and IfExists is content.
    static Truth ofAbsent(const Condition& condition)
    {
        if (condition.set == Condition::Set::ForAllValues || condition.ifExists)
            return Truth::True;
        if (condition.set == Condition::Set::ForAnyValue)
            return Truth::False;
        return asTruth(condition.meaning->compare ? condition.meaning->negated : wantsNull(condition, true));
    }

    static Truth ofPresent(const Condition& condition)
    {
        return condition.meaning->compare ? Truth::Open : asTruth(wantsNull(condition, false));
    }

    [[nodiscard]] bool holdsFor(const Condition& condition, const std::vector<std::string>& values) const
    {
        const ConditionOperator& op = *condition.meaning;
        const auto holds = [&](const std::string& value) {
            return op.compare ? holdsFor(condition, op, value) : wantsNull(condition, false);
        };
        const bool empty = values.size() == 1 && values.front().empty();
        if (condition.set == Condition::Set::ForAllValues)
            return empty || std::ranges::all_of(values, holds);
        if (condition.set == Condition::Set::ForAnyValue)
            return !empty && std::ranges::any_of(values, holds);
        return (values.size() == 1 || !op.compare) && holds(values.front());
    }

    [[nodiscard]] bool holdsFor(const Condition& condition, const ConditionOperator& op, const std::string& value) const
    {
        bool any = false, comparable = condition.values.empty();
        for (const std::string& wanted : condition.values) {
            std::optional<bool> result;
            if (condition.variables && m_variables && op.variables) {
                std::string lacks;
                const auto filled = withVariables(wanted, m_request, lacks);
                // What can't be filled in is like nothing, so that its opposite holds.
                result = filled ? op.compare(*filled, value) : std::optional(false);
            } else {
                result = op.compare(wanted, value);
            }
            comparable = comparable || result.has_value();
            any = any || result.value_or(false);
        }
        return op.negated ? comparable && !any : any;
    }

    const PolicyRequest& m_request;
    bool m_variables;
};

/// Whether a value needs a key that nobody knows.
bool isOpenVariable(const Condition& condition, const PolicyRequest& request, bool variables)
{
    if (!condition.variables || !variables || request.unsaid == Unsaid::Absent || !condition.meaning
        || !condition.meaning->variables)
        return false;
    return std::ranges::any_of(condition.values, [&](const std::string& value) {
        std::string missing;
        const bool filled = withVariables(value, request, missing).has_value();
        const auto named = request.context.find(missing);
        return !filled && named == request.context.end();
    });
}

} // namespace

const ConditionOperator* conditionOperator(std::string_view name)
{
    const auto found = std::ranges::find_if(
        operators, [&](const ConditionOperator& one) { return equalIgnoringCase(one.name, name); });
    return found == std::end(operators) ? nullptr : &*found;
}

Truth conditionHolds(const Condition& condition, const PolicyRequest& request, bool variables)
{
    const Truth truth = Holding(request, variables).of(condition);
    const Truth uncertain = condition.meaning && condition.meaning->negated ? Truth::True : Truth::False;
    return truth == uncertain && isOpenVariable(condition, request, variables) ? Truth::Open : truth;
}

Truth conditionsHold(
    const std::vector<Condition>& conditions, const PolicyRequest& request, bool variables, std::vector<Residual>& open)
{
    Truth all = Truth::True;
    for (const Condition& condition : conditions) {
        const Truth one = conditionHolds(condition, request, variables);
        if (one == Truth::False)
            return Truth::False;
        if (one == Truth::Open)
            open.push_back(Residual::of(condition));
        all = std::min(all, one);
    }
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
