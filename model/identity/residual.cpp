// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/residual.h"

#include <algorithm>

namespace glacis {

namespace {

std::string joined(const std::vector<Residual>& parts, std::string_view word)
{
    std::string all;
    for (const Residual& part : parts) {
        const bool compound = part.form == Residual::Form::All || part.form == Residual::Form::Any;
        all += (all.empty() ? std::string() : std::string(word)) + (compound ? '(' + part.text() + ')' : part.text());
    }
    return all;
}

Residual joinedAs(Residual::Form form, std::vector<Residual> parts)
{
    Residual made;
    made.form = form;
    for (Residual& part : parts) {
        if (part.form == form)
            std::ranges::move(part.parts, std::back_inserter(made.parts));
        else
            made.parts.push_back(std::move(part));
    }
    // The same said twice is said once.
    std::vector<std::string> texts;
    std::erase_if(made.parts, [&](const Residual& part) {
        std::string text = part.text();
        if (std::ranges::find(texts, text) != texts.end())
            return true;
        texts.push_back(std::move(text));
        return false;
    });
    if (made.parts.size() == 1)
        return Residual(std::move(made.parts.front()));
    return made;
}

} // namespace

Residual Residual::of(const Condition& condition)
{
    Residual made;
    made.form = Form::Condition;
    made.condition = &condition;
    return made;
}

Residual Residual::of(std::string fact)
{
    Residual made;
    made.form = Form::Fact;
    made.fact = std::move(fact);
    return made;
}

std::string Residual::text() const
{
    switch (form) {
    case Form::All:
        return joined(parts, " and ");
    case Form::Any:
        return joined(parts, " or ");
    case Form::Not:
        return "not (" + parts.front().text() + ')';
    case Form::Condition:
        return readable(*condition);
    case Form::Fact:
        break;
    }
    return fact;
}

std::vector<std::string> Residual::lines() const
{
    if (form != Form::All)
        return {text()};
    std::vector<std::string> all;
    for (const Residual& part : parts)
        all.push_back(part.text());
    return all;
}

Residual allOf(std::vector<Residual> parts)
{
    return joinedAs(Residual::Form::All, std::move(parts));
}

Residual anyOf(std::vector<Residual> parts)
{
    // Where one way asks for nothing, nothing is asked.
    if (parts.empty() || std::ranges::any_of(parts, &Residual::isEmpty))
        return {};
    return joinedAs(Residual::Form::Any, std::move(parts));
}

Residual notThe(Residual part)
{
    Residual made;
    made.form = Residual::Form::Not;
    made.parts.push_back(std::move(part));
    return made;
}

void require(Residual& all, Residual more)
{
    std::vector<Residual> parts;
    parts.push_back(std::move(all));
    parts.push_back(std::move(more));
    all = allOf(std::move(parts));
}

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

} // namespace glacis
