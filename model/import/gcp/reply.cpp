// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace glacis::gcp {

namespace {

/// Members that frame a reply.
constexpr std::array<std::string_view, 11> frames = {"id", "kind", "selfLink", "etag", "nextPageToken", "unreachable",
    "version", "warning", "readTime", "resourceId", "auditConfigs"};

/// The rest of a text after a collection's name and one of the marks that file names use: "folders_12_getIamPolicy".
std::string_view namedAfter(std::string_view path, std::string_view collection)
{
    const std::size_t at = path.rfind(collection);
    if (at == std::string_view::npos || at + collection.size() >= path.size())
        return {};
    std::string_view rest = path.substr(at + collection.size());
    if (rest.front() != '_' && rest.front() != '/' && rest.front() != '-')
        return {};
    rest.remove_prefix(1);
    rest = before(rest, '/');
    if (rest.ends_with(".json"))
        rest.remove_suffix(5);
    return rest;
}

struct Whose {
    std::string_view collection, type;
    bool digits; ///< the name is a number, whatever follows it
};

/// A policy by itself does not say whose it is; the name of its file may, as the collection script writes it.
constexpr Whose policyOwners[] = {
    {"organizations", "cloudresourcemanager.googleapis.com/Organization", true},
    {"folders", "cloudresourcemanager.googleapis.com/Folder", true},
    {"projects", "cloudresourcemanager.googleapis.com/Project", false},
    {"buckets", "storage.googleapis.com/Bucket", false},
    {"service-accounts", "iam.googleapis.com/ServiceAccount", false},
};

/// The owner that a path names nearest to its end: a bucket's policy lies in the folder of its project.
std::pair<const Whose*, std::string_view> ownerIn(std::string_view path)
{
    std::pair<const Whose*, std::string_view> nearest{};
    for (const Whose& owner : policyOwners) {
        std::string_view named = namedAfter(path, owner.collection);
        if (owner.digits)
            named = named.substr(0, named.find_first_not_of("0123456789"));
        if (!named.empty() && (!nearest.first || named.data() > nearest.second.data()))
            nearest = {&owner, named};
    }
    return nearest;
}

bool policyAlone(ReadFile& file, Gathered& gathered, const Json& reply, EvidenceId at)
{
    if (const std::string_view bucket = segmentAfter(word(reply, "resourceId"), "buckets"); !bucket.empty()) {
        const TypeRow& row = *typeRow("storage.googleapis.com/Bucket");
        Asset asset(file, gathered, "//storage.googleapis.com/" + std::string(bucket), row, at);
        if (const auto project = segmentAfter(word(reply, "resourceId"), "projects"); project != "_")
            asset.project = project;
        asset.thing(Json::object());
        allowPolicy(asset, reply, at);
        return true;
    }
    const auto [owner, named] = ownerIn(file.path);
    if (!owner)
        return false;
    const TypeRow& row = *typeRow(owner->type);
    const std::string name = owner->collection == std::string_view("buckets")
        ? "//storage.googleapis.com/" + std::string(named)
        : owner->collection == std::string_view("service-accounts")
        ? "serviceAccount:" + std::string(named)
        : containerName(std::string(owner->collection) + '/' + std::string(named));
    Asset asset(file, gathered, name, row, at);
    if (row.kind != Kind::ServiceAccount)
        asset.thing(Json::object());
    else
        asset.ref = file.inventory.text(gathered.member(name, at));
    allowPolicy(asset, reply, at);
    return true;
}

} // namespace

bool readMembership(ReadFile& file, Gathered& gathered, const Json& item, EvidenceId at)
{
    const Json& key = glacis::member(item, "preferredMemberKey");
    const std::string_view email = textOf(key.is_array() && !key.empty() ? key.front() : key, "id");
    if (email.empty())
        return false;
    const std::string_view group = namedAfter(file.path, "memberships");
    if (group.find('@') == std::string_view::npos) {
        file.row.leave("who is in a group",
            "the file's name does not say which: name it after the group's address (memberships/NAME@DOMAIN.json)");
        return true;
    }
    const std::string_view type = textOf(item, "type");
    const char* const prefix = type == "GROUP"                                 ? "group:"
        : type == "SERVICE_ACCOUNT" || email.ends_with(".gserviceaccount.com") ? "serviceAccount:"
                                                                               : "user:";
    const std::string who = gathered.member(prefix + std::string(email), at);
    file.inventory.edge(
        file.inventory.text(who), EdgeKind::MemberOf, gathered.member("group:" + std::string(group), at), at);
    return true;
}

void readSingle(ReadFile& file, Gathered& gathered, const Json& reply, EvidenceId at)
{
    if (!word(reply, "assetType").empty())
        return readAsset(file, gathered, reply, at);
    if (reply.contains("bindings")) {
        if (!policyAlone(file, gathered, reply, at))
            file.row.leave("the policy",
                "nothing says whose it is: name the file after it (projects/NAME.json, folders/NUMBER.json), or "
                "export the policies with gcloud asset export --content-type=iam-policy");
        return;
    }
    if (readItem(file, gathered, reply, {}, at))
        return;
    for (const auto& [key, value] : reply.items()) {
        if (value.is_array() && value.empty())
            continue;
        if (std::ranges::find(frames, key) == frames.end())
            file.row.leave(key, "nothing tells what it is");
    }
}

} // namespace glacis::gcp
