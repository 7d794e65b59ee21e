// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

/// "What is Azure role-based access control (Azure RBAC)?": who, what, and where.
namespace glacis::azure {

namespace {

Json texts(const Json& list)
{
    Json made = Json::array();
    for (const Json& one : list) {
        if (one.is_string())
            made.push_back(one);
    }
    return made;
}

/// "Understand Azure role definitions".
Json permissionsOf(const Json& json)
{
    Json made = Json::array();
    const auto add = [&](const Json& from) {
        made.push_back({{"actions", texts(arrayOf(from, "actions"))},
            {"notActions", texts(arrayOf(from, "notactions"))}, {"dataActions", texts(arrayOf(from, "dataactions"))},
            {"notDataActions", texts(arrayOf(from, "notdataactions"))}});
        if (const std::string_view condition = textOf(from, "condition"); !condition.empty())
            made.back()["condition"] = condition;
    };
    for (const Json& permission : arrayOf(json, "permissions"))
        add(permission);
    // A definition that is written to be created has them beside its name.
    if (made.empty() && (json.contains("actions") || json.contains("dataactions")))
        add(json);
    return made;
}

Kind kindOfPrincipal(std::string_view type)
{
    const std::string small = lowered(type);
    return small == "user"                              ? Kind::User
        : small == "group" || small == "foreigngroup"   ? Kind::Group
        : small == "serviceprincipal" || small == "msi" ? Kind::ServicePrincipal
        : small == "device"                             ? Kind::Device
                                                        : Kind::Other;
}

void roleDefinition(Resource& r)
{
    Context& c = r.context;
    const Json permissions = permissionsOf(r.json);
    const std::string_view shown = r.text("rolename");
    // The name of the resource is a number; people know the role by another.
    if (!shown.empty())
        c.inventory.things[r.thing].name = c.inventory.text(shown);
    c.document(r.ref, shown.empty() ? std::string_view("role definition") : shown,
        {{"permissions", permissions}, {"assignableScopes", texts(arrayOf(r.json, "assignablescopes"))}},
        r.seen("permissions"));
    const std::string_view type = r.text("roletype").empty() ? r.text("type") : r.text("roletype");
    c.inventory.property(r.ref, "custom", equalIgnoringCase(type, "customrole"), r.at);
}

void assignment(Resource& r)
{
    const bool eligible = lowered(r.type).find("eligib") != std::string::npos;
    takeRoleAssignment(r.context, r.json, r.ref, eligible, r.at);
}

/// "Understand Azure deny assignments": they win over every role.
void denyAssignment(Resource& r)
{
    Context& c = r.context;
    const auto principals = [&](std::string_view key) {
        Json ids = Json::array();
        for (const Json& one : r.list(key))
            ids.push_back(lowered(textOf(one, "id")));
        return ids;
    };
    c.document(r.ref, "deny assignment",
        {{"deny", true}, {"permissions", permissionsOf(r.json)}, {"scope", r.text("scope")},
            {"notChildScopes", boolOf(r.json, "donotapplytochildscopes").value_or(false)},
            {"principals", principals("principals")}, {"excludePrincipals", principals("excludeprincipals")},
            {"condition", r.text("condition")}},
        r.at);
    for (const Json& one : r.list("principals")) {
        if (isGuid(textOf(one, "id")) && textOf(one, "id").find_first_not_of("0-") != std::string_view::npos)
            c.link(r.ref, EdgeKind::Mentions, textOf(one, "id"), kindOfPrincipal(textOf(one, "type")), r.at);
    }
}

/// "Configure a user-assigned managed identity to trust an external identity provider".
void federatedCredential(Resource& r)
{
    takeFederatedCredential(r.context, r.json, r.ref, r.at);
}

/// What a management group holds. Source: "Organize your resources with management groups".
void children(Context& c, const Json& of, Ref parent, EvidenceId at)
{
    for (const Json& child : arrayOf(of, "children")) {
        const std::string_view id = textOf(child, "id");
        const TypeRow* row = typeRow(textOf(child, "type"));
        const std::string_view type = row ? std::string_view(row->type) : std::string_view(textOf(child, "type"));
        const bool subscription = lowered(type).ends_with("subscriptions");
        if (!isResourceId(id) || (!subscription && typeOfId(id) != "Microsoft.Management/managementGroups"))
            continue;
        const Ref ref =
            c.thing(subscription ? Kind::Account : Kind::OrgUnit, type, id, textOf(child, "displayname"), {}, at);
        c.inventory.things.back().parent = parent;
        children(c, child, ref, at);
    }
}

void managementGroup(Resource& r)
{
    Context& c = r.context;
    const std::string_view parent = textOf(member(member(r.json, "details"), "parent"), "id");
    const std::string_view tenant = r.text("tenantid");
    if (isResourceId(parent)) {
        r.place(parent);
        c.session.mention(parent, Kind::OrgUnit, r.at);
    } else if (!tenant.empty() && equalIgnoringCase(tenant, nameOfId(r.id))) {
        // The root group bears the tenant's own number.
        r.place(tenantId(tenant));
    }
    if (isGuid(tenant))
        c.session.tenant(tenant, r.at);
    children(c, r.json, r.ref, r.at);
}

void subscription(Resource& r)
{
    if (isGuid(r.text("tenantid"))) {
        r.context.session.tenant(r.text("tenantid"), r.at);
        r.context.session.subscriptionIn(r.ref, r.text("tenantid"));
    }
}

void lock(Resource& r)
{
    r.context.inventory.edge(r.ref, EdgeKind::AttachedTo, outerOf(r.id), r.at);
}

void policyAssignment(Resource& r)
{
    if (isResourceId(r.text("scope")))
        r.context.link(r.ref, EdgeKind::AttachedTo, r.text("scope"), Kind::Other, r.seen("scope"));
}

constexpr HandlerRow authorizationRows[] = {
    {"microsoft.authorization/roledefinitions", roleDefinition},
    {"microsoft.authorization/roleassignments", assignment},
    {"microsoft.authorization/roleeligibilityschedulerequests", assignment},
    {"microsoft.authorization/roleeligibilityscheduleinstances", assignment},
    {"microsoft.authorization/roleeligibilityschedules", assignment},
    {"microsoft.authorization/denyassignments", denyAssignment},
    {"microsoft.authorization/locks", lock},
    {"microsoft.authorization/policyassignments", policyAssignment},
    {"microsoft.managedidentity/userassignedidentities/federatedidentitycredentials", federatedCredential},
    {"microsoft.management/managementgroups", managementGroup},
    {"microsoft.resources/subscriptions", subscription},
};

} // namespace

void takeRoleAssignment(Context& c, const Json& json, Ref assignment, bool eligible, EvidenceId at)
{
    const std::string_view definition = textOf(json, "roledefinitionid");
    const std::string principal = lowered(textOf(json, "principalid"));
    std::string_view scope = textOf(json, "scope");
    if (scope.empty())
        scope = outerOf(c.inventory.strings[assignment]);
    if (definition.empty() || principal.empty())
        return c.row.leave("a role assignment", "it names no principal or no role");
    Json document = {{"principalId", principal}, {"principalType", textOf(json, "principaltype")},
        {"roleDefinitionId", roleDefinitionId(definition)}, {"scope", scope.empty() ? std::string_view("/") : scope}};
    if (const std::string_view condition = textOf(json, "condition"); !condition.empty())
        document["condition"] = condition;
    if (eligible)
        document["eligible"] = true;
    c.document(assignment, eligible ? "eligible role assignment" : "role assignment", document, at);
    c.session.roleName(roleDefinitionId(definition), textOf(json, "roledefinitionname"));
    c.link(assignment, EdgeKind::HasPolicy, roleDefinitionId(definition), Kind::RoleDefinition, at);
    c.link(assignment, EdgeKind::Mentions, principal, kindOfPrincipal(textOf(json, "principaltype")), at);
    c.session.principalName(principal, textOf(json, "principalname"));
    if (isResourceId(scope))
        c.link(assignment, EdgeKind::AttachedTo, scope, Kind::Other, at);
}

void takeFederatedCredential(Context& c, const Json& json, Ref identity, EvidenceId at)
{
    const std::string_view issuer = textOf(json, "issuer"), subject = textOf(json, "subject");
    if (issuer.empty() || subject.empty())
        return;
    c.document(identity, "federated credential",
        {{"issuer", issuer}, {"subject", subject}, {"audiences", texts(arrayOf(json, "audiences"))}}, at);
    // A service account of a cluster is known by the same name to who imported the cluster.
    if (subject.starts_with("system:serviceaccount:"))
        return c.inventory.edge(
            c.inventory.text(subject), EdgeKind::RunsAs, std::string(c.inventory.strings[identity]), at);
    const std::string outside = std::string(issuer) + '#' + std::string(subject);
    c.linkBack(outside, EdgeKind::RunsAs, identity, Kind::IdentityProvider, at);
}

std::span<const HandlerRow> authorizationHandlers()
{
    return authorizationRows;
}

} // namespace glacis::azure
