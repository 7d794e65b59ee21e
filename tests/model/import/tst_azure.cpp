// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

/// JSON is written with single quotes here.
std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

const std::string group = "/subscriptions/aaaaaaaa-0000-0000-0000-000000000001/resourceGroups/Shop";
std::string id(const std::string& rest)
{
    return group + "/providers/" + rest;
}

/// The same group of rules as Azure Resource Manager replies, as the Azure CLI prints it, and as its library dumps it.
std::string nested()
{
    return json("{'value': [{'id': '" + id("Microsoft.Network/networkSecurityGroups/web")
        + "', 'name': 'web', 'type': 'Microsoft.Network/networkSecurityGroups', 'location': 'westeurope', "
          "'properties': "
          "{'securityRules': [{'name': 'ssh', 'properties': {'priority': 300, 'protocol': 'Tcp', 'access': 'Allow', "
          "'direction': 'Inbound', 'sourceAddressPrefix': '10.1.0.0/16', 'sourcePortRange': '*', "
          "'destinationAddressPrefix': '*', 'destinationPortRanges': ['22', '8080-8090']}}]}}]}");
}
std::string flat()
{
    return json("[{'id': '" + id("Microsoft.Network/networkSecurityGroups/web")
        + "', 'name': 'web', 'type': 'Microsoft.Network/networkSecurityGroups', 'location': 'West Europe', "
          "'securityRules': [{'name': 'ssh', 'priority': 300, 'protocol': 'Tcp', 'access': 'Allow', 'direction': "
          "'Inbound', 'sourceAddressPrefix': '10.1.0.0/16', 'sourcePortRange': '*', 'destinationAddressPrefix': '*', "
          "'destinationPortRanges': ['22', '8080-8090']}]}]");
}
std::string snake()
{
    return json("[{'id': '" + id("Microsoft.Network/networkSecurityGroups/web")
        + "', 'name': 'web', 'type': 'Microsoft.Network/networkSecurityGroups', 'location': 'westeurope', "
          "'security_rules': [{'name': 'ssh', 'priority': 300, 'protocol': 'Tcp', 'access': 'Allow', 'direction': "
          "'Inbound', 'source_address_prefix': '10.1.0.0/16', 'source_port_range': '*', 'destination_address_prefix': "
          "'*', 'destination_port_ranges': ['22', '8080-8090']}]}]");
}

NodeId the(const Estate& estate, std::string_view name)
{
    const auto found = estate.find(name);
    return found ? *found : noNode;
}

} // namespace

class AzureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rulesAreTheSameWhateverToolWroteThem()
    {
        for (const std::string& text : {nested(), flat(), snake()}) {
            WrittenFolder folder;
            const Estate estate = folder.file("nsg.json", text).estate();
            const NodeId web = the(estate, id("microsoft.network/networksecuritygroups/WEB"));
            QVERIFY(web != noNode);
            const auto rules = estate.firewall(web);
            QCOMPARE(rules.size(), std::size_t{2});
            QCOMPARE(rules[0].priority, 300);
            QCOMPARE(rules[0].from, 22);
            QCOMPARE(rules[1].to, 8090);
            QCOMPARE(rules[0].protocol, std::int16_t{6});
            QCOMPARE(estate.text(rules[0].rule), std::string_view("ssh"));
            QCOMPARE(estate.name(estate.node(web).region), std::string_view("westeurope"));
        }
    }

    void aRuleStandsWhereItWasRead()
    {
        WrittenFolder folder;
        const Estate estate = folder.file("nsg.json", nested()).estate();
        const auto rules = estate.firewall(the(estate, id("Microsoft.Network/networkSecurityGroups/web")));
        QCOMPARE(estate.text(estate.evidence(rules[0].evidence).pointer),
            std::string_view("/value/0/properties/securityRules/0"));
    }

    void subscriptionsAndGroupsHoldWhatLiesInThem()
    {
        WrittenFolder folder;
        folder.file("nsg.json", flat());
        folder.file("accounts.json",
            json("[{'id': 'aaaaaaaa-0000-0000-0000-000000000001', 'name': 'Production', 'homeTenantId': "
                 "'bbbbbbbb-0000-0000-0000-000000000001', 'tenantId': 'bbbbbbbb-0000-0000-0000-000000000001', "
                 "'isDefault': true, 'state': 'Enabled'}]"));
        const Estate estate = folder.estate();
        const NodeId web = the(estate, id("Microsoft.Network/networkSecurityGroups/web"));
        QCOMPARE(estate.kind(estate.node(web).parent), Kind::ResourceGroup);
        const NodeId subscription = the(estate, "aaaaaaaa-0000-0000-0000-000000000001");
        QCOMPARE(estate.name(subscription), std::string_view("Production"));
        QCOMPARE(estate.node(web).account, subscription);
        QCOMPARE(estate.kind(estate.node(subscription).parent), Kind::Organization);
    }

    void anInterfaceStandsInItsSubnetAndAMachineWithIt()
    {
        WrittenFolder folder;
        folder.file("nic.json",
            json("[{'id': '" + id("Microsoft.Network/networkInterfaces/n")
                + "', 'name': 'n', 'ipConfigurations': [{'name': 'c', 'privateIPAddress': '10.0.0.4', 'subnet': {'id': "
                  "'"
                + id("Microsoft.Network/virtualNetworks/v/subnets/s") + "'}}], 'virtualMachine': {'id': '"
                + id("Microsoft.Compute/virtualMachines/VM") + "'}}]"));
        folder.file("vm.json",
            json("[{'id': '" + id("Microsoft.Compute/virtualMachines/vm")
                + "', 'type': 'Microsoft.Compute/virtualMachines', 'name': 'vm', 'osProfile': {'customData': "
                  "'aHVudGVyMi1odW50ZXIyLWh1bnRlcjI='}, 'identity': {'type': 'SystemAssigned', 'principalId': "
                  "'CCCCCCCC-0000-0000-0000-000000000001'}}]"));
        const Imported imported = folder.imported();
        const Estate estate = folder.estate();
        const NodeId vm = the(estate, id("Microsoft.Compute/virtualMachines/vm"));
        QCOMPARE(estate.ofKind(Kind::Vm).size(), std::size_t{1});
        QCOMPARE(estate.kind(estate.node(vm).parent), Kind::Subnet);
        QCOMPARE(estate.kind(estate.node(estate.node(vm).parent).parent), Kind::Network);
        // A system-assigned identity is known by its number in the directory.
        const NodeId identity = the(estate, "cccccccc-0000-0000-0000-000000000001");
        QCOMPARE(estate.kind(identity), Kind::ManagedIdentity);
        QCOMPARE(estate.targets(vm, EdgeKind::RunsAs), std::vector{identity});
        for (std::size_t i = 0; i < estate.strings().size(); ++i)
            QVERIFY(estate.text(idAt<StringId>(i)).find("aHVudGVyMi1") == std::string_view::npos);
        const LedgerRow* row = rowOf(imported.ledger, "vm.json");
        QVERIFY(row && !row->leftOut.empty());
    }

    void aResultThatWasCutOffSaysSo()
    {
        WrittenFolder folder;
        folder.file("graph.json",
            json("{'count': 1, 'total_records': 5000, 'skip_token': 'x', 'data': [{'id': '"
                + id("Microsoft.Storage/storageAccounts/a")
                + "', 'type': 'microsoft.storage/storageaccounts', 'name': 'a', 'properties': "
                  "{'allowBlobPublicAccess': "
                  "true, 'networkAcls': {'defaultAction': 'Deny', 'ipRules': [{'value': '203.0.113.9'}]}}}]}"));
        const Imported imported = folder.imported();
        const LedgerRow* row = rowOf(imported.ledger, "graph.json");
        QCOMPARE(row->format, std::string("Azure Resource Graph result"));
        QVERIFY(std::ranges::any_of(
            row->problems, [](const Diagnostic& one) { return one.sentence.find("1 of 5000") != std::string::npos; }));
        const Estate estate = folder.estate();
        const NodeId store = the(estate, id("Microsoft.Storage/storageAccounts/a"));
        QCOMPARE(estate.flag(store, "public_blobs_allowed"), std::optional(true));
        QCOMPARE(estate.firewall(store).size(), std::size_t{3}); // one address, and the rest of both families
    }

    void rolesAndAssignmentsMeetWhateverSubscriptionTheyWereAskedIn()
    {
        WrittenFolder folder;
        folder.file("definitions.json",
            json("[{'id': '/providers/Microsoft.Authorization/roleDefinitions/11111111-0000-0000-0000-000000000001', "
                 "'name': '11111111-0000-0000-0000-000000000001', 'type': 'Microsoft.Authorization/roleDefinitions', "
                 "'roleName': 'Shop keeper', 'roleType': 'CustomRole', 'permissions': [{'actions': ['*/read'], "
                 "'notActions': []}], 'assignableScopes': ['/']}]"));
        folder.file("assignments.json",
            json("{'value': [{'id': '" + group
                + "/providers/Microsoft.Authorization/roleAssignments/1', 'type': "
                  "'Microsoft.Authorization/roleAssignments', 'name': '1', 'properties': {'roleDefinitionId': "
                  "'/subscriptions/"
                  "aaaaaaaa-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/"
                  "11111111-0000-0000-0000-000000000001', 'principalId': 'dddddddd-0000-0000-0000-000000000001', "
                  "'principalType': 'User', 'scope': '"
                + group + "'}}]}"));
        const Estate estate = folder.estate();
        QCOMPARE(estate.ofKind(Kind::RoleDefinition).size(), std::size_t{1});
        const NodeId binding = estate.ofKind(Kind::RoleBinding).front();
        const NodeId role = estate.ofKind(Kind::RoleDefinition).front();
        QCOMPARE(estate.name(role), std::string_view("Shop keeper"));
        QCOMPARE(estate.targets(binding, EdgeKind::HasPolicy), std::vector{role});
        QCOMPARE(estate.kind(estate.targets(binding, EdgeKind::Mentions).front()), Kind::User);
        QCOMPARE(estate.kind(estate.targets(binding, EdgeKind::AttachedTo).front()), Kind::ResourceGroup);
    }

    void objectsOfTheDirectoryKnowTheirOwnersAndMembers()
    {
        WrittenFolder folder;
        folder.file("users.json",
            json("[{'id': 'dddddddd-0000-0000-0000-000000000001', 'displayName': 'Ann', 'userPrincipalName': "
                 "'ann@shop.example'}]"));
        folder.file("ad-group-member-list/eeeeeeee-0000-0000-0000-000000000001.json",
            json("[{'@odata.type': '#microsoft.graph.user', 'id': 'dddddddd-0000-0000-0000-000000000001', "
                 "'userPrincipalName': 'ann@shop.example'}]"));
        folder.file("groups.json",
            json("[{'id': 'eeeeeeee-0000-0000-0000-000000000001', 'displayName': 'Ops', 'securityEnabled': true}]"));
        folder.file("apps.json",
            json("[{'id': 'ffffffff-0000-0000-0000-000000000001', 'appId': 'ffffffff-0000-0000-0000-000000000002', "
                 "'displayName': 'Shop', 'signInAudience': 'AzureADMyOrg', 'passwordCredentials': [{'endDateTime': "
                 "'2030-01-01T00:00:00Z', 'secretText': 'hunter2-hunter2'}], 'owners': [{'id': "
                 "'dddddddd-0000-0000-0000-000000000001'}]}]"));
        folder.file("sps.json",
            json("[{'id': 'ffffffff-0000-0000-0000-000000000003', 'appId': 'ffffffff-0000-0000-0000-000000000002', "
                 "'displayName': 'Shop', 'servicePrincipalType': 'Application'}]"));
        const Estate estate = folder.estate();
        const NodeId ann = the(estate, "ann@shop.example"), app = the(estate, "ffffffff-0000-0000-0000-000000000001");
        QCOMPARE(
            estate.targets(ann, EdgeKind::MemberOf), std::vector{the(estate, "eeeeeeee-0000-0000-0000-000000000001")});
        QCOMPARE(estate.targets(ann, EdgeKind::Owns), std::vector{app});
        QCOMPARE(
            estate.targets(app, EdgeKind::RunsAs), std::vector{the(estate, "ffffffff-0000-0000-0000-000000000003")});
        QCOMPARE(estate.number(app, "password_credentials"), std::optional<std::int64_t>(1));
        QVERIFY(!estate.find("hunter2-hunter2"));
        QCOMPARE(estate.kind(estate.node(ann).parent), Kind::Organization);
        QVERIFY(estate.node(ann).account == noNode);
    }

    void aTemplateIsWorkedOutAsFarAsItTells()
    {
        WrittenFolder folder;
        folder.file("main.json",
            json(
                "{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', "
                "'contentVersion': '1.0.0.0', 'parameters': {'prefix': {'type': 'string', 'defaultValue': 'shop'}, "
                "'secret': {'type': 'securestring', 'defaultValue': 'hunter2-hunter2'}, 'size': {'type': 'string'}}, "
                "'variables': {'net': '[format(~{0}-vnet~, toLower(parameters(~prefix~)))]', 'loop': "
                "'[variables(~loop~)]'}, 'resources': [{'type': 'Microsoft.Network/virtualNetworks', 'name': "
                "'[variables(~net~)]', 'location': '[resourceGroup().location]', 'properties': {'addressSpace': "
                "{'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [{'name': 'web', 'properties': {'addressPrefix': "
                "'[cidrSubnet(~10.0.0.0/16~, 24, 1)]'}}]}}, {'type': 'Microsoft.Network/networkInterfaces', 'name': "
                "'[concat(~nic~, copyIndex(1))]', 'copy': {'name': 'n', 'count': 2}, 'properties': "
                "{'ipConfigurations': [{'name': 'c', 'properties': {'subnet': {'id': "
                "'[resourceId(~Microsoft.Network/virtualNetworks/subnets~, variables(~net~), ~web~)]'}}}]}}, {'type': "
                "'Microsoft.Compute/virtualMachines', 'name': '[parameters(~size~)]', 'properties': "
                "{'hardwareProfile': "
                "{'vmSize': '[parameters(~size~)]'}, 'osProfile': {'adminPassword': '[parameters(~secret~)]'}}}, "
                "{'condition': '[equals(parameters(~prefix~), ~other~)]', 'type': 'Microsoft.Storage/storageAccounts', "
                "'name': 'never'}]}"));
        std::string text;
        {
            std::ifstream in(folder.path() / "main.json");
            text.assign(std::istreambuf_iterator<char>(in), {});
        }
        std::ranges::replace(text, '~', '\'');
        folder.file("main.json", text);
        const Estate estate = folder.estate();
        QCOMPARE(estate.ofKind(Kind::Network).size(), std::size_t{1});
        QCOMPARE(estate.name(estate.ofKind(Kind::Network).front()), std::string_view("shop-vnet"));
        QCOMPARE(estate.ofKind(Kind::Subnet).size(), std::size_t{1});
        const NodeId web = estate.ofKind(Kind::Subnet).front();
        QCOMPARE(toString(estate.blocks(web).front().block), std::string("10.0.1.0/24"));
        QCOMPARE(estate.ofKind(Kind::NetworkInterface).size(), std::size_t{2});
        QCOMPARE(estate.node(estate.ofKind(Kind::NetworkInterface).front()).parent, web);
        QCOMPARE(estate.name(estate.ofKind(Kind::Vm).front()), std::string_view("{size}"));
        QVERIFY(estate.ofKind(Kind::ObjectStore).empty());
        QVERIFY(!estate.find("hunter2-hunter2"));
    }

    void aHostileTemplateEndsWithAWord()
    {
        WrittenFolder folder;
        std::string variables;
        for (int i = 1; i < 40; ++i)
            variables += "'v" + std::to_string(i) + "': '[createArray(variables(~v" + std::to_string(i - 1)
                + "~), variables(~v" + std::to_string(i - 1) + "~))]', ";
        std::string text =
            json("{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', "
                 "'variables': {"
                + variables
                + "'v0': 'x'}, 'resources': [{'type': "
                  "'Microsoft.Storage/storageAccounts', 'name': '[string(variables(~v39~))]'}, {'type': "
                  "'Microsoft.Compute/disks', 'name': '["
                + std::string(5000, '(') + "']}]}");
        std::ranges::replace(text, '~', '\'');
        const Imported imported = folder.file("bomb.json", text).imported();
        const LedgerRow* row = rowOf(imported.ledger, "bomb.json");
        QVERIFY(!row->problems.empty());
    }

    void recordsOfAzureHoundAreJoined()
    {
        WrittenFolder folder;
        folder.file("hound.json",
            json("{'data': [{'kind': 'AZUser', 'data': {'id': 'dddddddd-0000-0000-0000-000000000001', 'displayName': "
                 "'Ann', "
                 "'userPrincipalName': 'ann@shop.example', 'tenantId': 'bbbbbbbb-0000-0000-0000-000000000001'}}, "
                 "{'kind': "
                 "'AZGroupMember', 'data': {'groupId': 'EEEEEEEE-0000-0000-0000-000000000001', 'members': [{'groupId': "
                 "'EEEEEEEE-0000-0000-0000-000000000001', 'member': {'id': 'DDDDDDDD-0000-0000-0000-000000000001', "
                 "'userPrincipalName': 'ann@shop.example'}}]}}, {'kind': 'AZRoleAssignment', 'data': "
                 "{'roleAssignments': "
                 "[{'id': 'r', 'principalId': 'dddddddd-0000-0000-0000-000000000001', 'roleDefinitionId': "
                 "'62e90394-69f5-4237-9190-012177145e10', 'directoryScopeId': '/'}], 'tenantId': "
                 "'bbbbbbbb-0000-0000-0000-000000000001'}}, {'kind': 'AZNovelty', 'data': {}}], 'meta': {'type': "
                 "'azure', "
                 "'version': 5, 'count': 4}}"));
        const Imported imported = folder.imported();
        const Estate estate = folder.estate();
        QCOMPARE(rowOf(imported.ledger, "hound.json")->format, std::string("AzureHound collection"));
        const NodeId ann = the(estate, "dddddddd-0000-0000-0000-000000000001");
        QCOMPARE(estate.targets(ann, EdgeKind::MemberOf).size(), std::size_t{1});
        QCOMPARE(estate.kind(estate.targets(ann, EdgeKind::MemberOf).front()), Kind::Group);
        QCOMPARE(estate.sources(ann, EdgeKind::Mentions).size(), std::size_t{1});
        QCOMPARE(rowOf(imported.ledger, "hound.json")->leftOut.front().what, std::string("AZNovelty"));
    }

    void brokenFilesAreSaidAndEndNothing()
    {
        WrittenFolder folder;
        folder.file("cut.json", nested().substr(0, 400));
        folder.file("wrong.json", json("[{'id': '" + group + "', 'type': 7, 'properties': [1, 2]}, 5, null]"));
        folder.file("good.json", flat());
        const Imported imported = folder.imported();
        QVERIFY(!rowOf(imported.ledger, "cut.json")->problems.empty());
        QVERIFY(rowOf(imported.ledger, "good.json")->facts > 0);
        QVERIFY(rowOf(imported.ledger, "wrong.json") != nullptr);
    }
};

QTEST_GUILESS_MAIN(AzureTest)
#include "tst_azure.moc"
