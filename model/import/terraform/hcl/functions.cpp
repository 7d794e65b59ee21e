// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/evaluate.h"
#include "import/terraform/hcl/function_table.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

/// Numbers, collections and conversions. Source: "Built-in Functions", Terraform Language documentation.
namespace glacis::hcl {

namespace {

const Json& listed(const Json& value)
{
    if (!value.is_array())
        fail("A function is given something that is no list.");
    return value;
}

const Json& mapped(const Json& value)
{
    if (!value.is_object())
        fail("A function is given something that is no object.");
    return value;
}

double real(const Json& value)
{
    const auto number = asNumber(value);
    if (!number)
        fail("A function is given something that is no number.");
    return *number;
}

std::int64_t whole(const Json& value)
{
    return static_cast<std::int64_t>(std::clamp(real(value), -9e15, 9e15));
}

bool same(const Json& a, const Json& b)
{
    return a == b;
}

/// Sets keep their first order here, so that addresses and evidence stay put.
Json distinct(const Json& list)
{
    Json found = Json::array();
    std::vector<const Json*> kept;
    for (const Json& each : listed(list)) {
        if (std::ranges::none_of(kept, [&](const Json* other) { return same(*other, each); })) {
            kept.push_back(&each);
            found.push_back(each);
        }
    }
    return found;
}

bool has(const Json& list, const Json& value)
{
    return std::ranges::any_of(listed(list), [&](const Json& each) { return same(each, value); });
}

template <double (*function)(double)> Json rounded(const Arguments& a)
{
    return numeric(function(real(a[0])));
}

template <bool greater> Json extreme(const Arguments& a)
{
    double best = real(a[0]);
    for (const Json& each : a)
        best = greater ? std::max(best, real(each)) : std::min(best, real(each));
    return numeric(best);
}

Json concat(const Arguments& a)
{
    Json all = Json::array();
    for (const Json& list : a)
        for (const Json& each : listed(list))
            all.push_back(each);
    return all;
}

Json merge(const Arguments& a)
{
    Json all = Json::object();
    for (const Json& object : a) {
        if (!object.is_null())
            all.update(mapped(object));
    }
    return all;
}

void flattenInto(const Json& list, Json& into)
{
    for (const Json& each : list) {
        if (each.is_array())
            flattenInto(each, into);
        else
            into.push_back(each);
    }
}

Json flatten(const Arguments& a)
{
    Json all = Json::array();
    flattenInto(listed(a[0]), all);
    return all;
}

Json length(const Arguments& a)
{
    if (a[0].is_structured())
        return a[0].size();
    if (!a[0].is_string())
        fail("length is asked of something that has none.");
    const std::string& text = a[0].get_ref<const std::string&>();
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

Json element(const Arguments& a)
{
    const auto size = static_cast<std::int64_t>(listed(a[0]).size());
    if (size == 0)
        fail("element is asked of an empty list.");
    return a[0][static_cast<std::size_t>(((whole(a[1]) % size) + size) % size)];
}

Json lookup(const Arguments& a)
{
    const std::string key = asTemplateText(a[1]);
    if (mapped(a[0]).contains(key))
        return a[0].at(key);
    if (a.size() < 3)
        fail("lookup finds no such key.");
    return a[2];
}

Json keys(const Arguments& a)
{
    Json all = Json::array();
    for (const auto& [key, value] : mapped(a[0]).items())
        all.push_back(key);
    return all;
}

Json values(const Arguments& a)
{
    Json all = Json::array();
    for (const Json& value : mapped(a[0]))
        all.push_back(value);
    return all;
}

Json zipmap(const Arguments& a)
{
    Json all = Json::object();
    for (std::size_t i = 0; i < std::min(listed(a[0]).size(), listed(a[1]).size()); ++i)
        all[asTemplateText(a[0][i])] = a[1][i];
    return all;
}

Json compact(const Arguments& a)
{
    Json all = Json::array();
    for (const Json& each : listed(a[0])) {
        if (!each.is_null() && each != "")
            all.push_back(each);
    }
    return all;
}

Json coalesce(const Arguments& a)
{
    for (const Json& each : a) {
        if (!each.is_null() && each != "")
            return each;
    }
    fail("coalesce is given nothing but null and empty texts.");
}

Json coalesceList(const Arguments& a)
{
    for (const Json& each : a) {
        if (each.is_array() && !each.empty())
            return each;
    }
    return Json::array();
}

Json contains(const Arguments& a)
{
    return has(a[0], a[1]);
}

Json indexOf(const Arguments& a)
{
    for (std::size_t i = 0; i < listed(a[0]).size(); ++i) {
        if (same(a[0][i], a[1]))
            return i;
    }
    fail("index finds no such element.");
}

Json one(const Arguments& a)
{
    if (listed(a[0]).size() > 1)
        fail("one is given a list of more than one.");
    return a[0].empty() ? Json() : a[0][0];
}

Json range(const Arguments& a)
{
    const double from = a.size() > 1 ? real(a[0]) : 0, to = real(a[a.size() > 1 ? 1 : 0]);
    const double step = a.size() > 2 ? real(a[2]) : to < from ? -1 : 1;
    // As the language itself does: at most 1,024 numbers.
    if (step == 0 || (to - from) / step > 1024)
        fail("range gives more than 1,024 numbers.");
    Json all = Json::array();
    for (double at = from; step > 0 ? at < to : at > to; at += step)
        all.push_back(numeric(at));
    return all;
}

Json reverse(const Arguments& a)
{
    Json all = listed(a[0]);
    std::ranges::reverse(all);
    return all;
}

Json slice(const Arguments& a)
{
    const auto size = static_cast<std::int64_t>(listed(a[0]).size());
    const std::int64_t from = whole(a[1]), to = whole(a[2]);
    if (from < 0 || to > size || from > to)
        fail("slice is asked for more than the list has.");
    Json all = Json::array();
    for (std::int64_t i = from; i < to; ++i)
        all.push_back(a[0][static_cast<std::size_t>(i)]);
    return all;
}

Json sort(const Arguments& a)
{
    std::vector<std::string> texts;
    for (const Json& each : listed(a[0]))
        texts.push_back(asTemplateText(each));
    std::ranges::sort(texts);
    return texts;
}

Json sum(const Arguments& a)
{
    double all = 0;
    for (const Json& each : listed(a[0]))
        all += real(each);
    return numeric(all);
}

Json setUnion(const Arguments& a)
{
    return distinct(concat(a));
}

Json setIntersection(const Arguments& a)
{
    Json all = Json::array();
    for (const Json& each : distinct(a[0])) {
        if (std::ranges::all_of(a, [&](const Json& other) { return has(other, each); }))
            all.push_back(each);
    }
    return all;
}

Json setSubtract(const Arguments& a)
{
    Json all = Json::array();
    for (const Json& each : distinct(a[0])) {
        if (!has(a[1], each))
            all.push_back(each);
    }
    return all;
}

Json toSet(const Arguments& a)
{
    return distinct(a[0]);
}

Json itself(const Arguments& a)
{
    return a[0];
}

Json toText(const Arguments& a)
{
    return a[0].is_null() ? Json() : Json(asTemplateText(a[0]));
}

Json toNumber(const Arguments& a)
{
    return a[0].is_null() ? Json() : numeric(real(a[0]));
}

Json toTruth(const Arguments& a)
{
    const auto truth = asTruth(a[0]);
    if (!truth && !a[0].is_null())
        fail("tobool is given something that is neither true nor false.");
    return truth ? Json(*truth) : Json();
}

Json chunkList(const Arguments& a)
{
    const auto size = whole(a[1]);
    if (size < 1)
        fail("chunklist is asked for lists of less than one.");
    Json all = Json::array();
    for (std::size_t i = 0; i < listed(a[0]).size(); ++i) {
        if (i % static_cast<std::size_t>(size) == 0)
            all.push_back(Json::array());
        all.back().push_back(a[0][i]);
    }
    return all;
}

/// Every combination of one element of each list, the last changing fastest.
Json setProduct(const Arguments& a)
{
    Json all = Json::array({Json::array()});
    for (const Json& list : a) {
        if (all.size() * listed(list).size() > 100'000)
            fail("setproduct gives more than 100,000 combinations.");
        Json longer = Json::array();
        for (const Json& begun : all) {
            for (const Json& each : list) {
                longer.push_back(begun);
                longer.back().push_back(each);
            }
        }
        all = std::move(longer);
    }
    return all;
}

Json matchKeys(const Arguments& a)
{
    Json all = Json::array();
    for (std::size_t i = 0; i < std::min(listed(a[0]).size(), listed(a[1]).size()); ++i) {
        if (has(a[2], a[1][i]))
            all.push_back(a[0][i]);
    }
    return all;
}

Json transpose(const Arguments& a)
{
    Json all = Json::object();
    for (const auto& [key, list] : mapped(a[0]).items()) {
        for (const Json& each : listed(list))
            all[asTemplateText(each)].push_back(key);
    }
    return all;
}

Json sign(const Arguments& a)
{
    const double number = real(a[0]);
    return number > 0 ? 1 : number < 0 ? -1 : 0;
}

Json logarithm(const Arguments& a)
{
    return numeric(std::log(real(a[0])) / std::log(real(a[1])));
}

Json parseInt(const Arguments& a)
{
    const std::string text = asTemplateText(a[0]);
    std::int64_t number = 0;
    const auto read = std::from_chars(
        text.data(), text.data() + text.size(), number, static_cast<int>(std::clamp<std::int64_t>(whole(a[1]), 2, 36)));
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        fail("parseint is given a text that is no number of that base.");
    return number;
}

/// The old function for a map: key, value, key, value …
Json mapOf(const Arguments& a)
{
    Json all = Json::object();
    for (std::size_t i = 0; i + 1 < a.size(); i += 2)
        all[asTemplateText(a[i])] = a[i + 1];
    return all;
}

Json typeName(const Arguments& a)
{
    return a[0].is_string() ? "string"
        : a[0].is_boolean() ? "bool"
        : a[0].is_number()  ? "number"
        : a[0].is_array()   ? "tuple"
        : a[0].is_object()  ? "object"
                            : "dynamic";
}

Json power(const Arguments& a)
{
    return numeric(std::pow(real(a[0]), real(a[1])));
}

Json anyTrue(const Arguments& a)
{
    return std::ranges::any_of(listed(a[0]), [](const Json& each) { return asTruth(each).value_or(false); });
}

Json allTrue(const Arguments& a)
{
    return std::ranges::all_of(listed(a[0]), [](const Json& each) { return asTruth(each).value_or(false); });
}

using enum FunctionRow::Open;
constexpr FunctionRow functionsRows[] = {
    {"abs", 1, 1, Answers, rounded<std::fabs>},
    {"alltrue", 1, 1, Answers, allTrue},
    {"anytrue", 1, 1, Answers, anyTrue},
    {"chunklist", 2, 2, Keeps, chunkList},
    {"ceil", 1, 1, Answers, rounded<std::ceil>},
    {"coalesce", 1, 99, Passes, coalesce},
    {"coalescelist", 1, 99, Keeps, coalesceList},
    {"compact", 1, 1, Keeps, compact},
    {"concat", 1, 999, Keeps, concat},
    {"contains", 2, 2, Answers, contains},
    {"distinct", 1, 1, Keeps, toSet},
    {"element", 2, 2, Keeps, element},
    {"flatten", 1, 1, Keeps, flatten},
    {"floor", 1, 1, Answers, rounded<std::floor>},
    {"index", 2, 2, Answers, indexOf},
    {"keys", 1, 1, Keeps, keys},
    {"length", 1, 1, Keeps, length},
    {"list", 0, 999, Passes, [](const Arguments& a) { return Json(a); }},
    {"log", 2, 2, Answers, logarithm},
    {"lookup", 2, 3, Keeps, lookup},
    {"map", 0, 999, Passes, mapOf},
    {"matchkeys", 3, 3, Answers, matchKeys},
    {"max", 1, 999, Answers, extreme<true>},
    {"merge", 0, 999, Keeps, merge},
    {"min", 1, 999, Answers, extreme<false>},
    {"nonsensitive", 1, 1, Passes, itself},
    {"one", 1, 1, Keeps, one},
    {"parseint", 2, 2, Answers, parseInt},
    {"pow", 2, 2, Answers, power},
    {"range", 1, 3, Answers, range},
    {"reverse", 1, 1, Keeps, reverse},
    {"sensitive", 1, 1, Passes, itself},
    {"setintersection", 1, 99, Answers, setIntersection},
    {"setproduct", 1, 99, Keeps, setProduct},
    {"setsubtract", 2, 2, Answers, setSubtract},
    {"setunion", 1, 99, Keeps, setUnion},
    {"signum", 1, 1, Answers, sign},
    {"slice", 3, 3, Keeps, slice},
    {"sort", 1, 1, Answers, sort},
    {"sum", 1, 1, Answers, sum},
    {"tobool", 1, 1, Answers, toTruth},
    {"tolist", 1, 1, Keeps, itself},
    {"tomap", 1, 1, Keeps, itself},
    {"tonumber", 1, 1, Answers, toNumber},
    {"toset", 1, 1, Keeps, toSet},
    {"tostring", 1, 1, Passes, toText},
    {"transpose", 1, 1, Answers, transpose},
    {"type", 1, 1, Answers, typeName},
    {"values", 1, 1, Keeps, values},
    {"zipmap", 2, 2, Keeps, zipmap},
};

bool tooOpen(const FunctionRow& row, const Arguments& arguments)
{
    return row.open != Passes && std::ranges::any_of(arguments, [&](const Json& argument) {
        return row.open == Keeps ? argument.is_string() && isOpen(argument) : isOpen(argument);
    });
}

} // namespace

std::optional<Json> callFunction(std::string_view name, const std::vector<Json>& arguments, Budget& budget)
{
    for (const auto table : {std::span<const FunctionRow>(functionsRows), textFunctions(), notationFunctions()}) {
        const auto row = std::ranges::find(table, name, &FunctionRow::name);
        if (row == table.end())
            continue;
        if (arguments.size() < row->fewest || arguments.size() > row->most)
            throw EvaluationError(std::string(name) + " is given too few or too many arguments.");
        for (const Json& argument : arguments)
            budget.spend(
                1 + (argument.is_string() ? argument.get_ref<const std::string&>().size() / 16 : argument.size()));
        if (tooOpen(*row, arguments)) {
            std::vector<const Json*> all;
            all.reserve(arguments.size());
            for (const Json& argument : arguments)
                all.push_back(&argument);
            return derived(all);
        }
        return row->call(arguments);
    }
    return {};
}

} // namespace glacis::hcl
