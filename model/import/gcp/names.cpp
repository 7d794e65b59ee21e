// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/names.h"

#include "core/text.h"

#include <algorithm>

namespace glacis::gcp {

namespace {

struct Owner {
    std::string_view collection, host;
};

/// Whose a relative name is, by what it speaks of.
constexpr Owner owners[] = {
    {"/cryptoKeys/", "cloudkms.googleapis.com"},
    {"/keyRings/", "cloudkms.googleapis.com"},
    {"/connectors/", "vpcaccess.googleapis.com"},
    {"/topics/", "pubsub.googleapis.com"},
    {"/secrets/", "secretmanager.googleapis.com"},
    {"/workloadIdentityPools/", "iam.googleapis.com"},
    {"/datasets/", "bigquery.googleapis.com"},
    {"/notificationChannels/", "monitoring.googleapis.com"},
};

/// The version of a key is not a thing of its own here.
std::string withoutVersion(std::string name)
{
    if (const auto at = name.find("/cryptoKeyVersions/"); at != std::string::npos)
        name.resize(at);
    return name;
}

/// "https://www.googleapis.com/compute/v1/projects/…", "https://cloudkms.googleapis.com/v1/projects/…".
std::string ofLink(std::string_view link, std::string_view host)
{
    link.remove_prefix(link.find("//") + 2);
    const std::string_view site = before(link, '/'), path = after(link, '/');
    if (site == "www.googleapis.com" || site == "storage.googleapis.com") {
        if (const std::string_view bucket = segmentAfter(path, "b"); !bucket.empty() && path.find("storage/") == 0)
            return "//storage.googleapis.com/" + std::string(bucket);
    }
    const std::string service = !host.empty() && before(path, '/') != "compute" ? std::string(host)
        : site == "www.googleapis.com" ? std::string(before(path, '/')) + ".googleapis.com"
                                       : std::string(site);
    for (const std::string_view root : {"projects/", "locations/", "organizations/", "folders/"}) {
        std::size_t at = path.find(root);
        if (at != std::string_view::npos && (at == 0 || path[at - 1] == '/'))
            return "//" + service + '/' + std::string(path.substr(at));
    }
    return std::string(link);
}

} // namespace

std::string fullName(std::string_view value, std::string_view host)
{
    if (value.empty() || value.starts_with("serviceAccount:"))
        return std::string(value);
    if (value.starts_with("//"))
        return withoutVersion(std::string(value));
    if (value.starts_with("https://") || value.starts_with("http://"))
        return withoutVersion(ofLink(value, host));
    if (const std::string_view account = segmentAfter(value, "serviceAccounts");
        account.find('@') != std::string_view::npos && value.find("/keys/") == std::string_view::npos)
        return "serviceAccount:" + std::string(account);
    if (value.find('@') != std::string_view::npos && value.find('/') == std::string_view::npos)
        return "serviceAccount:" + std::string(value);
    if (before(value, '/').ends_with(".googleapis.com"))
        return "//" + withoutVersion(std::string(value));
    for (const Owner& owner : owners) {
        if (value.find(owner.collection) != std::string_view::npos)
            return "//" + std::string(owner.host) + '/' + withoutVersion(std::string(value));
    }
    return host.empty() ? std::string(value) : "//" + std::string(host) + '/' + withoutVersion(std::string(value));
}

std::string_view segmentAfter(std::string_view name, std::string_view collection)
{
    std::size_t at = 0;
    while (at < name.size()) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        if (name.substr(at, end - at) == collection && end < name.size()) {
            const std::string_view rest = name.substr(end + 1);
            return before(rest, '/');
        }
        at = end + 1;
    }
    return {};
}

std::string upTo(std::string_view name, std::string_view collection)
{
    const std::string mark = '/' + std::string(collection) + '/';
    const std::size_t at = name.find(mark);
    if (at == std::string_view::npos)
        return {};
    return std::string(name.substr(0, std::min(name.find('/', at + mark.size()), name.size())));
}

std::string regionOf(std::string_view name)
{
    std::string_view place = segmentAfter(name, "regions");
    if (place.empty())
        place = segmentAfter(name, "zones");
    if (place.empty())
        place = segmentAfter(name, "locations");
    if (place == "global" || place == "-")
        return {};
    // "us-east1-b" is a zone of us-east1.
    if (place.size() > 3 && place[place.size() - 2] == '-' && std::ranges::count(place, '-') == 2)
        place.remove_suffix(2);
    return lowered(place);
}

std::string projectName(std::string_view project)
{
    return project.empty() ? std::string() : std::string(resourceManager) + "projects/" + std::string(project);
}

std::string containerName(std::string_view relative)
{
    if (relative.empty() || relative.starts_with("//"))
        return std::string(relative);
    return std::string(resourceManager) + std::string(relative);
}

const Json& field(const Json& object, std::string_view camelName)
{
    const Json& found = member(object, camelName);
    if (!found.is_null() || !object.is_object())
        return found;
    std::string small;
    for (const char letter : camelName) {
        if (letter >= 'A' && letter <= 'Z')
            small += '_';
        small += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    }
    return member(object, small);
}

std::string_view word(const Json& object, std::string_view camelName)
{
    const Json& found = field(object, camelName);
    return found.is_string() ? std::string_view(found.get_ref<const std::string&>()) : std::string_view{};
}

const Json& listOf(const Json& object, std::initializer_list<std::string_view> names)
{
    static const Json none = Json::array();
    for (const std::string_view name : names) {
        if (const Json& found = field(object, name); found.is_array())
            return found;
    }
    return none;
}

std::vector<const Json*> valuesAt(const Json& json, std::string_view path)
{
    std::vector<const Json*> found = {&json};
    for (const std::string_view step : split(path, '.')) {
        std::vector<const Json*> next;
        for (const Json* one : found) {
            if (step != "*") {
                next.push_back(&field(*one, step));
            } else if (one->is_array()) {
                for (const Json& element : *one)
                    next.push_back(&element);
            }
        }
        std::erase_if(next, [](const Json* one) { return one->is_null(); });
        found = std::move(next);
    }
    return found;
}

} // namespace glacis::gcp
