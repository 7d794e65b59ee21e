// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

/// Who may do what. Sources: "Understanding allow policies", "Deny policies", Identity and Access Management
/// documentation; "Introduction to the Organization Policy Service".
namespace glacis::gcp {

namespace {

void document(Asset& asset, Ref of, std::string_view title, const Json& kept, EvidenceId at)
{
    asset.inventory.facts.policies.push_back({of, PolicyRole::Gcp, asset.inventory.text(title),
        asset.inventory.text(kept.dump(-1, ' ', false, Json::error_handler_t::replace)), at});
}

void keepBindings(Asset& asset, std::string_view title, const Json& bindings, EvidenceId at)
{
    const Ref of = asset.ref == Ref{} ? asset.inventory.text(asset.name) : asset.ref;
    Json kept = Json::array();
    for (const Json& binding : bindings) {
        const Json& members = listOf(binding, {"members"});
        if (word(binding, "role").empty() || members.empty())
            continue;
        Json one = {{"role", word(binding, "role")}, {"members", members}};
        if (const Json& condition = field(binding, "condition"); condition.is_object())
            one["condition"] = {{"title", word(condition, "title")}, {"expression", word(condition, "expression")}};
        kept.push_back(std::move(one));
        for (const Json& member : members) {
            const std::string node = asset.gathered.member(asText(member), at);
            if (!node.empty())
                asset.inventory.edge(of, EdgeKind::Mentions, node, at);
        }
    }
    if (!kept.empty())
        document(asset, of, title, {{"bindings", kept}}, at);
}

std::string containerOf(std::string_view orgPolicyName)
{
    const std::size_t at = orgPolicyName.find("/policies/");
    return at == std::string_view::npos ? std::string() : containerName(orgPolicyName.substr(0, at));
}

/// Whether a rule of either generation holds something back, and how.
void verdictOf(Asset& asset, Ref ref, const Json& rule)
{
    const Json& enforce = field(rule, "enforce").is_null() ? field(rule, "enforced") : field(rule, "enforce");
    if (const auto on = boolOf({{"e", enforce}}, "e")) {
        asset.inventory.property(ref, "enforced", *on, asset.at);
        return;
    }
    const std::string_view all = word(rule, "allValues");
    if (boolOf(rule, "denyAll").value_or(false) || all == "DENY")
        asset.inventory.property(ref, "values", "none allowed", asset.at);
    else if (boolOf(rule, "allowAll").value_or(false) || all == "ALLOW")
        asset.inventory.property(ref, "values", "all allowed", asset.at);
    else
        asset.inventory.property(ref, "values", "some allowed", asset.at);
}

Ref orgPolicy(Asset& asset, std::string_view container, std::string_view constraint)
{
    constraint = afterLast(constraint, '/');
    if (!container.starts_with(resourceManager))
        return {};
    std::string id = "//orgpolicy.googleapis.com/" + std::string(container.substr(resourceManager.size()))
        + "/policies/" + std::string(constraint);
    ThingRow& row = asset.inventory.thing(
        Kind::OrganizationPolicy, Provider::Gcp, "orgpolicy.googleapis.com/Policy", id, asset.file.scope, asset.at);
    row.name = asset.inventory.text(constraint);
    row.parent = asset.inventory.text(container);
    row.region = asset.inventory.text("global");
    const Ref ref = row.id;
    asset.inventory.edge(asset.inventory.text(container), EdgeKind::HasPolicy, id, asset.at);
    return ref;
}

} // namespace

void allowPolicy(Asset& asset, const Json& policy, EvidenceId at)
{
    keepBindings(asset, "allow policy", listOf(policy, {"bindings"}), at);
    const Ref of = asset.inventory.text(asset.name);
    for (const Json& config : listOf(policy, {"auditConfigs"})) {
        for (const Json& log : listOf(config, {"auditLogConfigs"})) {
            const std::string_view kind = word(log, "logType");
            const std::string key = "audit:" + std::string(word(config, "service")) + ':'
                + (kind.empty() ? asText(field(log, "logType")) : std::string(kind));
            asset.inventory.property(of, key, true, at);
        }
    }
}

void denyPolicy(Asset& asset, const Json& policy, EvidenceId at)
{
    Json rules = Json::array();
    for (const Json& rule : listOf(policy, {"rules"})) {
        const Json& deny = field(rule, "denyRule");
        if (!deny.is_object())
            continue;
        Json kept = Json::object();
        for (const char* key : {"deniedPrincipals", "exceptionPrincipals", "deniedPermissions", "exceptionPermissions"})
            kept[key] = listOf(deny, {key});
        if (const Json& condition = field(deny, "denialCondition"); condition.is_object())
            kept["condition"] = {{"title", word(condition, "title")}, {"expression", word(condition, "expression")}};
        rules.push_back(std::move(kept));
    }
    if (rules.empty())
        return asset.row.leave(
            "a deny policy", "its rules are not in the export: list them with gcloud iam policies get");
    document(asset, asset.inventory.text(asset.name),
        "deny policy " + std::string(afterLast(word(policy, "name"), '/')), {{"rules", rules}}, at);
}

void orgPolicies(Asset& asset, const Json& list, const std::string&)
{
    for (const Json& policy : list) {
        const std::string_view constraint = word(policy, "constraint");
        if (constraint.empty())
            continue;
        const Ref ref = orgPolicy(asset, asset.name, constraint);
        const Json& enforced = field(policy, "booleanPolicy");
        const Json& values = field(policy, "listPolicy");
        if (enforced.is_object() || values.is_object())
            verdictOf(asset, ref, enforced.is_object() ? enforced : values);
    }
}

void describeOrgPolicy(Asset& asset, const Json& data)
{
    const std::string_view name = word(data, "name");
    const std::string container = containerOf(name);
    if (container.empty())
        return;
    const Json& spec = field(data, "spec");
    const Ref ref = orgPolicy(asset, container, afterLast(name, '/'));
    asset.inventory.alias(asset.name, ref);
    for (const Json& rule : listOf(spec, {"rules"}))
        verdictOf(asset, ref, rule);
}

void describeRole(Asset& asset, const Json& data)
{
    const std::string_view name = word(data, "name");
    asset.inventory.alias(
        name.empty() ? asset.name.substr(asset.name.find(".com/") + 5) : std::string(name), asset.ref);
    const Json& permissions = listOf(data, {"includedPermissions"});
    if (data.contains("includedPermissions") || data.contains("included_permissions"))
        document(asset, asset.ref, "permissions", {{"includedPermissions", permissions}}, asset.at);
    else
        asset.row.leave("the permissions of a role",
            "a list of roles does not tell them: describe the role (gcloud iam roles describe)");
}

void describeProject(Asset& asset, const Json& data)
{
    const std::string id(word(data, "projectId"));
    std::string number(word(data, "projectNumber"));
    if (number.empty() && field(data, "projectNumber").is_number())
        number = asText(field(data, "projectNumber"));
    const std::string_view own = segmentAfter(asset.name, "projects");
    if (number.empty() && !own.empty() && own.find_first_not_of("0123456789") == std::string_view::npos)
        number = own;
    asset.gathered.knowProject(id, number);
    if (asset.name.starts_with(resourceManager))
        asset.gathered.described.insert(asset.name);
    asset.inventory.property(asset.ref, "project_id", id, asset.at);
    asset.inventory.property(asset.ref, "project_number", number, asset.at);
    for (const std::string& other : {id, number, projectName(id)})
        asset.inventory.alias(other, asset.ref);
}

/// "Access control lists (ACLs)", Cloud Storage documentation, and "Dataset" (access), BigQuery API: who they name, and
/// the role that each entry is the same as.
void describeOwnList(Asset& asset, const Json& data)
{
    Json bindings = Json::array();
    const auto give = [&](std::string_view role, std::string member) {
        bindings.push_back({{"role", role}, {"members", {std::move(member)}}});
    };
    if (asset.type.kind == Kind::ObjectStore) {
        const auto entries = [&](const Json& list, bool objects) {
            for (const Json& entry : list) {
                const std::string_view entity = word(entry, "entity"), role = word(entry, "role");
                const std::string member = entity == "allUsers" || entity == "allAuthenticatedUsers"
                    ? std::string(entity)
                    : entity.starts_with("user-")
                    ? (entity.ends_with("gserviceaccount.com") ? "serviceAccount:" : "user:")
                        + std::string(entity.substr(5))
                    : entity.starts_with("group-")  ? "group:" + std::string(entity.substr(6))
                    : entity.starts_with("domain-") ? "domain:" + std::string(entity.substr(7))
                                                    : std::string();
                if (member.empty())
                    continue;
                const bool reads = role == "READER";
                give(objects    ? (reads ? "roles/storage.legacyObjectReader" : "roles/storage.legacyObjectOwner")
                        : reads ? "roles/storage.legacyBucketReader"
                        : role == "WRITER" ? "roles/storage.legacyBucketWriter"
                                           : "roles/storage.legacyBucketOwner",
                    member);
            }
        };
        entries(listOf(data, {"acl"}), false);
        entries(listOf(data, {"defaultObjectAcl"}), true);
    } else {
        for (const Json& entry : listOf(data, {"access"})) {
            const std::string_view role = word(entry, "role");
            const std::string granted = role.starts_with("roles/") ? std::string(role)
                : role == "OWNER"                                  ? "roles/bigquery.dataOwner"
                : role == "WRITER"                                 ? "roles/bigquery.dataEditor"
                : role == "READER"                                 ? "roles/bigquery.dataViewer"
                                                                   : std::string();
            if (granted.empty())
                continue;
            const std::string project(segmentAfter(asset.name, "projects"));
            const std::string_view special = word(entry, "specialGroup"), member = word(entry, "iamMember");
            if (const auto mail = word(entry, "userByEmail"); !mail.empty())
                give(
                    granted, (mail.ends_with("gserviceaccount.com") ? "serviceAccount:" : "user:") + std::string(mail));
            else if (const auto group = word(entry, "groupByEmail"); !group.empty())
                give(granted, "group:" + std::string(group));
            else if (const auto domain = word(entry, "domain"); !domain.empty())
                give(granted, "domain:" + std::string(domain));
            else if (!member.empty())
                give(granted, std::string(member));
            else if (special == "allAuthenticatedUsers")
                give(granted, "allAuthenticatedUsers");
            else if (special == "projectOwners" || special == "projectWriters" || special == "projectReaders")
                give(granted,
                    (special == "projectOwners"           ? "projectOwner:"
                            : special == "projectWriters" ? "projectEditor:"
                                                          : "projectViewer:")
                        + project);
        }
    }
    keepBindings(asset, "access list", bindings, asset.at);
}

/// "Overview of VPC Service Controls": perimeters, and the levels that lead through them.
void accessContext(Asset& asset, const Json& item)
{
    for (const char* key : {"accessPolicy", "accessLevel", "servicePerimeter"}) {
        const Json& one = field(item, key);
        const std::string_view name = word(one, "name");
        if (name.empty())
            continue;
        const std::string id = "//accesscontextmanager.googleapis.com/" + std::string(name);
        ThingRow& row = asset.inventory.thing(Kind::Perimeter, Provider::Gcp,
            std::string("accesscontextmanager.googleapis.com/")
                + (key == std::string_view("accessPolicy")       ? "AccessPolicy"
                        : key == std::string_view("accessLevel") ? "AccessLevel"
                                                                 : "ServicePerimeter"),
            id, asset.file.scope, asset.at);
        row.name = asset.inventory.text(word(one, "title"));
        row.parent = asset.inventory.text(asset.name);
        row.region = asset.inventory.text("global");
        const Ref ref = row.id;
        const Json& status = field(one, "status");
        for (const Json& inside : listOf(status, {"resources"}))
            asset.inventory.edge(
                asset.inventory.text(containerName(asText(inside))), EdgeKind::GuardedBy, id, asset.at);
        for (const Json& service : listOf(status, {"restrictedServices"}))
            asset.inventory.property(ref, "restricts:" + asText(service), true, asset.at);
        for (const Json& level : listOf(status, {"accessLevels"}))
            asset.inventory.edge(
                ref, EdgeKind::Uses, "//accesscontextmanager.googleapis.com/" + asText(level), asset.at);
    }
}

} // namespace glacis::gcp
