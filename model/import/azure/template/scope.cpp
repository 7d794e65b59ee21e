// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/template/scope.h"

#include "core/text.h"
#include "import/azure/names.h"

#include <algorithm>

namespace glacis::azure {

namespace {

constexpr int mostDeep = 120;
constexpr std::size_t mostNested = 60; ///< variables that need each other
constexpr long long mostCopies = 800; ///< "Resource iteration in ARM templates": a loop has at most 800 turns

/// How much there is of a value, so that copies of copies are noticed before they fill the memory.
std::size_t weightOf(const Json& value)
{
    std::size_t weight = 16;
    if (value.is_string())
        weight += value.get_ref<const std::string&>().size();
    else if (value.is_structured())
        for (const Json& inner : value)
            weight += weightOf(inner);
    return weight;
}

const Json& memberIgnoringCase(const Json& object, std::string_view key)
{
    static const Json none;
    if (!object.is_object())
        return none;
    if (const auto found = object.find(key); found != object.end())
        return *found;
    for (const auto& [name, value] : object.items()) {
        if (equalIgnoringCase(name, key))
            return value;
    }
    return none;
}

/// Stands for a resource that a template refers to at run time; only what follows from its id is known of it.
bool isReference(const Json& value)
{
    return value.is_object() && value.contains("$reference");
}

Json throughReference(const Json& reference, std::string_view key)
{
    const std::string id(textOf(reference, "$reference"));
    const std::string small = lowered(key);
    // The identity of a resource of the template is known by the resource's id.
    if (small == "principalid")
        return lowered(typeOfId(id)) == "microsoft.managedidentity/userassignedidentities" ? Json(id)
                                                                                           : Json(id + "/identity");
    if (small == "identity" || small == "properties")
        return reference;
    return symbol(std::string(afterLast(id, '/')) + '.' + std::string(key));
}

} // namespace

Json symbol(std::string_view name)
{
    return "{" + std::string(name) + "}";
}

bool isSymbolic(const Json& value)
{
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        return text.find('{') != std::string::npos && text.find('}') != std::string::npos;
    }
    return isReference(value);
}

bool Budget::take(std::size_t& from, std::size_t amount)
{
    if (from < amount)
        spent = true;
    else
        from -= amount;
    return !spent;
}

std::string baseOf(const Place& place)
{
    std::string base = "/subscriptions/" + place.subscription;
    if (!place.group.empty())
        base += "/resourceGroups/" + place.group;
    return base;
}

std::string resourceIdOf(std::string_view base, std::string_view type, std::string_view name)
{
    const auto types = split(type, '/'), names = split(name, '/');
    std::string id(base);
    if (!types.empty())
        id.append("/providers/").append(types[0]);
    for (std::size_t i = 1; i < types.size(); ++i)
        id.append("/").append(types[i]).append("/").append(
            i <= names.size() ? names[i - 1] : std::string_view("{name}"));
    return id;
}

std::string asWord(const Json& value)
{
    if (isReference(value))
        return "{" + std::string(afterLast(textOf(value, "$reference"), '/')) + "}";
    if (value.is_boolean())
        return value.get<bool>() ? "True" : "False";
    return asText(value);
}

TemplateScope::TemplateScope(const Json& template_, const Json& given, Place where, Budget& limits)
    : json(template_), place(std::move(where)), budget(limits), m_given(given)
{
}

Json TemplateScope::parameter(std::string_view name)
{
    const std::string key = lowered(name);
    if (const auto known = m_parameters.find(key); known != m_parameters.end())
        return known->second;
    const Json& described = memberIgnoringCase(member(json, "parameters"), name);
    const std::string type = lowered(textOf(described, "type"));
    Json value = symbol(name);
    if (m_asked.size() > mostNested || !m_asked.insert("p:" + key).second)
        return value;
    // What is meant to be secret is never looked at.
    if (type.rfind("secure", 0) != 0) {
        if (const Json& given = memberIgnoringCase(m_given, name); given.is_object() && given.contains("value"))
            value = given["value"];
        else if (described.contains("defaultValue"))
            value = evaluate(described["defaultValue"]);
    }
    m_asked.erase("p:" + key);
    return m_parameters[key] = value;
}

