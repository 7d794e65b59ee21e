// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

namespace glacis::aws {

namespace {

void instance(Context& c, const Json& j, const std::string& p, std::string_view owner)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "InstanceId");
    const Ref ref = c.thing(Kind::Vm, "AWS::EC2::Instance", id, {}, j, at);
    if (ref == StringId::Empty)
        return;
    if (looksLikeAwsAccount(owner))
        c.inventory.things.back().account = c.inventory.text(owner);
    c.parent(textOf(j, "SubnetId"));
    c.settings(ref, j, at, {{"ImageId", "image"}, {"InstanceType", "size"}, {"Platform", "platform"}});
    c.settings(ref, member(j, "State"), at, {{"Name", "state"}});
    c.settings(ref, member(j, "MetadataOptions"), at,
        {{"HttpTokens", "metadata_tokens"}, {"HttpEndpoint", "metadata_endpoint"}});
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(member(j, "IamInstanceProfile"), "Arn"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "SecurityGroups"), at, "GroupId");
    for (const Json& device : arrayOf(j, "BlockDeviceMappings")) {
        const std::string_view volume = textOf(member(device, "Ebs"), "VolumeId");
        if (!volume.empty())
            c.inventory.edge(c.inventory.text(volume), EdgeKind::AttachedTo, id, at);
    }
    for (const Json& eni : arrayOf(j, "NetworkInterfaces")) {
        const std::string_view eniId = textOf(eni, "NetworkInterfaceId");
        if (eniId.empty())
            continue;
        ThingRow& row = c.inventory.thing(
            Kind::NetworkInterface, Provider::Aws, "AWS::EC2::NetworkInterface", eniId, c.file.scope, at);
        row.parent = c.inventory.text(textOf(eni, "SubnetId"));
        c.inventory.edge(c.inventory.text(eniId), EdgeKind::AttachedTo, id, at);
    }
    c.secret("user data of machines", j.contains("UserData") ? 1 : 0);
}

void reservation(Context& c, Json& j, const std::string& p)
{
    const Json& instances = arrayOf(j, "Instances");
    for (std::size_t i = 0; i < instances.size(); ++i)
        instance(c, instances[i], pointerTo(p + "/Instances", i), textOf(j, "OwnerId"));
}

void bareInstance(Context& c, Json& j, const std::string& p)
{
    instance(c, j, p, textOf(j, "OwnerId"));
}

