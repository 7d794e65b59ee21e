// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_design.h"

#include "catalog/schema.h"
#include "import/terraform/native_table.h"

#include <QtTest>

using namespace glacis;

namespace {

std::string_view wordOf(const Read& r, std::string_view id, std::string_view key)
{
    return r.estate.word(at(r, id), key);
}

/// The member of a document that the reader of the provider kept of a thing.
Json documentOf(const Read& r, std::string_view id)
{
    const auto policies = r.estate.policies(at(r, id));
    return policies.empty() ? Json() : parseJson(r.estate.text(policies.front().document)).value_or(Json());
}

const char* const azureNetwork =
    "provider \"azurerm\" {\n  subscription_id = \"11111111-2222-3333-4444-555555555555\"\n}\n"
    "resource \"azurerm_resource_group\" \"g\" {\n  name = \"shop\"\n  location = \"West Europe\"\n}\n"
    "resource \"azurerm_virtual_network\" \"v\" {\n  name = \"net\"\n  resource_group_name = "
    "azurerm_resource_group.g.name\n  location = azurerm_resource_group.g.location\n  address_space = "
    "[\"10.0.0.0/16\"]\n}\n"
    "resource \"azurerm_subnet\" \"s\" {\n  name = \"web\"\n  resource_group_name = azurerm_resource_group.g.name\n"
    "  virtual_network_name = azurerm_virtual_network.v.name\n  address_prefixes = [\"10.0.1.0/24\"]\n}\n"
    "resource \"azurerm_network_security_group\" \"n\" {\n  name = \"guard\"\n  resource_group_name = "
    "azurerm_resource_group.g.name\n  location = azurerm_resource_group.g.location\n  security_rule {\n    name = "
    "\"ssh\"\n    priority = 100\n    direction = \"Inbound\"\n    access = \"Allow\"\n    protocol = \"Tcp\"\n    "
    "source_port_range = \"*\"\n    destination_port_range = \"22\"\n    source_address_prefix = \"10.9.0.0/16\"\n    "
    "destination_address_prefix = \"*\"\n  }\n}\n"
    "resource \"azurerm_network_security_rule\" \"r\" {\n  name = \"web\"\n  resource_group_name = "
    "azurerm_resource_group.g.name\n  network_security_group_name = azurerm_network_security_group.n.name\n  priority "
    "= "
    "200\n  direction = \"Inbound\"\n  access = \"Allow\"\n  protocol = \"Tcp\"\n  source_port_range = \"*\"\n  "
    "destination_port_ranges = [\"80\", \"443\"]\n  source_address_prefix = \"Internet\"\n  destination_address_prefix "
    "= \"*\"\n}\n"
    "resource \"azurerm_subnet_network_security_group_association\" \"a\" {\n  subnet_id = azurerm_subnet.s.id\n  "
    "network_security_group_id = azurerm_network_security_group.n.id\n}\n"
    "resource \"azurerm_network_interface\" \"i\" {\n  name = \"nic\"\n  resource_group_name = "
    "azurerm_resource_group.g.name\n  location = \"westeurope\"\n  ip_configuration {\n    name = \"one\"\n    "
    "subnet_id "
    "= azurerm_subnet.s.id\n    private_ip_address = \"10.0.1.4\"\n  }\n}\n"
    "resource \"azurerm_linux_virtual_machine\" \"m\" {\n  name = \"web\"\n  resource_group_name = "
    "azurerm_resource_group.g.name\n  location = \"westeurope\"\n  size = \"B1\"\n  admin_password = "
    "\"hunter2hunter2\"\n"
    "  network_interface_ids = [azurerm_network_interface.i.id]\n  identity {\n    type = \"SystemAssigned\"\n  }\n}\n"
    "resource \"azurerm_role_assignment\" \"ra\" {\n  scope = azurerm_resource_group.g.id\n  role_definition_name = "
    "\"Contributor\"\n  principal_id = azurerm_linux_virtual_machine.m.identity[0].principal_id\n}\n";

} // namespace

class OtherProvidersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRowIsWellFormed()
    {
        for (const char* file : {"azurerm", "azuread", "google", "kubernetes"}) {
            const Table table =
                loadTable("terraform/" + std::string(file) + ".json", "terraform/schema.json", "native");
            for (const auto& fault : table.faults)
                qWarning("%s: %s", fault.pointer.c_str(), fault.sentence.c_str());
            QVERIFY2(table.faults.empty(), file);
            for (const Json& row : arrayOf(table.json, "native")) {
                const bool named = row.contains("id") || row.contains("of");
                QVERIFY2(named && !terraform::nativeRows(textOf(row, "type")).empty(), row.dump().c_str());
            }
        }
    }

    void azureNetworksAreReadAsAzureTellsThem()
    {
        const Read r = read({{"main.tf", azureNetwork}});
        const std::string group = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop";
        const std::string subnet = group + "/providers/Microsoft.Network/virtualNetworks/net/subnets/web";
        QCOMPARE(at(r, "azurerm_subnet.s"), at(r, subnet));
        QCOMPARE(r.estate.kind(at(r, subnet)), Kind::Subnet);
        QCOMPARE(r.estate.blocks(at(r, subnet)).size(), std::size_t{1});
        QCOMPARE(r.estate.node(at(r, subnet)).parent, at(r, "azurerm_virtual_network.v"));
        // The association says more of the subnet: it is one and the same.
        QCOMPARE(r.estate.targets(at(r, subnet), EdgeKind::GuardedBy),
            std::vector<NodeId>{at(r, "azurerm_network_security_group.n")});
        QCOMPARE(r.estate.flag(at(r, subnet), "has_network_security_group"), std::optional(true));
        const NodeId guard = at(r, "azurerm_network_security_group.n");
        QCOMPARE(r.estate.firewall(guard).size(), std::size_t{3});
        QCOMPARE(at(r, "azurerm_network_security_rule.r"), guard);
        QCOMPARE(r.estate.targets(at(r, "azurerm_network_interface.i"), EdgeKind::AttachedTo),
            std::vector<NodeId>{at(r, "azurerm_linux_virtual_machine.m")});
        QCOMPARE(r.estate.node(at(r, "azurerm_network_interface.i")).parent, at(r, subnet));
        QCOMPARE(wordOf(r, "azurerm_linux_virtual_machine.m", "size"), std::string_view("B1"));
        QCOMPARE(r.estate.name(r.estate.node(guard).region), std::string_view("westeurope"));
    }

    void evidenceIsTheLineOfTheConfiguration()
    {
        const Read r = read({{"main.tf", azureNetwork}});
        const auto rules = r.estate.firewall(at(r, "azurerm_network_security_group.n"));
        std::set<std::uint32_t> lines;
        for (const auto& rule : rules)
            lines.insert(r.estate.evidence(rule.evidence).line);
        // The rule within the group, and the one by itself.
        QCOMPARE(lines, (std::set<std::uint32_t>{24, 36}));
    }

    void azureIdentitiesHoldTheirRoles()
    {
        const Read r = read({{"main.tf", azureNetwork}});
        const NodeId assignment = at(r, "azurerm_role_assignment.ra");
        QCOMPARE(r.estate.kind(assignment), Kind::RoleBinding);
        QCOMPARE(textOf(documentOf(r, "azurerm_role_assignment.ra"), "scope"),
            r.estate.id(at(r, "azurerm_resource_group.g")));
        QVERIFY(textOf(documentOf(r, "azurerm_role_assignment.ra"), "roleDefinitionId")
                    .find("b24988ac-6180-42a0-ab88-20f7382dd24c")
            != std::string_view::npos);
        const auto identities = r.estate.targets(at(r, "azurerm_linux_virtual_machine.m"), EdgeKind::RunsAs);
        QCOMPARE(identities.size(), std::size_t{1});
        QCOMPARE(r.estate.targets(assignment, EdgeKind::Mentions), identities);
    }

    void noPasswordStays()
    {
        const Read r = read({{"main.tf", azureNetwork}});
        for (std::size_t i = 0; i < r.estate.strings().size(); ++i)
            QVERIFY(r.estate.text(idAt<StringId>(i)).find("hunter2") == std::string_view::npos);
    }

    void azureDefaultsAreThoseOfTheProvider()
    {
        const Read r = read({{"main.tf",
            "resource \"azurerm_storage_account\" \"s\" {\n  name = \"store\"\n  resource_group_name = \"g\"\n}\n"
            "resource \"azurerm_storage_account\" \"closed\" {\n  name = \"closed\"\n  resource_group_name = \"g\"\n  "
            "allow_nested_items_to_be_public = false\n  https_traffic_only_enabled = false\n  network_rules {\n    "
            "default_action = \"Deny\"\n    ip_rules = [\"203.0.113.0/24\"]\n    bypass = [\"Logging\", \"Metrics\"]\n "
            " "
            "}\n}\n"
            "resource \"azurerm_storage_account_network_rules\" \"n\" {\n  storage_account_id = "
            "azurerm_storage_account.s.id\n  default_action = \"Deny\"\n}\n"
            "resource \"azurerm_storage_container\" \"c\" {\n  name = \"c\"\n  storage_account_name = \"store\"\n  "
            "container_access_type = \"blob\"\n}\n"}});
        QCOMPARE(r.estate.flag(at(r, "azurerm_storage_account.s"), "public_blobs_allowed"), std::optional(true));
        QCOMPARE(r.estate.flag(at(r, "azurerm_storage_account.closed"), "public_blobs_allowed"), std::optional(false));
        QCOMPARE(r.estate.flag(at(r, "azurerm_storage_account.closed"), "https_only"), std::optional(false));
        QCOMPARE(wordOf(r, "azurerm_storage_account.closed", "firewall_bypass"), std::string_view("Logging, Metrics"));
        QCOMPARE(wordOf(r, "azurerm_storage_account.s", "firewall_default"), std::string_view("Deny"));
        QCOMPARE(wordOf(r, "azurerm_storage_container.c", "public_access"), std::string_view("Blob"));
        QCOMPARE(r.estate.within(at(r, "azurerm_storage_container.c"), Kind::ResourceGroup),
            r.estate.within(at(r, "azurerm_storage_account.s"), Kind::ResourceGroup));
    }

    void googleNetworksAreReadAsGoogleTellsThem()
    {
        const Read r = read({{"main.tf",
            "provider \"google\" {\n  project = \"shop\"\n  region = \"europe-west1\"\n  zone = \"europe-west1-b\"\n}\n"
            "resource \"google_compute_network\" \"n\" {\n  name = \"net\"\n  auto_create_subnetworks = false\n}\n"
            "resource \"google_compute_subnetwork\" \"s\" {\n  name = \"web\"\n  network = "
            "google_compute_network.n.self_link\n  ip_cidr_range = \"10.1.0.0/24\"\n}\n"
            "resource \"google_compute_firewall\" \"f\" {\n  name = \"ssh\"\n  network = "
            "google_compute_network.n.name\n  source_ranges = [\"0.0.0.0/0\"]\n  target_tags = [\"web\"]\n  allow {\n  "
            "  "
            "protocol = \"tcp\"\n    ports = [\"22\", \"8000-8001\"]\n  }\n}\n"
            "resource \"google_service_account\" \"a\" {\n  account_id = \"runner\"\n}\n"
            "resource \"google_compute_instance\" \"m\" {\n  name = \"web\"\n  tags = [\"web\"]\n  network_interface "
            "{\n "
            "   subnetwork = google_compute_subnetwork.s.id\n    access_config {}\n  }\n  service_account {\n    email "
            "= "
            "google_service_account.a.email\n    scopes = [\"cloud-platform\"]\n  }\n  metadata = { enable-oslogin = "
            "\"TRUE\" }\n}\n"
            "resource \"google_project_iam_member\" \"i\" {\n  project = \"shop\"\n  role = \"roles/editor\"\n  member "
            "= "
            "\"serviceAccount:${google_service_account.a.email}\"\n}\n"
            "resource \"google_project_iam_binding\" \"b\" {\n  project = \"shop\"\n  role = \"roles/viewer\"\n  "
            "members "
            "= [\"user:jo@example.org\"]\n}\n"}});
        const NodeId network = at(r, "//compute.googleapis.com/projects/shop/global/networks/net");
        QCOMPARE(at(r, "google_compute_network.n"), network);
        QCOMPARE(r.estate.node(at(r, "google_compute_subnetwork.s")).parent, network);
        QCOMPARE(r.estate.firewall(at(r, "google_compute_firewall.f")).size(), std::size_t{2});
        QCOMPARE(targets(r, "google_compute_network.n", EdgeKind::GuardedBy).size(), std::size_t{1});
        QCOMPARE(r.estate.targets(at(r, "google_compute_instance.m"), EdgeKind::RunsAs),
            std::vector<NodeId>{at(r, "google_service_account.a")});
        QCOMPARE(r.estate.flag(at(r, "google_compute_instance.m"), "os_login"), std::optional(true));
        const Json policy = documentOf(r, "//cloudresourcemanager.googleapis.com/projects/shop");
        const Json& bindings = arrayOf(policy, "bindings");
        QCOMPARE(bindings.size(), std::size_t{2});
        QCOMPARE(asText(bindings[0]["members"][0]), std::string("serviceAccount:runner@shop.iam.gserviceaccount.com"));
    }

    void googleStoresKeepTheirSettings()
    {
        const Read r = read({{"main.tf",
            "resource \"google_storage_bucket\" \"b\" {\n  name = \"logs\"\n  location = \"EU\"\n  versioning {\n    "
            "enabled = true\n  }\n  uniform_bucket_level_access = true\n}\n"
            "resource \"google_storage_bucket_iam_member\" \"m\" {\n  bucket = google_storage_bucket.b.name\n  role = "
            "\"roles/storage.objectViewer\"\n  member = \"allUsers\"\n}\n"
            "data \"google_iam_policy\" \"p\" {\n  binding {\n    role = \"roles/cloudkms.admin\"\n    members = "
            "[\"group:keys@example.org\"]\n  }\n}\n"
            "resource \"google_kms_key_ring\" \"r\" {\n  name = \"ring\"\n  location = \"global\"\n  project = "
            "\"p\"\n}\n"
            "resource \"google_kms_crypto_key\" \"k\" {\n  name = \"key\"\n  key_ring = google_kms_key_ring.r.id\n  "
            "rotation_period = \"7776000s\"\n}\n"
            "resource \"google_kms_crypto_key_iam_policy\" \"i\" {\n  crypto_key_id = google_kms_crypto_key.k.id\n  "
            "policy_data = data.google_iam_policy.p.policy_data\n}\n"
            "resource \"google_sql_database_instance\" \"d\" {\n  name = \"db\"\n  project = \"p\"\n  database_version "
            "= "
            "\"POSTGRES_15\"\n  settings {\n    tier = \"small\"\n    ip_configuration {\n      authorized_networks "
            "{\n   "
            "     value = \"0.0.0.0/0\"\n      }\n    }\n  }\n}\n"}});
        QCOMPARE(wordOf(r, "google_storage_bucket.b", "versioning"), std::string_view("Enabled"));
        QCOMPARE(r.estate.flag(at(r, "google_storage_bucket.b"), "uniform_access"), std::optional(true));
        QCOMPARE(documentOf(r, "//storage.googleapis.com/logs")["bindings"][0]["members"][0], Json("allUsers"));
        QCOMPARE(at(r, "google_kms_crypto_key.k"),
            at(r, "//cloudkms.googleapis.com/projects/p/locations/global/keyRings/ring/cryptoKeys/key"));
        QCOMPARE(documentOf(r, "google_kms_crypto_key.k")["bindings"][0]["role"], Json("roles/cloudkms.admin"));
        QCOMPARE(r.estate.flag(at(r, "google_sql_database_instance.d"), "publicly_accessible"), std::optional(true));
        QCOMPARE(r.estate.flag(at(r, "google_sql_database_instance.d"), "open_to_anyone"), std::optional(true));
    }

    void objectsOfAClusterAreReadAsTheClusterTellsThem()
    {
        const Read r = read({{"main.tf",
            "resource \"kubernetes_namespace\" \"n\" {\n  metadata {\n    name = \"shop\"\n  }\n}\n"
            "resource \"kubernetes_role\" \"r\" {\n  metadata {\n    name = \"all\"\n    namespace = "
            "kubernetes_namespace.n.metadata[0].name\n  }\n  rule {\n    api_groups = [\"\"]\n    resources = "
            "[\"*\"]\n    "
            "verbs = [\"*\"]\n  }\n}\n"
            "resource \"kubernetes_role_binding_v1\" \"b\" {\n  metadata {\n    name = \"all\"\n    namespace = "
            "\"shop\"\n  }\n  role_ref {\n    api_group = \"rbac.authorization.k8s.io\"\n    kind = \"Role\"\n    name "
            "= "
            "kubernetes_role.r.metadata[0].name\n  }\n  subject {\n    kind = \"ServiceAccount\"\n    name = \"web\"\n "
            "   "
            "namespace = \"shop\"\n  }\n}\n"
            "resource \"kubernetes_deployment\" \"d\" {\n  metadata {\n    name = \"web\"\n    namespace = \"shop\"\n  "
            "}\n  "
            "spec {\n    selector {\n      match_labels = { app = \"web\" }\n    }\n    template {\n      metadata {\n "
            "     "
            "  labels = { app = \"web\" }\n      }\n      spec {\n        service_account_name = \"web\"\n        "
            "host_pid = "
            "true\n        container {\n          name = \"web\"\n          image = \"nginx\"\n          "
            "security_context "
            "{\n            privileged = true\n          }\n          port {\n            container_port = 8080\n      "
            "    "
            "}\n        }\n      }\n    }\n  }\n}\n"
            "resource \"kubernetes_network_policy\" \"p\" {\n  metadata {\n    name = \"p\"\n    namespace = "
            "\"shop\"\n  "
            "}\n  spec {\n    pod_selector {\n      match_labels = { app = \"web\" }\n    }\n    policy_types = "
            "[\"Ingress\"]\n    ingress {\n      from {\n        ip_block {\n          cidr = \"10.0.0.0/8\"\n        "
            "}\n  "
            "    }\n      ports {\n        port = \"8080\"\n        protocol = \"TCP\"\n      }\n    }\n  }\n}\n"
            "resource \"kubernetes_secret\" \"s\" {\n  metadata {\n    name = \"s\"\n  }\n  data = { password = "
            "\"hunter2hunter2\" }\n}\n"
            "resource \"kubernetes_manifest\" \"m\" {\n  manifest = {\n    apiVersion = \"v1\"\n    kind = "
            "\"ServiceAccount\"\n    metadata = { name = \"other\", namespace = \"shop\" }\n  }\n}\n"}});
        QCOMPARE(at(r, "kubernetes_role.r"), at(r, "shop/Role/all"));
        QCOMPARE(documentOf(r, "kubernetes_role.r")["rules"][0]["verbs"][0], Json("*"));
        QCOMPARE(targets(r, "shop/RoleBinding/all", EdgeKind::HasPolicy), Ids{"shop/Role/all"});
        const NodeId workload = at(r, "kubernetes_deployment.d");
        QCOMPARE(r.estate.kind(workload), Kind::Workload);
        QCOMPARE(r.estate.targets(workload, EdgeKind::RunsAs), std::vector<NodeId>{at(r, "shop/ServiceAccount/web")});
        const Json pod = documentOf(r, "kubernetes_deployment.d");
        QVERIFY2(pod.dump().find("\"privileged\":true") != std::string::npos, pod.dump().c_str());
        QVERIFY2(pod.dump().find("\"hostPID\":true") != std::string::npos, pod.dump().c_str());
        const Json policy = documentOf(r, "kubernetes_network_policy.p");
        QVERIFY2(policy.dump().find("\"cidr\":\"10.0.0.0/8\"") != std::string::npos, policy.dump().c_str());
        QVERIFY(r.estate.find("shop/ServiceAccount/other"));
        for (std::size_t i = 0; i < r.estate.strings().size(); ++i)
            QVERIFY(r.estate.text(idAt<StringId>(i)).find("hunter2") == std::string_view::npos);
    }

    void aStateTellsTheRealIds()
    {
        const Read r = read({{"terraform.tfstate",
            "{\"version\": 4, \"terraform_version\": \"1.5.0\", \"resources\": [{\"mode\": \"managed\", \"type\": "
            "\"azurerm_key_vault\", \"name\": \"v\", \"instances\": [{\"attributes\": {\"id\": "
            "\"/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v\", \"name\": \"v\", "
            "\"resource_group_name\": \"g\", \"purge_protection_enabled\": true, \"network_acls\": "
            "[{\"default_action\": "
            "\"Deny\", \"ip_rules\": [\"203.0.113.7\"], \"bypass\": \"None\"}]}}]}]}"}});
        const NodeId vault = at(r, "/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v");
        QCOMPARE(at(r, "azurerm_key_vault.v"), vault);
        QCOMPARE(r.estate.flag(vault, "purge_protection"), std::optional(true));
        QCOMPARE(r.estate.firewall(vault).size(), std::size_t{3});
    }

    void whatOnlyAnApplyTellsStaysInTheName()
    {
        const Read r = read({{"main.tf",
            "resource \"azurerm_network_security_group\" \"n\" {\n  name = \"${var.prefix}-guard\"\n  "
            "resource_group_name = var.group\n}\n"}});
        QCOMPARE(r.estate.name(at(r, "azurerm_network_security_group.n")), std::string_view("{var.prefix}-guard"));
        QVERIFY(r.estate.id(at(r, "azurerm_network_security_group.n")).find("resourceGroups/{var.group}/")
            != std::string_view::npos);
    }

    void resourcesThatLeadToOneAnotherEndWell()
    {
        const Read r = read({{"main.tf",
            "resource \"azurerm_mssql_server\" \"a\" {\n  name = azurerm_mssql_server.b.name\n}\n"
            "resource \"azurerm_mssql_server\" \"b\" {\n  name = azurerm_mssql_server.a.name\n}\n"
            "resource \"azurerm_storage_container\" \"c\" {\n  name = \"c\"\n  storage_account_id = "
            "azurerm_storage_container.c.id\n}\n"}});
        QVERIFY(r.estate.find("azurerm_mssql_server.a"));
        QVERIFY(r.ledger.anythingWrong());
    }
};

QTEST_APPLESS_MAIN(OtherProvidersTest)
#include "tst_other_providers.moc"
