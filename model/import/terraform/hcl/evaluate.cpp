// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/evaluate.h"

#include "core/text.h"

#include <charconv>
#include <cmath>

namespace glacis::hcl {

namespace {

using Kind = Expression::Kind;
constexpr int deepestEvaluation = 1500;
/// Of a value that leads to another: as many expressions within one another as take the same room.
constexpr int ofAnotherValue = 6;

/// Numbers are equal by value, whatever way they are held.
bool equal(const Json& a, const Json& b)
{
    if (a.is_number() && b.is_number())
        return a.get<double>() == b.get<double>();
    return a == b;
}

class Evaluator {
public:
    Evaluator(const Lookup& lookup, Budget& budget, const OwnFunctions& own)
        : m_lookup(lookup), m_budget(budget), m_own(own)
    {
    }

    Json value(const Expression& e)
    {
        m_budget.spend();
        const Budget::Within within(m_budget);
        return plain(e);
    }

private:
    Json plain(const Expression& e)
    {
        switch (e.kind) {
        case Kind::Literal:
            return e.literal;
        case Kind::Template:
            return joined(e);
        case Kind::Variable:
            return named(e.name, {});
        case Kind::Traversal:
            return traversal(e);
        case Kind::Call:
            return call(e);
        case Kind::Unary:
            return unary(e);
        case Kind::Binary:
            return binary(e);
        case Kind::Conditional:
            return conditional(e);
        case Kind::Tuple: {
            Json list = Json::array();
            for (const Expression& part : e.parts)
                list.push_back(value(part));
            return list;
        }
        case Kind::Object: {
            Json object = Json::object();
            for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2)
                object[asTemplateText(value(e.parts[i]))] = value(e.parts[i + 1]);
            return object;
        }
        case Kind::For:
            return loop(e);
        default:
            fail("A step stands without anything before it.");
        }
    }

    Json joined(const Expression& e)
    {
        std::string text;
        for (const Expression& part : e.parts) {
            const Json inner = value(part);
            if (inner.is_null())
                fail("A template inserts null.");
            text += asTemplateText(inner);
            m_budget.spend(text.size() / 64);
        }
        return text;
    }

    /// Names of for expressions first, the innermost before the others.
    Json named(std::string_view name, std::span<const Step> steps)
    {
        std::size_t taken = 0;
        std::optional<Json> found;
        for (auto at = m_bound.rbegin(); at != m_bound.rend() && !found; ++at) {
            if (at->first == name)
                found = *at->second;
        }
        if (!found)
            found = m_lookup(name, steps, taken);
        // Terraform refuses "True", and whoever wrote it meant nothing else.
        if (!found && steps.empty() && (name == "True" || name == "False"))
            found = name == "True";
        if (!found)
            fail("Nothing here is called " + std::string(name) + ".");
        return walk(std::move(*found), steps.subspan(std::min(taken, steps.size())));
    }

    Json traversal(const Expression& e)
    {
        std::vector<Step> steps;
        for (std::size_t i = 1; i < e.parts.size(); ++i) {
            const Expression& part = e.parts[i];
            if (part.kind == Kind::Step)
                steps.push_back({Step::Kind::Name, part.name, {}});
            else if (part.kind == Kind::Index)
                steps.push_back({Step::Kind::Index, {}, value(part.parts.front())});
            else
                steps.push_back({Step::Kind::Splat, {}, {}});
        }
        if (e.parts.front().kind == Kind::Variable)
            return named(e.parts.front().name, steps);
        return walk(value(e.parts.front()), steps);
    }

    Json walk(Json at, std::span<const Step> steps)
    {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            m_budget.spend();
            const Step& step = steps[i];
            if (step.kind == Step::Kind::Splat)
                return splat(at, steps.subspan(i + 1));
            // The step goes into a value that lies in the one that it replaces.
            Json next = step.kind == Step::Kind::Name ? member(at, step.name) : element(at, step.index);
            at = std::move(next);
        }
        return at;
    }

    static Json member(const Json& of, const std::string& name)
    {
        if (of.is_string() && isOpen(of))
            return stepInto(of, '.' + name);
        if (of.is_object() && of.contains(name))
            return of.at(name);
        fail("There is no “" + name + "” in this value.");
    }