void loadBalancerV2(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view arn = textOf(j, "LoadBalancerArn");
    const Ref ref = c.thing(
        Kind::LoadBalancer, "AWS::ElasticLoadBalancingV2::LoadBalancer", arn, textOf(j, "LoadBalancerName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at,
        {{"Scheme", "scheme"}, {"Type", "lb_type"}, {"DNSName", "dns_name"}, {"IpAddressType", "address_type"},
            {"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "privatelink_rules"}});
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "SecurityGroups"), at);
    c.edges(ref, EdgeKind::InSubnet, arrayOf(j, "AvailabilityZones"), at, "SubnetId");
    const auto tail = arn.find("loadbalancer/");
    if (tail != std::string_view::npos)
        c.inventory.alias("elb:" + std::string(arn.substr(tail + 13)), ref);
}

void classicLoadBalancer(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view name = textOf(j, "LoadBalancerName");
    if (name.empty())
        return;
    const std::string id = c.arn("elasticloadbalancing", "loadbalancer/" + std::string(name));
    const Ref ref = c.thing(Kind::LoadBalancer, "AWS::ElasticLoadBalancing::LoadBalancer", id, name, j, at);
    c.parent(textOf(j, "VPCId"));
    c.inventory.alias("elb:" + std::string(name), ref);
    c.settings(ref, j, at, {{"Scheme", "scheme"}, {"DNSName", "dns_name"}});
    c.inventory.property(ref, "lb_type", "classic", at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "SecurityGroups"), at);
    c.edges(ref, EdgeKind::InSubnet, arrayOf(j, "Subnets"), at);
    const Json& listeners = arrayOf(j, "ListenerDescriptions");
    for (std::size_t i = 0; i < listeners.size(); ++i) {
        const Json& listener = member(listeners[i], "Listener");
        const auto front = numberOf(listener, "LoadBalancerPort"), back = numberOf(listener, "InstancePort");
        const EvidenceId here = c.seen(pointerTo(p + "/ListenerDescriptions", i));
        // A classic listener sends straight to machines; one target group for each keeps one shape for all kinds.
        const std::string listenerId = id + "/listener/" + std::to_string(front.value_or(0));
        const Ref listenerRef =
            c.thing(Kind::Listener, "AWS::ElasticLoadBalancing::Listener", listenerId, {}, Json::object(), here);
        const Ref targetRef = c.thing(Kind::TargetGroup, "AWS::ElasticLoadBalancing::Instances",
            listenerId + "/instances", {}, Json::object(), here);
        c.inventory.edge(ref, EdgeKind::ForwardsTo, listenerId, here);
        c.inventory.edge(listenerRef, EdgeKind::ForwardsTo, listenerId + "/instances", here);
        c.inventory.facts.ports.push_back({listenerRef, 6, static_cast<std::int32_t>(front.value_or(-1)), here});
        c.inventory.facts.ports.push_back({targetRef, 6, static_cast<std::int32_t>(back.value_or(-1)), here});
        c.setting(listenerRef, "protocol", member(listener, "Protocol"), here);
        c.edges(targetRef, EdgeKind::Targets, arrayOf(j, "Instances"), here, "InstanceId");
    }
}

std::int16_t transport(std::string_view protocol)
{
    return protocol == "UDP" ? 17 : 6;
}

void listener(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view arn = textOf(j, "ListenerArn");
    const std::string_view balancer =
        textOf(j, "LoadBalancerArn").empty() ? std::string_view(c.call.parameter) : textOf(j, "LoadBalancerArn");
    const Ref ref = c.thing(Kind::Listener, "AWS::ElasticLoadBalancingV2::Listener", arn, {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at, {{"Protocol", "protocol"}, {"SslPolicy", "tls_policy"}});
    if (!balancer.empty()) {
        c.parent(balancer);
        c.inventory.edge(c.inventory.text(balancer), EdgeKind::ForwardsTo, arn, at);
    }
    c.inventory.facts.ports.push_back(
        {ref, transport(textOf(j, "Protocol")), static_cast<std::int32_t>(numberOf(j, "Port").value_or(-1)), at});
    for (const Json& action : arrayOf(j, "DefaultActions")) {
        c.inventory.edge(ref, EdgeKind::ForwardsTo, textOf(action, "TargetGroupArn"), at);
        for (const Json& group : arrayOf(member(action, "ForwardConfig"), "TargetGroups")) {
            if (textOf(group, "TargetGroupArn") != textOf(action, "TargetGroupArn"))
                c.inventory.edge(ref, EdgeKind::ForwardsTo, textOf(group, "TargetGroupArn"), at);
        }
    }
}

/// "DescribeRules", Elastic Load Balancing API Reference: what a listener does besides its default.
void listenerRule(Context& c, Json& j, const std::string& p)
{
    std::string of(textOf(j, "RuleArn"));
    const auto cut = of.rfind('/');
    const auto kind = of.find(":listener-rule/");
    if (kind == std::string::npos || cut == std::string::npos || boolOf(j, "IsDefault").value_or(false))
        return;
    // The rule's ARN is that of its listener with another word and an id behind it.
    of = of.substr(0, cut).replace(kind, 15, ":listener/");
    const EvidenceId at = c.seen(p);
    for (const Json& action : arrayOf(j, "Actions")) {
        c.inventory.edge(c.inventory.text(of), EdgeKind::ForwardsTo, textOf(action, "TargetGroupArn"), at);
        for (const Json& group : arrayOf(member(action, "ForwardConfig"), "TargetGroups")) {
            if (textOf(group, "TargetGroupArn") != textOf(action, "TargetGroupArn"))
                c.inventory.edge(c.inventory.text(of), EdgeKind::ForwardsTo, textOf(group, "TargetGroupArn"), at);
        }
    }
}

/// Tags that are asked for apart from the things that bear them: of load balancers by ARN, of EC2's things by id.
void tagDescription(Context& c, Json& j, const std::string&)
{
    const std::string_view arn = textOf(j, "ResourceArn"), classic = textOf(j, "LoadBalancerName");
    if (!arn.empty())
        c.tags(c.inventory.text(arn), j);
    else if (!classic.empty())
        c.tags(c.inventory.text("elb:" + std::string(classic)), j);
}
void bareTag(Context& c, Json& j, const std::string&)
{
    c.tag(c.inventory.text(textOf(j, "ResourceId")), textOf(j, "Key"), textOf(j, "Value"));
}

/// Batfish keeps a balancer's listeners under a wrapper with the balancer's ARN.
void wrappedListeners(Context& c, Json& j, const std::string& p)
{
    Json listeners = arrayOf(j, "Listeners");
    for (std::size_t i = 0; i < listeners.size(); ++i)
        listener(c, listeners[i], pointerTo(p + "/Listeners", i));
}

void targetGroup(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view arn = textOf(j, "TargetGroupArn");
    const Ref ref = c.thing(
        Kind::TargetGroup, "AWS::ElasticLoadBalancingV2::TargetGroup", arn, textOf(j, "TargetGroupName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.parent(textOf(j, "VpcId"));
    c.settings(ref, j, at, {{"Protocol", "protocol"}, {"TargetType", "target_type"}});
    c.inventory.facts.ports.push_back(
        {ref, transport(textOf(j, "Protocol")), static_cast<std::int32_t>(numberOf(j, "Port").value_or(-1)), at});
    for (const Json& balancer : arrayOf(j, "LoadBalancerArns")) {
        if (balancer.is_string())
            c.inventory.property(ref, "load_balancer", std::string_view(balancer.get_ref<const std::string&>()), at);
    }
}

void targetHealth(Context& c, std::string_view group, const Json& j, const std::string& p)
{
    const std::string_view target = textOf(member(j, "Target"), "Id");
    if (group.empty() || target.empty())
        return c.file.row.leave("a target's health",
            "the file's name does not say which target group it is of: name the file after its ARN");
    const EvidenceId at = c.seen(p);
    const Ref ref = c.inventory.text(group);
    if (const auto ip = parseIpAddress(target))
        c.inventory.facts.addresses.push_back({ref, *ip, {}, true, false, at});
    else
        c.inventory.edge(ref, EdgeKind::Targets, target, at);
    c.inventory.property(ref, "health:" + std::string(target), textOf(member(j, "TargetHealth"), "State"), at);
}

void targetHealthEntry(Context& c, Json& j, const std::string& p)
{
    targetHealth(c, c.call.parameter, j, p);
}

void wrappedTargetHealth(Context& c, Json& j, const std::string& p)
{
    const Json& entries = arrayOf(j, "TargetHealthDescriptions");
    for (std::size_t i = 0; i < entries.size(); ++i)
        targetHealth(c, textOf(j, "TargetGroupArn"), entries[i], pointerTo(p + "/TargetHealthDescriptions", i));
}

void wrappedAttributes(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.inventory.text(textOf(j, "LoadBalancerArn"));
    for (const Json& attribute : arrayOf(j, "Attributes"))
        c.setting(ref, textOf(attribute, "Key"), member(attribute, "Value"), at);
}

/// One attribute of the balancer or target group that the file is named after.
void attribute(Context& c, Json& j, const std::string& p)
{
    if (!c.call.parameter.starts_with("arn:"))
        return c.file.row.leave("an attribute of a load balancer or target group",
            "the file's name does not say which it is of: name the file after its ARN");
    c.setting(c.inventory.text(c.call.parameter), textOf(j, "Key"), member(j, "Value"), c.seen(p));
}

void classicAttributes(Context& c, Json& j, const std::string& p)
{
    const Json& log = member(member(j, "LoadBalancerAttributes"), "AccessLog");
    if (c.call.parameter.empty() || !log.is_object())
        return c.file.row.leave("attributes of a load balancer",
            "the file's name does not say which it is of: name the file after the load balancer");
    const Ref of = c.inventory.text("elb:" + c.call.parameter);
    c.setting(of, "access_logging", member(log, "Enabled"), c.seen(p + "/LoadBalancerAttributes/AccessLog"));
}

void listedCluster(Context& c, Json& j, const std::string& p)
{
    if (j.is_string())
        c.thing(Kind::ContainerCluster, "AWS::ECS::Cluster", j.get<std::string>(), afterLast(j.get<std::string>(), '/'),
            Json::object(), c.seen(p));
}
void listedTask(Context& c, Json& j, const std::string& p)
{
    if (j.is_string())
        c.thing(Kind::ContainerTask, "AWS::ECS::Task", j.get<std::string>(), {}, Json::object(), c.seen(p));
}
void listedService(Context& c, Json& j, const std::string& p)
{
    if (j.is_string())
        c.thing(Kind::ContainerService, "AWS::ECS::Service", j.get<std::string>(), afterLast(j.get<std::string>(), '/'),
            Json::object(), c.seen(p));
}

/// "DescribeCluster", Amazon EKS API Reference.
void kubernetesCluster(Context& c, Json& j, const std::string& p)
{
    const Json& inner = member(j, "cluster");
    const EvidenceId at = c.seen(p + "/cluster");
    const Ref ref =
        c.thing(Kind::ContainerCluster, "AWS::EKS::Cluster", textOf(inner, "arn"), textOf(inner, "name"), inner, at);
    if (ref == StringId::Empty)
        return;
    const Json& network = member(inner, "resourcesVpcConfig");
    c.parent(textOf(network, "vpcId"));
    c.edges(ref, EdgeKind::InSubnet, arrayOf(network, "subnetIds"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(network, "securityGroupIds"), at);
    c.inventory.edge(ref, EdgeKind::GuardedBy, textOf(network, "clusterSecurityGroupId"), at);
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(inner, "roleArn"), at);
    c.settings(ref, network, at,
        {{"endpointPublicAccess", "publicly_accessible"}, {"endpointPrivateAccess", "privately_accessible"}});
    c.settings(ref, inner, at, {{"version", "version"}, {"status", "state"}});
    for (const Json& encryption : arrayOf(inner, "encryptionConfig"))
        c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(member(encryption, "provider"), "keyArn"), at);
}

void containerCluster(Context& c, Json& j, const std::string& p)
{
    c.thing(
        Kind::ContainerCluster, "AWS::ECS::Cluster", textOf(j, "clusterArn"), textOf(j, "clusterName"), j, c.seen(p));
}

void containerService(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::ContainerService, "AWS::ECS::Service", textOf(j, "serviceArn"), textOf(j, "serviceName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::AttachedTo, textOf(j, "clusterArn"), at);
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(j, "taskDefinition"), at);
    const Json& network = member(member(j, "networkConfiguration"), "awsvpcConfiguration");
    c.edges(ref, EdgeKind::InSubnet, arrayOf(network, "subnets"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(network, "securityGroups"), at);
    c.settings(ref, network, at, {{"assignPublicIp", "assign_public_ip"}});
    for (const Json& balancer : arrayOf(j, "loadBalancers")) {
        const std::string_view group = textOf(balancer, "targetGroupArn");
        if (!group.empty())
            c.inventory.edge(c.inventory.text(group), EdgeKind::Targets, textOf(j, "serviceArn"), at);
    }
}

void containerTask(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    // A task has no name of its own; people know it by the family of its definition.
    const std::string_view family = before(afterLast(textOf(j, "taskDefinitionArn"), '/'), ':');
    const Ref ref = c.thing(Kind::ContainerTask, "AWS::ECS::Task", textOf(j, "taskArn"), family, j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::AttachedTo, textOf(j, "clusterArn"), at);
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(j, "taskDefinitionArn"), at);
    for (const Json& attachment : arrayOf(j, "attachments")) {
        for (const Json& detail : arrayOf(attachment, "details")) {
            if (textOf(detail, "name") == "networkInterfaceId")
                c.inventory.edge(
                    c.inventory.text(textOf(detail, "value")), EdgeKind::AttachedTo, textOf(j, "taskArn"), at);
        }
    }
}

void taskDefinition(Context& c, Json& j, const std::string& p)
{
    const Json& inner = member(j, "taskDefinition");
    const EvidenceId at = c.seen(p + "/taskDefinition");
    const Ref ref = c.thing(Kind::Workload, "AWS::ECS::TaskDefinition", textOf(inner, "taskDefinitionArn"),
        textOf(inner, "family"), inner, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(inner, "taskRoleArn"), at);
    c.settings(ref, inner, at, {{"networkMode", "network_mode"}, {"executionRoleArn", "execution_role"}});
    for (const Json& container : arrayOf(inner, "containerDefinitions"))
        c.secret("environment variables of containers", arrayOf(container, "environment").size());
}

constexpr HandlerRow workloadsRows[] = {
    {"Reservations", "", reservation, "describe-instances"},
    {"Instances", "InstanceId", bareInstance},
    {"LoadBalancers", "LoadBalancerArn", loadBalancerV2, "describe-load-balancers"},
    {"LoadBalancers", "LoadBalancerName", classicLoadBalancer},
    {"LoadBalancerDescriptions", "", classicLoadBalancer, "elb-describe-load-balancers"},
    {"Listeners", "ListenerArn", listener},
    {"LoadBalancerListeners", "", wrappedListeners},
    {"LoadBalancerAttributes", "", wrappedAttributes},
    {"TargetGroups", "", targetGroup, "describe-target-groups"},
    {"TargetHealthDescriptions", "", targetHealthEntry},
    {"LoadBalancerTargetHealth", "", wrappedTargetHealth},
    {"Rules", "RuleArn", listenerRule},
    {"TagDescriptions", "", tagDescription},
    {"Tags", "ResourceId", bareTag, "describe-tags"},
    {"Attributes", "Key", attribute},
    {"clusterArns", "", listedCluster, "list-clusters"},
    {"taskArns", "", listedTask},
    {"serviceArns", "", listedService},
    {"clusters", "clusterArn", containerCluster},
    {"services", "serviceArn", containerService},
    {"tasks", "taskArn", containerTask},
};

constexpr WholeRow workloadsWholeRows[] = {
    {"taskDefinition", "", taskDefinition},
    {"cluster", "", kubernetesCluster},
    {"LoadBalancerAttributes", "", classicAttributes},
};

} // namespace

std::span<const HandlerRow> workloadHandlers()
{
    return workloadsRows;
}
std::span<const WholeRow> workloadWholes()
{
    return workloadsWholeRows;
}

} // namespace glacis::aws
