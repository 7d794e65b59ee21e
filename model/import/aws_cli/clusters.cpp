// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// Stores that run as clusters of machines in subnets: caches, warehouses, search domains, brokers, file shares.
namespace glacis::aws {

namespace {

/// The ARN of something beside the thing that `arn` names: its service, region and account, another resource.
std::string sibling(std::string_view arn, std::string_view resource)
{
    const auto parts = split(arn, ':');
    std::string text;
    for (std::size_t i = 0; i < 5 && i < parts.size(); ++i)
        text.append(parts[i]).append(":");
    return parts.size() < 6 ? std::string() : text.append(resource);
}

void subnetGroup(Context& c, const Json& j, const std::string& p, std::string_view type, const std::string& arn,
    std::string_view name)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Other, type, arn, name, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.edges(ref, EdgeKind::InSubnet, arrayOf(j, "Subnets"), at, "SubnetIdentifier");
}

void cacheSubnetGroup(Context& c, Json& j, const std::string& p)
{
    const std::string_view name = textOf(j, "CacheSubnetGroupName");
    const std::string_view arn = textOf(j, "ARN");
    subnetGroup(c, j, p, "AWS::ElastiCache::SubnetGroup",
        arn.empty() ? c.arn("elasticache", "subnetgroup:" + std::string(name)) : std::string(arn), name);
}

void databaseSubnetGroup(Context& c, Json& j, const std::string& p)
{
    const std::string_view name = textOf(j, "DBSubnetGroupName");
    const std::string_view arn = textOf(j, "DBSubnetGroupArn");
    subnetGroup(c, j, p, "AWS::RDS::DBSubnetGroup",
        arn.empty() ? c.arn("rds", "subgrp:" + std::string(name)) : std::string(arn), name);
}

void warehouseSubnetGroup(Context& c, Json& j, const std::string& p)
{
    const std::string name(textOf(j, "ClusterSubnetGroupName"));
    subnetGroup(c, j, p, "AWS::Redshift::ClusterSubnetGroup", c.arn("redshift", "subnetgroup:" + name), name);
}

void cacheSettings(Context& c, Ref ref, const Json& j, EvidenceId at)
{
    c.settings(ref, j, at,
        {{"AtRestEncryptionEnabled", "encrypted"}, {"TransitEncryptionEnabled", "encrypted_in_transit"},
            {"AuthTokenEnabled", "auth_token"}, {"SnapshotRetentionLimit", "backup_days"}, {"Engine", "engine"}});
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

void cachePort(Context& c, Ref ref, const Json& endpoint, EvidenceId at)
{
    if (const auto port = numberOf(endpoint, "Port"); port && *port > 0 && *port < 65536)
        c.inventory.property(ref, "port", std::int64_t{*port}, at);
}

/// "DescribeReplicationGroups", Amazon ElastiCache API Reference.
void replicationGroup(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string name(textOf(j, "ReplicationGroupId"));
    std::string arn(textOf(j, "ARN"));
    if (arn.empty() && !name.empty())
        arn = c.arn("elasticache", "replicationgroup:" + name);
    const Ref ref = c.thing(Kind::Cache, "AWS::ElastiCache::ReplicationGroup", arn, name, j, at);
    if (ref == StringId::Empty)
        return;
    cacheSettings(c, ref, j, at);
    c.inventory.property(ref, "multi_zone", textOf(j, "MultiAZ") == "enabled", at);
    for (const Json& group : arrayOf(j, "NodeGroups"))
        cachePort(c, ref, member(group, "PrimaryEndpoint"), at);
    cachePort(c, ref, member(j, "ConfigurationEndpoint"), at);
    for (const Json& cluster : arrayOf(j, "MemberClusters"))
        c.inventory.alias("cache:" + asText(cluster), ref);
}

/// A member of a replication group is part of it, not a cache of its own: what it says is said of the group.
void cacheCluster(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string name(textOf(j, "CacheClusterId")), group(textOf(j, "ReplicationGroupId"));
    std::string arn(textOf(j, "ARN"));
    if (arn.empty() && !name.empty())
        arn = c.arn("elasticache", "cluster:" + name);
    const std::string id = group.empty() ? arn : sibling(arn, "replicationgroup:" + group);
    const Ref ref =
        c.thing(Kind::Cache, group.empty() ? "AWS::ElastiCache::CacheCluster" : "AWS::ElastiCache::ReplicationGroup",
            id, group.empty() ? name : group, j, at);
    if (ref == StringId::Empty)
        return;
    if (!group.empty())
        c.inventory.alias(arn, ref);
    c.inventory.alias("cache:" + name, ref);
    cacheSettings(c, ref, j, at);
    cachePort(c, ref, member(j, "ConfigurationEndpoint"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "SecurityGroups"), at, "SecurityGroupId");
    if (const std::string_view subnets = textOf(j, "CacheSubnetGroupName"); !subnets.empty())
        c.inventory.edge(ref, EdgeKind::InSubnet, sibling(arn, "subnetgroup:" + std::string(subnets)), at);
}

/// "DescribeClusters", Amazon Redshift API Reference.
void warehouse(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string name(textOf(j, "ClusterIdentifier"));
    const std::string id = c.arn("redshift", "cluster:" + name);
    const Ref ref = c.thing(Kind::Warehouse, "AWS::Redshift::Cluster", name.empty() ? std::string() : id, name, j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at,
        {{"Encrypted", "encrypted"}, {"PubliclyAccessible", "publicly_accessible"},
            {"AutomatedSnapshotRetentionPeriod", "backup_days"}, {"EnhancedVpcRouting", "enhanced_routing"}});
    c.setting(ref, "port", member(member(j, "Endpoint"), "Port"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "VpcSecurityGroups"), at, "VpcSecurityGroupId");
    c.edges(ref, EdgeKind::RunsAs, arrayOf(j, "IamRoles"), at, "IamRoleArn");
    if (const std::string_view subnets = textOf(j, "ClusterSubnetGroupName"); !subnets.empty())
        c.inventory.edge(ref, EdgeKind::InSubnet, c.arn("redshift", "subnetgroup:" + std::string(subnets)), at);
    for (const Json& node : arrayOf(j, "ClusterNodes")) {
        const auto inside = parseIpAddress(textOf(node, "PrivateIPAddress")),
                   outside = parseIpAddress(textOf(node, "PublicIPAddress"));
        c.inventory.facts.addresses.push_back({ref, inside.value_or(IpAddress{}), outside.value_or(IpAddress{}),
            inside.has_value(), outside.has_value(), at});
    }
}

/// "DescribeElasticsearchDomain", Amazon OpenSearch Service API Reference.
void searchDomain(Context& c, const Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::Search, "AWS::OpenSearchService::Domain", textOf(j, "ARN"), textOf(j, "DomainName"), j, at);
    if (ref == StringId::Empty)
        return;
    const Json& network = member(j, "VPCOptions");
    c.parent(textOf(network, "VPCId"));
    c.edges(ref, EdgeKind::InSubnet, arrayOf(network, "SubnetIds"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(network, "SecurityGroupIds"), at);
    c.setting(ref, "encrypted", member(member(j, "EncryptionAtRestOptions"), "Enabled"), at);
    c.setting(ref, "encrypted_between_nodes", member(member(j, "NodeToNodeEncryptionOptions"), "Enabled"), at);
    c.setting(ref, "https_only", member(member(j, "DomainEndpointOptions"), "EnforceHTTPS"), at);
    // A domain outside a network has an endpoint that the internet reaches; only its policy guards it.
    c.inventory.property(ref, "publicly_accessible", textOf(network, "VPCId").empty(), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(member(j, "EncryptionAtRestOptions"), "KmsKeyId"), at);
    if (!textOf(j, "AccessPolicies").empty())
        c.policy(
            ref, PolicyRole::Resource, "AccessPolicies", member(j, "AccessPolicies"), c.seen(p + "/AccessPolicies"));
}

void listedDomain(Context& c, Json& j, const std::string& p)
{
    searchDomain(c, j, p);
}
void wholeDomain(Context& c, Json& j, const std::string& p)
{
    searchDomain(c, member(j, "DomainStatus"), p + "/DomainStatus");
}

void domainName(Context& c, Json& j, const std::string& p)
{
    const std::string name(textOf(j, "DomainName"));
    if (!name.empty())
        c.thing(Kind::Search, "AWS::OpenSearchService::Domain", c.arn("es", "domain/" + name), name, j, c.seen(p));
}

/// "ListClusters", Amazon MSK API Reference.
void broker(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::Stream, "AWS::MSK::Cluster", textOf(j, "ClusterArn"), textOf(j, "ClusterName"), j, at);
    if (ref == StringId::Empty)
        return;
    const Json& nodes = member(j, "BrokerNodeGroupInfo");
    c.edges(ref, EdgeKind::InSubnet, arrayOf(nodes, "ClientSubnets"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(nodes, "SecurityGroups"), at);
    const Json& encryption = member(j, "EncryptionInfo");
    c.setting(ref, "client_encryption", member(member(encryption, "EncryptionInTransit"), "ClientBroker"), at);
    c.inventory.edge(
        ref, EdgeKind::EncryptedWith, textOf(member(encryption, "EncryptionAtRest"), "DataVolumeKMSKeyId"), at);
}

/// "DescribeFileSystems" and "DescribeMountTargets", Amazon EFS API Reference.
void fileSystem(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::FileShare, "AWS::EFS::FileSystem", textOf(j, "FileSystemArn"), textOf(j, "Name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(textOf(j, "FileSystemId"), ref);
    c.settings(ref, j, at, {{"Encrypted", "encrypted"}});
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

void mountTarget(Context& c, Json& j, const std::string& p)
{
    const std::string_view share = textOf(j, "FileSystemId");
    if (share.empty())
        return;
    const EvidenceId at = c.seen(p);
    c.inventory.edge(c.inventory.text(share), EdgeKind::InSubnet, textOf(j, "SubnetId"), at);
    if (!textOf(j, "NetworkInterfaceId").empty())
        c.inventory.edge(c.inventory.text(textOf(j, "NetworkInterfaceId")), EdgeKind::AttachedTo, share, at);
}

constexpr HandlerRow clustersRows[] = {
    {"ReplicationGroups", "", replicationGroup, "describe-replication-groups"},
    {"CacheClusters", "", cacheCluster, "describe-cache-clusters"},
    {"CacheSubnetGroups", "", cacheSubnetGroup, "describe-cache-subnet-groups"},
    {"DBSubnetGroups", "", databaseSubnetGroup, "describe-db-subnet-groups"},
    {"ClusterSubnetGroups", "", warehouseSubnetGroup, "describe-cluster-subnet-groups"},
    {"Clusters", "ClusterIdentifier", warehouse, "redshift-describe-clusters"},
    {"DomainStatusList", "", listedDomain, "describe-elasticsearch-domains"},
    {"DomainNames", "", domainName, "list-domain-names"},
    {"ClusterInfoList", "", broker, "kafka-list-clusters"},
    {"FileSystems", "FileSystemArn", fileSystem, "describe-file-systems"},
    {"MountTargets", "", mountTarget},
};

constexpr WholeRow clustersWholeRows[] = {
    {"DomainStatus", "", wholeDomain},
};

} // namespace

std::span<const HandlerRow> clusterHandlers()
{
    return clustersRows;
}
std::span<const WholeRow> clusterWholes()
{
    return clustersWholeRows;
}

} // namespace glacis::aws
