// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// What machines are made from and grouped in, and the services that stand before or beside them. The members are those
/// of the replies in the "AWS CLI Command Reference".
namespace glacis::aws {

namespace {

/// A kind of thing of which a listing tells little more than its name.
struct Plain {
    Kind kind;
    std::string_view type, id, name;
    std::pair<std::string_view, std::string_view> setting{}; ///< member → key
    std::pair<std::string_view, EdgeKind> link{}; ///< member → what the edge to it means
};
constexpr Plain environment{
    Kind::AppPlatform, "AWS::ElasticBeanstalk::Environment", "EnvironmentArn", "EnvironmentName"};
constexpr Plain firewall{Kind::NetworkFirewall, "AWS::NetworkFirewall::Firewall", "FirewallArn", "FirewallName"};
constexpr Plain webFirewall{Kind::WebFirewall, "AWS::WAFv2::WebACL", "ARN", "Name"};
constexpr Plain certificate{Kind::Key, "AWS::CertificateManager::Certificate", "CertificateArn", "DomainName"};
constexpr Plain userPool{Kind::IdentityProvider, "AWS::Cognito::UserPool", "Id", "Name"};
constexpr Plain identityPool{Kind::IdentityProvider, "AWS::Cognito::IdentityPool", "IdentityPoolId", "IdentityPoolName",
    {"AllowUnauthenticatedIdentities", "allows_guests"}};
constexpr Plain backupVault{Kind::BackupVault, "AWS::Backup::BackupVault", "BackupVaultArn", "BackupVaultName",
    {"Locked", "locked"}, {"EncryptionKeyArn", EdgeKind::EncryptedWith}};
constexpr Plain accessPoint{
    Kind::ObjectStore, "AWS::S3::AccessPoint", "AccessPointArn", "Name", {"NetworkOrigin", "network_origin"}};

Ref plainThing(const Plain& plain, Context& c, const Json& j, EvidenceId at)
{
    const Ref ref = c.thing(plain.kind, plain.type, textOf(j, plain.id), textOf(j, plain.name), j, at);
    if (ref == StringId::Empty) {
        c.file.row.leave("a thing of a listing", "it has no " + std::string(plain.id));
        return ref;
    }
    if (!plain.setting.first.empty())
        c.setting(ref, plain.setting.second, member(j, plain.setting.first), at);
    if (!plain.link.first.empty())
        c.inventory.edge(ref, plain.link.second, textOf(j, plain.link.first), at);
    return ref;
}

template <const Plain& plain> void take(Context& c, Json& j, const std::string& p)
{
    plainThing(plain, c, j, c.seen(p));
}

/// "Access points": what one leads to is a bucket of the same account.
void bucketAccessPoint(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = plainThing(accessPoint, c, j, at);
    if (ref == StringId::Empty)
        return;
    if (const std::string_view bucket = textOf(j, "Bucket"); !bucket.empty())
        c.inventory.edge(ref, EdgeKind::Uses, bucketArn(bucket), at);
    c.inventory.edge(ref, EdgeKind::AttachedTo, textOf(member(j, "VpcConfiguration"), "VpcId"), at);
}

/// "Amazon EC2 Auto Scaling groups", Amazon EC2 Auto Scaling User Guide.
void machineGroup(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view arn = textOf(j, "AutoScalingGroupARN");
    const Ref ref =
        c.thing(Kind::VmGroup, "AWS::AutoScaling::AutoScalingGroup", arn, textOf(j, "AutoScalingGroupName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at, {{"DesiredCapacity", "count"}});
    const Json& own = member(j, "LaunchTemplate");
    const Json& mixed =
        member(member(member(j, "MixedInstancesPolicy"), "LaunchTemplate"), "LaunchTemplateSpecification");
    c.inventory.edge(ref, EdgeKind::Uses, textOf(own.is_object() ? own : mixed, "LaunchTemplateId"), at);
    for (const std::string_view subnet : split(textOf(j, "VPCZoneIdentifier"), ','))
        c.inventory.edge(ref, EdgeKind::InSubnet, trimmed(subnet), at);
    for (const std::string& group : textsOf(j, "TargetGroupARNs"))
        c.inventory.edge(c.inventory.text(group), EdgeKind::Targets, arn, at);
    for (const Json& machine : arrayOf(j, "Instances")) {
        if (const std::string_view id = textOf(machine, "InstanceId"); !id.empty())
            c.inventory.edge(c.inventory.text(id), EdgeKind::MemberOf, arn, at);
    }
}

/// "Amazon EC2 launch templates", Amazon EC2 User Guide: the default version is what a launch uses that names none.
void launchTemplate(Context& c, Json& j, const std::string& p)
{
    if (!boolOf(j, "DefaultVersion").value_or(false))
        return c.file.row.leave("a version of a launch template", "it is not the default one");
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::VmTemplate, "AWS::EC2::LaunchTemplate", textOf(j, "LaunchTemplateId"),
        textOf(j, "LaunchTemplateName"), j, at);
    if (ref == StringId::Empty)
        return;
    const Json& data = member(j, "LaunchTemplateData");
    const Json& profile = member(data, "IamInstanceProfile");
    if (const std::string_view arn = textOf(profile, "Arn"); !arn.empty())
        c.inventory.edge(ref, EdgeKind::RunsAs, arn, at);
    else if (const std::string_view name = textOf(profile, "Name"); !name.empty() && !c.account().empty())
        c.inventory.edge(ref, EdgeKind::RunsAs,
            "arn:aws:iam::" + std::string(c.account()) + ":instance-profile/" + std::string(name), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(data, "SecurityGroupIds"), at);
    for (const Json& card : arrayOf(data, "NetworkInterfaces")) {
        c.edges(ref, EdgeKind::GuardedBy, arrayOf(card, "Groups"), at);
        c.inventory.edge(ref, EdgeKind::InSubnet, textOf(card, "SubnetId"), at);
    }
    // "Configure the instance metadata options": what a template leaves open is asked as the first version is.
    const Json& metadata = member(data, "MetadataOptions");
    const std::string_view tokens = textOf(metadata, "HttpTokens"), endpoint = textOf(metadata, "HttpEndpoint");
    c.inventory.property(ref, "metadata_tokens", tokens.empty() ? "optional" : tokens, at);
    c.inventory.property(ref, "metadata_endpoint", endpoint.empty() ? "enabled" : endpoint, at);
    c.secret("user data of machines", data.contains("UserData") ? 1 : 0);
}

/// describe-nodegroup: "Managed node groups", Amazon EKS User Guide.
void nodeGroup(Context& c, Json& j, const std::string& p)
{
    const Json& group = member(j, "nodegroup");
    const EvidenceId at = c.seen(p + "/nodegroup");
    const Ref ref = c.thing(Kind::NodeGroup, "AWS::EKS::Nodegroup", textOf(group, "nodegroupArn"),
        textOf(group, "nodegroupName"), group, at);
    if (ref == StringId::Empty)
        return;
    if (const std::string_view cluster = textOf(group, "clusterName"); !cluster.empty())
        c.parent(c.arn("eks", "cluster/" + std::string(cluster)));
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(group, "nodeRole"), at);
    c.edges(ref, EdgeKind::InSubnet, arrayOf(group, "subnets"), at);
    c.inventory.edge(ref, EdgeKind::Uses, textOf(member(group, "launchTemplate"), "id"), at);
    for (const Json& made : arrayOf(member(group, "resources"), "autoScalingGroups"))
        c.settings(ref, made, at, {{"name", "machine_group"}});
}

/// list-notebook-instances names them, describe-notebook-instance tells what they may do.
void notebook(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Notebook, "AWS::SageMaker::NotebookInstance", textOf(j, "NotebookInstanceArn"),
        textOf(j, "NotebookInstanceName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at,
        {{"NotebookInstanceStatus", "state"}, {"DirectInternetAccess", "internet_access"},
            {"RootAccess", "root_access"}});
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(j, "RoleArn"), at);
    c.inventory.edge(ref, EdgeKind::InSubnet, textOf(j, "SubnetId"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "SecurityGroups"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

/// describe-stream: "Data protection in Amazon Kinesis Data Streams", Kinesis Data Streams Developer Guide.
void stream(Context& c, Json& j, const std::string& p)
{
    const Json& one = member(j, "StreamDescription");
    const EvidenceId at = c.seen(p + "/StreamDescription");
    const Ref ref =
        c.thing(Kind::Stream, "AWS::Kinesis::Stream", textOf(one, "StreamARN"), textOf(one, "StreamName"), one, at);
    if (ref == StringId::Empty)
        return;
    const std::string_view encryption = textOf(one, "EncryptionType");
    if (!encryption.empty())
        c.inventory.property(ref, "encrypted", encryption == "KMS", at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(one, "KeyId"), at);
}

/// list-distributions: "Distribution settings reference", Amazon CloudFront Developer Guide.
void distributions(Context& c, Json& j, const std::string& p)
{
    const Json& items = arrayOf(member(j, "DistributionList"), "Items");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Json& one = items[i];
        const EvidenceId at = c.seen(pointerTo(p + "/DistributionList/Items", i));
        const Ref ref =
            c.thing(Kind::Cdn, "AWS::CloudFront::Distribution", textOf(one, "ARN"), textOf(one, "DomainName"), one, at);
        if (ref == StringId::Empty)
            continue;
        c.settings(ref, one, at, {{"Enabled", "enabled"}, {"Status", "state"}});
        c.settings(ref, member(one, "ViewerCertificate"), at, {{"MinimumProtocolVersion", "minimum_tls"}});
        c.settings(ref, member(one, "DefaultCacheBehavior"), at, {{"ViewerProtocolPolicy", "viewer_protocol"}});
        c.inventory.edge(ref, EdgeKind::GuardedBy, textOf(one, "WebACLId"), at);
        for (const Json& origin : arrayOf(member(one, "Origins"), "Items")) {
            // "BUCKET.s3.REGION.amazonaws.com", without the region in older distributions; a bucket's name may hold
            // dots.
            const std::string_view domain = textOf(origin, "DomainName");
            const std::size_t end = domain.find(".s3.");
            if (end != std::string_view::npos && domain.ends_with(".amazonaws.com"))
                c.inventory.edge(ref, EdgeKind::ForwardsTo, bucketArn(domain.substr(0, end)), at);
        }
    }
}

/// "Working with private hosted zones", Amazon Route 53 Developer Guide.
void hostedZone(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::DnsZone, "AWS::Route53::HostedZone", textOf(j, "Id"), textOf(j, "Name"), j, at);
    if (ref != StringId::Empty)
        c.settings(ref, member(j, "Config"), at, {{"PrivateZone", "private"}});
}

constexpr HandlerRow platformRows[] = {
    {"AutoScalingGroups", "AutoScalingGroupARN", machineGroup, "describe-auto-scaling-groups"},
    {"LaunchTemplateVersions", "LaunchTemplateId", launchTemplate},
    {"NotebookInstances", "NotebookInstanceArn", notebook, "list-notebook-instances"},
    {"Environments", "EnvironmentArn", take<environment>, "describe-environments"},
    {"Firewalls", "FirewallArn", take<firewall>, "list-firewalls"},
    {"WebACLs", "ARN", take<webFirewall>, "list-web-acls"},
    {"CertificateSummaryList", "CertificateArn", take<certificate>, "list-certificates"},
    {"UserPools", "Id", take<userPool>, "list-user-pools"},
    {"IdentityPools", "IdentityPoolId", take<identityPool>, "list-identity-pools"},
    {"BackupVaultList", "BackupVaultArn", take<backupVault>, "list-backup-vaults"},
    {"AccessPointList", "AccessPointArn", bucketAccessPoint, "list-access-points"},
    {"HostedZones", "Id", hostedZone, "list-hosted-zones", Level::Account},
};

constexpr WholeRow platformWholeRows[] = {
    {"nodegroup", "", nodeGroup},
    {"NotebookInstanceArn", "", notebook},
    {"StreamDescription", "", stream},
    {"DistributionList", "", distributions},
};

} // namespace

std::span<const HandlerRow> platformHandlers()
{
    return platformRows;
}

std::span<const WholeRow> platformWholes()
{
    return platformWholeRows;
}

} // namespace glacis::aws
