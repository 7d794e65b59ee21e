// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

#include <map>

namespace glacis::gcp {

namespace {

using Describe = void (*)(Asset& asset, const Json& data);

const std::map<std::string_view, Describe>& describers()
{
    static const std::map<std::string_view, Describe> table = {
        {"cloudresourcemanager.googleapis.com/Project", describeProject},
        {"compute.googleapis.com/Instance", describeMachine},
        {"compute.googleapis.com/InstanceTemplate", describeTemplate},
        {"compute.googleapis.com/InstanceGroup", describeInstanceGroup},
        {"compute.googleapis.com/InstanceGroupManager", describeInstanceGroup},
        {"container.googleapis.com/Cluster", describeCluster},
        {"container.googleapis.com/NodePool", describeCluster},
        {"cloudfunctions.googleapis.com/CloudFunction", describeServerless},
        {"cloudfunctions.googleapis.com/Function", describeServerless},
        {"run.googleapis.com/Service", describeServerless},
        {"run.googleapis.com/Job", describeServerless},
        {"appengine.googleapis.com/Application", describeServerless},
        {"dataproc.googleapis.com/Cluster", describeCluster},
        {"iam.googleapis.com/ServiceAccount", describeAccount},
        {"iam.googleapis.com/ServiceAccountKey", describeAccount},
        {"iam.googleapis.com/Role", describeRole},
        {"orgpolicy.googleapis.com/Policy", describeOrgPolicy},
        {"compute.googleapis.com/Network", describeNetwork},
        {"compute.googleapis.com/Subnetwork", describeSubnet},
        {"compute.googleapis.com/Route", describeRoute},
        {"compute.googleapis.com/Router", describeRouter},
        {"compute.googleapis.com/Address", describeAddress},
        {"compute.googleapis.com/GlobalAddress", describeAddress},
        {"compute.googleapis.com/Firewall", describeFirewall},
        {"compute.googleapis.com/FirewallPolicy", describeFirewallPolicy},
        {"compute.googleapis.com/NetworkFirewallPolicy", describeFirewallPolicy},
        {"compute.googleapis.com/RegionNetworkFirewallPolicy", describeFirewallPolicy},
        {"compute.googleapis.com/ForwardingRule", describeForwarding},
        {"compute.googleapis.com/GlobalForwardingRule", describeForwarding},
        {"compute.googleapis.com/BackendService", describeBackends},
        {"compute.googleapis.com/RegionBackendService", describeBackends},
        {"compute.googleapis.com/TargetPool", describeBackends},
        {"sqladmin.googleapis.com/Instance", describeDatabase},
        {"redis.googleapis.com/Instance", describeDatabase},
        {"storage.googleapis.com/Bucket", describeOwnList},
        {"bigquery.googleapis.com/Dataset", describeOwnList},
    };
    return table;
}

/// What only leads to other facts and is no thing of its own.
bool isNoThing(std::string_view type)
{
    return type == "compute.googleapis.com/Route";
}

bool isContainer(Kind kind)
{
    return kind == Kind::Account || kind == Kind::OrgUnit || kind == Kind::Organization;
}

/// "projects/3", "folders/2", "organizations/1", from the inside out: each lies in the next.
void tellAncestors(Asset& asset, const Json& item)
{
    const Json& chain = listOf(item, {"ancestors"});
    std::string whole;
    for (const Json& one : chain)
        whole += asText(one) + ' ';
    if (whole.empty() || !asset.gathered.linked.insert(whole).second)
        return;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const std::string relative = asText(chain[i]);
        const Kind kind = relative.starts_with("projects/") ? Kind::Account
            : relative.starts_with("folders/")              ? Kind::OrgUnit
                                                            : Kind::Organization;
        ThingRow& row =
            asset.inventory.thing(kind, Provider::Gcp, {}, containerName(relative), asset.file.scope, noEvidence);
        row.outside = true;
        if (i + 1 < chain.size())
            row.parent = asset.inventory.text(containerName(asText(chain[i + 1])));
    }
}

/// Tells number and id of a project apart and keeps what joins them.
void findProject(Asset& asset, const Json& item)
{
    const std::string_view told = segmentAfter(asset.name, "projects");
    std::string_view number;
    const Json& chain = listOf(item, {"ancestors"});
    const std::string first = chain.empty() ? std::string() : asText(chain[0]);
    if (first.starts_with("projects/"))
        number = segmentAfter(first, "projects");
    const std::string_view parent = word(field(item, "resource"), "parent");
    if (number.empty() && parent.find("/projects/") != std::string_view::npos)
        number = segmentAfter(parent, "projects");
    if (number.empty())
        number = segmentAfter(word(item, "project"), "projects");
    if (isContainer(asset.type.kind)) {
        if (chain.size() > 1)
            asset.container = containerName(asText(chain[1]));
        else if (!parent.empty())
            asset.container = parent;
        return;
    }
    asset.gathered.knowProject(told, number);
    asset.project = number.empty() ? told : number;
    if (asset.project.empty())
        asset.container = !parent.empty() ? std::string(parent) : containerName(first);
}

void describe(Asset& asset, const Json& data)
{
    if (!isNoThing(asset.type.type))
        asset.thing(data);
    const auto how = describers().find(asset.type.type);
    if (how != describers().end() && data.is_object() && !data.empty())
        how->second(asset, data);
}

} // namespace

