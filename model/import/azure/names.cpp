// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/names.h"

#include "core/text.h"

#include <algorithm>

namespace glacis::azure {

namespace {

bool beginsWith(std::string_view text, std::string_view beginning)
{
    return equalIgnoringCase(text.substr(0, beginning.size()), beginning);
}

/// Where the last "/providers/" stands; npos when there is none.
std::size_t lastProviders(std::string_view id)
{
    return lowered(id).rfind("/providers/");
}

/// The end of the first `count` parts of a path that begins with '/'.
std::size_t endOfParts(std::string_view id, std::size_t count)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < count && at != std::string_view::npos; ++i)
        at = id.find('/', at + 1);
    return std::min(at, id.size());
}

} // namespace

bool isResourceId(std::string_view id)
{
    return beginsWith(id, "/subscriptions/") || beginsWith(id, "/providers/");
}

std::string typeOfId(std::string_view id)
{
    const std::size_t at = lastProviders(id);
    if (at == std::string::npos) {
        const auto parts = split(id.substr(std::min<std::size_t>(1, id.size())), '/');
        if (parts.size() == 2 && equalIgnoringCase(parts[0], "subscriptions"))
            return "Microsoft.Resources/subscriptions";
        if (parts.size() == 4 && equalIgnoringCase(parts[2], "resourcegroups"))
            return "Microsoft.Resources/resourceGroups";
        return {};
    }
    const auto parts = split(id.substr(at + 11), '/');
    if (parts.size() < 3)
        return {};
    std::string type(parts[0]);
    for (std::size_t i = 1; i < parts.size(); i += 2)
        type.append("/").append(parts[i]);
    return type;
}

std::string subscriptionOf(std::string_view id)
{
    return beginsWith(id, "/subscriptions/") ? lowered(id.substr(0, endOfParts(id, 2))) : std::string();
}

std::string_view resourceGroupOf(std::string_view id)
{
    if (!beginsWith(id, "/subscriptions/"))
        return {};
    const auto parts = split(id, '/'); // "", "subscriptions", guid, "resourceGroups", name …
    return parts.size() >= 5 && equalIgnoringCase(parts[3], "resourcegroups") ? id.substr(0, endOfParts(id, 4))
                                                                              : std::string_view{};
}

std::string_view outerOf(std::string_view id)
{
    const std::size_t at = lastProviders(id);
    if (at == std::string::npos) {
        const std::string_view group = resourceGroupOf(id);
        return group.empty() || group.size() < id.size() ? group : id.substr(0, endOfParts(id, 2));
    }
    const auto parts = split(id.substr(at + 11), '/');
    if (parts.size() > 3)
        return id.substr(0, id.rfind('/', id.rfind('/') - 1));
    return id.substr(0, at);
}

std::string_view nameOfId(std::string_view id)
{
    return afterLast(id, '/');
}

std::string regionOf(std::string_view location)
{
    std::string region;
    for (const char c : lowered(location)) {
        if (c != ' ')
            region += c;
    }
    return region;
}

bool isGuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

std::string roleDefinitionId(std::string_view id)
{
    return "/providers/Microsoft.Authorization/roleDefinitions/" + lowered(nameOfId(id));
}

std::string tenantId(std::string_view guid)
{
    return "/tenants/" + lowered(guid);
}

} // namespace glacis::azure
