// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

/// Stores that have a firewall of their own: what it lets in are rows of the store itself, the last of which says what
/// becomes of the rest.
namespace glacis::azure {

namespace {

constexpr std::int32_t lastRule = 65535;

FirewallRow<Ref> inRow(Resource& r, RuleEffect effect, std::int32_t priority, std::string_view name, EvidenceId at)
{
    FirewallRow<Ref> row;
    row.of = r.ref;
    row.direction = Direction::In;
    row.effect = effect;
    row.priority = priority;
    row.protocol = -1;
    row.rule = r.context.inventory.text(name);
    row.evidence = at;
    return row;
}

void rest(Resource& r, RuleEffect effect, std::string_view name, EvidenceId at)
{
    for (const char* everything : {"0.0.0.0/0", "::/0"}) {
        FirewallRow<Ref> row = inRow(r, effect, lastRule, name, at);
        row.block = *parseIpPrefix(everything);
        r.context.inventory.facts.firewall.push_back(row);
    }
}

void allowBlock(Resource& r, const IpPrefix& block, std::string_view name, EvidenceId at)
{
    FirewallRow<Ref> row = inRow(r, RuleEffect::Allow, 100, name, at);
    row.block = block;
    r.context.inventory.facts.firewall.push_back(row);
}

void allowPeer(Resource& r, std::string_view peer, Kind kind, std::string_view name, EvidenceId at)
{
    if (peer.empty())
        return;
    FirewallRow<Ref> row = inRow(r, RuleEffect::Allow, 100, name, at);
    row.byPeer = true;
    row.peer = r.context.inventory.text(peer);
    r.context.session.mention(peer, kind, at);
    r.context.inventory.facts.firewall.push_back(row);
}

void addressRules(Resource& r, const Json& list, EvidenceId at)
{
    for (const Json& rule : list) {
        // A storage account says "value", others "ipAddressOrRange" or "ipMask"; a vault "value".
        for (const char* key : {"value", "ipaddressorrange", "ipmask"}) {
            if (const auto block = parseIpPrefix(textOf(rule, key)))
                allowBlock(r, *block, textOf(rule, key), at);
        }
    }
}

/// "Configure Azure Storage firewalls and virtual networks", "Configure network security for Azure Key Vault",
/// "Configure access from virtual networks (Azure Cosmos DB)" and their like.
void resourceFirewall(Resource& r)
{
    Context& c = r.context;
    const char* key = r.json.contains("networkacls") ? "networkacls" : "networkruleset";
    const Json& rules = member(r.json, key);
    const EvidenceId at = r.seen(key);
    const std::string access = lowered(r.text("publicnetworkaccess"));
    if (access == "disabled")
        return rest(r, RuleEffect::Deny, "publicNetworkAccess", r.seen("publicnetworkaccess"));
    if (rules.is_object()) {
        for (const char* list : {"iprules", "ipaddressrules"})
            addressRules(r, arrayOf(rules, list), at);
        for (const Json& rule : arrayOf(rules, "virtualnetworkrules")) {
            for (const char* name : {"id", "virtualnetworkresourceid", "subnet"})
                allowPeer(r, referenceOf(rule, name), Kind::Subnet, "virtual network rule", at);
        }
        const std::string_view bypass = textOf(rules, "bypass");
        c.inventory.property(r.ref, "firewall_bypass", bypass, at);
        if (const std::string_view otherwise = textOf(rules, "defaultaction"); !otherwise.empty()) {
            const bool allows = equalIgnoringCase(otherwise, "allow");
            c.inventory.property(r.ref, "firewall_default", otherwise, at);
            rest(r, allows ? RuleEffect::Allow : RuleEffect::Deny, "defaultAction", at);
        }
        return;
    }
    if (access == "enabled")
        rest(r, RuleEffect::Allow, "publicNetworkAccess", r.seen("publicnetworkaccess"));
}

void storageAccount(Resource& r)
{
    resourceFirewall(r);
    // "Remediate anonymous read access to blob data": accounts made before the setting existed allow it.
    const Json& uri = member(member(member(r.json, "encryption"), "keyvaultproperties"), "keyvaulturi");
    r.context.setting(r.ref, "key_vault", uri, r.seen("encryption"));
}

/// "Configure IP firewall in Azure Cosmos DB": no rule at all means that every address is let in.
void cosmos(Resource& r)
{
    Context& c = r.context;
    const std::string access = lowered(r.text("publicnetworkaccess"));
    if (access == "disabled")
        return rest(r, RuleEffect::Deny, "publicNetworkAccess", r.seen("publicnetworkaccess"));
    const Json& addresses = r.list("iprules");
    bool any = false;
    for (const Json& rule : addresses) {
        if (const auto block = parseIpPrefix(textOf(rule, "ipaddressorrange"))) {
            allowBlock(r, *block, textOf(rule, "ipaddressorrange"), r.seen("iprules"));
            any = true;
        }
    }
    for (const std::string_view text : split(r.text("iprangefilter"), ',')) {
        if (const auto block = parseIpPrefix(trimmed(text)); block && !trimmed(text).empty()) {
            allowBlock(r, *block, trimmed(text), r.seen("iprangefilter"));
            any = true;
        }
    }
    for (const Json& rule : r.list("virtualnetworkrules"))
        allowPeer(r, textOf(rule, "id"), Kind::Subnet, "virtual network rule", r.seen("virtualnetworkrules"));
    const bool filtered = any || boolOf(r.json, "isvirtualnetworkfilterenabled").value_or(false);
    rest(r, filtered ? RuleEffect::Deny : RuleEffect::Allow, filtered ? "firewall" : "no firewall", r.at);
    c.secret("keys of databases", r.json.contains("primarymasterkey") ? 1 : 0);
}

/// A database server lets in what its firewall rules name and no one else. Source: "Azure SQL Database and Azure
/// Synapse IP firewall rules".
void databaseServer(Resource& r)
{
    Context& c = r.context;
    const std::string access =
        lowered(r.json.contains("network") ? textOf(member(r.json, "network"), "publicnetworkaccess")
                                           : r.text("publicnetworkaccess"));
    rest(r, RuleEffect::Deny, access == "disabled" ? "publicNetworkAccess" : "no firewall rule", r.at);
    c.secret("passwords of database servers", r.json.contains("administratorloginpassword") ? 1 : 0);
    const Json& directory = member(r.json, "administrators");
    if (isGuid(textOf(directory, "sid")))
        c.link(r.ref, EdgeKind::Mentions, textOf(directory, "sid"), Kind::Other, r.seen("administrators"));
    if (const std::string_view tls = r.text("sslenforcement"); !tls.empty())
        c.setting(r.ref, "https_only", equalIgnoringCase(tls, "enabled"), r.seen("sslenforcement"));
}

/// The range from one address to another as blocks, most of which are one or two.
std::vector<IpPrefix> blocksBetween(std::uint32_t first, std::uint32_t last)
{
    std::vector<IpPrefix> blocks;
    std::uint64_t at = first;
    while (at <= last && blocks.size() < 64) {
        std::uint8_t length = 32;
        // As long as the block stays aligned and within the range, it may be twice as wide.
        while (length > 0 && (at & ((std::uint64_t{1} << (33 - length)) - 1)) == 0
            && at + (std::uint64_t{1} << (33 - length)) - 1 <= last)
            --length;
        blocks.push_back({{false, 0, at}, length});
        at += std::uint64_t{1} << (32 - length);
    }
    return blocks;
}

/// A rule from 0.0.0.0 to 0.0.0.0 stands for every service within Azure, of any customer.
void firewallRule(Resource& r)
{
    const auto first = parseIpAddress(r.text("startipaddress")), last = parseIpAddress(r.text("endipaddress"));
    if (!first || !last || first->v6 || last->v6 || *last < *first)
        return r.context.row.leave("a firewall rule", "its addresses are malformed");
    if (first->low == 0 && last->low == 0)
        return allowPeer(r, serviceTagId("AzureCloud"), Kind::PrefixList, r.name, r.at);
    for (const IpPrefix& block :
        blocksBetween(static_cast<std::uint32_t>(first->low), static_cast<std::uint32_t>(last->low)))
        allowBlock(r, block, r.name, r.at);
}

void networkRule(Resource& r)
{
    allowPeer(r, referenceOf(r.json, "virtualnetworksubnetid"), Kind::Subnet, r.name, r.at);
}

/// Names of what a vault's policies permit. Source: "Assign a Key Vault access policy".
Json accessPolicies(const Json& list)
{
    Json made = Json::array();
    for (const Json& policy : list) {
        Json one = {{"objectId", lowered(textOf(policy, "objectid"))}};
        for (const char* part : {"keys", "secrets", "certificates", "storage"}) {
            Json rights = Json::array();
            for (const Json& right : arrayOf(member(policy, "permissions"), part))
                rights.push_back(lowered(asText(right)));
            one[part] = std::move(rights);
        }
        made.push_back(std::move(one));
    }
    return made;
}

void vaultPolicies(Resource& r)
{
    Context& c = r.context;
    const Json& list = r.list("accesspolicies");
    if (list.empty())
        return;
    c.document(r.ref, "access policies", {{"accessPolicies", accessPolicies(list)}}, r.seen("accesspolicies"));
    for (const Json& policy : list)
        c.link(r.ref, EdgeKind::Mentions, textOf(policy, "objectid"), Kind::Other, r.seen("accesspolicies"));
}

void vault(Resource& r)
{
    resourceFirewall(r);
    vaultPolicies(r);
    // "Azure role-based access control vs. access policies": a vault that does not say uses access policies.
    if (!r.json.contains("enablerbacauthorization") || member(r.json, "enablerbacauthorization").is_null())
        r.context.inventory.property(r.ref, "rbac_authorization", false, r.at);
    r.context.inventory.alias(r.text("vaulturi"), r.ref);
}

void secretValue(Resource& r)
{
    r.context.secret("values of secrets", r.json.contains("value") ? 1 : 0);
}

constexpr HandlerRow storesRows[] = {
    {"microsoft.storage/storageaccounts", storageAccount},
    {"microsoft.documentdb/databaseaccounts", cosmos},
    {"microsoft.sql/servers", databaseServer},
    {"microsoft.sql/servers/firewallrules", firewallRule},
    {"microsoft.sql/servers/virtualnetworkrules", networkRule},
    {"microsoft.dbforpostgresql/servers", databaseServer},
    {"microsoft.dbforpostgresql/servers/firewallrules", firewallRule},
    {"microsoft.dbforpostgresql/servers/virtualnetworkrules", networkRule},
    {"microsoft.dbforpostgresql/flexibleservers", databaseServer},
    {"microsoft.dbforpostgresql/flexibleservers/firewallrules", firewallRule},
    {"microsoft.dbformysql/servers", databaseServer},
    {"microsoft.dbformysql/servers/firewallrules", firewallRule},
    {"microsoft.dbformysql/flexibleservers", databaseServer},
    {"microsoft.dbformysql/flexibleservers/firewallrules", firewallRule},
    {"microsoft.dbformariadb/servers", databaseServer},
    {"microsoft.dbformariadb/servers/firewallrules", firewallRule},
    {"microsoft.synapse/workspaces", databaseServer},
    {"microsoft.synapse/workspaces/firewallrules", firewallRule},
    {"microsoft.cache/redis", resourceFirewall},
    {"microsoft.cache/redis/firewallrules", firewallRule},
    {"microsoft.containerregistry/registries", resourceFirewall},
    {"microsoft.servicebus/namespaces", resourceFirewall},
    {"microsoft.eventhub/namespaces", resourceFirewall},
    {"microsoft.search/searchservices", resourceFirewall},
    {"microsoft.cognitiveservices/accounts", resourceFirewall},
    {"microsoft.appconfiguration/configurationstores", resourceFirewall},
    {"microsoft.keyvault/vaults", vault},
    {"microsoft.keyvault/managedhsms", resourceFirewall},
    {"microsoft.keyvault/vaults/accesspolicies", vaultPolicies},
    {"microsoft.keyvault/vaults/secrets", secretValue},
};

} // namespace

std::span<const HandlerRow> storeHandlers()
{
    return storesRows;
}

} // namespace glacis::azure