void Asset::thing(const Json& data)
{
    ThingRow& made = inventory.thing(type.kind, Provider::Gcp, type.type, name, file.scope, at);
    ref = made.id;
    const auto called = valuesAt(data, type.name.empty() ? "name" : type.name);
    std::string_view shown = called.empty() || !called.front()->is_string()
        ? std::string_view{}
        : std::string_view(called.front()->get_ref<const std::string&>());
    if (shown.empty())
        shown = name;
    made.name = inventory.text(afterLast(shown, '/'));
    place(made, data);
    const Json& labels = field(data, "labels");
    if (labels.is_object()) {
        for (const auto& [key, value] : labels.items())
            tag(ref, key, asText(value));
    }
    settingsOf(data);
    linksOf(data);
    if (name.find(".googleapis.com/projects/") != std::string::npos)
        inventory.alias(std::string_view(name).substr(name.find("/projects/") + 1), ref);
    if (const std::string_view link = word(data, "selfLink"); !link.empty())
        inventory.alias(link, ref);
}

void Asset::place(ThingRow& made, const Json& data)
{
    made.region = inventory.text("global");
    if (isContainer(type.kind)) {
        const Json& parent = field(data, "parent");
        if (container.empty() && parent.is_string())
            container = containerName(parent.get_ref<const std::string&>());
        else if (container.empty() && !textOf(parent, "id").empty())
            container = std::string(resourceManager) + std::string(textOf(parent, "type")) + "s/"
                + std::string(textOf(parent, "id"));
        made.parent = inventory.text(container);
        return;
    }
    if (!project.empty()) {
        made.account = inventory.text(projectName(project));
        std::string region = regionOf(name);
        if (region.empty() && type.kind != Kind::Network)
            region = regionOf("locations/" + lowered(word(data, type.kind == Kind::SqlDb ? "region" : "location")));
        if (!region.empty())
            made.region = inventory.text(region);
    }
    const std::string within = type.parent.empty() ? std::string() : upTo(name, type.parent);
    if (!within.empty())
        made.parent = inventory.text(within);
    else if (project.empty())
        made.parent = inventory.text(container);
}

Ref Asset::part(
    Kind kind, std::string_view typeName, std::string_view id, std::string_view partName, std::string_view parent)
{
    ThingRow& made = inventory.thing(kind, Provider::Gcp, typeName, id, file.scope, at);
    made.name = inventory.text(partName);
    made.parent = inventory.text(parent);
    made.region = inventory.text("global");
    if (!project.empty())
        made.account = inventory.text(projectName(project));
    if (const std::string region = regionOf(name); !region.empty())
        made.region = inventory.text(region);
    return made.id;
}

void Asset::settingsOf(const Json& data)
{
    for (const auto& [key, value] : type.always)
        setting(ref, key, value, at);
    for (const TypeRow::Setting& one : type.settings) {
        const auto found = valuesAt(data, one.path);
        if (found.empty()) {
            if (!data.empty())
                setting(ref, one.key, one.absent, at);
        } else if (!one.there.is_null()) {
            setting(ref, one.key, one.there, at);
        } else if (!one.values.is_null()) {
            setting(ref, one.key, glacis::member(one.values, asText(*found.front())), at);
        } else {
            setting(ref, one.key, *found.front(), at);
        }
    }
}

void Asset::linksOf(const Json& data)
{
    for (const TypeRow::Link& one : type.links) {
        for (const Json* value : valuesAt(data, one.path)) {
            if (value->is_string() && *value != "default")
                link(ref, one.edge, value->get_ref<const std::string&>(), one.reversed);
        }
    }
}

void Asset::link(Ref from, EdgeKind edge, std::string_view value, bool reversed)
{
    const std::string other = fullName(value, type.host);
    if (other.starts_with("serviceAccount:"))
        (void)gathered.member(other, at);
    if (reversed)
        inventory.edge(inventory.text(other), edge, inventory.strings[from], at);
    else
        inventory.edge(from, edge, other, at);
}

void Asset::runsAsDefault(std::string_view pattern)
{
    if (!project.empty())
        gathered.defaults.push_back({ref, project, std::string(pattern), at});
}

