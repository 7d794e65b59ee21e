// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"
#include "import/redact.h"

/// What runs, and as whom.
namespace glacis::gcp {

namespace {

constexpr std::string_view computeDefault = "{number}-compute@developer.gserviceaccount.com";
constexpr std::string_view appEngineDefault = "{id}@appspot.gserviceaccount.com";

/// "Access scopes in OAuth 2.0 and Compute Engine": what the machine's tokens are limited to.
std::string scopesOf(const Json& account)
{
    std::string all;
    for (const Json& scope : listOf(account, {"scopes", "scope"})) {
        if (!all.empty())
            all += ' ';
        all += afterLast(asText(scope), '/');
    }
    return all;
}

void runsAs(Asset& asset, std::string_view email)
{
    if (email == "default")
        return asset.runsAsDefault(computeDefault);
    asset.link(asset.ref, EdgeKind::RunsAs, email);
}

/// Settings of the project or machine by which one logs in; all other entries may hold secrets.
void metadata(Asset& asset, const Json& data)
{
    const Json& kept = field(data, "metadata");
    for (const Json& item : listOf(kept, {"items", "item"})) {
        const std::string_view key = word(item, "key"), value = word(item, "value");
        if (key == "enable-oslogin" || key == "serial-port-enable" || key == "block-project-ssh-keys")
            asset.inventory.property(asset.ref,
                key == "enable-oslogin"           ? "os_login"
                    : key == "serial-port-enable" ? "serial_port"
                                                  : "blocks_project_keys",
                equalIgnoringCase(value, "true") || value == "1", asset.at);
        else if (key == "created-by")
            asset.gathered.machinesOf[fullName(value, "compute.googleapis.com")].push_back(asset.name);
        else
            asset.secret("metadata of machines");
    }
}

std::vector<std::string> texts(const Json& list)
{
    std::vector<std::string> made;
    for (const Json& one : list) {
        if (one.is_string())
            made.push_back(one.get<std::string>());
    }
    return made;
}

void addresses(Asset& asset, Ref interface, const Json& json)
{
    const auto inside =
        parseIpAddress(word(json, "networkIP").empty() ? word(json, "ipAddress") : word(json, "networkIP"));
    AddressRow<Ref> row;
    row.of = interface;
    row.evidence = asset.at;
    if (inside) {
        row.inside = *inside;
        row.hasInside = true;
    }
    for (const Json& access : listOf(json, {"accessConfigs", "accessConfig"})) {
        // An access configuration without an address gets one whenever the machine runs.
        row.hasOutside = true;
        for (const char* key : {"natIP", "externalIp", "natIp"}) {
            if (const auto outside = parseIpAddress(word(access, key)))
                row.outside = *outside;
        }
    }
    if (row.hasInside || row.hasOutside)
        asset.inventory.facts.addresses.push_back(row);
    AddressRow<Ref> six;
    six.of = interface;
    six.evidence = asset.at;
    if (const auto own = parseIpAddress(before(word(json, "ipv6Address"), '/'))) {
        six.inside = *own;
        six.hasInside = true;
    }
    for (const Json& access : listOf(json, {"ipv6AccessConfigs"})) {
        if (const auto outside = parseIpAddress(before(word(access, "externalIpv6"), '/'))) {
            six.inside = six.outside = *outside;
            six.hasInside = six.hasOutside = true;
        }
    }
    if (six.hasInside)
        asset.inventory.facts.addresses.push_back(six);
}

} // namespace

/// "Instance resource", Compute Engine API.
void describeMachine(Asset& asset, const Json& data)
{
    std::vector<std::string> accounts;
    for (const Json& account : listOf(data, {"serviceAccounts", "serviceAccount"})) {
        const std::string_view email = word(account, "email");
        if (email.empty())
            continue;
        runsAs(asset, email);
        accounts.emplace_back(email);
        asset.inventory.property(asset.ref, "scopes", scopesOf(account), asset.at);
    }
    metadata(asset, data);
    const Json& tags = field(data, "tags");
    std::vector<std::string> marks = texts(listOf(tags, {"items", "tag"}));
    const Json& own = listOf(data, {"networkInterfaces", "networkInterface"});
    for (std::size_t i = 0; i < own.size(); ++i) {
        const Json& json = own[i];
        std::string called(word(json, "name"));
        if (called.empty())
            called = "nic" + std::to_string(i);
        const std::string network = fullName(word(json, "network")), subnet = fullName(word(json, "subnetwork"));
        const Ref ref = asset.part(Kind::NetworkInterface, "compute.googleapis.com/NetworkInterface",
            asset.name + "/networkInterfaces/" + called, called, subnet.empty() ? network : subnet);
        asset.inventory.edge(ref, EdgeKind::AttachedTo, asset.name, asset.at);
        addresses(asset, ref, json);
        asset.gathered.interfaces.push_back({ref, network, subnet, marks, accounts, asset.at});
        if (i == 0) {
            // A machine lies where its first interface does.
            for (auto thing = asset.inventory.things.rbegin(); thing != asset.inventory.things.rend(); ++thing) {
                if (thing->id == asset.ref) {
                    thing->parent = asset.inventory.text(subnet.empty() ? network : subnet);
                    break;
                }
            }
        }
    }
}

void describeTemplate(Asset& asset, const Json& data)
{
    metadata(asset, field(data, "properties"));
}

/// "Use least privilege service accounts", Google Kubernetes Engine documentation: nodes run as the account that is
/// named, or as the project's default one.
void describeCluster(Asset& asset, const Json& data)
{
    const Json& dataproc = field(field(data, "config"), "gceClusterConfig");
    const Json& own = field(data, "nodeConfig");
    const Json& nodes = dataproc.is_object() ? dataproc : own.is_object() ? own : field(data, "config");
    if (!nodes.is_object())
        return;
    if (const std::string_view account = word(nodes, "serviceAccount"); account.empty() || account == "default")
        asset.runsAsDefault(computeDefault);
    asset.inventory.property(asset.ref, "scopes",
        scopesOf(nodes.contains("oauthScopes") ? Json{{"scopes", nodes["oauthScopes"]}} : nodes), asset.at);
    for (const char* place : {"subnetwork", "subnetworkUri"}) {
        const std::string_view named = word(data, place).empty() ? word(nodes, place) : word(data, place);
        if (named.find('/') != std::string_view::npos)
            asset.inventory.edge(asset.ref, EdgeKind::InSubnet, fullName(named), asset.at);
    }
    if (field(data, "masterAuth").is_object())
        asset.secret("credentials of clusters");
}

/// "Function identity", Cloud Functions documentation; "Service identity", Cloud Run documentation.
void describeServerless(Asset& asset, const Json& data)
{
    const bool cloudFunction = asset.type.kind == Kind::Function;
    const bool application = asset.type.kind == Kind::AppPlatform;
    bool named = false;
    for (const TypeRow::Link& link : asset.type.links) {
        if (link.edge == EdgeKind::RunsAs)
            named = named || !valuesAt(data, link.path).empty();
    }
    if (!named)
        asset.runsAsDefault(
            application || (cloudFunction && !data.contains("serviceConfig")) ? appEngineDefault : computeDefault);
    for (const char* secret : {"environmentVariables", "buildEnvironmentVariables"}) {
        for (const Json* part : {&data, &field(data, "serviceConfig")}) {
            if (const Json& kept = field(*part, secret); kept.is_object())
                asset.secret("environment variables", kept.size());
        }
    }
    for (const char* path : {"spec.template.spec.containers.*.env.*", "template.containers.*.env.*"}) {
        if (const auto all = valuesAt(data, path); !all.empty())
            asset.secret("environment variables", all.size());
    }
    for (const char* path : {"secretEnvironmentVariables.*.secret", "serviceConfig.secretEnvironmentVariables.*.secret",
             "template.containers.*.env.*.valueSource.secretKeyRef.secret"}) {
        for (const Json* secret : valuesAt(data, path)) {
            const std::string text = asText(*secret);
            asset.inventory.edge(asset.ref, EdgeKind::Uses,
                text.find('/') == std::string::npos
                    ? "//secretmanager.googleapis.com/projects/" + asset.project + "/secrets/" + text
                    : fullName(text),
                asset.at);
        }
    }
    const Json& annotations = field(field(data, "metadata"), "annotations");
    asset.inventory.property(asset.ref, "ingress", textOf(annotations, "run.googleapis.com/ingress"), asset.at);
}

void describeInstanceGroup(Asset& asset, const Json& data)
{
    if (const std::string_view group = word(data, "instanceGroup"); !group.empty())
        asset.gathered.groupOfManager[fullName(group)] = asset.name;
    for (const Json* machine : valuesAt(data, "instances.*"))
        asset.gathered.machinesOf[asset.name].push_back(fullName(asText(*machine)));
}

/// Service accounts are known by their e-mail addresses; a key belongs to one.
void describeAccount(Asset& asset, const Json& data)
{
    if (asset.type.kind == Kind::AccessKey) {
        std::string_view account = segmentAfter(asset.name, "serviceAccounts");
        const std::string owner = account.find('@') == std::string_view::npos
            ? upTo(asset.name, "serviceAccounts")
            : asset.gathered.member("serviceAccount:" + std::string(account), asset.at);
        asset.inventory.edge(asset.ref, EdgeKind::AttachedTo, owner, asset.at);
        // "Types of keys": those that Google manages never leave its machines.
        const std::string_view managed = word(data, "keyType");
        if (managed != "SYSTEM_MANAGED")
            asset.inventory.property(asset.inventory.text(owner), "user_managed_keys", true, asset.at);
        return;
    }
    const std::string email(word(data, "email"));
    if (email.empty())
        return;
    asset.gathered.accounts.insert(email);
    asset.inventory.alias(email, asset.ref);
    asset.inventory.alias("serviceAccount:" + email, asset.ref);
    asset.inventory.alias("projects/-/serviceAccounts/" + email, asset.ref);
    const std::string_view project = segmentAfter(asset.name, "projects");
    asset.inventory.alias(
        "//iam.googleapis.com/projects/" + std::string(project) + "/serviceAccounts/" + email, asset.ref);
}

/// Managed databases stand in a network that is Google's own and peered; what they show are addresses and flags.
void describeDatabase(Asset& asset, const Json& data)
{
    const Json& settings = field(data, "settings");
    const Json& network = field(settings, "ipConfiguration");
    for (const Json& address : listOf(data, {"ipAddresses", "ipAddress"})) {
        const auto ip = parseIpAddress(word(address, "ipAddress"));
        if (!ip)
            continue;
        const bool outside = word(address, "type") != "PRIVATE";
        asset.inventory.facts.addresses.push_back(
            {asset.ref, outside ? IpAddress{} : *ip, outside ? *ip : IpAddress{}, !outside, outside, asset.at});
    }
    for (const Json& allowed : listOf(network, {"authorizedNetworks"})) {
        const std::string_view block = word(allowed, "value");
        if (const auto prefix = parseIpPrefix(block)) {
            FirewallRow<Ref> row;
            row.of = asset.ref;
            row.direction = Direction::In;
            row.block = *prefix;
            row.rule = asset.inventory.text(block);
            row.evidence = asset.at;
            asset.inventory.facts.firewall.push_back(row);
            asset.inventory.property(asset.ref, "open_to_anyone", prefix->length == 0, asset.at);
        }
    }
    if (asset.type.kind == Kind::SqlDb) {
        const std::string_view engine = word(data, "databaseVersion");
        const std::int64_t port = engine.starts_with("POSTGRES") ? 5432 : engine.starts_with("SQLSERVER") ? 1433 : 3306;
        if (!engine.empty())
            asset.inventory.property(asset.ref, "port", port, asset.at);
        for (const Json& flag : listOf(settings, {"databaseFlags"}))
            asset.setting(asset.ref, "flag:" + std::string(word(flag, "name")), field(flag, "value"), asset.at);
    }
    for (const std::string_view named : {word(network, "privateNetwork"), word(data, "authorizedNetwork")}) {
        if (!named.empty())
            asset.inventory.edge(asset.ref, EdgeKind::Uses, fullName(named, "compute.googleapis.com"), asset.at);
    }
}

} // namespace glacis::gcp
