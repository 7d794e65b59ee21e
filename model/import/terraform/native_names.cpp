// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/native_names.h"

#include "core/resources.h"
#include "core/text.h"
#include "import/terraform/hcl/values.h"

#include <algorithm>

namespace glacis::terraform {

namespace {

/// How far settings may lead to one another.
constexpr int deepest = 40;

std::string inBraces(std::string_view text)
{
    return '{' + std::string(text) + '}';
}

} // namespace

const Json* settingAt(const Json& values, std::string_view path)
{
    const Json* found = &values;
    for (std::string_view step : split(path, '.')) {
        step = before(step, '[');
        if (found->is_array() && !found->empty())
            found = &found->front();
        if (!found->is_object() || !found->contains(step))
            return nullptr;
        found = &found->at(std::string(step));
    }
    return found;
}

NativeNames::NativeNames(std::span<const Resource> resources, const Known& known) : m_known(known)
{
    for (const Resource& resource : resources) {
        const std::string_view name = textOf(resource.values, "name");
        if (!name.empty() && nativeProvider(resource.type))
            m_byName.emplace(std::pair(resource.type, std::string(name)), &resource);
    }
}

const NativeRow* NativeNames::rowOf(const Resource& resource)
{
    auto rows = resource.isData ? nativeRows("data." + resource.type) : std::vector<const NativeRow*>();
    if (rows.empty())
        rows = nativeRows(resource.type);
    return rows.empty() ? nullptr : rows.front();
}

const Resource* NativeNames::named(const std::string& type, const std::string& name) const
{
    const auto found = m_byName.find({type, name});
    return found == m_byName.end() ? nullptr : found->second;
}

std::string NativeNames::idOf(const Resource& resource)
{
    if (const auto known = m_ids.find(resource.address); known != m_ids.end())
        return known->second;
    const NativeRow* row = rowOf(resource);
    if (!row)
        return {};
    const std::string_view told = textOf(resource.values, "id");
    std::string id;
    // Azure's ids say all that a form would; a state and a plan over what stands tell them.
    if (resource.type.starts_with("azurerm_") && told.starts_with('/') && !hcl::isOpen(Json(told)))
        id = told;
    else if (!m_busy.insert(resource.address).second)
        return inBraces(resource.address);
    else
        id = filled(row->id.empty() ? row->of : row->id, resource);
    m_busy.erase(resource.address);
    // "projects/p/locations/l/keyRings/r" is the same without its service in front.
    if (resource.type.starts_with("google_") && !id.starts_with("//") && !id.starts_with("serviceAccount:"))
        id = "//" + std::string(before(row->as, '/')) + '/' + id;
    return m_ids.emplace(resource.address, id).first->second;
}

std::string NativeNames::filled(std::string_view form, const Resource& resource, std::string_view value)
{
    std::string made;
    while (!form.empty()) {
        const auto open = form.find('{');
        made += form.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const auto close = std::min(form.find('}', open), form.size());
        const std::string_view name = form.substr(open + 1, close - open - 1);
        std::string one = name.empty() ? std::string(value) : placeholder(name, resource);
        // Google's arguments take a name, a path or a link; within a path only the name is wanted.
        if (!made.empty() && !name.empty() && resource.type.starts_with("google_"))
            one = afterLast(one, '/');
        made += one;
        form = form.substr(std::min(close + 1, form.size()));
    }
    return made;
}

std::string NativeNames::placeholder(std::string_view name, const Resource& resource)
{
    for (const std::string_view one : split(name, '|')) {
        if (auto found = alternative(one, resource); !found.empty())
            return found;
    }
    // "us-central1-a" lies in "us-central1".
    if (name == "region") {
        const std::string zone = alternative("zone", resource);
        return zone.empty() ? inBraces(name) : zone.substr(0, zone.rfind('-'));
    }
    // What many have in common is one thing whatever it is; a name is each resource's own.
    constexpr std::string_view common[] = {
        "folder", "location", "org_id", "project", "region", "resource_group_name", "subscription", "tenant", "zone"};
    const std::string_view first = before(name, '|');
    return std::ranges::find(common, first) == std::end(common) ? inBraces(resource.address + '.' + std::string(first))
                                                                : inBraces(first);
}

std::string NativeNames::alternative(std::string_view one, const Resource& resource)
{
    if (one.starts_with('\''))
        return std::string(one.substr(1));
    if (one == "id")
        return idOf(resource);
    if (one == "address")
        return resource.address;
    if (one == "role")
        return roleNamed(text(textOf(resource.values, "role_definition_name")), resource);
    if (one.starts_with('@')) {
        const std::string type(before(one.substr(1), '.'));
        const Json* wanted = settingAt(resource.values, after(one, '.'));
        if (!wanted || !wanted->is_string())
            return {};
        const std::string name = text(wanted->get_ref<const std::string&>());
        const Resource* other = named(type, name);
        return other ? idOf(*other) : name.find('/') != std::string::npos ? name : inBraces(type + '.' + name);
    }
    const Json* value = settingAt(resource.values, one);
    if (!value || value->is_structured() || value->is_null() || *value == "")
        value = settingAt(resource.provider, one == "subscription" ? std::string_view("subscription_id") : one);
    return !value || value->is_structured() || value->is_null() ? std::string() : text(asText(*value));
}

/// A role of the configuration, otherwise one that is built in. Source: "Azure built-in roles".
std::string NativeNames::roleNamed(const std::string& name, const Resource& resource)
{
    if (const Resource* own = named("azurerm_role_definition", name))
        return idOf(*own);
    static const Json known = parseJson(glacis::resource("azure/roles.json").value_or("{}")).value_or(Json());
    for (const Json& role : arrayOf(known, "roles")) {
        if (equalIgnoringCase(textOf(role, "name"), name))
            return filled("/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/", resource)
                + std::string(textOf(role, "id"));
    }
    return "/providers/Microsoft.Authorization/roleDefinitions/" + name;
}

std::string NativeNames::text(std::string_view text)
{
    return hcl::withReferences(text, [&](std::string_view one) { return reference(one); });
}

std::string NativeNames::reference(std::string_view whole)
{
    const bool workedOut = whole.starts_with(hcl::workedOut);
    const std::string_view all = workedOut ? whole.substr(1) : whole;
    for (const std::string_view one : split(all, hcl::referenceJoins)) {
        const Known::Reference parts = m_known.parts(one);
        const Resource* resource = parts.type.empty() ? nullptr : m_known.at(parts.address);
        if (!resource && !parts.type.empty() && parts.attribute == "id" && !nativeRows(parts.type).empty()) {
            // Of a type that is known, in a part of the design that is not at hand.
            Resource elsewhere;
            elsewhere.address = parts.address;
            elsewhere.type = parts.type;
            return idOf(elsewhere);
        }
        if (!resource || !rowOf(*resource) || m_depth >= deepest)
            continue;
        ++m_depth;
        std::string found = attribute(*resource, parts.attribute);
        --m_depth;
        return found;
    }
    return inBraces(before(all, hcl::referenceJoins));
}

std::string NativeNames::attribute(const Resource& resource, std::string_view attribute)
{
    const NativeRow& row = *rowOf(resource);
    if (const auto given = row.gives.find(attribute); given != row.gives.end())
        return filled(given->second, resource);
    if (attribute.empty() || attribute == "id" || attribute == "self_link")
        return idOf(resource);
    // A system-assigned identity is known by what it belongs to until an apply makes it.
    if (attribute.starts_with("identity") && attribute.ends_with("principal_id"))
        return idOf(resource) + "/identity";
    if (const Json* value = settingAt(resource.values, attribute); value && !value->is_structured()) {
        if (!hcl::isReference(*value))
            return text(asText(*value));
    }
    if (attribute == "name")
        return std::string(afterLast(idOf(resource), '/'));
    return inBraces(resource.address + '.' + std::string(attribute));
}

} // namespace glacis::terraform
