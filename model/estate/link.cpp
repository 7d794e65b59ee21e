// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"

#include "core/text.h"
#include "estate/estate_builder.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

bool isAccountNumber(std::string_view text)
{
    return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "/subscriptions/…", "/providers/…": what Azure Resource Manager names things by.
bool isAzureId(std::string_view id)
{
    return id.starts_with('/')
        && (equalIgnoringCase(id.substr(0, 15), "/subscriptions/")
            || equalIgnoringCase(id.substr(0, 11), "/providers/"));
}

struct ArnShape {
    std::string_view service;
    std::string_view resource; ///< what the last part begins with
    Kind kind;
};

constexpr ArnShape arnShapes[] = {
    {"iam", "role/", Kind::Role},
    {"iam", "user/", Kind::User},
    {"iam", "group/", Kind::Group},
    {"iam", "policy/", Kind::Policy},
    {"iam", "instance-profile/", Kind::InstanceProfile},
    {"iam", "oidc-provider/", Kind::IdentityProvider},
    {"iam", "saml-provider/", Kind::IdentityProvider},
    {"iam", "root", Kind::Account},
    {"sts", "assumed-role/", Kind::Role},
    {"organizations", "policy/", Kind::Policy},
    {"ec2", "vpc/", Kind::Network},
    {"ec2", "subnet/", Kind::Subnet},
    {"ec2", "instance/", Kind::Vm},
    {"ec2", "security-group/", Kind::SecurityGroup},
    {"kms", "key/", Kind::Key},
    {"lambda", "function:", Kind::Function},
    {"rds", "db:", Kind::SqlDb},
    {"rds", "cluster:", Kind::SqlDb},
    {"dynamodb", "table/", Kind::NosqlDb},
    {"secretsmanager", "secret:", Kind::Secret},
    {"ssm", "parameter", Kind::Parameter},
    {"ecr", "repository/", Kind::ContainerRegistry},
    {"logs", "log-group:", Kind::LogGroup},
    {"cloudtrail", "trail/", Kind::AuditLog},
    {"elasticloadbalancing", "loadbalancer/", Kind::LoadBalancer},
    {"elasticloadbalancing", "targetgroup/", Kind::TargetGroup},
    {"sqs", "", Kind::Queue},
    {"sns", "", Kind::Topic},
    {"s3", "", Kind::ObjectStore},
};

struct IdShape {
    std::string_view prefix;
    Kind kind;
};

constexpr IdShape idShapes[] = {
    {"vpc-", Kind::Network},
    {"subnet-", Kind::Subnet},
    {"i-", Kind::Vm},
    {"sg-", Kind::SecurityGroup},
    {"acl-", Kind::NetworkAcl},
    {"rtb-", Kind::RouteTable},
    {"igw-", Kind::InternetGateway},
    {"eigw-", Kind::EgressOnlyGateway},
    {"nat-", Kind::NatGateway},
    {"eni-", Kind::NetworkInterface},
    {"vpce-", Kind::PrivateEndpoint},
    {"pcx-", Kind::NetworkPeering},
    {"tgw-attach-", Kind::TransitAttachment},
    {"tgw-rtb-", Kind::TransitRouteTable},
    {"tgw-", Kind::TransitHub},
    {"pl-", Kind::PrefixList},
    {"vgw-", Kind::VpnGateway},
    {"cgw-", Kind::CustomerGateway},
    {"vpn-", Kind::VpnConnection},
    {"vol-", Kind::Disk},
    {"snap-", Kind::DiskSnapshot},
};

/// Google Cloud's full names tell what a thing is by the collection that it stands in. Source: "Full resource names".
constexpr IdShape collectionShapes[] = {
    {"networks", Kind::Network},
    {"subnetworks", Kind::Subnet},
    {"instances", Kind::Vm},
    {"disks", Kind::Disk},
    {"images", Kind::Image},
    {"snapshots", Kind::DiskSnapshot},
    {"instanceGroups", Kind::VmGroup},
    {"instanceGroupManagers", Kind::VmGroup},
    {"instanceTemplates", Kind::VmTemplate},
    {"backendServices", Kind::TargetGroup},
    {"targetPools", Kind::TargetGroup},
    {"cryptoKeys", Kind::Key},
    {"topics", Kind::Topic},
    {"secrets", Kind::Secret},
    {"serviceAccounts", Kind::ServiceAccount},
    {"datasets", Kind::Warehouse},
    {"vpnTunnels", Kind::VpnConnection},
    {"vpnGateways", Kind::VpnGateway},
    {"targetVpnGateways", Kind::VpnGateway},
    {"connectors", Kind::ServerlessConnector},
    {"firewallPolicies", Kind::NetworkFirewall},
    {"securityPolicies", Kind::WebFirewall},
    {"accessLevels", Kind::Perimeter},
    {"projects", Kind::Account},
    {"folders", Kind::OrgUnit},
    {"organizations", Kind::Organization},
};

Kind kindOfFullName(std::string_view name)
{
    const auto parts = split(name, '/');
    for (const IdShape& shape : collectionShapes) {
        if (parts.size() > 2 && parts[parts.size() - 2] == shape.prefix)
            return shape.kind;
    }
    return name.starts_with("//storage.googleapis.com/") ? Kind::ObjectStore : Kind::Other;
}

/// Amazon EC2 lists its things by ids that are unique by themselves, and their ARNs end in them. Source: "Actions,
/// resources, and condition keys for Amazon EC2", Service Authorization Reference.
std::string_view idOfEc2(const Arn& arn)
{
    const std::string_view end = after(arn.resource, '/');
    const bool known = std::ranges::any_of(idShapes,
        [end](const IdShape& shape) { return end.size() > shape.prefix.size() && end.starts_with(shape.prefix); });
    return arn.service == "ec2" && known && end.find_first_of("*?/") == std::string_view::npos ? end : "";
}

/// Turns names into nodes, making an outside node for each that nothing describes.
class Linker {
public:
    Linker(Inventory&& inventory, Progress& progress) : m_inventory(std::move(inventory)), m_progress(progress) { }

    Estate run()
    {
        m_progress.begin("Linking", m_inventory.things.size() + m_inventory.facts.edges.size());
        internet();
        declare();
        nameAliases();
        place();
        resolveFacts();
        resolveScoped();
        openSubnetGroups();
        placeByInterface();
        return m_builder.finish(
            std::move(m_inventory.strings), std::move(m_inventory.files), std::move(m_inventory.evidence));
    }

private:
    StringId text(std::string_view value) { return m_inventory.strings.intern(value); }
    std::string_view text(StringId id) const { return m_inventory.strings[id]; }

    void internet()
    {
        NodeRow row;
        row.id = text("internet");
        row.name = text("Internet");
        row.kind = Kind::Internet;
        row.outside = true;
        m_builder.add(row);
    }

    /// What a name is compared by: Azure's ids are the same whatever their case. Source: "Resource name rules", Azure
    /// Resource Manager documentation.
    StringId caselessKey(StringId name)
    {
        const std::string id(text(name));
        return isAzureId(id) ? text(lowered(id)) : name;
    }

    StringId inherited(ScopeId scope, StringId Scope::*column) const
    {
        while (true) {
            const Scope& at = m_inventory.scopes[index(scope)];
            if (at.*column != StringId::Empty || scope == rootScope)
                return at.*column;
            scope = at.parent;
        }
    }

    /// One node for each id; later rows fill what earlier ones left open, and a description beats a mention.
    void declare()
    {
        m_rowOf.resize(1);
        for (const ThingRow& thing : m_inventory.things) {
            if (m_progress.cancelled())
                return;
            m_progress.advance();
            NodeRow row;
            row.id = thing.id;
            row.type = thing.type;
            row.name = thing.name;
            row.kind = thing.kind;
            row.provider = thing.provider;
            row.outside = thing.outside;
            if (const auto same = m_builder.find(caselessKey(row.id)))
                row.id = m_builder.row(*same).id;
            const NodeId node = m_builder.merge(row);
            m_builder.alias(caselessKey(row.id), node);
            if (index(node) == m_rowOf.size())
                m_rowOf.push_back(thing);
            else
                complete(m_rowOf[index(node)], thing);
            m_builder.describe(node, thing.evidence);
        }
    }

    static void complete(ThingRow& kept, const ThingRow& more)
    {
        const auto fill = [](StringId& into, StringId from) {
            if (into == StringId::Empty)
                into = from;
        };
        fill(kept.parent, more.parent);
        fill(kept.account, more.account);
        fill(kept.region, more.region);
        if (kept.scope == rootScope)
            kept.scope = more.scope;
    }

    void nameAliases()
    {
        for (const auto& [other, id] : m_inventory.aliases) {
            if (const auto node = m_builder.find(id))
                m_builder.alias(other, *node);
        }
    }

    NodeId accountNode(StringId account, ScopeId scope, Provider provider)
    {
        const bool named = account != StringId::Empty;
        if (!named) {
            const std::string label(text(inherited(scope, &Scope::label)));
            account = text("account of " + (label.empty() ? std::string("the import") : label));
        }
        NodeRow row;
        row.id = account;
        row.kind = Kind::Account;
        row.provider = provider;
        const NodeId node = m_builder.merge(row);
        grow();
        // "aws" owns the policies that AWS manages; it is nobody's account.
        m_builder.row(node).outside = text(account) == "aws";
        return node;
    }

    NodeId regionNode(NodeId account, StringId region, Provider provider)
    {
        NodeRow row;
        row.id = text(std::string(text(m_builder.row(account).id)) + '/' + std::string(text(region)));
        row.name = region;
        row.kind = Kind::Region;
        row.provider = provider;
        row.parent = account;
        row.account = account;
        const NodeId node = m_builder.merge(row);
        grow();
        return node;
    }

    void grow() { m_rowOf.resize(m_builder.size()); }

    /// Gives each described node its account, region and innermost container.
    void place()
    {
        const std::size_t described = m_rowOf.size();
        for (std::size_t i = 1; i < described; ++i) {
            const ThingRow thing = m_rowOf[i];
            const NodeId node = idAt<NodeId>(i);
            const auto arn = parseArn(text(thing.id));
            const bool isContainer =
                thing.kind == Kind::Account || thing.kind == Kind::Organization || thing.kind == Kind::OrgUnit;
            NodeId parent = noNode;
            if (thing.parent != StringId::Empty)
                parent = resolve(thing.parent);
            if (isContainer || thing.kind == Kind::Internet) {
                m_builder.row(node).parent = parent == node ? noNode : parent;
                continue;
            }
            if (thing.provider == Provider::Kubernetes) {
                placeInCluster(node, thing, parent);
                continue;
            }
            if ((thing.provider == Provider::Azure || thing.provider == Provider::Gcp)
                && thing.account == StringId::Empty && text(thing.region) == "global") {
                // What belongs to the directory or organisation belongs to no subscription or project.
                m_builder.row(node).parent = parent == node ? noNode : parent;
                continue;
            }
            StringId account = thing.account;
            if (account == StringId::Empty && arn && (isAccountNumber(arn->account) || arn->account == "aws"))
                account = text(arn->account);
            if (account == StringId::Empty)
                account = inherited(thing.scope, &Scope::account);
            StringId region = thing.region;
            if (region == StringId::Empty && arn && !arn->region.empty())
                region = text(arn->region);
            if (region == StringId::Empty)
                region = inherited(thing.scope, &Scope::region);
            const bool global = region == StringId::Empty || text(region) == "global" || text(region) == "aws-global";
            const NodeId accountAt = accountNode(account, thing.scope, thing.provider);
            const NodeId regionAt = global ? noNode : regionNode(accountAt, region, thing.provider);
            NodeRow& row = m_builder.row(node);
            row.account = accountAt;
            row.region = regionAt;
            row.parent = parent != noNode && parent != node ? parent : regionAt != noNode ? regionAt : accountAt;
        }
    }

    /// A cluster's manifests name no account; only the folder that they lie in may.
    void placeInCluster(NodeId node, const ThingRow& thing, NodeId parent)
    {
        const StringId account = inherited(thing.scope, &Scope::account);
        const NodeId accountAt = account == StringId::Empty ? noNode : accountNode(account, thing.scope, Provider::Aws);
        NodeRow& row = m_builder.row(node);
        row.account = accountAt;
        row.parent = parent == node ? noNode : parent != noNode ? parent : accountAt;
    }

    /// The node that a name stands for.
    NodeId resolve(StringId name)
    {
        if (const auto known = m_builder.find(name))
            return *known;
        const StringId key = caselessKey(name);
        if (const auto known = m_builder.find(key))
            return *known;
        const NodeId made = outsider(name);
        m_builder.alias(key, made);
        return made;
    }

    NodeId outsider(StringId name)
    {
        // A copy: making nodes may add texts, and views into short-lived texts are easy to get wrong.
        const std::string id(text(name));
        if (id == "*")
            return NodeId{0};
        NodeRow row;
        row.id = name;
        row.outside = true;
        if (isAccountNumber(id)) {
            row.kind = Kind::Account;
            row.provider = Provider::Aws;
        } else if (const auto arn = parseArn(id)) {
            row.kind = kindOfArn(id);
            row.provider = Provider::Aws;
            if (row.kind == Kind::Account)
                return m_builder.aliased(name, resolve(text(arn->account)));
            if (const std::string_view own = idOfEc2(*arn); !own.empty())
                return ownedBy(arn->account, m_builder.aliased(name, resolve(text(own))));
            row.name = text(afterLast(afterLast(arn->resource, '/'), ':'));
            if (isAccountNumber(arn->account)) {
                row.account = resolve(text(arn->account));
                row.parent = row.account;
            }
        } else if (id.size() > 12 && id[12] == '/' && isAccountNumber(id.substr(0, 12))) {
            // "111122223333/role/name": a principal that a listing names without its path.
            const std::string_view rest = std::string_view(id).substr(13);
            row.kind = rest.starts_with("role/") ? Kind::Role
                : rest.starts_with("user/")      ? Kind::User
                : rest.starts_with("group/")     ? Kind::Group
                                                 : Kind::Other;
            row.provider = Provider::Aws;
            row.name = text(after(rest, '/'));
            row.account = resolve(text(std::string_view(id).substr(0, 12)));
            row.parent = row.account;
        } else if (id.ends_with(".amazonaws.com") || id.ends_with(".amazonaws.com.cn")) {
            row.kind = Kind::ServicePrincipal;
            row.provider = Provider::Aws;
        } else if (isAzureId(id)) {
            row.provider = Provider::Azure;
            row.name = text(afterLast(id, '/'));
        } else if (id.starts_with("//")) {
            row.provider = Provider::Gcp;
            row.kind = kindOfFullName(id);
        } else {
            for (const IdShape& shape : idShapes) {
                if (id.starts_with(shape.prefix)) {
                    row.kind = shape.kind;
                    row.provider = Provider::Aws;
                    break;
                }
            }
        }
        const NodeId node = m_builder.add(row);
        grow();
        return node;
    }

    /// Where nothing else tells whose a thing is that is only spoken of.
    NodeId ownedBy(std::string_view account, NodeId node)
    {
        NodeRow& row = m_builder.row(node);
        if (!row.outside || row.account != noNode || node == NodeId{0} || !isAccountNumber(account))
            return node;
        const NodeId owner = resolve(text(account));
        m_builder.row(node).account = owner;
        m_builder.row(node).parent = owner;
        return node;
    }

    void resolveFacts()
    {
        auto& in = m_inventory.facts;
        auto& out = m_builder.facts();
        for (const auto& row : in.edges) {
            if (m_progress.cancelled())
                return;
            m_progress.advance();
            out.edges.push_back({resolve(row.from), resolve(row.to), row.kind, row.evidence});
        }
        for (const auto& row : in.properties)
            out.properties.push_back({resolve(row.of), row.key, row.value, row.evidence});
        std::set<std::tuple<NodeId, StringId, StringId>> tagged; // two listings may tell the same tag
        for (const auto& row : in.tags) {
            const NodeId of = resolve(row.of);
            if (tagged.emplace(of, row.key, row.value).second)
                out.tags.push_back({of, row.key, row.value});
        }
        for (const auto& row : in.policies)
            out.policies.push_back({resolve(row.of), row.role, row.name, row.document, row.evidence});
        for (const auto& row : in.firewall) {
            out.firewall.push_back({resolve(row.of), row.direction, row.effect, row.priority, row.protocol, row.from,
                row.to, row.block, row.byPeer ? resolve(row.peer) : noNode, row.byPeer, row.rule, row.evidence,
                row.nearBlock, row.byNearPeer ? resolve(row.nearPeer) : noNode, row.byNearBlock, row.byNearPeer,
                row.someClientPorts});
        }
        for (const auto& row : in.prefixes)
            out.prefixes.push_back({resolve(row.of), row.block, row.evidence});
        for (const auto& row : in.routes) {
            out.routes.push_back({resolve(row.of), row.block, row.byList ? resolve(row.list) : noNode, row.byList,
                row.target == StringId::Empty ? noNode : resolve(row.target), row.local, row.blackhole, row.propagated,
                row.evidence, row.via});
        }
        for (const auto& row : in.addresses)
            out.addresses.push_back(
                {resolve(row.of), row.inside, row.outside, row.hasInside, row.hasOutside, row.evidence});
        for (const auto& row : in.blocks)
            out.blocks.push_back({resolve(row.of), row.block, row.evidence});
        for (const auto& row : in.ports)
            out.ports.push_back({resolve(row.of), row.protocol, row.port, row.evidence});
    }

    void resolveScoped()
    {
        for (const ScopedRow& row : m_inventory.scoped) {
            const StringId region = inherited(row.scope, &Scope::region);
            NodeId of = accountNode(inherited(row.scope, &Scope::account), row.scope, Provider::Aws);
            if (row.level == ScopedRow::Level::Account && text(row.key) == "account_alias") {
                if (const auto* name = std::get_if<StringId>(&row.value);
                    name && m_builder.row(of).name == StringId::Empty)
                    m_builder.row(of).name = *name;
            }
            if (row.level == ScopedRow::Level::Region && region != StringId::Empty)
                of = regionNode(of, region, Provider::Aws);
            m_builder.describe(of, row.evidence);
            m_builder.facts().properties.push_back({of, row.key, row.value, row.evidence});
        }
    }

    /// What lies in a group of subnets lies in each of them, and in their network.
    void openSubnetGroups()
    {
        auto& edges = m_builder.facts().edges;
        std::multimap<NodeId, NodeId> subnetsOf;
        for (const auto& edge : edges) {
            if (edge.kind == EdgeKind::InSubnet && text(m_builder.row(edge.from).type).ends_with("SubnetGroup"))
                subnetsOf.emplace(edge.from, edge.to);
        }
        const std::size_t read = edges.size();
        for (std::size_t i = 0; i < read; ++i) {
            const auto edge = edges[i];
            if (edge.kind != EdgeKind::InSubnet)
                continue;
            const auto [begin, end] = subnetsOf.equal_range(edge.to);
            for (auto at = begin; at != end; ++at)
                edges.push_back({edge.from, at->second, EdgeKind::InSubnet, edge.evidence});
            NodeRow& member = m_builder.row(edge.from);
            if (begin != end && (member.parent == member.region || member.parent == member.account))
                member.parent = m_builder.row(edge.to).parent;
        }
    }

    /// Azure's machines name no subnet: they stand where their first interface does.
    void placeByInterface()
    {
        for (const auto& edge : m_builder.facts().edges) {
            const NodeRow& from = m_builder.row(edge.from);
            NodeRow& to = m_builder.row(edge.to);
            if (edge.kind == EdgeKind::AttachedTo && from.kind == Kind::NetworkInterface
                && to.provider == Provider::Azure && info(to.kind).shape == Shape::Workload && from.parent != noNode
                && to.parent != noNode && m_builder.row(from.parent).kind == Kind::Subnet
                && m_builder.row(to.parent).kind != Kind::Subnet)
                to.parent = from.parent;
        }
    }

    Inventory m_inventory;
    Progress& m_progress;
    EstateBuilder m_builder;
    std::vector<ThingRow> m_rowOf; ///< by node: the merged row it came from
};

} // namespace

Kind kindOfArn(std::string_view text)
{
    const auto arn = parseArn(text);
    if (!arn)
        return Kind::Other;
    for (const ArnShape& shape : arnShapes) {
        if (arn->service == shape.service && arn->resource.starts_with(shape.resource))
            return shape.kind;
    }
    return Kind::Other;
}

Estate link(Inventory&& inventory, Progress& progress)
{
    return Linker(std::move(inventory), progress).run();
}

} // namespace glacis
