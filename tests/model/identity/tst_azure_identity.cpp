// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "estate/link.h"
#include "identity/azure/azure_escalation.h"

#include <QtTest>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>

using namespace glacis;
using namespace glacis::azure;

namespace {

const std::string subscription = "/subscriptions/s1";
const std::string group = subscription + "/resourceGroups/shop";
const std::string graph = "graph-sp";

const char* const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const char* const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const char* const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const char* const userAccessAdministrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
const char* const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const char* const privilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814";
const char* const privilegedAuthenticationAdministrator = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
const char* const applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
const char* const cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7";
const char* const helpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const char* const groupsAdministrator = "fdd7a751-b60b-444a-984c-02652fe8fa1c";
const char* const intuneAdministrator = "3a2c62db-5318-420d-8d74-23affee5d9d5";
const char* const globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

/// A subscription with one thing of each kind that a way can lead to, and the directory around it. What a test adds is
/// what makes, or nearly makes, the way.
class SmallAzure {
public:
    SmallAzure()
    {
        at = m.seen(m.file("small.json"), "/x");
        add(Kind::Organization, "/tenants/t");
        add(Kind::Account, subscription, "Microsoft.Resources/subscriptions", "/tenants/t");
        add(Kind::ResourceGroup, group, "Microsoft.Resources/resourceGroups", subscription);
        add(Kind::ResourceGroup, subscription + "/resourceGroups/other", "Microsoft.Resources/resourceGroups",
            subscription);
        resource(Kind::Vm, "Microsoft.Compute/virtualMachines", "vm");
        resource(Kind::Automation, "Microsoft.Automation/automationAccounts", "auto");
        resource(Kind::Workflow, "Microsoft.Logic/workflows", "flow");
        resource(Kind::AppPlatform, "Microsoft.Web/sites", "site");
        resource(Kind::ContainerTask, "Microsoft.ContainerInstance/containerGroups", "task");
        resource(Kind::ContainerCluster, "Microsoft.ContainerService/managedClusters", "aks");
        resource(Kind::KeyVault, "Microsoft.KeyVault/vaults", "vault");
        m.property(m.text(idOf("vault")), "rbac_authorization", false, at);
        resource(Kind::KeyVault, "Microsoft.KeyVault/vaults", "rbac-vault");
        m.property(m.text(idOf("rbac-vault")), "rbac_authorization", true, at);
        resource(Kind::ObjectStore, "Microsoft.Storage/storageAccounts", "store");
        resource(Kind::ManagedIdentity, "Microsoft.ManagedIdentity/userAssignedIdentities", "mi");
        for (const char* user : {"ann", "bob"})
            add(Kind::User, user);
        add(Kind::Group, "ops");
        add(Kind::Group, "guarded");
        m.property(m.text("guarded"), "role_assignable", true, at);
        add(Kind::Application, "app");
        add(Kind::ServicePrincipal, "sp");
        add(Kind::ServicePrincipal, graph);
        add(Kind::Device, "laptop");
        add(Kind::RoleDefinition, std::string("directoryRole/") + globalAdministrator);
        add(Kind::RoleDefinition, std::string("directoryRole/") + helpdeskAdministrator);
    }

    [[nodiscard]] std::string idOf(const std::string& name) const { return m_ids.at(name); }