Json TemplateScope::variable(std::string_view name)
{
    const std::string key = lowered(name);
    if (const auto known = m_variables.find(key); known != m_variables.end())
        return known->second;
    if (m_asked.size() > mostNested || !m_asked.insert("v:" + key).second)
        return symbol(name);
    const Json& all = member(json, "variables");
    Json value;
    // A loop makes variables of its own: {"copy": [{"name": …, "count": …, "input": …}]}.
    for (const Json& copy : arrayOf(all, "copy")) {
        if (equalIgnoringCase(textOf(copy, "name"), name))
            value = copied(copy, 0);
    }
    if (value.is_null()) {
        const Json& written = memberIgnoringCase(all, name);
        value = written.is_null() ? symbol(name) : evaluate(written);
    }
    m_asked.erase("v:" + key);
    return m_variables[key] = value;
}

Json TemplateScope::evaluate(const Json& value)
{
    return expanded(value, 0);
}

Json TemplateScope::copied(const Json& copy, int depth)
{
    Json made = Json::array();
    const Json count = expanded(member(copy, "count"), depth + 1);
    // How often is not known: one turn shows what they would be like.
    const long long turns = count.is_number_integer() ? std::clamp(count.get<long long>(), 0LL, mostCopies) : 1;
    for (long long i = 0; i < turns && !budget.spent; ++i) {
        loops.emplace_back(lowered(textOf(copy, "name")), i);
        made.push_back(expanded(member(copy, "input"), depth + 1));
        loops.pop_back();
    }
    return made;
}

Json TemplateScope::expanded(const Json& value, int depth)
{
    if (depth > mostDeep || !budget.take(budget.steps, 1))
        return symbol("…");
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        if (isExpression(text))
            return evaluateText(text);
        return text.rfind("[[", 0) == 0 ? Json(text.substr(1)) : value;
    }
    if (value.is_array()) {
        Json made = Json::array();
        for (const Json& element : value)
            made.push_back(expanded(element, depth + 1));
        return made;
    }
    if (!value.is_object())
        return value;
    Json made = Json::object();
    for (const auto& [key, inner] : value.items()) {
        // "Property iteration in ARM templates".
        if (key == "copy" && inner.is_array()) {
            for (const Json& copy : inner)
                made[std::string(textOf(copy, "name"))] = copied(copy, depth);
            continue;
        }
        const Json name = isExpression(key) ? evaluateText(key) : Json(key);
        made[asWord(name)] = expanded(inner, depth + 1);
    }
    return made;
}

Json TemplateScope::evaluateText(std::string_view text)
{
    std::string fault;
    const auto expression = parseExpression(text, fault);
    if (!expression) {
        if (faults.size() < 20)
            faults.push_back(
                "The expression " + std::string(text.substr(0, 80)) + " could not be read: " + fault + ".");
        return symbol("…");
    }
    return run(*expression, 0);
}

Json TemplateScope::run(const Expression& expression, int depth)
{
    if (depth > mostDeep || !budget.take(budget.steps, 1))
        return symbol("…");
    switch (expression.kind) {
    case Expression::Kind::Text:
        return expression.word;
    case Expression::Kind::Number:
        return expression.number;
    case Expression::Kind::Member:
        return stepInto(run(*expression.parts[0], depth + 1), expression.word);
    case Expression::Kind::Element:
        return stepInto(run(*expression.parts[0], depth + 1), run(*expression.parts[1], depth + 1));
    case Expression::Kind::Call:
        break;
    }
    return call(expression, depth);
}

