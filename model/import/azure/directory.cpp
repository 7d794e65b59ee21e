// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"
#include "import/azure/plain.h"

/// Objects of Microsoft Entra ID as Microsoft Graph tells them, directly or through `az ad`. Source: "Microsoft Graph
/// REST API v1.0 reference".
namespace glacis::azure {

namespace {

/// The object and what is said of it, in plain form.
struct Entry {
    Context& context;
    Json json;
    std::string pointer;
    EvidenceId at;
    std::string tenant;

    [[nodiscard]] std::string_view text(std::string_view key) const { return textOf(json, key); }
    [[nodiscard]] std::string id() const
    {
        // The older directory interface says objectId, and some tools "id".
        const std::string_view told = text("id").empty() ? text("objectid") : text("id");
        return isGuid(told) ? lowered(told) : std::string(told);
    }
    [[nodiscard]] bool has(std::string_view key) const { return json.contains(key); }
};

Kind kindOf(const Entry& entry)
{
    const std::string type = lowered(textOf(entry.json, "@odata.type"));
    const std::string_view word = afterLast(type, '.');
    if (word == "user")
        return Kind::User;
    if (word == "group")
        return Kind::Group;
    if (word == "serviceprincipal")
        return Kind::ServicePrincipal;
    if (word == "application")
        return Kind::Application;
    if (word == "device")
        return Kind::Device;
    const std::string old = lowered(entry.text("objecttype"));
    if (entry.has("userprincipalname") || old == "user")
        return Kind::User;
    if (entry.has("serviceprincipaltype") || entry.has("serviceprincipalnames") || old == "serviceprincipal")
        return Kind::ServicePrincipal;
    if (entry.has("appid")
        && (entry.has("signinaudience") || entry.has("identifieruris") || entry.has("passwordcredentials")))
        return Kind::Application;
    if (entry.has("deviceid") && (entry.has("operatingsystem") || entry.has("trusttype")))
        return Kind::Device;
    if (entry.has("securityenabled") || entry.has("grouptypes") || old == "group")
        return Kind::Group;
    return Kind::Other;
}

/// Who owns or belongs, when the object was asked for with them.
void relations(Entry& entry, Ref ref)
{
    Context& c = entry.context;
    for (const auto& [key, edge] : {std::pair{"owners", EdgeKind::Owns}, std::pair{"members", EdgeKind::MemberOf},
             std::pair{"registeredowners", EdgeKind::Owns}}) {
        const Json& list = arrayOf(entry.json, key);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Entry other{c, list[i].is_object() ? list[i] : Json{{"id", list[i]}}, {}, entry.at, {}};
            if (!other.id().empty())
                c.linkBack(other.id(), edge, ref, kindOf(other), c.seen(pointerTo(entry.pointer + '/' + key, i)));
        }
    }
}

void credentials(Entry& entry, Ref ref)
{
    for (const auto& [key, name] :
        {std::pair{"passwordcredentials", "password_credentials"}, std::pair{"keycredentials", "key_credentials"}}) {
        if (!entry.has(key))
            continue;
        const Json& list = arrayOf(entry.json, key);
        entry.context.setting(ref, name, Json(list.size()), entry.at);
        std::string last;
        for (const Json& one : list)
            last = std::max(last, std::string(textOf(one, "enddatetime")));
        entry.context.inventory.property(ref, std::string(name) + "_until", last, entry.at);
    }
}

void user(Entry& entry)
{
    Context& c = entry.context;
    const std::string_view shown = entry.text("displayname");
    const Ref ref = c.directoryObject(Kind::User, "microsoft.graph.user", entry.id(),
        shown.empty() ? entry.text("userprincipalname") : shown, entry.tenant, entry.at);
    c.inventory.alias(entry.text("userprincipalname"), ref);
    c.settings(ref, entry.json, entry.at,
        {{"userprincipalname", "sign_in_name"}, {"accountenabled", "enabled"}, {"usertype", "user_type"},
            {"onpremisessyncenabled", "synchronised"}, {"dirsyncenabled", "synchronised"},
            {"onpremisessecurityidentifier", "directory_sid"}, {"createddatetime", "created"}});
    // The account on premises that this one is made from.
    c.link(ref, EdgeKind::CopyOf, entry.text("onpremisessecurityidentifier"), Kind::User, entry.at);
}

void group(Entry& entry)
{
    Context& c = entry.context;
    const Ref ref = c.directoryObject(
        Kind::Group, "microsoft.graph.group", entry.id(), entry.text("displayname"), entry.tenant, entry.at);
    c.settings(ref, entry.json, entry.at,
        {{"securityenabled", "security_enabled"}, {"isassignabletorole", "role_assignable"},
            {"membershiprule", "membership_rule"}, {"onpremisessyncenabled", "synchronised"},
            {"dirsyncenabled", "synchronised"}, {"visibility", "visibility"}});
    for (const Json& type : arrayOf(entry.json, "grouptypes")) {
        if (asText(type) == "DynamicMembership")
            c.inventory.property(ref, "dynamic", true, entry.at);
    }
    relations(entry, ref);
}

/// "Application and service principal objects in Microsoft Entra ID".
void servicePrincipal(Entry& entry)
{
    Context& c = entry.context;
    std::string identity;
    for (const Json& name : arrayOf(entry.json, "alternativenames")) {
        if (isResourceId(asText(name)))
            identity = asText(name);
    }
    const bool userAssigned = lowered(typeOfId(identity)) == "microsoft.managedidentity/userassignedidentities";
    if (userAssigned) {
        // The same thing as the resource, seen from the directory.
        c.session.mention(identity, Kind::ManagedIdentity, entry.at);
        c.inventory.alias(entry.id(), c.inventory.text(identity));
        c.inventory.property(c.inventory.text(identity), "client_id", entry.text("appid"), entry.at);
        c.session.actsFor(entry.text("appid"), identity);
        return;
    }
    const bool managed = equalIgnoringCase(entry.text("serviceprincipaltype"), "managedidentity");
    const Ref ref = c.directoryObject(managed ? Kind::ManagedIdentity : Kind::ServicePrincipal,
        "microsoft.graph.servicePrincipal", entry.id(), entry.text("displayname"), entry.tenant, entry.at);
    if (!identity.empty())
        c.linkBack(identity, EdgeKind::RunsAs, ref, Kind::Other, entry.at);
    c.session.actsFor(entry.text("appid"), entry.id());
    c.inventory.alias(entry.text("appid"), ref);
    c.settings(ref, entry.json, entry.at,
        {{"appid", "client_id"}, {"accountenabled", "enabled"}, {"serviceprincipaltype", "principal_type"},
            {"appownerorganizationid", "application_tenant"}, {"appownertenantid", "application_tenant"},
            {"approleassignmentrequired", "assignment_required"}});
    credentials(entry, ref);
    relations(entry, ref);
    // Roles that this application offers to others, so that an assignment can be named.
    for (const Json& role : arrayOf(entry.json, "approles")) {
        if (isGuid(textOf(role, "id")))
            c.inventory.property(ref, "app_role:" + lowered(textOf(role, "id")), textOf(role, "value"), entry.at);
    }
}

void application(Entry& entry)
{
    Context& c = entry.context;
    const Ref ref = c.directoryObject(Kind::Application, "microsoft.graph.application", entry.id(),
        entry.text("displayname"), entry.tenant, entry.at);
    c.settings(ref, entry.json, entry.at,
        {{"appid", "client_id"}, {"signinaudience", "audience"}, {"createddatetime", "created"}});
    credentials(entry, ref);
    relations(entry, ref);
    c.session.application(entry.text("appid"), entry.id());
    c.session.runsAsApplication(ref, entry.text("appid"), entry.at);
    for (const Json& credential : arrayOf(entry.json, "federatedidentitycredentials"))
        takeFederatedCredential(c, credential, ref, entry.at);
}

void device(Entry& entry)
{
    Context& c = entry.context;
    const Ref ref = c.directoryObject(
        Kind::Device, "microsoft.graph.device", entry.id(), entry.text("displayname"), entry.tenant, entry.at);
    c.settings(ref, entry.json, entry.at,
        {{"operatingsystem", "system"}, {"trusttype", "trust"}, {"ismanaged", "managed"}, {"iscompliant", "compliant"},
            {"accountenabled", "enabled"}, {"mdmappid", "management_app"}});
    relations(entry, ref);
}

/// A role of the directory; activated ones (directoryRoles) list their members.
void directoryRole(Entry& entry)
{
    const std::string_view role =
        entry.text("roletemplateid").empty() ? entry.text("templateid") : entry.text("roletemplateid");
    Context& c = entry.context;
    const std::string definition = directoryRoleId(role.empty() ? std::string_view(entry.id()) : role);
    const Ref ref = c.directoryObject(Kind::RoleDefinition, "microsoft.graph.unifiedRoleDefinition", definition,
        entry.text("displayname"), entry.tenant, entry.at);
    c.inventory.alias(directoryRoleId(entry.id()), ref);
    Json rights = Json::array();
    for (const Json& permission : arrayOf(entry.json, "rolepermissions")) {
        for (const Json& right : arrayOf(permission, "allowedresourceactions"))
            rights.push_back(asText(right));
    }
    if (!rights.empty())
        c.document(ref, "directory role", {{"actions", rights}}, entry.at);
    c.inventory.property(ref, "custom", !boolOf(entry.json, "isbuiltin").value_or(true), entry.at);
    for (const Json& member_ : arrayOf(entry.json, "members")) {
        const Json assignment = {
            {"principalid", textOf(member_, "id")}, {"roledefinitionid", role}, {"directoryscopeid", "/"}};
        takeDirectoryAssignment(c, assignment, entry.tenant, false, entry.at);
    }
}

/// "appRoleAssignment resource type": an application's right to call another, Microsoft Graph before all.
void appRoleAssignment(Entry& entry)
{
    Context& c = entry.context;
    const std::string principal = lowered(entry.text("principalid")), resource = lowered(entry.text("resourceid"));
    std::string id = entry.id();
    if (id.empty())
        id = principal + '/' + resource + '/' + lowered(entry.text("approleid"));
    const Ref ref = c.directoryObject(Kind::RoleBinding, "microsoft.graph.appRoleAssignment", "appRoleAssignment/" + id,
        entry.text("resourcedisplayname"), entry.tenant, entry.at);
    c.document(ref, "application role assignment",
        {{"principalId", principal}, {"resourceId", resource}, {"appRoleId", lowered(entry.text("approleid"))}},
        entry.at);
    c.link(ref, EdgeKind::Mentions, principal,
        equalIgnoringCase(entry.text("principaltype"), "user")        ? Kind::User
            : equalIgnoringCase(entry.text("principaltype"), "group") ? Kind::Group
                                                                      : Kind::ServicePrincipal,
        entry.at);
    c.link(ref, EdgeKind::Uses, resource, Kind::ServicePrincipal, entry.at);
    c.session.principalName(resource, entry.text("resourcedisplayname"));
}

/// "unifiedRoleManagementPolicyApprovalRule resource type": who approves the activation of a role.
void approvalPolicy(Entry& entry)
{
    Json approvers = Json::array();
    for (const Json& rule : arrayOf(member(entry.json, "policy"), "rules")) {
        const Json& setting = member(rule, "setting");
        if (!boolOf(setting, "isapprovalrequired").value_or(false))
            continue;
        for (const Json& stage : arrayOf(setting, "approvalstages")) {
            for (const Json& approver : arrayOf(stage, "primaryapprovers")) {
                for (const char* key : {"userid", "groupid", "id"}) {
                    if (isGuid(textOf(approver, key)))
                        approvers.push_back(lowered(textOf(approver, key)));
                }
            }
        }
    }
    const std::string role = directoryRoleId(entry.text("roledefinitionid"));
    entry.context.session.mention(role, Kind::RoleDefinition, entry.at);
    if (!approvers.empty())
        entry.context.document(
            entry.context.inventory.text(role), "approval of activations", {{"approvers", approvers}}, entry.at);
}

bool isAssignment(const Entry& entry)
{
    return entry.has("principalid") && entry.has("roledefinitionid")
        && (entry.has("directoryscopeid") || entry.has("appscopeid"));
}

/// An eligible one has a schedule, an active one an assignment type. Source: "unifiedRoleEligibilitySchedule resource
/// type", "unifiedRoleAssignmentSchedule resource type".
bool isEligible(const Entry& entry)
{
    return !entry.has("assignmenttype")
        && (entry.has("roleeligibilityscheduleid") || entry.has("membertype") || entry.has("scheduleinfo"));
}

} // namespace

