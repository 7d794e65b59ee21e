// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

#include <array>

namespace glacis::aws {

namespace {

constexpr std::array verbs = {"get-", "list-", "describe-", "search-"};

/// "ec2-describe-vpcs" and "describe-vpcs" → "describe-vpcs"; empty when it is no call.
std::string_view asCall(std::string_view text)
{
    for (const std::string_view verb : verbs) {
        if (text.starts_with(verb))
            return text;
        const auto at = text.find('-' + std::string(verb));
        if (at != std::string_view::npos && at <= 24)
            return text.substr(at + 1);
    }
    return {};
}

/// Calls whose reply does not say what it is about, longest first where one begins another.
constexpr std::string_view parameterCalls[] = {"get-bucket-policy-status", "get-bucket-policy", "get-bucket-acl",
    "get-bucket-ownership-controls", "get-service-last-accessed-details", "get-bucket-encryption",
    "get-bucket-versioning", "get-bucket-logging", "get-bucket-location", "get-bucket-tagging",
    "get-public-access-block", "get-key-policy", "get-key-rotation-status", "get-queue-attributes",
    "get-topic-attributes", "get-resource-policy", "get-repository-policy", "get-managed-prefix-list-entries",
    "describe-target-health", "get-transit-gateway-route-table-propagations",
    "get-transit-gateway-route-table-associations", "get-trail-status", "get-detector", "describe-continuous-backups",
    "list-attached-role-policies", "list-attached-user-policies", "list-attached-group-policies", "get-policy-version",
    "list-entities-for-policy", "list-groups-for-user", "list-mfa-devices", "search-transit-gateway-routes",
    "describe-load-balancer-attributes", "describe-target-group-attributes"};

std::string_view withoutEnding(std::string_view name)
{
    return name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
}

} // namespace

CallName callName(std::string_view path)
{
    const std::string_view file = withoutEnding(fileOf(path));
    const std::string_view folder = fileOf(folderOf(path));
    const std::string_view outer = fileOf(folderOf(folderOf(path)));
    if (const auto call = asCall(folder); !call.empty())
        return {std::string(call), urlDecoded(file), {}};
    if (const auto call = asCall(outer); !call.empty())
        return {std::string(call), urlDecoded(folder), urlDecoded(file)};
    for (const std::string_view call : parameterCalls) {
        const auto at = file.find(call);
        if (at == std::string_view::npos)
            continue;
        std::string_view rest = file.substr(at + call.size());
        while (!rest.empty() && std::string_view("-_. ").find(rest.front()) != std::string_view::npos)
            rest.remove_prefix(1);
        return {std::string(call), urlDecoded(rest), {}};
    }
    return {std::string(asCall(file)), {}, {}};
}

std::string bucketArn(std::string_view name)
{
    return "arn:aws:s3:::" + std::string(name);
}

Context::Context(ReadFile& read) : FactTaker(read.inventory, read.row), file(read), call(callName(read.path)) { }

std::string_view Context::inherited(StringId Scope::*column) const
{
    for (ScopeId at = file.scope;; at = inventory.scopes[index(at)].parent) {
        const Scope& scope = inventory.scopes[index(at)];
        if (scope.*column != StringId::Empty || at == rootScope)
            return inventory.strings[scope.*column];
    }
}

std::string Context::arn(std::string_view service, std::string_view resource) const
{
    std::string text = "arn:aws:";
    text.append(service).append(":").append(region()).append(":").append(account()).append(":").append(resource);
    return text;
}

Ref Context::thing(
    Kind kind, std::string_view type, std::string_view id, std::string_view name, const Json& json, EvidenceId at)
{
    if (id.empty())
        return {};
    ThingRow& made = inventory.thing(kind, Provider::Aws, type, id, file.scope, at);
    const Ref ref = made.id;
    made.name = inventory.text(name);
    const std::string_view owner = textOf(json, "OwnerId");
    if (looksLikeAwsAccount(owner))
        made.account = inventory.text(owner);
    tags(ref, json);
    return ref;
}

void Context::parent(std::string_view id)
{
    if (!id.empty() && !inventory.things.empty())
        inventory.things.back().parent = inventory.text(id);
}

void Context::region(std::string_view name)
{
    if (!name.empty() && !inventory.things.empty())
        inventory.things.back().region = inventory.text(name);
}

void Context::tags(Ref of, const Json& json)
{
    for (const char* list : {"Tags", "TagSet", "TagList", "tags"}) {
        const Json& found = member(json, list);
        if (found.is_object()) {
            for (const auto& [key, value] : found.items())
                tag(of, key,
                    value.is_string() ? std::string_view(value.get_ref<const std::string&>()) : std::string_view{});
            continue;
        }
        for (const Json& tag : arrayOf(json, list)) {
            const std::string_view key = textOf(tag, "Key").empty() ? textOf(tag, "key") : textOf(tag, "Key");
            const std::string_view value = textOf(tag, "Value").empty() ? textOf(tag, "value") : textOf(tag, "Value");
            if (key.empty())
                continue;
            this->tag(of, key, value);
            if (key == "Name" && !value.empty() && !inventory.things.empty() && inventory.things.back().id == of)
                inventory.things.back().name = inventory.text(value);
        }
    }
}

Ref Context::principal(std::string_view type, std::string_view name)
{
    if (account().empty() || name.empty()) {
        file.row.leave("what is said of a " + std::string(type),
            account().empty() ? "neither the file nor its folder says which account it is of"
                              : "the file's name does not say of which: name the file after it");
        return {};
    }
    return inventory.text(std::string(account()) + '/' + std::string(type) + '/' + std::string(name));
}

void Context::accountSetting(std::string_view key, Value value, EvidenceId at)
{
    inventory.scopedProperty(file.scope, Level::Account, key, value, at);
}

} // namespace glacis::aws