    static Json element(const Json& of, const Json& index)
    {
        if (of.is_string() && isOpen(of))
            return isOpen(index) ? derived({&of, &index}) : stepInto(of, indexText(index));
        if (isOpen(index))
            return derived({&of, &index});
        if (of.is_object() && index.is_string() && of.contains(index.get_ref<const std::string&>()))
            return of.at(index.get_ref<const std::string&>());
        const auto number = asNumber(index);
        if (of.is_array() && number && *number >= 0 && *number < static_cast<double>(of.size()))
            return of[static_cast<std::size_t>(*number)];
        fail("There is no element " + asText(index) + " in this value.");
    }

    /// "Splat Expressions": a value that is no list counts as a list of one, null as an empty one.
    Json splat(const Json& of, std::span<const Step> rest)
    {
        if (of.is_string() && isOpen(of))
            return rest.empty() ? of : derived({&of});
        Json list = Json::array();
        if (of.is_array()) {
            for (const Json& each : of)
                list.push_back(walk(each, rest));
        } else if (!of.is_null()) {
            list.push_back(walk(of, rest));
        }
        return list;
    }

    Json call(const Expression& e)
    {
        // The two that ask whether an expression has a value at all.
        if (e.name == "try" || e.name == "can") {
            for (const Expression& part : e.parts) {
                const std::size_t bound = m_bound.size();
                try {
                    Json found = value(part);
                    return e.name == "can" ? Json(true) : found;
                } catch (const EvaluationError&) {
                    m_bound.resize(bound);
                }
            }
            if (e.name == "can")
                return false;
            fail("None of the expressions of try has a value.");
        }
        std::vector<Json> arguments;
        arguments.reserve(e.parts.size());
        for (const Expression& part : e.parts)
            arguments.push_back(value(part));
        if (e.flag && !arguments.empty()) {
            Json last = std::move(arguments.back());
            if (last.is_string() && isOpen(last))
                return derived({&last});
            arguments.pop_back();
            if (!last.is_array())
                fail("Only a list can be expanded into arguments.");
            for (Json& each : last)
                arguments.push_back(std::move(each));
        }
        if (m_own) {
            if (auto found = m_own(e.name, arguments))
                return std::move(*found);
        }
        // "core::" before a name says that the language's own function is meant.
        const std::string_view name = e.name;
        if (auto found = callFunction(name.starts_with("core::") ? name.substr(6) : name, arguments, m_budget))
            return std::move(*found);
        // Not known how it works: its value is open, and what it refers to is kept.
        std::vector<const Json*> all;
        all.reserve(arguments.size());
        for (const Json& argument : arguments)
            all.push_back(&argument);
        return derived(all);
    }

    Json unary(const Expression& e)
    {
        const Json of = value(e.parts.front());
        if (isOpen(of))
            return derived({&of});
        if (e.name == "!") {
            if (const auto truth = asTruth(of))
                return !*truth;
        } else if (const auto number = asNumber(of)) {
            return numeric(-*number);
        }
        fail("“" + e.name + "” stands before a value that it can't have.");
    }

    Json binary(const Expression& e)
    {
        const Json left = value(e.parts[0]);
        const std::string& operation = e.name;
        if (operation == "&&" || operation == "||") {
            const bool decides = operation == "||";
            const auto first = isOpen(left) ? std::nullopt : asTruth(left);
            if (first == decides)
                return decides;
            const Json right = value(e.parts[1]);
            const auto second = isOpen(right) ? std::nullopt : asTruth(right);
            if (second == decides)
                return decides;
            if (first && second)
                return !decides;
            if (isOpen(left) || isOpen(right))
                return derived({&left, &right});
            fail("“" + operation + "” stands beside a value that is neither true nor false.");
        }
        const Json right = value(e.parts[1]);
        if (isOpen(left) || isOpen(right)) {
            if (isReference(left) && left == right && (operation == "==" || operation == "!="))
                return operation == "==";
            return derived({&left, &right});
        }
        if (operation == "==" || operation == "!=")
            return equal(left, right) == (operation == "==");
        const auto a = asNumber(left), b = asNumber(right);
        if (!a || !b)
            fail("“" + operation + "” stands beside a value that is no number.");
        return arithmetic(operation, *a, *b);
    }