std::string directoryRoleId(std::string_view guid)
{
    return "directoryRole/" + lowered(guid);
}

void takeDirectoryAssignment(Context& c, const Json& json, std::string_view tenant, bool eligible, EvidenceId at)
{
    const std::string principal = lowered(textOf(json, "principalid"));
    const std::string role = directoryRoleId(textOf(json, "roledefinitionid"));
    const std::string_view scope = textOf(json, "directoryscopeid");
    std::string id(textOf(json, "id"));
    if (id.empty())
        id = principal + '/' + std::string(afterLast(role, '/')) + std::string(scope.empty() ? "/" : scope);
    const Ref ref = c.directoryObject(Kind::RoleBinding, "microsoft.graph.unifiedRoleAssignment",
        (eligible ? "eligibleDirectoryRole/" : "directoryRoleAssignment/") + id, {}, tenant, at);
    Json document = {{"principalId", principal}, {"directoryRoleId", role}, {"scope", scope.empty() ? "/" : scope}};
    if (eligible)
        document["eligible"] = true;
    c.document(ref, "directory role assignment", document, at);
    c.link(ref, EdgeKind::HasPolicy, role, Kind::RoleDefinition, at);
    c.link(ref, EdgeKind::Mentions, principal, Kind::Other, at);
    // "/" is the whole directory; "/<id>" one object, "/administrativeUnits/<id>" a part of it.
    if (scope.size() > 1 && isGuid(scope.substr(1)))
        c.link(ref, EdgeKind::AttachedTo, scope.substr(1), Kind::Other, at);
}