    SmallAzure& add(Kind kind, const std::string& id, std::string_view type = {}, std::string_view parent = {})
    {
        ThingRow& row = m.thing(kind, Provider::Azure, type, id, rootScope, at);
        row.parent = parent.empty() ? Ref{} : m.text(parent);
        row.region = m.text("global");
        if (kind != Kind::Account && id.starts_with("/subscriptions/"))
            row.account = m.text(subscription);
        return *this;
    }
    SmallAzure& resource(Kind kind, const std::string& type, const std::string& name)
    {
        m_ids[name] = group + "/providers/" + type + '/' + name;
        return add(kind, m_ids[name], type, group);
    }
    SmallAzure& edge(const std::string& from, EdgeKind kind, const std::string& to)
    {
        m.edge(m.text(named(from)), kind, named(to), at);
        return *this;
    }
    SmallAzure& document(const std::string& of, const Json& json)
    {
        m.facts.policies.push_back({m.text(named(of)), PolicyRole::Azure, m.text("d"), m.text(json.dump()), at});
        return *this;
    }
    /// Gives a role over resources.
    SmallAzure& role(
        const std::string& principal, const std::string& roleId, const std::string& scope, Json more = Json::object())
    {
        more.update({{"principalId", principal}, {"scope", named(scope)},
            {"roleDefinitionId", "/providers/Microsoft.Authorization/roleDefinitions/" + roleId}});
        const std::string id = "binding" + std::to_string(m.things.size());
        return add(Kind::RoleBinding, id).document(id, more);
    }
    /// A role of one's own with a right; `data` makes it a right over data.
    SmallAzure& right(
        const std::string& principal, const std::string& action, const std::string& scope, bool data = false)
    {
        const std::string number = "custom" + std::to_string(m.things.size());
        const std::string id = "/providers/Microsoft.Authorization/roleDefinitions/" + number;
        const Json permission = {{data ? "dataActions" : "actions", Json::array({action})}};
        add(Kind::RoleDefinition, id).document(id, {{"permissions", Json::array({permission})}});
        return role(principal, number, scope);
    }
    SmallAzure& directory(
        const std::string& principal, const std::string& roleId, const std::string& scope = "/", bool eligible = false)
    {
        const std::string id = "directory" + std::to_string(m.things.size());
        Json document_ = {{"principalId", principal}, {"directoryRoleId", "directoryRole/" + roleId}, {"scope", scope}};
        if (eligible)
            document_["eligible"] = true;
        return add(Kind::RoleBinding, id).document(id, document_);
    }
    SmallAzure& appRole(const std::string& principal, const std::string& value)
    {
        m.property(m.text(graph), "app_role:" + value, value, at);
        const std::string id = "appRole" + std::to_string(m.things.size());
        return add(Kind::RoleBinding, id)
            .document(id, {{"principalId", principal}, {"resourceId", graph}, {"appRoleId", value}});
    }
    SmallAzure& vaultPolicy(const std::string& principal, const std::string& part, const std::string& permitted)
    {
        return document(
            "vault", {{"accessPolicies", Json::array({{{"objectId", principal}, {part, Json::array({permitted})}}})}});
    }

    [[nodiscard]] Estate linked() const
    {
        Progress progress;
        Inventory copy = m;
        return link(std::move(copy), progress);
    }