    static Json arithmetic(const std::string& operation, double a, double b)
    {
        if (operation == "<")
            return a < b;
        if (operation == ">")
            return a > b;
        if (operation == "<=")
            return a <= b;
        if (operation == ">=")
            return a >= b;
        if (operation == "+")
            return numeric(a + b);
        if (operation == "-")
            return numeric(a - b);
        if (operation == "*")
            return numeric(a * b);
        if (b == 0)
            fail("A number is divided by zero.");
        return numeric(operation == "/" ? a / b : std::fmod(a, b));
    }

    /// Both sides may become true when the condition is open: what either refers to is kept.
    Json conditional(const Expression& e)
    {
        const Json condition = value(e.parts[0]);
        if (!isOpen(condition)) {
            const auto truth = asTruth(condition);
            if (!truth)
                fail("The condition is neither true nor false.");
            return value(e.parts[*truth ? 1 : 2]);
        }
        const Json left = value(e.parts[1]), right = value(e.parts[2]);
        return left == right ? left : derived({&condition, &left, &right});
    }

    Json loop(const Expression& e)
    {
        const Json through = value(e.parts.front());
        if (through.is_string() && isOpen(through))
            return derived({&through});
        if (!through.is_structured())
            fail("A for expression goes through a value that is no list or object.");
        Json made = e.hasKey ? Json::object() : Json::array();
        const std::size_t bound = m_bound.size();
        std::size_t position = 0;
        for (auto at = through.begin(); at != through.end(); ++at, ++position) {
            m_budget.spend();
            const Json key = through.is_object() ? Json(at.key()) : Json(position);
            m_bound.emplace_back(e.name, &*at);
            if (!e.keyName.empty())
                m_bound.emplace_back(e.keyName, &key);
            const bool wanted = !e.hasCondition || asked(e.parts.back());
            if (wanted && !e.hasKey) {
                made.push_back(value(e.parts[1]));
            } else if (wanted) {
                const std::string name = asTemplateText(value(e.parts[2]));
                if (e.flag)
                    made[name].push_back(value(e.parts[1]));
                else
                    made[name] = value(e.parts[1]);
            }
            m_bound.resize(bound);
        }
        return made;
    }

    /// A condition that is not known keeps the element: what could be there is shown.
    bool asked(const Expression& condition)
    {
        const Json found = value(condition);
        return isOpen(found) || asTruth(found).value_or(false);
    }

    const Lookup& m_lookup;
    Budget& m_budget;
    const OwnFunctions& m_own;
    std::vector<std::pair<std::string_view, const Json*>> m_bound;
};

} // namespace

void Budget::spend(std::size_t steps)
{
    if (steps >= m_left) {
        m_left = 0;
        throw EvaluationError("Working out the values takes too long, so the rest was left.");
    }
    m_left -= steps;
}

Budget::Within::Within(Budget& budget, int weight) : m_budget(budget), m_weight(weight)
{
    if (m_budget.m_depth + weight > deepestEvaluation)
        throw EvaluationError("Values lead to one another too deep.");
    m_budget.m_depth += weight;
}

Json evaluate(const Expression& expression, const Lookup& lookup, Budget& budget, const OwnFunctions& own)
{
    const Budget::Within within(budget, ofAnotherValue);
    return Evaluator(lookup, budget, own).value(expression);
}

std::string asTemplateText(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "true" : "false";
    if (value.is_number())
        return value.dump();
    if (isOpen(value))
        return derived({&value}).get<std::string>();
    throw EvaluationError("A list or object stands where a text is needed.");
}

std::optional<bool> asTruth(const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>();
    if (value == "true")
        return true;
    return value == "false" ? std::optional(false) : std::nullopt;
}

std::optional<double> asNumber(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (!value.is_string())
        return {};
    const std::string& text = value.get_ref<const std::string&>();
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(number)
        ? std::optional(number)
        : std::nullopt;
}

Json numeric(double value)
{
    if (std::floor(value) == value && std::abs(value) < 9e15)
        return static_cast<std::int64_t>(value);
    if (!std::isfinite(value))
        throw EvaluationError("The number is too large.");
    return value;
}

std::string indexText(const Json& index)
{
    return '[' + index.dump(-1, ' ', false, Json::error_handler_t::replace) + ']';
}

} // namespace glacis::hcl
