// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

#include "import/redact.h"

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
    "get-bucket-encryption", "get-bucket-versioning", "get-bucket-logging", "get-bucket-location", "get-bucket-tagging",
    "get-public-access-block", "get-key-policy", "get-key-rotation-status", "get-queue-attributes",
    "get-topic-attributes", "get-resource-policy", "get-repository-policy", "get-managed-prefix-list-entries",
    "describe-target-health", "get-transit-gateway-route-table-propagations", "get-trail-status", "get-detector",
    "describe-continuous-backups", "list-attached-role-policies", "list-attached-user-policies",
    "list-attached-group-policies", "get-policy-version", "list-entities-for-policy", "list-groups-for-user",
    "list-mfa-devices", "search-transit-gateway-routes", "describe-load-balancer-attributes"};

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

Context::Context(ReadFile& read) : inventory(read.inventory), file(read), call(callName(read.path)) { }

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
    ThingRow& row = inventory.thing(kind, Provider::Aws, type, id, file.scope, at);
    const Ref ref = row.id;
    row.name = inventory.text(name);
    const std::string_view owner = textOf(json, "OwnerId");
    if (looksLikeAwsAccount(owner))
        row.account = inventory.text(owner);
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

void Context::settings(
    Ref of, const Json& json, EvidenceId at, std::initializer_list<std::pair<std::string_view, std::string_view>> names)
{
    for (const auto& [key, setting] : names)
        this->setting(of, setting, member(json, key), at);
}

void Context::setting(Ref of, std::string_view key, const Json& value, EvidenceId at)
{
    if (of == StringId::Empty)
        return;
    if (value.is_boolean())
        inventory.property(of, key, value.get<bool>(), at);
    else if (value.is_number_integer())
        inventory.property(of, key, value.get<std::int64_t>(), at);
    else if (value.is_string() && looksSecret(value.get_ref<const std::string&>()))
        secret("texts that look like keys or tokens");
    else if (value.is_string())
        inventory.property(of, key, std::string_view(value.get_ref<const std::string&>()), at);
}

void Context::tag(Ref of, std::string_view key, std::string_view value)
{
    const bool hidden = !value.empty() && (namesSecret(key) || looksSecret(value));
    if (hidden)
        secret("values of tags");
    inventory.tag(of, key, hidden ? secretMask : value);
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

void Context::edges(Ref from, EdgeKind kind, const Json& ids, EvidenceId at, std::string_view idKey)
{
    if (from == StringId::Empty || !ids.is_array())
        return;
    for (const Json& id : ids) {
        if (id.is_string())
            inventory.edge(from, kind, id.get_ref<const std::string&>(), at);
        else if (!idKey.empty())
            inventory.edge(from, kind, textOf(id, idKey), at);
    }
}

void Context::policy(Ref of, PolicyRole role, std::string_view name, const Json& document, EvidenceId at)
{
    if (of == StringId::Empty || document.is_null())
        return;
    Json parsed;
    if (!document.is_string()) {
        parsed = document;
    } else {
        const std::string& text = document.get_ref<const std::string&>();
        auto whole = parseJson(text.starts_with('%') ? urlDecoded(text) : text);
        if (!whole) {
            file.row.problem(Severity::Warning, "The policy document is not JSON, so it was left out.", 0, 0,
                inventory.strings[inventory.evidence[index(at)].pointer]);
            return;
        }
        parsed = std::move(*whole);
    }
    inventory.facts.policies.push_back({of, role, inventory.text(name),
        inventory.text(parsed.dump(-1, ' ', false, Json::error_handler_t::replace)), at});

    const auto mention = [&](const Json& principals) {
        if (principals.is_string())
            inventory.edge(of, EdgeKind::Mentions, principals.get_ref<const std::string&>(), at);
        for (const Json& principal : principals.is_array() ? principals : Json::array()) {
            if (principal.is_string())
                inventory.edge(of, EdgeKind::Mentions, principal.get_ref<const std::string&>(), at);
        }
    };
    const Json& statements = member(parsed, "Statement");
    const Json list = statements.is_array() ? statements : Json::array({statements});
    for (const Json& statement : list) {
        if (textOf(statement, "Effect") == "Deny")
            continue;
        const Json& principal = member(statement, "Principal");
        if (principal.is_object()) {
            for (const auto& [type, principals] : principal.items())
                mention(principals);
        } else {
            mention(principal);
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

void Context::secret(std::string_view what, std::size_t count)
{
    if (count > 0)
        file.row.leave(what, "it may hold secrets, and no secret is kept", count);
}

} // namespace glacis::aws