Json TemplateScope::stepInto(const Json& value, const Json& step)
{
    if (isReference(value))
        return throughReference(value, asWord(step));
    if (value.is_array() && step.is_number_integer()) {
        const long long position = step.get<long long>();
        return position >= 0 && position < static_cast<long long>(value.size())
            ? value[static_cast<std::size_t>(position)]
            : Json();
    }
    if (value.is_object())
        return memberIgnoringCase(value, asWord(step));
    if (!value.is_string())
        return {};
    // What is not known has members that are not known.
    std::string text = value.get<std::string>();
    if (text.size() > 2 && text.front() == '{' && text.back() == '}')
        text = text.substr(1, text.size() - 2);
    return symbol(text + '.' + asWord(step));
}

Json TemplateScope::ownFunction(const Json& function, const std::vector<Json>& arguments)
{
    Json given = Json::object();
    const Json& named = arrayOf(function, "parameters");
    for (std::size_t i = 0; i < named.size() && i < arguments.size(); ++i)
        given[std::string(textOf(named[i], "name"))] = {{"value", arguments[i]}};
    // A function sees its parameters only.
    TemplateScope inner(Json::object(), Json::object(), place, budget);
    for (const auto& [name, value] : given.items())
        inner.m_parameters[lowered(name)] = value["value"];
    return inner.evaluate(member(member(function, "output"), "value"));
}

Json TemplateScope::call(const Expression& expression, int depth)
{
    const std::string name = lowered(expression.word);
    // Only the branch that is taken is looked at.
    if (name == "if" && expression.parts.size() == 3) {
        const Json condition = run(*expression.parts[0], depth + 1);
        if (condition.is_boolean())
            return run(*expression.parts[condition.get<bool>() ? 1 : 2], depth + 1);
        Json first = run(*expression.parts[1], depth + 1);
        const Json second = run(*expression.parts[2], depth + 1);
        return first == second || second.is_null() ? first : symbol(asWord(first) + "|" + asWord(second));
    }
    if (name == "lambda")
        return symbol("lambda");
    if ((name == "map" || name == "filter") && expression.parts.size() == 2) {
        const Json list = run(*expression.parts[0], depth + 1);
        const Expression& lambda = *expression.parts[1];
        if (!list.is_array() || lambda.parts.empty())
            return list.is_array() ? list : symbol(name);
        Json made = Json::array();
        for (std::size_t i = 0; i < list.size(); ++i) {
            m_lambda.emplace_back(lowered(lambda.parts[0]->word), list[i]);
            if (lambda.parts.size() > 2)
                m_lambda.emplace_back(lowered(lambda.parts[1]->word), Json(i));
            Json one = run(*lambda.parts.back(), depth + 1);
            m_lambda.resize(m_lambda.size() - (lambda.parts.size() > 2 ? 2 : 1));
            if (name == "map")
                made.push_back(std::move(one));
            else if (!one.is_boolean() || one.get<bool>())
                made.push_back(list[i]);
        }
        return made;
    }
    std::vector<Json> arguments;
    arguments.reserve(expression.parts.size());
    for (const auto& part : expression.parts)
        arguments.push_back(run(*part, depth + 1));
    if (name == "lambdavariables" && arguments.size() == 1) {
        for (auto at = m_lambda.rbegin(); at != m_lambda.rend(); ++at) {
            if (at->first == lowered(asWord(arguments[0])))
                return at->second;
        }
        return symbol("…");
    }
    if (const auto dot = name.find('.'); dot != std::string::npos) {
        for (const Json& space : arrayOf(json, "functions")) {
            if (!equalIgnoringCase(textOf(space, "namespace"), name.substr(0, dot)))
                continue;
            if (const Json& own = memberIgnoringCase(member(space, "members"), name.substr(dot + 1)); !own.is_null())
                return ownFunction(own, arguments);
        }
        return symbol(expression.word);
    }
    const Function function = functionNamed(name);
    Json made = function ? function(*this, arguments) : symbol(expression.word);
    return budget.take(budget.bytes, weightOf(made)) ? std::move(made) : symbol("…");
}

} // namespace glacis::azure