bool takeDirectoryObject(Context& context, const Json& json, const std::string& pointer)
{
    Entry entry{context, plainForm(json), pointer, context.seen(pointer), {}};
    entry.tenant = entry.text("tenantid");
    if (isAssignment(entry)) {
        takeDirectoryAssignment(context, entry.json, entry.tenant, isEligible(entry), entry.at);
        return true;
    }
    if (entry.has("policy") && entry.has("roledefinitionid")) {
        approvalPolicy(entry);
        return true;
    }
    if (entry.has("approleid") && entry.has("resourceid")) {
        appRoleAssignment(entry);
        return true;
    }
    if (entry.has("roletemplateid") || entry.has("rolepermissions")) {
        directoryRole(entry);
        return true;
    }
    if (entry.id().empty())
        return false;
    switch (kindOf(entry)) {
    case Kind::User:
        user(entry);
        return true;
    case Kind::Group:
        group(entry);
        return true;
    case Kind::ServicePrincipal:
        servicePrincipal(entry);
        return true;
    case Kind::Application:
        application(entry);
        return true;
    case Kind::Device:
        device(entry);
        return true;
    default:
        return false;
    }
}

Kind kindOfDirectoryObject(Context& context, const Json& json)
{
    return kindOf({context, plainForm(json), {}, noEvidence, {}});
}

} // namespace glacis::azure
