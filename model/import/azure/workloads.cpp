// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

namespace glacis::azure {

namespace {

void countSecrets(Resource& r, const Json& json, std::string_view what, std::initializer_list<std::string_view> keys)
{
    std::size_t found = 0;
    for (const std::string_view key : keys) {
        const Json& value = member(json, key);
        found += value.is_array() ? value.size() : value.is_null() || value == "" ? 0 : 1;
    }
    r.context.secret(what, found);
}

void machine(Resource& r)
{
    const Json& profile = member(r.json, "osprofile");
    countSecrets(r, profile, "start-up data, passwords and certificates of machines", {"customdata", "adminpassword"});
    countSecrets(r, r.json, "start-up data, passwords and certificates of machines", {"userdata"});
    // "Virtual machine extensions" that `az vm show` lists beside the machine.
    r.context.setting(r.ref, "extensions", Json(r.list("resources").size()), r.at);
}

void machineGroup(Resource& r)
{
    const Json& profile = member(member(r.json, "virtualmachineprofile"), "osprofile");
    countSecrets(r, profile, "start-up data, passwords and certificates of machines", {"customdata", "adminpassword"});
}

/// An extension runs a program on the machine; what it is given may be secret.
void extension(Resource& r)
{
    countSecrets(r, r.json, "settings of machine extensions", {"settings", "protectedsettings"});
    r.context.inventory.property(
        r.ref, "extension:" + lowered(r.name.empty() ? nameOfId(r.id) : std::string_view(r.name)), true, r.at);
}

void site(Resource& r)
{
    const Json& config = member(r.json, "siteconfig");
    countSecrets(r, config, "settings and connection strings of applications", {"appsettings", "connectionstrings"});
    const Json& rules = arrayOf(config, "ipsecurityrestrictions");
    r.context.setting(r.ref, "ip_restrictions", Json(rules.size()), r.at);
}

void siteConfig(Resource& r)
{
    countSecrets(r, r.json, "settings and connection strings of applications", {"appsettings", "connectionstrings"});
}

/// "Azure Kubernetes Service: use a managed identity": the cluster acts as its identity or service principal, its nodes
/// as the identity of the kubelet; node machines live in a resource group of their own.
void cluster(Resource& r)
{
    Context& c = r.context;
    const std::string_view client = textOf(member(r.json, "serviceprincipalprofile"), "clientid");
    if (isGuid(client))
        c.session.runsAsApplication(r.ref, client, r.seen("serviceprincipalprofile"));
    const Json& kubelet = member(member(r.json, "identityprofile"), "kubeletidentity");
    c.link(r.ref, EdgeKind::RunsAs, textOf(kubelet, "resourceid"), Kind::ManagedIdentity, r.seen("identityprofile"));
    if (isGuid(textOf(kubelet, "objectid")) && !textOf(kubelet, "resourceid").empty())
        c.inventory.alias(lowered(textOf(kubelet, "objectid")), c.inventory.text(textOf(kubelet, "resourceid")));
    const std::string_view group = r.text("noderesourcegroup");
    const std::string subscription = subscriptionOf(r.id);
    if (!group.empty() && !subscription.empty())
        c.link(r.ref, EdgeKind::Uses, subscription + "/resourceGroups/" + std::string(group), Kind::ResourceGroup,
            r.seen("noderesourcegroup"));
    const Json& access = member(r.json, "apiserveraccessprofile");
    c.setting(r.ref, "endpoint_public", !boolOf(access, "enableprivatecluster").value_or(false), r.at);
    c.setting(r.ref, "authorized_ranges", Json(arrayOf(access, "authorizedipranges").size()), r.at);
    const Json& issuer = member(r.json, "oidcissuerprofile");
    c.inventory.property(r.ref, "issuer", textOf(issuer, "issuerurl"), r.seen("oidcissuerprofile"));
    c.inventory.alias(textOf(issuer, "issuerurl"), r.ref);
}

void containerGroup(Resource& r)
{
    std::size_t variables = 0;
    for (const Json& container : r.list("containers"))
        variables += arrayOf(container, "environmentvariables").size();
    r.context.secret("environment variables", variables);
    r.context.inventory.property(
        r.ref, "publicly_accessible", equalIgnoringCase(textOf(member(r.json, "ipaddress"), "type"), "public"), r.at);
}

void workflow(Resource& r)
{
    countSecrets(r, r.json, "definitions and parameters of workflows", {"definition", "parameters"});
}

constexpr HandlerRow workloadsRows[] = {
    {"microsoft.compute/virtualmachines", machine},
    {"microsoft.compute/virtualmachines/extensions", extension},
    {"microsoft.compute/virtualmachinescalesets", machineGroup},
    {"microsoft.web/sites", site},
    {"microsoft.web/sites/slots", site},
    {"microsoft.web/sites/config", siteConfig},
    {"microsoft.containerservice/managedclusters", cluster},
    {"microsoft.containerinstance/containergroups", containerGroup},
    {"microsoft.logic/workflows", workflow},
};

} // namespace

std::span<const HandlerRow> workloadHandlers()
{
    return workloadsRows;
}

} // namespace glacis::azure