    Inventory m;
    EvidenceId at{};

private:
    [[nodiscard]] std::string named(const std::string& name) const
    {
        const auto found = m_ids.find(name);
        return found == m_ids.end() ? name : found->second;
    }
    std::map<std::string, std::string> m_ids;
};

bool leads(const SmallAzure& small, std::string_view technique, const std::string& from, const std::string& to)
{
    const Estate estate = small.linked();
    const Grants grants(estate);
    const AzureAccess access(grants);
    Progress progress;
    const auto wanted = [&](std::string_view id) { return estate.find(id); };
    for (const Escalation& one : azureEscalations(access, progress)) {
        if (techniques()[one.technique].id == technique && wanted(from) == one.from && wanted(to) == one.to)
            return !one.decision.because.empty();
    }
    return false;
}

Verdict decided(const SmallAzure& small, std::string_view principal, std::string_view action, const std::string& scope,
    bool data = false)
{
    const Estate estate = small.linked();
    const Grants grants(estate);
    return AzureAccess(grants).decide(*estate.find(principal), action, data, scope).verdict;
}

std::vector<std::string> storesOf(const SmallAzure& small, std::string_view principal)
{
    const Estate estate = small.linked();
    const Grants grants(estate);
    Progress progress;
    std::vector<std::string> found;
    for (const StoreAccess& one : AzureAccess(grants).toStores(progress)) {
        if (one.principal == estate.find(principal))
            found.push_back(std::string(name(one.level)) + ' ' + std::string(estate.name(one.store)));
    }
    return found;
}

/// A technique with what makes it work and what only looks like it.
struct Case {
    const char* technique;
    const char* from;
    std::string to;
    std::function<void(SmallAzure&)> works;
    std::function<void(SmallAzure&)> nearMiss;
};

std::vector<Case> cases()
{
    const SmallAzure ids;
    const std::string globalRole = std::string("directoryRole/") + globalAdministrator;
    const std::string helpdeskRole = std::string("directoryRole/") + helpdeskAdministrator;
    const auto right = [](const char* action, const char* scope, bool data = false) {
        return [=](SmallAzure& s) { s.right("ann", action, scope, data); };
    };
    const auto directory = [](const char* role) { return [=](SmallAzure& s) { s.directory("ann", role); }; };
    const auto appRole = [](const char* value) { return [=](SmallAzure& s) { s.appRole("sp", value); }; };
    std::vector<Case> all = {
        {"azure-contains", group.c_str(), ids.idOf("vm"), [](SmallAzure&) {},
            [](SmallAzure& s) {
                s.m.things.clear();
                s.add(Kind::ResourceGroup, group);
                s.add(Kind::Vm, subscription + "/resourceGroups/other/providers/Microsoft.Compute/virtualMachines/vm");
            }},
        {"azure-member-of", "ann", "ops", [](SmallAzure& s) { s.edge("ann", EdgeKind::MemberOf, "ops"); },
            [](SmallAzure& s) { s.edge("ann", EdgeKind::Owns, "ops"); }},
        {"azure-has-role", "ann", helpdeskRole, directory(helpdeskAdministrator),
            [](SmallAzure& s) { s.directory("ann", helpdeskAdministrator, "/", true); }},
        {"azure-role-eligible", "ann", helpdeskRole,
            [](SmallAzure& s) { s.directory("ann", helpdeskAdministrator, "/", true); },
            directory(helpdeskAdministrator)},
        {"azure-role-approver", "ann", helpdeskRole,
            [=](SmallAzure& s) {
                s.document(helpdeskRole, {{"approvers", Json::array({"ann"})}});
            },
            [=](SmallAzure& s) {
                s.document(helpdeskRole, {{"approvers", Json::array({"bob"})}});
            }},
        {"azure-runs-as", "app", "sp", [](SmallAzure& s) { s.edge("app", EdgeKind::RunsAs, "sp"); },
            [](SmallAzure& s) { s.edge("app", EdgeKind::Owns, "sp"); }},
        {"azure-managed-identity", "", ids.idOf("mi"), [](SmallAzure& s) { s.edge("vm", EdgeKind::RunsAs, "mi"); },
            [](SmallAzure& s) { s.edge("task", EdgeKind::RunsAs, "mi"); }},
        {"azure-node-resource-group", "", subscription + "/resourceGroups/other",
            [](SmallAzure& s) { s.edge("aks", EdgeKind::Uses, subscription + "/resourceGroups/other"); },
            [](SmallAzure& s) { s.edge("vm", EdgeKind::Uses, subscription + "/resourceGroups/other"); }},
        {"azure-scoped-to", "ann", "app", [](SmallAzure& s) { s.directory("ann", applicationAdministrator, "/app"); },
            [](SmallAzure& s) { s.directory("ann", globalReader, "/app"); }},
        {"azure-synced-user", "ann", "S-1-5-21-1",
            [](SmallAzure& s) { s.add(Kind::User, "S-1-5-21-1").edge("ann", EdgeKind::CopyOf, "S-1-5-21-1"); },
            [](SmallAzure& s) { s.add(Kind::User, "S-1-5-21-1").edge("bob", EdgeKind::CopyOf, "S-1-5-21-1"); }},
        {"azure-owner", "ann", subscription, [](SmallAzure& s) { s.role("ann", owner, subscription); },
            [](SmallAzure& s) { s.role("ann", contributor, subscription); }},
        {"azure-user-access-administrator", "ann", subscription,
            [](SmallAzure& s) { s.role("ann", userAccessAdministrator, subscription); },
            [](SmallAzure& s) { s.role("ann", contributor, subscription); }},
        {"azure-contributor", "ann", ids.idOf("task"), [](SmallAzure& s) { s.role("ann", contributor, group); },
            [](SmallAzure& s) { s.role("ann", reader, group); }},
        {"azure-vm-contributor", "ann", ids.idOf("vm"),
            right("Microsoft.Compute/virtualMachines/runCommand/action", "vm"),
            right("Microsoft.Compute/virtualMachines/runCommand/read", "vm")},
        {"azure-avere-contributor", "ann", ids.idOf("vm"),
            right("Microsoft.Compute/virtualMachines/extensions/write", "vm"),
            right("Microsoft.Compute/virtualMachines/extensions/read", "vm")},
        {"azure-vm-admin-login", "ann", ids.idOf("vm"),
            right("Microsoft.Compute/virtualMachines/loginAsAdmin/action", "vm", true),
            right("Microsoft.Compute/virtualMachines/login/action", "vm", true)},
        {"azure-aks-contributor", "ann", ids.idOf("aks"),
            right("Microsoft.ContainerService/managedClusters/write", "aks"),
            right("Microsoft.ContainerService/managedClusters/read", "aks")},
        {"azure-automation-contributor", "ann", ids.idOf("auto"),
            right("Microsoft.Automation/automationAccounts/*", "auto"),
            right("Microsoft.Automation/automationAccounts/jobs/*", "auto")},
        {"azure-logic-app-contributor", "ann", ids.idOf("flow"), right("Microsoft.Logic/workflows/write", "flow"),
            right("Microsoft.Logic/workflows/enable/action", "flow")},
        {"azure-website-contributor", "ann", ids.idOf("site"), right("Microsoft.Web/sites/*", "site"),
            right("Microsoft.Web/sites/restart/action", "site")},
        {"azure-key-vault-contributor", "ann", ids.idOf("vault"), right("Microsoft.KeyVault/*", "vault"),
            right("Microsoft.KeyVault/*", "rbac-vault")},
        {"azure-get-keys", "ann", ids.idOf("vault"), [](SmallAzure& s) { s.vaultPolicy("ann", "keys", "get"); },
            [](SmallAzure& s) { s.vaultPolicy("ann", "keys", "list"); }},
        {"azure-get-secrets", "ann", ids.idOf("vault"), [](SmallAzure& s) { s.vaultPolicy("ann", "secrets", "get"); },
            right("Microsoft.KeyVault/vaults/secrets/getSecret/action", "vault", true)},
        {"azure-get-certificates", "ann", ids.idOf("rbac-vault"),
            right("Microsoft.KeyVault/vaults/certificates/read", "rbac-vault", true),
            right("Microsoft.KeyVault/vaults/certificates/read", "rbac-vault")},
        {"azure-execute-command", "ann", "laptop", directory(intuneAdministrator), directory(globalReader)},
        {"azure-owns", "ann", "app", [](SmallAzure& s) { s.edge("ann", EdgeKind::Owns, "app"); },
            [](SmallAzure& s) { s.edge("ann", EdgeKind::Mentions, "app"); }},
        {"azure-add-members", "ann", "ops", directory(groupsAdministrator), directory(globalReader)},
        {"azure-add-owner", "ann", "app", directory(applicationAdministrator), directory(groupsAdministrator)},
        {"azure-add-secret", "ann", "app",
            [](SmallAzure& s) {
                s.add(Kind::RoleDefinition, "directoryRole/own")
                    .document("directoryRole/own",
                        {{"actions", Json::array({"microsoft.directory/applications/credentials/update"})}})
                    .directory("ann", "own");
            },
            [](SmallAzure& s) {
                s.add(Kind::RoleDefinition, "directoryRole/own")
                    .document("directoryRole/own",
                        {{"actions", Json::array({"microsoft.directory/applications/basic/update"})}})
                    .directory("ann", "own");
            }},
        {"azure-app-admin", "ann", "sp", directory(applicationAdministrator), directory(cloudApplicationAdministrator)},
        {"azure-cloud-app-admin", "ann", "sp", directory(cloudApplicationAdministrator),
            directory(applicationAdministrator)},
        {"azure-global-admin", "ann", "/tenants/t", directory(globalAdministrator), directory(globalReader)},
        {"azure-privileged-role-admin", "ann", "/tenants/t", directory(privilegedRoleAdministrator),
            directory(helpdeskAdministrator)},
        {"azure-privileged-auth-admin", "ann", "bob", directory(privilegedAuthenticationAdministrator),
            directory(helpdeskAdministrator)},
        {"azure-reset-password", "ann", "bob", directory(helpdeskAdministrator),
            [](SmallAzure& s) { s.directory("ann", helpdeskAdministrator).directory("bob", globalAdministrator); }},
        {"azure-grant", "ann", helpdeskRole, directory(privilegedRoleAdministrator), directory(groupsAdministrator)},
        {"azure-grant-self", "ann", globalRole, directory(privilegedRoleAdministrator),
            directory(applicationAdministrator)},
        {"azure-graph-add-member", "sp", "ops", appRole("GroupMember.ReadWrite.All"), appRole("GroupMember.Read.All")},
        {"azure-graph-add-owner", "sp", "app", appRole("ServicePrincipalEndpoint.ReadWrite.All"),
            appRole("Application.Read.All")},
        {"azure-graph-add-secret", "sp", "app", appRole("Application.ReadWrite.All"),
            appRole("Application.ReadWrite.OwnedBy")},
        {"azure-graph-grant-app-roles", "sp", "/tenants/t", appRole("AppRoleAssignment.ReadWrite.All"),
            appRole("Application.ReadWrite.All")},
        {"azure-graph-grant-role", "sp", "/tenants/t", appRole("RoleManagement.ReadWrite.Directory"),
            appRole("RoleManagement.Read.Directory")},
        {"azure-elevate-access", "/tenants/t", subscription, [](SmallAzure&) {},
            [](SmallAzure& s) {
                s.m.things.clear();
                s.add(Kind::Organization, "/tenants/t").edge("/tenants/t", EdgeKind::Uses, subscription);
            }},
    };
    all[6].from = all[7].from = nullptr;
    for (const char* value : {"Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "Directory.ReadWrite.All",
             "Group.ReadWrite.All", "GroupMember.ReadWrite.All", "RoleManagement.ReadWrite.Directory",
             "ServicePrincipalEndpoint.ReadWrite.All"}) {
        static std::deque<std::string> names;
        std::string technique = "azure-graph-";
        for (const char c : std::string(value))
            technique += c == '.' ? '-' : static_cast<char>(std::tolower(c));
        names.push_back(technique);
        all.push_back({names.back().c_str(), "sp", graph, appRole(value), appRole("User.Read.All")});
    }
    return all;
}

} // namespace

class AzureIdentityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTechniqueIsTested()
    {
        std::set<std::string> tested;
        for (const Case& one : cases())
            tested.insert(one.technique);
        for (const Technique& technique : techniques()) {
            if (technique.provider == Provider::Azure)
                QVERIFY2(tested.contains(technique.id), technique.id.c_str());
        }
    }

    void whatMakesAWayIsFoundAndWhatOnlyLooksLikeItIsNot()
    {
        const SmallAzure ids;
        for (const Case& one : cases()) {
            std::string from =
                one.from ? one.from : ids.idOf(std::string(one.technique) == "azure-managed-identity" ? "vm" : "aks");
            SmallAzure works, nearMiss;
            one.works(works);
            one.nearMiss(nearMiss);
            QVERIFY2(leads(works, one.technique, from, one.to), one.technique);
            QVERIFY2(!leads(nearMiss, one.technique, from, one.to), one.technique);
        }
    }

    void aRoleReachesDownFromItsScope()
    {
        SmallAzure small;
        small.role("ann", reader, group);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Allowed);
        QCOMPARE(
            decided(small, "ann", "Microsoft.Compute/virtualMachines/write", small.idOf("vm")), Verdict::ImplicitDeny);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", subscription), Verdict::ImplicitDeny);
        // A group whose name only begins alike is another group.
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read",
                     group + "2/providers/Microsoft.Compute/x/y"),
            Verdict::ImplicitDeny);
    }

    void aManagementGroupHoldsItsSubscriptions()
    {
        SmallAzure small;
        const std::string above = "/providers/Microsoft.Management/managementGroups/m";
        small.add(Kind::OrgUnit, above, "Microsoft.Management/managementGroups", "/tenants/t");
        small.m.things[1].parent = small.m.text(above);
        small.role("ann", reader, above);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Allowed);
    }

    void whatARoleLeavesOutAnotherMayGive()
    {
        SmallAzure small;
        small.role("ann", contributor, subscription);
        const char* const write = "Microsoft.Authorization/roleAssignments/write";
        QCOMPARE(decided(small, "ann", write, group), Verdict::ImplicitDeny);
        small.role("ann", userAccessAdministrator, group);
        QCOMPARE(decided(small, "ann", write, group), Verdict::Allowed);
    }

    void controlIsNotData()
    {
        SmallAzure small;
        small.role("ann", owner, subscription);
        const char* const read = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
        QCOMPARE(decided(small, "ann", read, small.idOf("store"), true), Verdict::ImplicitDeny);
        QCOMPARE(decided(small, "ann", read, small.idOf("store"), false), Verdict::Allowed);
    }

    void aDenyAssignmentWins()
    {
        SmallAzure small;
        small.role("ann", owner, subscription).role("bob", owner, subscription);
        small.add(Kind::RoleBinding, "denial")
            .document("denial",
                {{"deny", true}, {"scope", group},
                    {"principals", Json::array({"00000000-0000-0000-0000-000000000000"})},
                    {"excludePrincipals", Json::array({"bob"})},
                    {"permissions", Json::array({{{"actions", Json::array({"*/write"})}}})}});
        QCOMPARE(
            decided(small, "ann", "Microsoft.Compute/virtualMachines/write", small.idOf("vm")), Verdict::ExplicitDeny);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Allowed);
        QCOMPARE(decided(small, "bob", "Microsoft.Compute/virtualMachines/write", small.idOf("vm")), Verdict::Allowed);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/write", subscription), Verdict::Allowed);
    }

    void groupsWithinGroupsCount()
    {
        SmallAzure small;
        small.edge("ann", EdgeKind::MemberOf, "ops").edge("ops", EdgeKind::MemberOf, "guarded");
        small.edge("guarded", EdgeKind::MemberOf, "ops").role("guarded", reader, group);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Allowed);
    }

    void conditionsAndEligibleRolesStayOpen()
    {
        SmallAzure small;
        small.role("ann", reader, group, {{"condition", "@Resource[x] StringEquals 'y'"}});
        small.role("bob", reader, group, {{"eligible", true}});
        for (const char* who : {"ann", "bob"})
            QCOMPARE(
                decided(small, who, "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Conditional);
    }

    void aRoleThatWasNotExportedIsUnknown()
    {
        SmallAzure small;
        small.role("ann", "99999999-0000-0000-0000-000000000000", group);
        QCOMPARE(decided(small, "ann", "Microsoft.Compute/virtualMachines/read", small.idOf("vm")), Verdict::Unknown);
    }

    void wildcardsMatchAcrossParts()
    {
        QVERIFY(matches("microsoft.compute/*/read", "microsoft.compute/virtualmachines/extensions/read"));
        QVERIFY(!matches("microsoft.compute/*/read", "microsoft.compute/virtualmachines/write"));
        QVERIFY(matches("*", "anything/at/all"));
        QVERIFY(!matches("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachines/read"));
    }

    void whoListsKeysReadsAndWritesUnlessKeysAreOff()
    {
        SmallAzure small;
        small.right("ann", "Microsoft.Storage/storageAccounts/listKeys/action", "store");
        QCOMPARE(storesOf(small, "ann"), (std::vector<std::string>{"read store", "write store"}));
        small.m.property(small.m.text(small.idOf("store")), "shared_keys_allowed", false, small.at);
        QVERIFY(storesOf(small, "ann").empty());
    }

    void aVaultGoesByRolesOrByItsPolicies()
    {
        SmallAzure small;
        small.right("ann", "Microsoft.KeyVault/vaults/secrets/getSecret/action", group, true);
        QCOMPARE(storesOf(small, "ann"), (std::vector<std::string>{"read rbac-vault"}));
        small.vaultPolicy("bob", "secrets", "get");
        QCOMPARE(storesOf(small, "bob"), (std::vector<std::string>{"read vault"}));
        SmallAzure manager;
        manager.role("ann", contributor, group);
        const auto stores = storesOf(manager, "ann");
        QVERIFY(std::ranges::find(stores, "administer vault") != stores.end());
        QVERIFY(std::ranges::find(stores, "administer rbac-vault") == stores.end());
    }

    void aContainerIsPublicOnlyWhereItsAccountLetsIt()
    {
        SmallAzure small;
        const std::string container = small.idOf("store") + "/blobServices/default/containers/c";
        small.add(Kind::ObjectStore, container, "Microsoft.Storage/storageAccounts/blobServices/containers",
            small.idOf("store"));
        small.m.property(small.m.text(container), "public_access", "Blob", small.at);
        QCOMPARE(storesOf(small, "internet"), (std::vector<std::string>{"read c"}));
        small.m.property(small.m.text(small.idOf("store")), "public_blobs_allowed", false, small.at);
        QVERIFY(storesOf(small, "internet").empty());
    }

    void administratorsMayWriteAssignmentsAndEverythingElse()
    {
        SmallAzure small;
        small.role("ann", owner, subscription).role("bob", userAccessAdministrator, subscription);
        const Estate estate = small.linked();
        const Grants grants(estate);
        const auto found = AzureAccess(grants).administrators();
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().first, *estate.find("ann"));
    }
};

QTEST_GUILESS_MAIN(AzureIdentityTest)
#include "tst_azure_identity.moc"
