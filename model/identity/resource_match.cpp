// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/resource_match.h"

#include "catalog/action_catalog.h"
#include "core/matching.h"
#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

bool asksForMany(std::string_view resource)
{
    return resource.size() > 1 && hasWildcard(resource);
}

std::string completed(const std::string& arn)
{
    std::string text = arn;
    for (auto have = std::ranges::count(text, ':'); have < 5; ++have)
        text += ":*";
    return text;
}

/// Whether the service names the type of a thing in its ARN, as "instance" of "instance/i-1" or "role" of "role/x".
bool isTypeWord(std::string_view service, std::string_view word)
{
    const ActionCatalog::Service* known = ActionCatalog::builtIn().service(service);
    return known && std::ranges::any_of(known->types, [&](const ActionCatalog::ResourceType& type) {
        const auto arn = parseArn(type.arn);
        return arn && arn->resource.substr(0, arn->resource.find_first_of("/:")) == word;
    });
}

bool hidesTheType(std::string_view pattern, std::string_view resource)
{
    const auto wanted = parseArn(pattern);
    if (!wanted)
        return false;
    const std::size_t end = wanted->resource.find_first_of("/:");
    if (end == std::string_view::npos || !hasWildcard(wanted->resource.substr(0, end))
        || wanted->resource.substr(end + 1) == "*")
        return false;
    const auto asked = parseArn(resource);
    if (!asked)
        return false;
    const std::string_view word = asked->resource.substr(0, asked->resource.find_first_of("/:"));
    return word.size() < asked->resource.size() && isTypeWord(asked->service, word);
}

bool fits(std::string_view pattern, std::string_view resource)
{
    return wildcardMatches(pattern, resource) && !hidesTheType(pattern, resource);
}

/// Whether some thing fits both; a wildcard for the partition does not reach over the service.
bool meet(std::string_view a, std::string_view b)
{
    const auto one = parseArn(a), other = parseArn(b);
    if (one && other && !wildcardsMeet(one->service, other->service))
        return false;
    return wildcardsMeet(a, b);
}

/// A pattern ready to be held against a resource.
struct Filled {
    enum class State : std::uint8_t { Ready, Missing, Unknown } state = State::Ready;
    std::string own;
    std::string_view text;
};

Filled filledIn(const ResourcePattern& pattern, const PolicyRequest& request, bool variables, IncompleteArn incomplete)
{
    Filled filled;
    filled.text = pattern.text;
    if (pattern.incomplete && incomplete == IncompleteArn::Completed) {
        filled.own = completed(pattern.text);
        filled.text = filled.own;
    }
    if (pattern.variables && variables) {
        std::string missing;
        auto text = withVariables(filled.text, request, missing);
        if (!text) {
            const bool told = request.unsaid == Unsaid::Absent || request.context.contains(missing);
            filled.state = told ? Filled::State::Missing : Filled::State::Unknown;
            return filled;
        }
        filled.own = std::move(*text);
        filled.text = filled.own;
    }
    return filled;
}

} // namespace

Truth resourceMatches(const Statement& statement, const PolicyRequest& request, bool variables,
    IncompleteArn incomplete, std::vector<Residual>& open, bool& partly)
{
    if (statement.resources.empty())
        return Truth::True;
    const bool many = asksForMany(request.resource);
    Truth any = Truth::False;
    std::vector<Residual> ways;
    bool some = false;
    for (const ResourcePattern& pattern : statement.resources) {
        if (pattern.everything) {
            any = Truth::True;
            break;
        }
        // Only a Resource element is filled up; a NotResource that is not valid says nothing about anything.
        if (pattern.incomplete && incomplete != IncompleteArn::AsWritten
            && (statement.notResource || incomplete == IncompleteArn::VoidsStatement))
            return Truth::False;
        const Filled filled = filledIn(pattern, request, variables, incomplete);
        if (filled.state == Filled::State::Missing)
            continue;
        const bool unknown = filled.state == Filled::State::Unknown;
        if (!unknown && fits(filled.text, request.resource)) {
            any = Truth::True;
            break;
        }
        if (unknown || (many && meet(filled.text, request.resource))) {
            any = Truth::Open;
            some = some || !unknown;
            ways.push_back(Residual::of("the resource is " + pattern.text));
        }
    }
    if (any == Truth::Open) {
        partly = partly || some;
        Residual one = anyOf(std::move(ways));
        open.push_back(statement.notResource ? notThe(std::move(one)) : std::move(one));
        return Truth::Open;
    }
    return (any == Truth::True) != statement.notResource ? Truth::True : Truth::False;
}

void narrowerPatterns(const Statement& statement, const PolicyRequest& request, bool variables,
    IncompleteArn incomplete, std::vector<std::string>& patterns)
{
    if (!statement.allows || statement.notResource)
        return;
    for (const ResourcePattern& pattern : statement.resources) {
        const Filled filled = filledIn(pattern, request, variables, incomplete);
        if (filled.state == Filled::State::Ready && !pattern.everything && !fits(filled.text, request.resource)
            && meet(filled.text, request.resource) && std::ranges::find(patterns, filled.text) == patterns.end())
            patterns.emplace_back(filled.text);
    }
}

std::vector<std::string> resourcesOf(std::string_view action)
{
    std::vector<std::string> patterns;
    if (const auto known = ActionCatalog::builtIn().action(action)) {
        for (const auto& use : known.shape().types)
            patterns.emplace_back(known.service->types[use.type].arn);
    }
    return patterns;
}

} // namespace glacis
