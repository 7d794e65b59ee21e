// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/json/plan_configuration.h"

#include "core/text.h"
#include "import/reader.h"
#include "import/terraform/address.h"
#include "import/terraform/hcl/values.h"

#include <algorithm>

namespace glacis::terraform {

namespace {

constexpr int deepestReference = 40;
constexpr std::size_t mostReferences = 64;

const Json& memberAt(const Json& object, std::initializer_list<std::string_view> keys)
{
    const Json* at = &object;
    for (const std::string_view key : keys)
        at = &member(*at, key);
    return *at;
}

/// "module.a[0]" in "module.a[0].aws_vpc.main" → "a".
std::string_view bareName(std::string_view segment)
{
    return segment.substr(0, segment.find('['));
}

} // namespace

struct PlanConfiguration::Place {
    const Json* module = nullptr;
    std::string prefix; ///< what addresses within begin with: "module.edge[0]."
    const Place* caller = nullptr;
    std::string call; ///< by which the caller calls it
    std::string index; ///< of the resource at hand: "[0]", or empty
};

PlanConfiguration::PlanConfiguration(Json configuration, const std::vector<std::string>& addresses)
    : m_configuration(std::move(configuration))
{
    for (const std::string& address : addresses)
        m_instances[withoutIndex(address)].push_back(address);
}

const Json* PlanConfiguration::resourceAt(std::string_view address, Place& at) const
{
    const auto [known, fresh] = m_resources.try_emplace(at.module);
    if (fresh) {
        for (const Json& resource : arrayOf(*at.module, "resources"))
            known->second.emplace(textOf(resource, "address"), &resource);
    }
    // An address may also name a module and nothing in it.
    const std::string_view within = address.substr(std::min(at.prefix.size(), address.size()));
    const auto found = known->second.find(withoutIndex(within));
    return found == known->second.end() ? nullptr : found->second;
}

void PlanConfiguration::complete(Json& values, const Json& shadow, std::string_view address) const
{
    // The modules on the way, outermost first; places refer to those before them, so they must not move.
    const auto parts = addressSegments(address);
    std::vector<Place> way;
    way.reserve(parts.size() + 1);
    way.push_back({&member(m_configuration, "root_module"), {}, nullptr, {}, {}});
    for (std::size_t i = 0; i + 1 < parts.size() && parts[i] == "module"; i += 2) {
        const Place& outer = way.back();
        const std::string_view name = bareName(parts[i + 1]);
        way.push_back({&memberAt(*outer.module, {"module_calls", name, "module"}),
            outer.prefix + "module." + std::string(parts[i + 1]) + '.', &outer, std::string(name), {}});
    }
    Place& at = way.back();
    at.index = address.substr(withoutIndex(address).size());
    const Json* resource = resourceAt(address, at);
    const Json nothing;
    fill(values, shadow, resource ? member(*resource, "expressions") : nothing, at, resource ? *resource : nothing);
}

/// `shadow` is true where a value is not known, and nested where part of it is not.
void PlanConfiguration::fill(
    Json& value, const Json& shadow, const Json& expression, const Place& at, const Json& resource) const
{
    if (shadow.is_boolean()) {
        if (shadow.get<bool>())
            value = standIn(expression, at, resource, expression.is_array());
    } else if (shadow.is_object()) {
        if (!value.is_object())
            value = Json::object();
        for (const auto& [key, inner] : shadow.items()) {
            // A block's expressions are an object of its arguments; an argument's are one expression for all within.
            const Json& under = expression.is_object() && expression.contains(key) ? expression[key]
                : expression.contains("references")                                ? expression
                                                                                   : member(expression, key);
            if (inner == Json(true) && under.is_null())
                continue; // the provider tells it: nothing that the configuration says
            fill(value[key], inner, under, at, resource);
        }
    } else if (shadow.is_array()) {
        if (!value.is_array())
            value = Json::array();
        for (std::size_t i = 0; i < shadow.size(); ++i) {
            if (i >= value.size())
                value.push_back(nullptr);
            const Json& under = expression.is_array() && !expression.empty()
                ? expression[std::min(i, expression.size() - 1)]
                : expression;
            if (shadow[i] == Json(true)) {
                // One reference for each element when there are as many, otherwise all that the list comes from.
                Found found;
                follow(under, at, resource, found, 0);
                value[i] = found.size() == shadow.size() ? hcl::unknown(found[i]) : standIn(under, at, resource, false);
            } else {
                fill(value[i], shadow[i], under, at, resource);
            }
        }
    }
}

Json PlanConfiguration::standIn(const Json& expression, const Place& at, const Json& resource, bool several) const
{
    Found found;
    follow(expression, at, resource, found, 0);
    if (found.empty())
        return hcl::derived({});
    if (found.size() == 1)
        return hcl::unknown(found.front());
    Json all = Json::array();
    for (const std::string& one : found)
        all.push_back(hcl::unknown(one));
    if (several)
        return all;
    // Instances of one resource stand for a list; different resources are what a text was put together from.
    const std::string first = withoutIndex(referencedAddress(found.front()));
    const bool alike = std::ranges::all_of(
        found, [&](const std::string& one) { return withoutIndex(referencedAddress(one)) == first; });
    if (alike)
        return all;
    std::vector<const Json*> from;
    for (const Json& one : all)
        from.push_back(&one);
    return hcl::derived(from);
}

void PlanConfiguration::follow(
    const Json& expression, const Place& at, const Json& resource, Found& into, int depth) const
{
    if (depth > deepestReference || into.size() >= mostReferences)
        return;
    if (expression.is_array()) {
        for (const Json& each : expression)
            follow(each, at, resource, into, depth + 1);
        return;
    }
    if (!expression.is_object())
        return;
    if (!expression.contains("references")) {
        for (const Json& each : expression) // a block: whatever it comes from
            follow(each, at, resource, into, depth + 1);
        return;
    }
    std::string_view before;
    for (const Json& reference : arrayOf(expression, "references")) {
        if (!reference.is_string())
            continue;
        const std::string_view text = reference.get_ref<const std::string&>();
        // The list holds each reference and then its beginnings, which say no more.
        if (before.starts_with(text) && before.size() > text.size()
            && (before[text.size()] == '.' || before[text.size()] == '['))
            continue;
        before = text;
        followOne(text, at, resource, into, depth + 1);
    }
}

void PlanConfiguration::followOne(
    std::string_view reference, const Place& at, const Json& resource, Found& into, int depth) const
{
    const auto parts = addressSegments(reference);
    const auto keep = [&](std::string text) {
        if (into.size() < mostReferences && std::ranges::find(into, text) == into.end())
            into.push_back(std::move(text));
    };
    if (parts.size() < 2)
        return;
    const std::string_view name = bareName(parts[1]);
    if (parts[0] == "var") {
        if (!at.caller)
            return keep(at.prefix + std::string(reference));
        const Json& call = memberAt(*at.caller->module, {"module_calls", at.call});
        const Json& given = memberAt(call, {"expressions", name});
        return given.is_null() ? keep(at.prefix + std::string(reference))
                               : follow(given, *at.caller, call, into, depth);
    }
    if (parts[0] == "each" || parts[0] == "count")
        return follow(member(resource, parts[0] == "each" ? "for_each_expression" : "count_expression"), at, resource,
            into, depth);
    if (parts[0] == "local" || parts[0] == "path" || parts[0] == "self" || parts[0] == "terraform")
        return keep(at.prefix + std::string(reference));
    if (parts[0] == "module") {
        if (parts.size() < 3)
            return;
        const Json& called = memberAt(*at.module, {"module_calls", name, "module"});
        const Place inside{&called, at.prefix + "module." + std::string(parts[1]) + '.', &at, std::string(name), {}};
        const Json& output = memberAt(called, {"outputs", bareName(parts[2]), "expression"});
        return output.is_null() ? keep(at.prefix + std::string(reference))
                                : follow(output, inside, resource, into, depth);
    }
    const std::size_t type = parts[0] == "data" ? 1 : 0;
    if (type + 1 >= parts.size())
        return;
    const auto end = static_cast<std::size_t>(parts[type + 1].data() + parts[type + 1].size() - reference.data());
    const std::string address = at.prefix + std::string(reference.substr(0, end));
    const std::string attribute(reference.substr(std::min(end, reference.size())));
    Found found;
    instances(address, attribute, at, found);
    for (std::string& one : found)
        keep(std::move(one));
}

/// The instances that an address means: itself, the one of the same index, or all.
void PlanConfiguration::instances(
    const std::string& address, const std::string& attribute, const Place& at, Found& into) const
{
    const auto known = m_instances.find(withoutIndex(address));
    if (known == m_instances.end() || withoutIndex(address) != address) {
        into.push_back(address + attribute);
        return;
    }
    for (const std::string& one : known->second) {
        if (one == address + at.index) {
            into.push_back(one + attribute);
            return;
        }
    }
    for (const std::string& one : known->second)
        into.push_back(one + attribute);
}

Json PlanConfiguration::provider(std::string_view type) const
{
    Json settings = Json::object();
    for (const Json& provider : member(m_configuration, "provider_config")) {
        const bool ours = before(textOf(provider, "name"), '-') == before(type, '_');
        if (!ours || !textOf(provider, "alias").empty() || !textOf(provider, "module_address").empty())
            continue;
        for (const char* key : {"region", "project", "zone", "subscription_id"}) {
            const std::string_view value = textOf(memberAt(provider, {"expressions", key}), "constant_value");
            if (!value.empty() && (!type.starts_with("aws_") || looksLikeAwsRegion(value)))
                settings[key] = value;
        }
    }
    return settings;
}

} // namespace glacis::terraform
