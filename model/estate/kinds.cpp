// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/kinds.h"

#include <array>

namespace glacis {

namespace {

constexpr std::array kindTable = {
    KindInfo{Kind::Other, "other", "Other", Shape::Other},
    KindInfo{Kind::Organization, "organization", "Organisation", Shape::Container},
    KindInfo{Kind::OrgUnit, "org_unit", "Organisational unit", Shape::Container},
    KindInfo{Kind::Account, "account", "Account", Shape::Container},
    KindInfo{Kind::ResourceGroup, "resource_group", "Resource group", Shape::Container},
    KindInfo{Kind::Region, "region", "Region", Shape::Container},
    KindInfo{Kind::K8sCluster, "k8s_cluster", "Kubernetes cluster", Shape::Container},
    KindInfo{Kind::Namespace, "namespace", "Namespace", Shape::Container},
    KindInfo{Kind::Network, "network", "Network", Shape::Container},
    KindInfo{Kind::Subnet, "subnet", "Subnet", Shape::Container},
    KindInfo{Kind::Internet, "internet", "Internet", Shape::Outside},
    KindInfo{Kind::User, "user", "User", Shape::Identity},
    KindInfo{Kind::Group, "group", "Group", Shape::Identity},
    KindInfo{Kind::Role, "role", "Role", Shape::Identity},
    KindInfo{Kind::ServiceAccount, "service_account", "Service account", Shape::Identity},
    KindInfo{Kind::InstanceProfile, "instance_profile", "Instance profile", Shape::Identity},
    KindInfo{Kind::IdentityProvider, "identity_provider", "Identity provider", Shape::Identity},
    KindInfo{Kind::ServicePrincipal, "service_principal", "Service principal", Shape::Identity},
    KindInfo{Kind::Application, "application", "Application", Shape::Identity},
    KindInfo{Kind::ManagedIdentity, "managed_identity", "Managed identity", Shape::Identity},
    KindInfo{Kind::Device, "device", "Device", Shape::Identity},
    KindInfo{Kind::AccessKey, "access_key", "Access key", Shape::Control},
    KindInfo{Kind::Policy, "managed_policy", "Managed policy", Shape::Control},
    KindInfo{Kind::RoleDefinition, "role_definition", "Role definition", Shape::Control},
    KindInfo{Kind::RoleBinding, "role_assignment", "Role assignment", Shape::Control},
    KindInfo{Kind::Vm, "vm", "Virtual machine", Shape::Workload},
    KindInfo{Kind::VmGroup, "vm_group", "Machine group", Shape::Workload},
    KindInfo{Kind::Function, "function", "Function", Shape::Workload},
    KindInfo{Kind::AppPlatform, "app_platform", "Web application", Shape::Workload},
    KindInfo{Kind::Automation, "automation", "Automation account", Shape::Workload},
    KindInfo{Kind::Workflow, "workflow", "Workflow", Shape::Workload},
    KindInfo{Kind::Notebook, "notebook", "Notebook", Shape::Workload},
    KindInfo{Kind::ContainerCluster, "container_cluster", "Container cluster", Shape::Workload},
    KindInfo{Kind::ContainerService, "container_service", "Container service", Shape::Workload},
    KindInfo{Kind::ContainerTask, "container_task", "Container task", Shape::Workload},
    KindInfo{Kind::NodeGroup, "k8s_node_group", "Node group", Shape::Workload},
    KindInfo{Kind::DataProcessing, "data_processing", "Data processing", Shape::Workload},
    KindInfo{Kind::Workload, "workload", "Workload", Shape::Workload},
    KindInfo{Kind::Pod, "pod", "Pod", Shape::Workload},
    KindInfo{Kind::Container, "container", "Container", Shape::Other},
    KindInfo{Kind::LoadBalancer, "load_balancer", "Load balancer", Shape::Workload},
    KindInfo{Kind::ApiGateway, "api_gateway", "API gateway", Shape::Workload},
    KindInfo{Kind::Cdn, "cdn", "Content delivery", Shape::Workload},
    KindInfo{Kind::Bastion, "bastion", "Bastion", Shape::Workload},
    KindInfo{Kind::KubeService, "k8s_service", "Kubernetes service", Shape::Control},
    KindInfo{Kind::ObjectStore, "object_store", "Object store", Shape::Store},
    KindInfo{Kind::SqlDb, "sql_db", "SQL database", Shape::Store},
    KindInfo{Kind::NosqlDb, "nosql_db", "NoSQL table", Shape::Store},
    KindInfo{Kind::Cache, "cache", "Cache", Shape::Store},
    KindInfo{Kind::Warehouse, "warehouse", "Data warehouse", Shape::Store},
    KindInfo{Kind::Search, "search", "Search domain", Shape::Store},
    KindInfo{Kind::FileShare, "file_share", "File share", Shape::Store},
    KindInfo{Kind::Disk, "disk", "Disk", Shape::Store},
    KindInfo{Kind::DiskSnapshot, "disk_snapshot", "Disk snapshot", Shape::Store},
    KindInfo{Kind::Image, "image", "Machine image", Shape::Store},
    KindInfo{Kind::Queue, "queue", "Queue", Shape::Store},
    KindInfo{Kind::Topic, "topic", "Topic", Shape::Store},
    KindInfo{Kind::Stream, "stream", "Stream", Shape::Store},
    KindInfo{Kind::ContainerRegistry, "container_registry", "Container registry", Shape::Store},
    KindInfo{Kind::Secret, "secret", "Secret", Shape::Store},
    KindInfo{Kind::Key, "key", "Key", Shape::Store},
    KindInfo{Kind::KeyVault, "key_vault", "Key vault", Shape::Store},
    KindInfo{Kind::KeyRing, "key_ring", "Key ring", Shape::Control},
    KindInfo{Kind::Parameter, "parameter", "Parameter", Shape::Store},
    KindInfo{Kind::BackupVault, "backup_vault", "Backup vault", Shape::Store},
    KindInfo{Kind::NetworkInterface, "network_interface", "Network interface", Shape::Control},
    KindInfo{Kind::SecurityGroup, "security_group", "Security group", Shape::Control},
    KindInfo{Kind::AddressGroup, "address_group", "Address group", Shape::Control},
    KindInfo{Kind::NetworkFirewall, "network_firewall", "Network firewall", Shape::Control},
    KindInfo{Kind::WebFirewall, "web_firewall", "Web application firewall", Shape::Control},
    KindInfo{Kind::DdosProtection, "ddos_protection", "Denial of service protection", Shape::Control},
    KindInfo{Kind::DnsZone, "dns_zone", "DNS zone", Shape::Control},
    KindInfo{Kind::NetworkAcl, "network_acl", "Network ACL", Shape::Control},
    KindInfo{Kind::NetworkPolicy, "network_policy", "Network policy", Shape::Control},
    KindInfo{Kind::RouteTable, "route_table", "Route table", Shape::Control},
    KindInfo{Kind::InternetGateway, "internet_gateway", "Internet gateway", Shape::Control},
    KindInfo{Kind::EgressOnlyGateway, "egress_only_gateway", "Egress-only gateway", Shape::Control},
    KindInfo{Kind::NatGateway, "nat", "NAT gateway", Shape::Control},
    KindInfo{Kind::PrivateEndpoint, "private_endpoint", "Private endpoint", Shape::Control},
    KindInfo{Kind::NetworkPeering, "network_peering", "Network peering", Shape::Control},
    KindInfo{Kind::TransitHub, "transit_hub", "Transit gateway", Shape::Control},
    KindInfo{Kind::TransitAttachment, "transit_attachment", "Transit attachment", Shape::Control},
    KindInfo{Kind::TransitRouteTable, "transit_route_table", "Transit route table", Shape::Control},
    KindInfo{Kind::PrefixList, "prefix_list", "Prefix list", Shape::Control},
    KindInfo{Kind::Router, "router", "Router", Shape::Control},
    KindInfo{Kind::ServerlessConnector, "serverless_connector", "Serverless connector", Shape::Control},
    KindInfo{Kind::PublicIp, "public_ip", "Public address", Shape::Control},
    KindInfo{Kind::VpnGateway, "vpn_gateway", "VPN gateway", Shape::Control},
    KindInfo{Kind::CustomerGateway, "customer_gateway", "Customer gateway", Shape::Control},
    KindInfo{Kind::VpnConnection, "vpn_connection", "VPN connection", Shape::Control},
    KindInfo{Kind::Listener, "listener", "Listener", Shape::Control},
    KindInfo{Kind::TargetGroup, "target_group", "Target group", Shape::Control},
    KindInfo{Kind::VmTemplate, "vm_template", "Machine template", Shape::Control},
    KindInfo{Kind::Perimeter, "perimeter", "Service perimeter", Shape::Control},
    KindInfo{Kind::ServiceEnablement, "service_enablement", "Service", Shape::Control},
    KindInfo{Kind::OrganizationPolicy, "organization_policy", "Organisation policy", Shape::Control},
    KindInfo{Kind::Lock, "lock", "Lock", Shape::Control},
    KindInfo{Kind::AuditLog, "audit_log", "Audit log", Shape::Watcher},
    KindInfo{Kind::LogGroup, "log_group", "Log group", Shape::Watcher},
    KindInfo{Kind::MetricAlarm, "metric_alarm", "Alarm", Shape::Watcher},
    KindInfo{Kind::ConfigRecorder, "config_recorder", "Configuration recorder", Shape::Watcher},
    KindInfo{Kind::ConfigRule, "config_rule", "Configuration rule", Shape::Watcher},
    KindInfo{Kind::ThreatDetector, "threat_detector", "Threat detector", Shape::Watcher},
    KindInfo{Kind::PostureService, "posture_service", "Posture service", Shape::Watcher},
    KindInfo{Kind::EventRule, "event_rule", "Event rule", Shape::Watcher},
    KindInfo{Kind::FlowLog, "flow_log", "Flow log", Shape::Watcher},
};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kindTable.size(); ++i) {
        if (static_cast<std::size_t>(kindTable[i].kind) != i)
            return false;
    }
    return kindTable.size() == static_cast<std::size_t>(Kind::Count);
}
static_assert(inOrder());

constexpr std::array<std::string_view, static_cast<std::size_t>(EdgeKind::Count)> edgeNames = {"member_of", "owns",
    "has_policy", "bounded_by", "runs_as", "profile_role", "mentions", "attached_to", "guarded_by", "routed_by",
    "in_subnet", "forwards_to", "targets", "connects", "associated", "propagates", "encrypted_with", "logs_to",
    "watches", "notifies_on", "copy_of", "uses"};

} // namespace

const KindInfo& info(Kind kind)
{
    return kindTable[static_cast<std::size_t>(kind)];
}

std::span<const KindInfo> allKinds()
{
    return kindTable;
}

std::optional<Kind> kindNamed(std::string_view name)
{
    for (const KindInfo& row : kindTable) {
        if (row.name == name)
            return row.kind;
    }
    return std::nullopt;
}

std::string_view name(EdgeKind kind)
{
    return edgeNames[static_cast<std::size_t>(kind)];
}

std::optional<EdgeKind> edgeNamed(std::string_view text)
{
    for (std::size_t i = 0; i < edgeNames.size(); ++i) {
        if (edgeNames[i] == text)
            return static_cast<EdgeKind>(i);
    }
    return std::nullopt;
}

} // namespace glacis
