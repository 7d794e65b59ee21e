// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"
#include "import/azure/plain.h"

#include <array>

/// Collections of AzureHound: records {"kind": …, "data": …} of directory objects, resources, and who holds what over
/// them.
namespace glacis::azure {

namespace {

using Take = void (*)(Context& context, const Json& data, const std::string& pointer);

void directoryObject(Context& c, const Json& data, const std::string& pointer)
{
    if (!takeDirectoryObject(c, data, pointer))
        c.row.leave("a record", "it is no object of the directory that Glacis knows");
}

void boundResource(Context& c, const Json& data, const std::string& pointer)
{
    if (!takeResource(c, data, pointer))
        c.row.leave("a record", "it has no id of Azure Resource Manager");
}

void tenant(Context& c, const Json& data, const std::string& pointer)
{
    const Json plain = plainForm(data);
    const std::string_view guid = textOf(plain, "tenantid").empty() ? textOf(plain, "id") : textOf(plain, "tenantid");
    if (isGuid(nameOfId(guid)))
        c.session.tenant(nameOfId(guid), c.seen(pointer));
}

/// Records that pair an object with others: {"groupId": …, "members": [{"member": {…}}]}.
void pairs(Context& c, const Json& data, const std::string& pointer, std::string_view of, std::string_view list,
    std::string_view other, EdgeKind edge, Kind kind)
{
    const std::string_view owned = textOf(data, of);
    if (owned.empty())
        return;
    const Json& rows = arrayOf(data, list);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Json& one = member(rows[i], other);
        const std::string id = lowered(textOf(one, "id"));
        if (id.empty())
            continue;
        const EvidenceId at = c.seen(pointerTo(pointer + '/' + std::string(list), i));
        if (kind == Kind::Application) {
            c.session.mention(id, kindOfDirectoryObject(c, one), at);
            c.session.ownsApplication(id, owned, at);
            continue;
        }
        c.session.mention(lowered(owned), kind, at);
        c.linkBack(id, edge, c.inventory.text(lowered(owned)), kindOfDirectoryObject(c, one), at);
    }
}

void groupMembers(Context& c, const Json& data, const std::string& pointer)
{
    pairs(c, data, pointer, "groupId", "members", "member", EdgeKind::MemberOf, Kind::Group);
}
void groupOwners(Context& c, const Json& data, const std::string& pointer)
{
    pairs(c, data, pointer, "groupId", "owners", "owner", EdgeKind::Owns, Kind::Group);
}
void appOwners(Context& c, const Json& data, const std::string& pointer)
{
    pairs(c, data, pointer, "appId", "owners", "owner", EdgeKind::Owns, Kind::Application);
}
void servicePrincipalOwners(Context& c, const Json& data, const std::string& pointer)
{
    pairs(c, data, pointer, "servicePrincipalId", "owners", "owner", EdgeKind::Owns, Kind::ServicePrincipal);
}
void deviceOwners(Context& c, const Json& data, const std::string& pointer)
{
    pairs(c, data, pointer, "deviceId", "owners", "owner", EdgeKind::Owns, Kind::Device);
}

void directoryAssignments(Context& c, const Json& data, const std::string& pointer, bool eligible)
{
    const Json& rows = arrayOf(data, "roleAssignments");
    const std::string_view of = textOf(data, "tenantId");
    for (std::size_t i = 0; i < rows.size(); ++i)
        takeDirectoryAssignment(
            c, plainForm(rows[i]), of, eligible, c.seen(pointerTo(pointer + "/roleAssignments", i)));
    if (rows.empty() && !textOf(data, "principalId").empty())
        takeDirectoryAssignment(c, plainForm(data), of, eligible, c.seen(pointer));
}
void activeDirectoryRoles(Context& c, const Json& data, const std::string& pointer)
{
    directoryAssignments(c, data, pointer, false);
}
void eligibleDirectoryRoles(Context& c, const Json& data, const std::string& pointer)
{
    directoryAssignments(c, data, pointer, true);
}

/// What a management group holds.
void descendant(Context& c, const Json& data, const std::string& pointer)
{
    const Json plain = plainForm(data);
    const std::string_view id = textOf(plain, "id"), parent = textOf(member(plain, "parent"), "id");
    if (!isResourceId(id) || !isResourceId(parent))
        return;
    const bool subscription = lowered(textOf(plain, "type")).ends_with("subscriptions");
    c.thing(subscription ? Kind::Account : Kind::OrgUnit,
        subscription ? "Microsoft.Resources/subscriptions" : "Microsoft.Management/managementGroups", id,
        textOf(plain, "displayname"), {}, c.seen(pointer));
    c.inventory.things.back().parent = c.inventory.text(parent);
    c.session.mention(parent, Kind::OrgUnit, noEvidence);
}

void vaultPolicy(Context& c, const Json& data, const std::string& pointer)
{
    const std::string_view vault = textOf(data, "keyVaultId");
    if (!isResourceId(vault))
        return;
    const Json part = {{"id", std::string(vault) + "/accessPolicies/add"},
        {"type", "Microsoft.KeyVault/vaults/accessPolicies"},
        {"properties", {{"accessPolicies", Json::array({data})}}}};
    takeResource(c, part, pointer);
}

/// Assignments of roles over resources lie one or two levels deep in records of many names.
void resourceAssignments(Context& c, const Json& data, const std::string& pointer)
{
    std::vector<std::pair<const Json*, std::string>> open = {{&data, pointer}};
    while (!open.empty()) {
        const auto [json, at] = open.back();
        open.pop_back();
        if (json->is_array()) {
            for (std::size_t i = json->size(); i-- > 0;)
                open.emplace_back(&(*json)[i], pointerTo(at, i));
            continue;
        }
        if (!json->is_object())
            continue;
        if (isResourceId(textOf(*json, "id")) && member(*json, "properties").contains("principalId")) {
            takeResource(c, *json, at);
            continue;
        }
        for (const auto& [key, value] : json->items()) {
            if (value.is_structured())
                open.emplace_back(&value, pointerTo(at, key));
        }
    }
}

struct Row {
    std::string_view kind;
    Take take;
};
constexpr Row houndRows[] = {
    {"AZTenant", tenant},
    {"AZUser", directoryObject},
    {"AZGroup", directoryObject},
    {"AZApp", directoryObject},
    {"AZServicePrincipal", directoryObject},
    {"AZDevice", directoryObject},
    {"AZRole", directoryObject},
    {"AZAppRoleAssignment", directoryObject},
    {"AZGroupMember", groupMembers},
    {"AZGroupOwner", groupOwners},
    {"AZAppOwner", appOwners},
    {"AZServicePrincipalOwner", servicePrincipalOwners},
    {"AZDeviceOwner", deviceOwners},
    {"AZRoleAssignment", activeDirectoryRoles},
    {"AZRoleEligibilityScheduleInstance", eligibleDirectoryRoles},
    {"AZManagementGroupDescendant", descendant},
    {"AZKeyVaultAccessPolicy", vaultPolicy},
    {"AZManagementGroup", boundResource},
    {"AZSubscription", boundResource},
    {"AZResourceGroup", boundResource},
    {"AZVM", boundResource},
    {"AZVMScaleSet", boundResource},
    {"AZKeyVault", boundResource},
    {"AZStorageAccount", boundResource},
    {"AZStorageContainer", boundResource},
    {"AZAutomationAccount", boundResource},
    {"AZWorkflow", boundResource},
    {"AZLogicApp", boundResource},
    {"AZFunctionApp", boundResource},
    {"AZWebApp", boundResource},
    {"AZContainerRegistry", boundResource},
    {"AZManagedCluster", boundResource},
};

/// "AZVMContributor", "AZSAKeyOperator", "AZSubscriptionRoleAssignment": who holds which role over a resource.
bool tellsAssignments(std::string_view kind)
{
    for (const std::string_view end : {"Owner", "Contributor", "UserAccessAdmin", "RoleAssignment", "AdminLogin",
             "KeyOperator", "DataReader", "KVContributor"}) {
        if (kind.ends_with(end))
            return true;
    }
    return false;
}

} // namespace

bool takeHoundRecord(Context& context, const Json& record, const std::string& pointer)
{
    const std::string_view kind = textOf(record, "kind");
    const Json& data = member(record, "data");
    const std::string inner = pointer + "/data";
    for (const Row& row : houndRows) {
        if (row.kind == kind) {
            row.take(context, data, inner);
            return true;
        }
    }
    if (!tellsAssignments(kind))
        return false;
    resourceAssignments(context, data, inner);
    return true;
}

} // namespace glacis::azure