void readAsset(ReadFile& file, Gathered& gathered, const Json& item, EvidenceId at)
{
    const std::string_view assetType = word(item, "assetType");
    std::string_view name = word(item, "name");
    if (name.empty())
        name = word(item, "resource");
    if (name.empty())
        return file.row.leave("an asset", "it has no name");
    const Json& resource = field(item, "resource");
    const Json& data = field(resource, "data");
    if (isProxy(assetType)) {
        gathered.knowProject(segmentAfter(name, "projects"), segmentAfter(word(resource, "parent"), "projects"));
        return describeProxy(gathered, std::string(name), data);
    }
    if (isIdle(assetType))
        return file.row.leave(assetType, "Glacis needs nothing from this type of asset");
    const TypeRow* row = typeRow(assetType);
    if (!row && assetType.find("k8s.io/") != std::string_view::npos)
        return file.row.leave(assetType,
            "what runs in a cluster is read from the cluster itself: import the output of kubectl get -o json");
    if (!row)
        return file.row.leave(assetType, "Glacis does not read this type of asset");

    Asset asset(file, gathered, fullName(name, row->host), *row, at);
    findProject(asset, item);
    tellAncestors(asset, item);
    describe(asset, data.is_object() ? data : Json::object());
    if (const Json& policy = field(item, "iamPolicy"); policy.is_object())
        allowPolicy(asset, policy, at);
    if (const Json& policy = field(item, "policy"); policy.is_object() && !listOf(policy, {"bindings"}).empty())
        allowPolicy(asset, policy, at);
    if (const Json& list = field(item, "orgPolicy"); list.is_array())
        orgPolicies(asset, list, {});
    accessContext(asset, item);
}

bool readItem(ReadFile& file, Gathered& gathered, const Json& item, std::string_view listKey, EvidenceId at)
{
    if (!item.is_object())
        return false;
    const TypeRow* row = typeOfItem(item, listKey);
    if (listKey == "firewallPolicys" || listKey == "firewall_policys")
        row = typeRow("compute.googleapis.com/FirewallPolicy");
    const bool denies = word(item, "name").find("/denypolicies/") != std::string_view::npos;
    if (!row && !denies)
        return false;
    std::string name;
    const std::string_view link = word(item, "selfLink"), plain = word(item, "name");
    if (denies) {
        // "policies/cloudresourcemanager.googleapis.com%2Fprojects%2F3/denypolicies/guard"
        const std::string on = urlDecoded(segmentAfter(plain, "policies"));
        row =
            typeRow(on.find("/organizations/") != std::string::npos ? "cloudresourcemanager.googleapis.com/Organization"
                    : on.find("/folders/") != std::string::npos     ? "cloudresourcemanager.googleapis.com/Folder"
                                                                    : "cloudresourcemanager.googleapis.com/Project");
        Asset asset(file, gathered, "//" + on, *row, at);
        denyPolicy(asset, item, at);
        return true;
    }
    if (row->type == "cloudresourcemanager.googleapis.com/Project") {
        const std::string number(word(item, "projectNumber")), id(word(item, "projectId"));
        name = plain.starts_with("projects/") ? containerName(plain) : projectName(number.empty() ? id : number);
    } else if (row->type == "run.googleapis.com/Service" && item.contains("metadata")) {
        const Json& about = glacis::member(item, "metadata");
        name = "//run.googleapis.com/projects/" + std::string(word(about, "namespace")) + "/locations/"
            + std::string(textOf(glacis::member(about, "labels"), "cloud.googleapis.com/location")) + "/services/"
            + std::string(word(about, "name"));
    } else if (row->kind == Kind::ObjectStore) {
        name = "//storage.googleapis.com/" + std::string(plain);
    } else if (const Json& set = field(item, "datasetReference"); set.is_object()) {
        name = "//bigquery.googleapis.com/projects/" + std::string(word(set, "projectId")) + "/datasets/"
            + std::string(word(set, "datasetId"));
    } else if (!link.empty()) {
        name = fullName(link, row->host == "compute.googleapis.com" ? std::string_view{} : row->host);
    } else if (plain.find('/') != std::string_view::npos) {
        name = "//" + row->host + '/' + std::string(plain);
    } else {
        name = "//" + row->host + '/' + row->collection + '/' + std::string(plain);
    }
    // The rules of a region carry the same kind as the global ones.
    if (row->type == "compute.googleapis.com/FirewallPolicy" && !segmentAfter(name, "projects").empty())
        row = typeRow("compute.googleapis.com/NetworkFirewallPolicy");
    Asset asset(file, gathered, name, *row, at);
    asset.project = row->kind == Kind::Account ? std::string() : std::string(segmentAfter(name, "projects"));
    if (asset.project.empty() && row->kind == Kind::ObjectStore)
        asset.project = asText(field(item, "projectNumber").is_null() ? Json("") : field(item, "projectNumber"));
    if (asset.project == "-")
        asset.project.clear();
    describe(asset, item);
    return true;
}

} // namespace glacis::gcp
