// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/facts.h"

#include "core/text.h"

#include <algorithm>

/// What the table of types can't say: rules, routes, interfaces and ports.
namespace glacis::terraform {

namespace {

std::int32_t port(const Json& values, const char* key)
{
    return static_cast<std::int32_t>(std::clamp(numberOf(values, key).value_or(-1), -1LL, 65535LL));
}

/// One rule of a security group; which arguments name the other side depends on the resource that holds it.
struct RuleForm {
    const char* protocol;
    std::initializer_list<const char*> blocks, groups, lists;
};

const RuleForm inlineForm{"protocol", {"cidr_blocks", "ipv6_cidr_blocks"},
    {"security_groups", "source_security_group_id"}, {"prefix_list_ids"}};
const RuleForm ownForm{"ip_protocol", {"cidr_ipv4", "cidr_ipv6"}, {"referenced_security_group_id"}, {"prefix_list_id"}};

/// "Security group rules", Amazon VPC User Guide: protocol -1 is every protocol and port.
void rule(ResourceFacts& f, Ref group, Direction direction, const Json& values, const std::string& pointer,
    const std::string& name, const RuleForm& form)
{
    FirewallRow<Ref> base;
    base.of = group;
    base.direction = direction;
    base.protocol = protocolNumber(lowered(textOf(values, form.protocol)));
    // The protocol may be written as a number.
    if (const auto number = numberOf(values, form.protocol))
        base.protocol = static_cast<std::int16_t>(*number);
    else if (textOf(values, form.protocol) == "all")
        base.protocol = -1;
    base.from = base.protocol == -1 ? -1 : port(values, "from_port");
    base.to = base.protocol == -1 ? -1 : port(values, "to_port");
    if (hcl::isOpen(member(values, form.protocol)) || hcl::isOpen(member(values, "from_port"))
        || hcl::isOpen(member(values, "to_port")))
        return f.row.leave(
            "a security group rule", "its protocol or ports are known only when the configuration is applied");
    const auto add = [&](FirewallRow<Ref> one, std::string_view other, const std::string& here) {
        one.rule = f.inventory.text(name + '.' + std::string(other));
        one.evidence = f.seen(here);
        f.inventory.facts.firewall.push_back(one);
    };
    const auto each = [&](const char* key, auto&& take) {
        const Json& found = member(values, key);
        const std::string here = pointerTo(pointer, key);
        for (const Json& value : found.is_array() ? found : found.is_null() ? Json::array() : Json::array({found}))
            take(value, here);
    };
    for (const char* key : form.blocks) {
        each(key, [&](const Json& value, const std::string& here) {
            const auto prefix = value.is_string() ? parseIpPrefix(value.get_ref<const std::string&>()) : std::nullopt;
            if (!prefix)
                return f.row.leave("a security group rule",
                    hcl::isOpen(value) ? "its address block is known only when the configuration is applied"
                                       : "its address block is malformed");
            FirewallRow<Ref> one = base;
            one.block = *prefix;
            add(one, toString(*prefix), here);
        });
    }
    const auto peers = [&](const std::initializer_list<const char*>& keys, Kind kind) {
        for (const char* key : keys) {
            each(key, [&](const Json& value, const std::string& here) {
                FirewallRow<Ref> one = base;
                one.byPeer = true;
                one.peer = f.refer(value, kind);
                if (one.peer != Ref{})
                    add(one, f.inventory.strings[one.peer], here);
            });
        }
    };
    peers(form.groups, Kind::SecurityGroup);
    peers(form.lists, Kind::PrefixList);
    if (boolOf(values, "self").value_or(false)) {
        FirewallRow<Ref> one = base;
        one.byPeer = true;
        one.peer = group;
        add(one, f.inventory.strings[group], pointer);
    }
}

/// "Resource: aws_security_group", AWS provider documentation: without an egress block the provider takes the rule that
/// AWS adds by default away, so nothing may leave.
void securityGroup(ResourceFacts& f)
{
    for (const auto& [key, direction] : {std::pair{"ingress", Direction::In}, {"egress", Direction::Out}}) {
        const Json& list = arrayOf(f.resource.values, key);
        for (std::size_t i = 0; i < list.size(); ++i)
            rule(f, f.subject(), direction, list[i], pointerTo(pointerTo({}, key), i),
                (direction == Direction::In ? "in#" : "out#") + std::to_string(i), inlineForm);
    }
}

void groupRule(ResourceFacts& f)
{
    const Direction direction = textOf(f.resource.values, "type") == "egress" ? Direction::Out : Direction::In;
    rule(f, f.subject(), direction, f.resource.values, {}, f.resource.address, inlineForm);
}

void groupIngress(ResourceFacts& f)
{
    rule(f, f.subject(), Direction::In, f.resource.values, {}, f.resource.address, ownForm);
}

void groupEgress(ResourceFacts& f)
{
    rule(f, f.subject(), Direction::Out, f.resource.values, {}, f.resource.address, ownForm);
}

/// "Network ACL rules", Amazon VPC User Guide. An entry of the list has action and rule_no, a rule by itself
/// rule_action and rule_number.
void aclEntry(ResourceFacts& f, const Json& values, Direction direction, const std::string& pointer)
{
    const auto number = values.contains("rule_no") ? numberOf(values, "rule_no") : numberOf(values, "rule_number");
    const std::string_view v4 = textOf(values, "cidr_block");
    const auto prefix = parseIpPrefix(v4.empty() ? textOf(values, "ipv6_cidr_block") : v4);
    if (!number || !prefix)
        return f.row.leave("a network ACL entry", "its number or address block is not known");
    const std::string_view action =
        values.contains("action") ? textOf(values, "action") : textOf(values, "rule_action");
    FirewallRow<Ref> one;
    one.of = f.subject();
    one.direction = direction;
    one.effect = equalIgnoringCase(action, "allow") ? RuleEffect::Allow : RuleEffect::Deny;
    one.priority = static_cast<std::int32_t>(*number);
    one.protocol = protocolNumber(lowered(textOf(values, "protocol")));
    if (const auto written = numberOf(values, "protocol"))
        one.protocol = static_cast<std::int16_t>(*written);
    const bool icmp = one.protocol == 1 || one.protocol == 58;
    one.from = one.protocol == -1 ? -1 : port(values, icmp ? "icmp_type" : "from_port");
    one.to = one.protocol == -1 ? -1 : port(values, icmp ? "icmp_code" : "to_port");
    one.block = *prefix;
    one.rule = f.inventory.text((direction == Direction::Out ? "out#" : "in#") + std::to_string(*number));
    one.evidence = f.seen(pointer);
    f.inventory.facts.firewall.push_back(one);
}

void networkAcl(ResourceFacts& f)
{
    for (const auto& [key, direction] : {std::pair{"ingress", Direction::In}, {"egress", Direction::Out}}) {
        const Json& list = arrayOf(f.resource.values, key);
        for (std::size_t i = 0; i < list.size(); ++i)
            aclEntry(f, list[i], direction, pointerTo(pointerTo({}, key), i));
    }
}

void networkAclRule(ResourceFacts& f)
{
    aclEntry(
        f, f.resource.values, boolOf(f.resource.values, "egress").value_or(false) ? Direction::Out : Direction::In, {});
}

constexpr std::pair<const char*, Kind> routeTargets[] = {{"gateway_id", Kind::InternetGateway},
    {"nat_gateway_id", Kind::NatGateway}, {"egress_only_gateway_id", Kind::EgressOnlyGateway},
    {"transit_gateway_id", Kind::TransitHub}, {"vpc_peering_connection_id", Kind::NetworkPeering},
    {"network_interface_id", Kind::NetworkInterface}, {"vpc_endpoint_id", Kind::PrivateEndpoint},
    {"transit_gateway_attachment_id", Kind::TransitAttachment}};

/// A route of a table has cidr_block, one by itself destination_cidr_block.
void route(ResourceFacts& f, const Json& values, const std::string& pointer)
{
    RouteRow<Ref> one;
    one.of = f.subject();
    one.evidence = f.seen(pointer);
    one.blackhole = boolOf(values, "blackhole").value_or(false);
    bool known = false;
    for (const char* key : {"cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block"}) {
        if (const auto prefix = parseIpPrefix(textOf(values, key))) {
            one.block = *prefix;
            known = true;
        }
    }
    for (const char* key : {"destination_prefix_list_id"}) {
        if (const Ref list = f.refer(member(values, key), Kind::PrefixList); list != Ref{}) {
            one.list = list;
            one.byList = known = true;
        }
    }
    for (const auto& [key, kind] : routeTargets) {
        const Json& target = member(values, key);
        if (target == "local")
            one.local = true;
        else if (one.target == Ref{})
            one.target = f.refer(target, kind);
    }
    if (!known)
        return f.row.leave("a route", "its destination is known only when the configuration is applied");
    f.inventory.facts.routes.push_back(one);
}

void routeTable(ResourceFacts& f)
{
    const Json& list = arrayOf(f.resource.values, "route");
    for (std::size_t i = 0; i < list.size(); ++i)
        route(f, list[i], pointerTo(pointerTo({}, "route"), i));
    if (!f.inventory.things.empty())
        addLocalRoutes(f.inventory, f.subject(), f.inventory.things.back().parent);
}

void ownRoute(ResourceFacts& f)
{
    route(f, f.resource.values, {});
}

/// "Elastic network interfaces", Amazon EC2 User Guide: every instance has a primary interface, made with it.
void instance(ResourceFacts& f)
{
    const Json& values = f.resource.values;
    if (!arrayOf(values, "network_interface").empty()) {
        f.follow("network_interface.*.network_interface_id", [&](const Json& value, const std::string& pointer) {
            const Ref interface = f.refer(value, Kind::NetworkInterface);
            if (interface != Ref{})
                f.inventory.edge(interface, EdgeKind::AttachedTo, f.resource.address, f.seen(pointer));
        });
        return;
    }
    const EvidenceId here = f.seen({});
    const Ref subnet = f.refer(member(values, "subnet_id"), Kind::Subnet);
    const std::string id = f.resource.address + ".primary_network_interface";
    ThingRow& made = f.inventory.thing(
        Kind::NetworkInterface, Provider::Aws, "AWS::EC2::NetworkInterface", id, f.resource.source->scope, here);
    made.parent = subnet;
    const Ref interface = made.id;
    f.inventory.edge(interface, EdgeKind::AttachedTo, f.resource.address, here);
    for (const char* key : {"vpc_security_group_ids", "security_groups"}) {
        f.follow(std::string(key) + ".*", [&](const Json& value, const std::string& pointer) {
            if (const Ref group = f.refer(value, Kind::SecurityGroup); group != Ref{})
                f.inventory.edge(interface, EdgeKind::GuardedBy, f.inventory.strings[group], f.seen(pointer));
        });
    }
    // "Public IPv4 addresses", Amazon VPC User Guide: the instance says, otherwise its subnet.
    const Resource* in = f.known.at(f.inventory.strings[subnet]);
    const auto wanted = boolOf(values, "associate_public_ip_address");
    if (wanted || in)
        f.inventory.property(f.subject(), "public_address",
            wanted.value_or(in && boolOf(in->values, "map_public_ip_on_launch").value_or(false)),
            f.seen("/associate_public_ip_address"));
    if (const auto inside = parseIpAddress(textOf(values, "private_ip")))
        f.inventory.facts.addresses.push_back({interface, *inside, {}, true, false, f.seen("/private_ip")});
}

void prefixList(ResourceFacts& f)
{
    f.follow("entry.*.cidr", [&](const Json& value, const std::string& pointer) {
        if (const auto prefix = value.is_string() ? parseIpPrefix(value.get_ref<const std::string&>()) : std::nullopt)
            f.inventory.facts.prefixes.push_back({f.subject(), *prefix, f.seen(pointer)});
    });
}

void ports(ResourceFacts& f)
{
    const auto number = numberOf(f.resource.values, "port");
    if (!number)
        return;
    const std::string protocol = lowered(textOf(f.resource.values, "protocol"));
    f.inventory.facts.ports.push_back({f.subject(), static_cast<std::int16_t>(protocol == "udp" ? 17 : 6),
        static_cast<std::int32_t>(std::clamp(*number, 0LL, 65535LL)), f.seen("/port")});
}

/// "Canned ACL", Amazon S3 User Guide.
void bucketAcl(ResourceFacts& f)
{
    const std::string_view acl = textOf(f.resource.values, "acl");
    if (acl.empty())
        return;
    const EvidenceId here = f.seen("/acl");
    const bool everyone = acl.starts_with("public-read");
    f.inventory.property(f.subject(), "acl_all_users",
        acl == "public-read-write" ? "WRITE"
            : everyone             ? "READ"
                                   : "none",
        here);
    f.inventory.property(f.subject(), "acl_authenticated_users", acl == "authenticated-read" ? "READ" : "none", here);
}

} // namespace

void addLocalRoutes(Inventory& inventory, Ref table, Ref network)
{
    const std::size_t count = inventory.facts.blocks.size();
    for (std::size_t i = 0; i < count; ++i) {
        const BlockRow<Ref> block = inventory.facts.blocks[i];
        if (block.of != network)
            continue;
        RouteRow<Ref> local;
        local.of = table;
        local.block = block.block;
        local.local = true;
        local.evidence = block.evidence;
        inventory.facts.routes.push_back(local);
    }
}

namespace {

/// "Viewing resource-based IAM policies in Lambda", AWS Lambda Developer Guide: each permission is a statement of the
/// function's policy.
void lambdaPermission(ResourceFacts& f)
{
    const Json& values = f.resource.values;
    const std::string principal = f.words(member(values, "principal"));
    Json statement = {{"Effect", "Allow"}, {"Action", f.inWords(member(values, "action"))}, {"Resource", "*"}};
    if (!textOf(values, "statement_id").empty())
        statement["Sid"] = f.words(member(values, "statement_id"));
    if (principal == "*")
        statement["Principal"] = "*";
    else
        statement["Principal"][principal.find(".amazonaws.com") == std::string::npos ? "AWS" : "Service"] = principal;
    constexpr std::pair<const char*, std::pair<const char*, const char*>> conditions[] = {
        {"source_arn", {"ArnLike", "AWS:SourceArn"}}, {"source_account", {"StringEquals", "AWS:SourceAccount"}},
        {"principal_org_id", {"StringEquals", "aws:PrincipalOrgID"}},
        {"function_url_auth_type", {"StringEquals", "lambda:FunctionUrlAuthType"}}};
    for (const auto& [argument, condition] : conditions) {
        if (const Json& value = member(values, argument); value.is_string())
            statement["Condition"][condition.first][condition.second] = f.words(value);
    }
    f.policy(f.subject(), PolicyRole::Resource, f.resource.address,
        {{"Version", "2012-10-17"}, {"Statement", Json::array({statement})}}, f.seen({}));
}

/// "Service control policies" and "Resource control policies", AWS Organizations User Guide.
void controlPolicy(ResourceFacts& f)
{
    const bool ofResources = textOf(f.resource.values, "type") == "RESOURCE_CONTROL_POLICY";
    const std::string_view type = textOf(f.resource.values, "type");
    if (!type.empty() && type != "SERVICE_CONTROL_POLICY" && !ofResources)
        return;
    const std::string content = f.words(member(f.resource.values, "content"));
    if (const auto parsed = parseJson(content))
        f.policy(f.subject(), ofResources ? PolicyRole::ResourceControl : PolicyRole::ServiceControl,
            f.words(member(f.resource.values, "name")), *parsed, f.seen("/content"));
    else
        f.row.leave("a policy", "its text is known only when the configuration is applied");
}

/// "Task definition parameters", Amazon ECS Developer Guide: the containers are a text of JSON. What their environment
/// holds may be secret.
void taskDefinition(ResourceFacts& f)
{
    const Json& text = member(f.resource.values, "container_definitions");
    const auto containers = text.is_string() ? parseJson(f.words(text)) : std::optional<Json>(text);
    if (!containers || !containers->is_array())
        return;
    bool privileged = false;
    for (const Json& container : *containers) {
        privileged = privileged || boolOf(container, "privileged").value_or(false);
        f.secret("environment variables of containers", arrayOf(container, "environment").size());
    }
    f.inventory.property(f.subject(), "privileged", privileged, f.seen("/container_definitions"));
}

/// "EKS Pod Identities", Amazon EKS User Guide: pods of the service account act as the role.
void podIdentity(ResourceFacts& f)
{
    const std::string space = f.words(member(f.resource.values, "namespace")),
                      account = f.words(member(f.resource.values, "service_account"));
    const Ref role = f.refer(member(f.resource.values, "role_arn"), Kind::Role);
    if (space.empty() || account.empty() || role == Ref{})
        return f.row.leave(f.resource.type, f.type.note);
    const EvidenceId here = f.seen({});
    const std::string id = space + "/ServiceAccount/" + account;
    ThingRow& made = f.inventory.thing(
        Kind::ServiceAccount, Provider::Kubernetes, "ServiceAccount", id, f.resource.source->scope, here);
    made.outside = true;
    made.name = f.inventory.text(account);
    const Ref of = made.id;
    f.inventory.edge(of, EdgeKind::RunsAs, std::string(f.inventory.strings[role]), here);
}

struct ShapeRow {
    std::string_view type;
    ShapeHandler handler;
};

constexpr ShapeRow rows[] = {
    {"aws_alb_listener", ports},
    {"aws_alb_target_group", ports},
    {"aws_default_network_acl", networkAcl},
    {"aws_default_route_table", routeTable},
    {"aws_default_security_group", securityGroup},
    {"aws_ec2_managed_prefix_list", prefixList},
    {"aws_ec2_transit_gateway_route", ownRoute},
    {"aws_ecs_task_definition", taskDefinition},
    {"aws_eks_pod_identity_association", podIdentity},
    {"aws_instance", instance},
    {"aws_lambda_permission", lambdaPermission},
    {"aws_lb_listener", ports},
    {"aws_lb_target_group", ports},
    {"aws_network_acl", networkAcl},
    {"aws_network_acl_rule", networkAclRule},
    {"aws_organizations_policy", controlPolicy},
    {"aws_route", ownRoute},
    {"aws_route_table", routeTable},
    {"aws_s3_bucket", bucketAcl},
    {"aws_s3_bucket_acl", bucketAcl},
    {"aws_security_group", securityGroup},
    {"aws_security_group_rule", groupRule},
    {"aws_vpc_security_group_egress_rule", groupEgress},
    {"aws_vpc_security_group_ingress_rule", groupIngress},
};

} // namespace

ShapeHandler awsShape(std::string_view type)
{
    const auto found = std::ranges::find(rows, type, &ShapeRow::type);
    return found == std::end(rows) ? nullptr : found->handler;
}

} // namespace glacis::terraform
